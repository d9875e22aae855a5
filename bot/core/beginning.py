"""How a session begins: welcome, one question, an interview set up step by step, an introduction.

Actions of the table in `machine.py`.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core import beside, briefing, course, menus, say, selection, setup
from bot.core.context import Context, Step
from bot.core.events import Event, Interview, Intro, Practice, Start
from bot.core.models import Manner, Mode, Session, State

INTRO_MINUTES = (1, 3)
RESUME = "resume"  # what a yes to the offer does


def start(session: Session, event: Start, context: Context) -> Step:
    """Welcome, or the question a deep link names, or the offer to resume."""
    linked = event.payload.removeprefix("q_")
    if event.payload.startswith("q_") and linked in context.bank.questions:
        return practice(session, Practice(linked), context)
    if session.state is State.BRIEFING:
        return Step(session, (beside.brief(session),))
    if not session.unfinished:
        return Step(session, (beside.welcome(session),))
    offer = say.resume_offer(session, course.question_of(session, context))
    return Step(replace(session, pending=RESUME), (offer,))


def practice(session: Session, event: Practice, context: Context) -> Step:
    """One question: begin it, or show the list to choose from."""
    chosen = event.question_id
    if chosen == "any":
        chosen = next(iter(selection.choose(context.bank, _wanted(session, 1, context))), "")
    if not chosen:
        return Step(session, (menus.questions(session, context.bank),))
    if chosen not in context.bank.questions:
        return Step(
            session,
            (say.no_such_question(session, chosen), menus.questions(session, context.bank)),
        )
    fresh = Session(session.chat, mode=Mode.PRACTICE, plan=(chosen,))
    return _begin(session, fresh, f"practice:{chosen}", context)


def interview(session: Session, event: Interview, context: Context) -> Step:
    """Begin the interview that was chosen, or ask for the next of its choices.

    Where the person applies is asked first, if it never was and there was time to choose.
    """
    preferences = setup.settled(event.choices, session.preferences, context.bank)
    if preferences is None:
        return Step(session, (menus.set_up(session, context.bank, event.choices),))
    session = replace(session, preferences=preferences)
    if event.choices.count(".") and not preferences.briefed and not session.unfinished:
        return ask_for_target(replace(session, onward=f"interview:{setup.LAST}"), context)
    plan = selection.choose(context.bank, _wanted(session, preferences.length, context))
    if not plan:
        return Step(session, (menus.questions(session, context.bank),))
    fresh = Session(session.chat, mode=Mode.INTERVIEW, manner=preferences.manner, plan=plan)
    return _begin(session, fresh, f"interview:{setup.LAST}", context)


def ask_for_target(session: Session, context: Context) -> Step:
    """Ask where the person applies; an interview with nothing left but its end is ended first."""
    ended = course.ended(session, context)
    begun = briefing.begin(ended.session)
    return Step(begun.session, (*ended.effects, *begun.effects))


def intro(session: Session, event: Intro, context: Context) -> Step:
    """Begin a self-introduction, or ask which one, or for how many minutes."""
    offered = {question.id: question for question in selection.intros(context.bank)}
    chosen, _, minutes = event.choices.partition(".")
    if chosen not in offered:
        return Step(session, (menus.choose_intro(session, tuple(offered.values())),))
    if offered[chosen].seconds <= 60 * INTRO_MINUTES[0]:
        minutes = str(INTRO_MINUTES[0])  # as its prompt says
    if minutes not in map(str, INTRO_MINUTES):
        return Step(session, (menus.choose_minutes(session, offered[chosen], INTRO_MINUTES),))
    fresh = Session(session.chat, mode=Mode.INTRO, minutes=int(minutes), plan=(chosen,))
    return _begin(session, fresh, f"intro:{chosen}.{minutes}", context)


def end_briefing(session: Session, event: Event, context: Context) -> Step:
    """What is known of the target will do: on to what comes after it."""
    return _onward(briefing.ended(session), context)


def drop_briefing(session: Session, event: Event, context: Context) -> Step:
    """Somebody leaves off while the target is asked: nothing begins."""
    session = replace(briefing.ended(session), state=State.IDLE, onward="")
    return Step(session, (say.expected(session, "reminder"),))


def brief(session: Session, event: Event, context: Context) -> Step:
    """Take what was said of the target, or leave it out; after the last thing, go on."""
    after = briefing.take(session, event)
    return after if after.session.briefing else _onward(after.session, context)


def _onward(session: Session, context: Context) -> Step:
    action, session = session.onward, replace(session, onward="")
    session = replace(session, state=State.IDLE)
    if action:
        return interview(session, Interview(setup.LAST), context)
    return Step(session, (beside.target(session),))


def _wanted(session: Session, length: int, context: Context) -> selection.Wanted:
    lately = session.asked
    return selection.Wanted(length, context.seed, lately, session.preferences, session.levels)


def _begin(session: Session, fresh: Session, action: str, context: Context) -> Step:
    """Begin a session; while another is unfinished, ask first."""
    if session.unfinished:
        return Step(replace(session, pending=action), (say.abandon(session, action),))
    if session.briefing:
        session = briefing.ended(session)
    ended = course.ended(session, context)
    session = ended.session
    fresh = replace(
        fresh,
        id=context.token,
        preferences=session.preferences,
        interviewer=session.preferences.interviewer,
        asked=session.asked,
        levels=session.levels,
        tallies=session.tallies,
        heard_at=session.heard_at,
        started_at=context.now,
    )
    begun = course.ask(fresh, context, "real" if fresh.manner is Manner.REAL else "")
    return Step(begun.session, (*ended.effects, *begun.effects))
