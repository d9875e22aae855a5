"""What moves a session on its way: going on, leaving off, asking for help, running out of time.

Each function is the action of cells of the table in `machine.py`: it takes the session, an event
and the context, and returns a `Step`. Nothing here does anything to the world.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core import answering, course, record, say, timing
from bot.core.context import Context, Step
from bot.core.events import Event, Text
from bot.core.models import DEADLINES, Part, Session, State

FEEDBACK, PAUSED = State.FEEDBACK, State.PAUSED
PATIENCE = 2  # questions in a row that may run out without a word


# --- a question that is gone ------------------------------------------------------------------


def withdrawn(session: Session, context: Context) -> bool:
    """Whether the question or the criterion in hand is no longer in the bank."""
    if session.state in (State.IDLE, State.BRIEFING):
        return False
    question = context.bank.questions.get(session.question_id)
    if question is None:
        return True
    return session.probing not in (None, *(criterion.id for criterion in question.criteria))


def withdraw(session: Session, event: Event, context: Context) -> Step:
    """Leave a question behind that the bank has no longer; what was written is kept."""
    if isinstance(event, Text):
        part = Part(event.ref, event.text)
        session = replace(session, draft=answering.with_part(session.draft, part))
    session, kept = record.keep_draft(session, context)
    session = course.settle(replace(session, probing=None))
    while session.position < len(session.plan):
        if session.question_id in context.bank.questions:
            after = course.ask(session, context)
            break
        session = course.settle(session)
    else:
        after = course.conclude(session, context)
    return Step(after.session, (*kept, say.withdrawn(), *after.effects))


# --- going on ---------------------------------------------------------------------------------


def skip(session: Session, event: Event, context: Context) -> Step:
    """Leave the question out; of a follow-up, go straight to what comes after it.

    What was written so far stays in the transcript.
    """
    session, kept = record.keep_draft(session, context)
    session = timing.booked(replace(session, missed=0), context.now)
    after = _left_out(session, context, "skipped")
    return Step(after.session, (*kept, *after.effects))


def _left_out(session: Session, context: Context, before: str) -> Step:
    """What follows a question or follow-up without an answer."""
    if session.probing:
        return answering.complete(session, context)
    return course.advance(session, context, before)


def advance(session: Session, event: Event, context: Context) -> Step:
    """On to the next question, or to the result."""
    return course.advance(session, context)


def retry(session: Session, event: Event, context: Context) -> Step:
    """The same question once more, as a new attempt."""
    return course.ask(replace(session, tries=session.tries + 1), context)


def finish(session: Session, event: Event, context: Context) -> Step:
    """End the session here; what was scored counts, what was written is kept."""
    session, kept = record.keep_draft(session, context)
    if session.probing:  # the clock of a rating is not that of the question
        session = timing.booked(session, context.now)
    if session.best is not None:
        session = course.settle(session)
    after = course.conclude(session, context)
    return Step(after.session, (*kept, *after.effects))


# --- leaving off ------------------------------------------------------------------------------


def stop(session: Session, event: Event, context: Context) -> Step:
    """Leave off here; the clock is held."""
    if not session.unfinished:
        return finish(session, event, context)
    return _paused(session, context, "asked")


def _paused(session: Session, context: Context, why: str) -> Step:
    session = timing.held(session, context.now)
    session = replace(session, state=PAUSED, resume_to=session.state, missed=0, pending="")
    return Step(session, (say.paused(session, course.question_of(session, context), why),))


def resume(session: Session, event: Event, context: Context) -> Step:
    """Go on where it was left: say again what was asked last, of a follow-up also to what."""
    if session.state is PAUSED:
        session = timing.released(replace(session, state=session.resume_to), context.now)
    after = repeat(replace(session, pending=""), event, context)
    if not session.probing:
        return after
    asked = say.question(after.session, course.question_of(session, context), again=True)
    return Step(after.session, (asked, *after.effects))


def repeat(session: Session, event: Event, context: Context) -> Step:
    """Say what is in hand again: the question, the follow-up, the scorecard."""
    question = course.question_of(session, context)
    if session.state is FEEDBACK:
        return Step(session, (say.scorecard(session, question),))
    if session.state is State.RATING:
        return Step(session, (say.rate(session),))
    if session.probing:
        return Step(session, (say.follow_up(session, question),))
    return Step(session, (say.question(session, question, again=True),))


# --- help -------------------------------------------------------------------------------------


def hint(session: Session, event: Event, context: Context) -> Step:
    """Help a little, without giving the answer away; a real interview has no hints."""
    if answering.in_earnest(session):
        return Step(session, (say.expected(session, "hint"),))
    return Step(session, (say.hint(session, course.question_of(session, context)),))


def example(session: Session, event: Event, context: Context) -> Step:
    """The whole example comes after an attempt; until then, a hint."""
    if answering.in_earnest(session):
        return Step(session, (say.expected(session, "example"),))
    return Step(session, (say.example(session, course.question_of(session, context)),))


def easier(session: Session, event: Event, context: Context) -> Step:
    """The question in plainer words and, unless in earnest, one thing to begin with."""
    return Step(session, (say.easier(session, course.question_of(session, context)),))


def unsure(session: Session, event: Event, context: Context) -> Step:
    """Somebody does not know: about a follow-up that is an answer; else offer ways in."""
    if session.probing and not session.draft:
        return skip(session, event, context)
    return Step(session, (say.unsure(session),))


def show_model(session: Session, event: Event, context: Context) -> Step:
    """The model answer, once there was an attempt."""
    return Step(session, (say.model_answer(session, course.question_of(session, context)),))


# --- time -------------------------------------------------------------------------------------


def time_passed(session: Session, event: Event, context: Context) -> Step:
    """A nudge at the suggested time and half as much later; then on, politely.

    An alarm that was not heard for long (the bot was down) interrupts the interview instead,
    and so does a person who let several questions pass without a word.
    """
    due = session.alarm
    if due is None or context.now < due:
        return Step(session)
    if context.now - due > timing.INTERRUPTED:
        return _interrupted(session, context, "interrupted")
    if session.state is State.RATING:
        return answering.unrated(session, event, context)
    if (reached := timing.reached(session, context.now)) < len(DEADLINES):
        session = replace(session, reminded=reached)
        return Step(session, (say.nudge(session),))
    return _out_of_time(session, context)


def _out_of_time(session: Session, context: Context) -> Step:
    """What is written counts as the answer; nothing more is asked about this question."""
    session = replace(session, overtime=True)
    if session.draft:
        return answering.hand_in(session, Event(), context)
    session = replace(session, missed=session.missed + 1)
    if session.missed >= PATIENCE:
        return _interrupted(session, context, "absent")
    return _left_out(timing.booked(session, context.now), context, "time-up")


def _interrupted(session: Session, context: Context, why: str) -> Step:
    """Pause; whoever comes back has the whole time again."""
    if session.state is State.RATING:
        session = timing.rating(session, context.now)
    else:
        session = replace(session, asked_at=context.now, reminded=0, overtime=False)
    return _paused(session, context, why)
