"""The course of a session: put a question, book what came of it, put the next, end.

The steps all actions of the table are made of; see `machine.py`.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core import beside, record, results, say, timing
from bot.core.asking import put
from bot.core.context import Context, Step
from bot.core.models import Manner, Mode, Result, Session, State
from bot.core.questions import Question

REMEMBERED = 30  # questions that selection avoids asking again


def question_of(session: Session, context: Context) -> Question:
    """The question in hand, as it is put in this session."""
    return put(context.bank.questions[session.question_id], session, context.bank)


def ask(session: Session, context: Context, before: str = "") -> Step:
    """Put the question in hand, from a clean slate.

    `before` is what the interviewer says first: `thanks`, `skipped`, `time-up`, `real` (how it all
    begins) or nothing.
    """
    lately = (*(q for q in session.asked if q != session.question_id), session.question_id)
    session = replace(
        session,
        state=State.ASKED,
        draft=(),
        answer="",
        attempt_id="",
        first_score=None,
        card=None,
        probing=None,
        probed=(),
        quoted="",
        rephrased=False,
        revealed=(),
        told="",
        rating=None,
        spent=0,
        allowed=0,
        overtime=False,
        compared=None,
        pending="",
        asked=lately[-REMEMBERED:],
    )
    question = question_of(session, context)
    session = timing.started(session, question, context.now)
    text = question.text(session.preferences.lang).prompt
    session, turn = record.add_turn(session, "interviewer", "question", text, context)
    return Step(session, (turn, say.question(session, question, before=before)))


def reveal(session: Session, context: Context) -> Step:
    """The answer is complete: show its scorecard, or in a real interview go on without a word."""
    assert session.card is not None
    before = session.tallies.get(session.question_id)
    session = replace(booked(session), probing=None, draft=(), pending="", compared=before)
    if session.manner is Manner.REAL:
        return advance(session, context, "time-up" if session.overtime else "thanks")
    session = replace(session, state=State.FEEDBACK)
    return Step(session, (say.scorecard(session, question_of(session, context)),))


def booked(session: Session) -> Session:
    """The session with what came of the answer: its result, if it is the best, and the tally.

    Time that passed after the last score, for a follow-up left out, counts as well.
    """
    if session.card is None:
        return session
    result, best = results.result(session, session.card), session.best
    if best is None or best.score is None or best.score <= session.card.score:
        best = result
    tallies = results.tallied(session.tallies, session.question_id, session.card)
    return replace(session, best=best, tallies=tallies)


def advance(session: Session, context: Context, before: str = "") -> Step:
    """On to the next question, or to the result after the last."""
    session = settle(session)
    if session.position >= len(session.plan):
        return conclude(session, context)
    return ask(session, context, before if session.manner is Manner.REAL else "")


def settle(session: Session) -> Session:
    """Book the result of the question in hand and point at the next."""
    session = booked(session)
    skipped = Result(session.question_id, seconds=session.spent, limit=session.allowed)
    return replace(
        session,
        results=(*session.results, session.best or skipped),
        position=session.position + 1,
        tries=0,
        best=None,
        card=None,
    )


def ended(session: Session, context: Context) -> Step:
    """An interview whose last card is on show is over: nobody shall miss what came of it."""
    last_card = session.state is State.FEEDBACK and session.last
    if last_card and session.mode is Mode.INTERVIEW:
        return conclude(settle(session), context)
    return Step(session)


def conclude(session: Session, context: Context) -> Step:
    """End the session and show what came of it."""
    session = replace(
        session,
        state=State.IDLE,
        draft=(),
        card=None,
        probing=None,
        asked_at=None,
        limit=0,
        pending="",
    )
    return Step(session, (beside.summary(session, context.bank),))
