"""The conversation: one table of transitions, and `step`.

Rule 1: a session only ever changes through `step`. Rule 2: every (state, event) pair stands in
TRANSITIONS with what is done and where it leads; none is forgotten, and none may lead elsewhere.
`tests/core/test_machine.py` holds both; the diagram in `docs/conversation.md` is printed from the
table. The actions are in `moves.py` (the session) and `asides.py` (what stands beside it).

Nothing here reads a clock, draws a random number or touches a file: what is needed of the world
comes in as a `Context`, what is to be done goes out as effects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.core import asides, moves, say
from bot.core.asides import Action
from bot.core.context import Context, Step
from bot.core.events import (
    Aim,
    Browse,
    Change,
    Confirm,
    Decline,
    Delete,
    Done,
    Edited,
    Event,
    Export,
    Finish,
    Help,
    Hint,
    Interview,
    Intro,
    ListTranscripts,
    Loaded,
    Next,
    OpenTranscript,
    Practice,
    Privacy,
    Repeat,
    Resume,
    Retry,
    Scored,
    ShowModel,
    ShowProgress,
    ShowSettings,
    Skip,
    Stale,
    Start,
    Stop,
    Stray,
    Text,
    Unknown,
    parse,
)
from bot.core.models import Session, State

__all__ = ["TRANSITIONS", "Context", "IllegalStep", "Move", "Step", "step"]

IDLE, ASKED, DRAFTING = State.IDLE, State.ASKED, State.DRAFTING
SCORING, FEEDBACK, PAUSED = State.SCORING, State.FEEDBACK, State.PAUSED


@dataclass(frozen=True, slots=True)
class Move:
    """One cell of the table: what is done, and the states it may lead to."""

    action: Action
    to: tuple[State, ...]


class IllegalStep(RuntimeError):
    """An action led to a state its cell does not name: a defect of this file."""


def step(session: Session, event: Event, context: Context) -> Step:
    """Let `event` happen to `session`.

    Returns the new session and the effects to carry out, in order. A button of an earlier step
    becomes `Stale`, a text that replies to what was just asked becomes the yes or no it says; a
    question the bank has no longer is left behind, whatever the event. Raises `IllegalStep` when
    an action breaks the table.
    """
    if isinstance(event, Text) and event.reply and session.pending:
        event = parse(event.reply)
    if moves.withdrawn(session, context):
        return _without(session, event, context)
    if event.guard and event.guard != session.guard:
        event = Stale()
    if not isinstance(event, (Confirm, Decline, Loaded, Scored)):
        session = replace(session, pending="")  # a question not answered at once is off the table
    move = TRANSITIONS[session.state][type(event)]
    after = move.action(session, event, context)
    if after.session.state not in move.to:
        raise IllegalStep(f"{session.state} --{type(event).__name__}--> {after.session.state}")
    return after


def _without(session: Session, event: Event, context: Context) -> Step:
    """Leave a question behind that is gone; then the event, unless it was about that question."""
    left = moves.withdraw(session, event, context)
    if event.guard or isinstance(event, Text):
        return left
    after = step(left.session, event, context)
    return Step(after.session, (*left.effects, *after.effects))


def _everywhere(here: State) -> dict[type[Event], Move]:
    """What is alike in every state: the way to begin, and what stands beside a session."""
    return {
        Start: Move(moves.start, (here, ASKED)),
        Practice: Move(moves.practice, (here, ASKED)),
        Interview: Move(moves.interview, (here, ASKED)),
        Intro: Move(moves.intro, (here, ASKED)),
        Confirm: Move(asides.confirm, (here, ASKED, IDLE)),
        Decline: Move(asides.decline, (here,)),
        Browse: Move(asides.browse, (here,)),
        Help: Move(asides.beside(say.help_), (here,)),
        Privacy: Move(asides.beside(say.privacy), (here,)),
        ListTranscripts: Move(asides.list_transcripts, (here,)),
        OpenTranscript: Move(asides.open_transcript, (here,)),
        ShowProgress: Move(asides.show_progress, (here,)),
        Export: Move(asides.export, (here,)),
        Loaded: Move(asides.show_loaded, (here,)),
        ShowSettings: Move(asides.show_settings, (here,)),
        Change: Move(asides.change, (here,)),
        Aim: Move(asides.aim, (here,)),
        Delete: Move(asides.delete, (here,)),
        Stray: Move(asides.expected, (here,)),
        Unknown: Move(asides.unknown, (here,)),
        Stale: Move(asides.stale, (here,)),
    }


TRANSITIONS: Mapping[State, Mapping[type[Event], Move]] = {
    IDLE: _everywhere(IDLE)
    | {
        Text: Move(asides.expected, (IDLE,)),
        Edited: Move(asides.ignore, (IDLE,)),
        Done: Move(asides.expected, (IDLE,)),
        Skip: Move(asides.expected, (IDLE,)),
        Repeat: Move(asides.expected, (IDLE,)),
        Hint: Move(asides.expected, (IDLE,)),
        Next: Move(asides.expected, (IDLE,)),
        Retry: Move(asides.expected, (IDLE,)),
        ShowModel: Move(asides.expected, (IDLE,)),
        Stop: Move(asides.expected, (IDLE,)),
        Resume: Move(asides.expected, (IDLE,)),
        Finish: Move(asides.expected, (IDLE,)),
        Scored: Move(asides.ignore, (IDLE,)),
    },
    ASKED: _everywhere(ASKED)
    | {
        Text: Move(moves.take_text, (DRAFTING, ASKED)),  # ASKED: too long to be taken
        Edited: Move(asides.edited_late, (ASKED,)),
        Done: Move(asides.expected, (ASKED,)),
        Skip: Move(moves.skip, (ASKED, FEEDBACK, IDLE)),
        Repeat: Move(moves.repeat, (ASKED,)),
        Hint: Move(moves.hint, (ASKED,)),
        Next: Move(asides.expected, (ASKED,)),
        Retry: Move(asides.expected, (ASKED,)),
        ShowModel: Move(asides.expected, (ASKED,)),
        Stop: Move(moves.stop, (PAUSED,)),
        Resume: Move(moves.resume, (ASKED,)),
        Finish: Move(moves.finish, (IDLE,)),
        Scored: Move(asides.ignore, (ASKED,)),
    },
    DRAFTING: _everywhere(DRAFTING)
    | {
        Text: Move(moves.take_text, (DRAFTING,)),
        Edited: Move(moves.edit, (DRAFTING, ASKED)),  # ASKED: nothing of the answer is left
        Done: Move(moves.hand_in, (SCORING,)),
        Skip: Move(moves.skip, (ASKED, FEEDBACK, IDLE)),
        Repeat: Move(moves.repeat, (DRAFTING,)),
        Hint: Move(moves.hint, (DRAFTING,)),
        Next: Move(asides.expected, (DRAFTING,)),
        Retry: Move(asides.expected, (DRAFTING,)),
        ShowModel: Move(asides.expected, (DRAFTING,)),
        Stop: Move(moves.stop, (PAUSED,)),
        Resume: Move(moves.resume, (DRAFTING,)),
        Finish: Move(moves.finish, (IDLE,)),
        Scored: Move(asides.ignore, (DRAFTING,)),
    },
    SCORING: _everywhere(SCORING)
    | {
        Text: Move(moves.score_again, (SCORING,)),
        Edited: Move(asides.edited_late, (SCORING,)),
        Done: Move(moves.score_again, (SCORING,)),
        Skip: Move(moves.score_again, (SCORING,)),
        Repeat: Move(moves.score_again, (SCORING,)),
        Hint: Move(moves.score_again, (SCORING,)),
        Next: Move(moves.score_again, (SCORING,)),
        Retry: Move(moves.score_again, (SCORING,)),
        ShowModel: Move(moves.score_again, (SCORING,)),
        Stop: Move(moves.score_again, (SCORING,)),
        Resume: Move(moves.score_again, (SCORING,)),
        Finish: Move(moves.score_again, (SCORING,)),
        Scored: Move(moves.take_score, (ASKED, FEEDBACK)),
    },
    FEEDBACK: _everywhere(FEEDBACK)
    | {
        Text: Move(asides.expected, (FEEDBACK,)),
        Edited: Move(asides.edited_late, (FEEDBACK,)),
        Done: Move(asides.expected, (FEEDBACK,)),
        Skip: Move(moves.advance, (ASKED, IDLE)),
        Repeat: Move(moves.repeat, (FEEDBACK,)),
        Hint: Move(asides.expected, (FEEDBACK,)),
        Next: Move(moves.advance, (ASKED, IDLE)),
        Retry: Move(moves.retry, (ASKED,)),
        ShowModel: Move(moves.show_model, (FEEDBACK,)),
        Stop: Move(moves.stop, (PAUSED, IDLE)),  # IDLE: that was the last question
        Resume: Move(moves.resume, (FEEDBACK,)),
        Finish: Move(moves.finish, (IDLE,)),
        Scored: Move(asides.ignore, (FEEDBACK,)),
    },
    PAUSED: _everywhere(PAUSED)
    | {
        Text: Move(asides.expected, (PAUSED,)),
        Edited: Move(moves.edit, (PAUSED,)),
        Done: Move(asides.expected, (PAUSED,)),
        Skip: Move(asides.expected, (PAUSED,)),
        Repeat: Move(asides.expected, (PAUSED,)),
        Hint: Move(asides.expected, (PAUSED,)),
        Next: Move(moves.resume, (ASKED, DRAFTING, FEEDBACK)),
        Retry: Move(asides.expected, (PAUSED,)),
        ShowModel: Move(asides.expected, (PAUSED,)),
        Stop: Move(asides.expected, (PAUSED,)),
        Resume: Move(moves.resume, (ASKED, DRAFTING, FEEDBACK)),
        Finish: Move(moves.finish, (IDLE,)),
        Scored: Move(asides.ignore, (PAUSED,)),
    },
}
