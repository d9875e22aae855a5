"""What stands beside a session: lists, settings, stray input, yes and no.

Actions of the table in `machine.py`, as in `moves.py`; these leave the question in hand and what
was answered so far as they are, and remind of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.core import beginning, beside, briefing, course, menus, moves, record, say
from bot.core.context import Context, Step
from bot.core.effects import Effect, Erase, KeepLink, Load
from bot.core.events import (
    Aim,
    Browse,
    Change,
    Confirm,
    Decline,
    Edited,
    Event,
    Interview,
    Intro,
    ListTranscripts,
    Loaded,
    OpenTranscript,
    Practice,
    Stray,
    Unknown,
    parse,
)
from bot.core.models import Interviewer, Manner, Preferences, Session, State

LINKED = timedelta(minutes=10)  # for which a code can be used

Action = Callable[[Session, Any, Context], Step]  # each takes its own kind of event


# --- yes and no -------------------------------------------------------------------------------


def delete(session: Session, event: Event, context: Context) -> Step:
    """Ask before erasing."""
    return Step(replace(session, pending="delete"), (beside.delete(session),))


def confirm(session: Session, event: Confirm, context: Context) -> Step:
    """Do what was asked about last; a button about something else is stale."""
    if event.what not in ("", session.pending):
        return stale(session, event, context)
    if session.pending == beginning.RESUME:
        return moves.resume(session, event, context)
    if session.pending == "delete":
        # How to speak stays; what says something of the person goes.
        manner = Preferences(session.preferences.lang, session.preferences.interviewer)
        blank = Session(chat=session.chat, preferences=manner)
        return Step(blank, (Erase(), beside.erased(blank)))
    if not session.pending:
        return stale(session, event, context)
    session, kept = record.keep_draft(session, context)
    left = replace(course.booked(session), state=State.IDLE, pending="")
    after = _begin(left, parse(session.pending), context)
    return Step(after.session, (*kept, *after.effects))


def _begin(session: Session, event: Event, context: Context) -> Step:
    match event:
        case Practice():
            return beginning.practice(session, event, context)
        case Interview():
            return beginning.interview(session, event, context)
        case Intro():
            return beginning.intro(session, event, context)
    return stale(session, event, context)


def decline(session: Session, event: Decline, context: Context) -> Step:
    """Leave things as they are."""
    if not session.pending or event.what not in ("", session.pending):
        return stale(session, event, context)
    session = replace(session, pending="")
    return Step(session, (beside.kept(session), say.expected(session, "reminder")))


# --- beside the session -----------------------------------------------------------------------


def showing(effect: Callable[[Session], Effect]) -> Action:
    """An action that shows something and reminds of what is expected."""

    def action(session: Session, event: Event, context: Context) -> Step:
        return Step(session, (effect(session), *_reminder(session, context)))

    action.__name__ = f"show_{effect.__name__.strip('_')}"  # for the printed table
    return action


def browse(session: Session, event: Browse, context: Context) -> Step:
    """A page of the list of topics, or of the questions of one."""
    return Step(session, (menus.questions(session, context.bank, event.page),))


def list_transcripts(session: Session, event: ListTranscripts, context: Context) -> Step:
    """Fetch a page of past sessions."""
    if _in_the_dark(session):
        return expected(session, event, context)
    return Step(session, (Load("transcripts", event.page),))


def open_transcript(session: Session, event: OpenTranscript, context: Context) -> Step:
    """Fetch one past session."""
    if _in_the_dark(session):
        return expected(session, event, context)
    return Step(session, (Load("transcript", event.session_id),))


def show_progress(session: Session, event: Event, context: Context) -> Step:
    """Fetch the scores so far."""
    if _in_the_dark(session):
        return expected(session, event, context)
    return Step(session, (Load("progress"),))


def _in_the_dark(session: Session) -> bool:
    """Whether scores are not to be seen yet: a real interview is under way."""
    return session.manner is Manner.REAL and session.unfinished


def export(session: Session, event: Event, context: Context) -> Step:
    """Fetch all that is kept."""
    return Step(session, (Load("export"),))


def show_loaded(session: Session, event: Loaded, context: Context) -> Step:
    """Show what was fetched."""
    shown = beside.loaded(session, event.what, event.data, context.bank)
    return Step(session, (shown, *_reminder(session, context)))


def show_settings(session: Session, event: Event, context: Context) -> Step:
    """What is set."""
    shown = menus.settings(session, context.bank)
    return Step(session, (shown, *_reminder(session, context)))


def change(session: Session, event: Change, context: Context) -> Step:
    """Change a setting; what is no setting changes nothing."""
    name, _, value = event.assignment.partition("=")
    preferences = session.preferences
    if name == "lang" and value in context.bank.languages:
        preferences = replace(preferences, lang=value)
    elif name == "interviewer" and value in set(Interviewer):
        preferences = replace(preferences, interviewer=Interviewer(value))
        session = replace(session, interviewer=Interviewer(value))
    elif name == "role" and (not value or value in context.bank.interviews):
        if "=" not in event.assignment:
            return Step(session, (menus.choose_role(session, context.bank),))
        preferences = replace(preferences, role=value)
    elif name == "rates" and value in ("yes", "no"):
        preferences = replace(preferences, rates=value == "yes")
    elsewhere = preferences.lang != session.preferences.lang
    session = replace(session, preferences=preferences)
    if elsewhere and session.state is not State.IDLE:
        return _said_anew(Step(session, (beside.language(session),)), context)
    return Step(session, (menus.settings(session, context.bank),))


def _said_anew(shown: Step, context: Context) -> Step:
    """In another language, what is in hand is said again."""
    session = shown.session
    if session.state is State.BRIEFING:
        return Step(session, (*shown.effects, beside.brief(session)))
    if session.state not in (State.ASKED, State.DRAFTING, State.RATING, State.FEEDBACK):
        return shown
    again = moves.resume(session, Event(), context)
    return Step(again.session, (*shown.effects, *again.effects))


def aim(session: Session, event: Aim, context: Context) -> Step:
    """Set where the person applies, and show what is set; a dash forgets it.

    Without names and with nothing else to do, it is asked.
    """
    preferences = session.preferences
    if not event.names:
        return _unnamed(session, context)
    named = briefing.told(event.names)
    if named is None:
        too_long = len(event.names) > briefing.LONGEST["company"]
        return Step(session, (beside.target(session, too_long=too_long),))
    if named.company == preferences.target.company:
        named = replace(preferences.target, product=named.product)
    session = replace(session, preferences=replace(preferences, target=named, briefed=True))
    shown = beside.target(session, forgotten=not named.company)
    if session.state is State.BRIEFING and not named.company and session.onward:
        after = beginning.end_briefing(session, event, context)
        return Step(after.session, (shown, *after.effects))
    if session.state is State.BRIEFING and not named.company:
        return Step(replace(briefing.ended(session), state=State.IDLE), (shown,))
    if session.state is State.BRIEFING:
        session = replace(session, briefing=briefing.AFTER_NAMES)
        return Step(session, (shown, beside.brief(session)))
    return Step(session, (shown, *_reminder(session, context)))


def _unnamed(session: Session, context: Context) -> Step:
    """What is set; where nothing is and nothing else to do, it is asked."""
    if session.state is State.BRIEFING:
        return Step(session, (beside.brief(session),))
    if session.state is State.IDLE and not session.preferences.target.company:
        return briefing.begin(session)
    return Step(session, (beside.target(session), *_reminder(session, context)))


def brief(session: Session, event: Event, context: Context) -> Step:
    """Ask anew where the person applies; in the middle of something, say how to tell it."""
    if session.unfinished:
        return Step(session, (beside.target(session), *_reminder(session, context)))
    return beginning.ask_for_target(session, context)


def brief_again(session: Session, event: Event, context: Context) -> Step:
    """What is being asked of the target, once more."""
    return Step(session, (beside.brief(session),))


def link(session: Session, event: Event, context: Context) -> Step:
    """A code with which to go on at a terminal."""
    minutes = int(LINKED.total_seconds() / 60)
    shown = beside.link(session, context.token, minutes)
    kept = KeepLink(context.token, context.now + LINKED)
    return Step(session, (kept, shown, *_reminder(session, context)))


def chart(session: Session, event: Event, context: Context) -> Step:
    """The chart of the last interview; while another is under way there is none."""
    ended = replace(session, results=()) if session.unfinished else session
    return Step(session, (beside.chart(ended, context.bank), *_reminder(session, context)))


def expected(session: Session, event: Event, context: Context) -> Step:
    """Say what is expected here; nothing is lost."""
    kind = event.kind if isinstance(event, Stray) else type(event).__name__.lower()
    return Step(session, (say.expected(session, kind),))


def unknown(session: Session, event: Unknown, context: Context) -> Step:
    """A command nobody knows."""
    return Step(session, (say.unknown(session, event.text), *_reminder(session, context)))


def stale(session: Session, event: Event, context: Context) -> Step:
    """A button of a step that is over."""
    return Step(session, (say.stale(session), *_reminder(session, context)))


def edited_late(session: Session, event: Edited, context: Context) -> Step:
    """A message was changed that is no part of the answer in hand."""
    return Step(session, (say.edited_late(session),))


def ignore(session: Session, event: Event, context: Context) -> Step:
    """A score nobody waits for any more, a time that means nothing here, an edit of nothing."""
    return Step(session)


def _reminder(session: Session, context: Context) -> tuple[Effect, ...]:
    """What is expected next, after something else was shown in the middle of a question."""
    if session.state is State.BRIEFING:
        return (beside.brief(session),)
    answering = session.state in (State.ASKED, State.DRAFTING, State.PAUSED)
    return (say.expected(session, "reminder"),) if answering else ()


# --- the table --------------------------------------------------------------------------------
