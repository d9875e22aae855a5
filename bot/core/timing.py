"""How long an answer may take, and how long it took.

Questions tell how long they take to say. To write the same on a telephone takes about twice as
long: people say 130 to 150 words a minute and type about 36 there (Palin and others, How do
people type on mobile devices, 2019), but write half as much.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.models import DEADLINES, Manner, Session
from bot.core.questions import Question

WRITING = 2  # times as long as saying it
FOLLOW_UP = 60  # seconds to say the answer to a follow-up
RATING = 60  # seconds after which a real interview goes on without one
COUNTED = 3  # times the suggested time that are counted; who takes longer was away
INTERRUPTED = timedelta(minutes=10)  # an alarm that late says nothing of the person
LONG_PAUSE = timedelta(minutes=30)  # after which people have forgotten the question


def suggested(session: Session, question: Question) -> int:
    """Seconds for what is being put: a follow-up, a self-introduction, a question."""
    if session.probing:
        return FOLLOW_UP * WRITING
    return (60 * session.minutes or question.seconds) * WRITING


def started(session: Session, question: Question, now: datetime) -> Session:
    """The session with the clock set: something was just put."""
    limit = suggested(session, question)
    return replace(session, asked_at=now, limit=limit, reminded=0, elapsed=0)


def rating(session: Session, now: datetime) -> Session:
    """The session with the clock set for a rating: in a real interview it is not waited for long,
    and not reminded of."""
    return replace(session, asked_at=now, limit=RATING // 2, reminded=2, elapsed=0)


def booked(session: Session, now: datetime) -> Session:
    """The session with the clock stopped and its time added to that of the question."""
    used = _running(session, now)
    return replace(
        session,
        asked_at=None,
        elapsed=0,
        spent=session.spent + min(used, COUNTED * session.limit),
        allowed=session.allowed + session.limit,
        limit=0,
    )


def held(session: Session, now: datetime) -> Session:
    """The session with the clock held, to go on later with what has passed so far.

    What passed after an alarm that nobody heard is not held against the person; where none rings,
    as much counts as ever does.
    """
    timed = session.manner is Manner.REAL
    most = int(session.limit * (DEADLINES[session.reminded] if timed else COUNTED))
    return replace(session, asked_at=None, elapsed=min(_running(session, now), most))


def released(session: Session, now: datetime) -> Session:
    """The session with a held clock going on."""
    if not session.limit:
        return session
    return replace(session, asked_at=now - timedelta(seconds=session.elapsed))


def reached(session: Session, now: datetime) -> int:
    """How many deadlines have passed; after a late alarm more than one may have at once."""
    used = now - session.asked_at if session.asked_at else timedelta()
    return sum(used >= timedelta(seconds=session.limit * one) for one in DEADLINES)


def _running(session: Session, now: datetime) -> int:
    if session.asked_at is None:
        return session.elapsed
    return max(0, int((now - session.asked_at).total_seconds()))
