"""What stands beside a session: lists, settings, stray input, yes and no.

Actions of the table in `machine.py`, as in `moves.py`; these leave the question in hand and what
was answered so far as they are, and remind of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.core import menus, moves, record, say
from bot.core.context import Context, Step
from bot.core.effects import Effect, Erase, Load
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
from bot.core.models import Interviewer, Session, State, Target

SEPARATORS = re.compile(r"[,，、/\n]")  # between the company and its product
DASHES = ("-", "–", "—")
LONGEST_NAME = 40  # characters of a company's or a product's name

Action = Callable[[Session, Any, Context], Step]  # each takes its own kind of event


# --- yes and no -------------------------------------------------------------------------------


def delete(session: Session, event: Event, context: Context) -> Step:
    """Ask before erasing."""
    return Step(replace(session, pending="delete"), (say.delete(session),))


def confirm(session: Session, event: Confirm, context: Context) -> Step:
    """Do what was asked about last; a button about something else is stale."""
    if event.what not in ("", session.pending):
        return stale(session, event, context)
    if session.pending == "delete":
        # How to speak stays; what says something of the person goes.
        manner = replace(session.preferences, role="", target=Target())
        blank = Session(chat=session.chat, preferences=manner)
        return Step(blank, (Erase(), say.erased(blank)))
    if not session.pending:
        return stale(session, event, context)
    session, kept = record.keep_draft(session, context)
    left = replace(session, state=State.IDLE, pending="")
    after = _begin(left, parse(session.pending), context)
    return Step(after.session, (*kept, *after.effects))


def _begin(session: Session, event: Event, context: Context) -> Step:
    match event:
        case Practice():
            return moves.practice(session, event, context)
        case Interview():
            return moves.interview(session, event, context)
        case Intro():
            return moves.intro(session, event, context)
    return stale(session, event, context)


def decline(session: Session, event: Decline, context: Context) -> Step:
    """Leave things as they are."""
    if not session.pending or event.what not in ("", session.pending):
        return stale(session, event, context)
    session = replace(session, pending="")
    return Step(session, (say.kept(session), say.expected(session, "reminder")))


# --- beside the session -----------------------------------------------------------------------


def beside(effect: Callable[[Session], Effect]) -> Action:
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
    return Step(session, (Load("transcripts", event.page),))


def open_transcript(session: Session, event: OpenTranscript, context: Context) -> Step:
    """Fetch one past session."""
    return Step(session, (Load("transcript", event.session_id),))


def show_progress(session: Session, event: Event, context: Context) -> Step:
    """Fetch the scores so far."""
    return Step(session, (Load("progress"),))


def export(session: Session, event: Event, context: Context) -> Step:
    """Fetch all that is kept."""
    return Step(session, (Load("export"),))


def show_loaded(session: Session, event: Loaded, context: Context) -> Step:
    """Show what was fetched."""
    shown = say.loaded(session, event.what, event.data, context.bank)
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
    elif name == "role" and (not value or value in context.bank.interviews):
        if "=" not in event.assignment:
            return Step(session, (menus.choose_role(session, context.bank),))
        preferences = replace(preferences, role=value)
    session = replace(session, preferences=preferences)
    return Step(session, (menus.settings(session, context.bank),))


def aim(session: Session, event: Aim, context: Context) -> Step:
    """Set where the person applies, and show what is set; a dash forgets it."""
    names = [name.strip()[:LONGEST_NAME] for name in SEPARATORS.split(event.names, maxsplit=1)]
    if names[0]:
        # Who names one thing means the company and what it makes.
        target = Target() if names[0] in DASHES else Target(names[0], names[-1] or names[0])
        session = replace(session, preferences=replace(session.preferences, target=target))
    return Step(session, (say.target(session), *_reminder(session, context)))


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
    """A score nobody waits for any more."""
    return Step(session)


def _reminder(session: Session, context: Context) -> tuple[Effect, ...]:
    """What is expected next, after something else was shown in the middle of a question."""
    answering = session.state in (State.ASKED, State.DRAFTING)
    return (say.expected(session, "reminder"),) if answering else ()


# --- the table --------------------------------------------------------------------------------
