"""The conversation: one table of transitions, and `step`.

Rule 1: a session only ever changes through `step`. Rule 2: every (state, event) pair stands in
TRANSITIONS with what is done and where it leads; none is forgotten, and none may lead elsewhere.
`tests/core/test_machine.py` holds both; the diagram in `docs/conversation.md` is printed from the
table. The actions are in `beginning.py`, `answering.py` and `moves.py` (the session) and in
`asides.py` (what stands beside it).

Nothing here reads a clock, draws a random number or touches a file: what is needed of the world
comes in as a `Context`, what is to be done goes out as effects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.core import answering, asides, beginning, beside, moves
from bot.core.asides import Action
from bot.core.context import Context, Step
from bot.core.events import (
    Aim,
    Brief,
    Browse,
    Change,
    Chart,
    Confirm,
    Decline,
    Delete,
    Done,
    Easier,
    Edited,
    Event,
    Example,
    Export,
    Finish,
    Greet,
    Help,
    Hint,
    Interview,
    Intro,
    Link,
    ListTranscripts,
    Loaded,
    Next,
    OpenTranscript,
    Practice,
    Privacy,
    Rate,
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
    Thank,
    Think,
    TimePassed,
    Unknown,
    Unsure,
    parse,
)
from bot.core.models import Session, State

__all__ = ["TRANSITIONS", "Context", "IllegalStep", "Move", "Step", "step"]

IDLE, BRIEFING, ASKED, DRAFTING = State.IDLE, State.BRIEFING, State.ASKED, State.DRAFTING
SCORING, RATING, FEEDBACK, PAUSED = State.SCORING, State.RATING, State.FEEDBACK, State.PAUSED

YES: Mapping[State, type[Event]] = {FEEDBACK: Next, PAUSED: Resume}  # "shall we go on?"
COMES_BACK = (Loaded, Scored, TimePassed)  # what no person did


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
    becomes `Stale`; a text that replies to what was just asked becomes the yes or no it says, a
    yes where one thing is offered does that; a question the bank has no longer is left behind,
    whatever the event. Raises `IllegalStep` when an action breaks the table.
    """
    if isinstance(event, Text) and event.reply in ("confirm", "decline"):
        event = _reply(session, event)
    if moves.withdrawn(session, context):
        return _without(session, event, context)
    if event.guard and event.guard != session.guard:
        event = Stale()
    if session.pending and not isinstance(event, (Confirm, Decline, *COMES_BACK)):
        session = replace(session, pending="")  # a question not answered at once is off the table
    move = TRANSITIONS[session.state][type(event)]
    after = move.action(session, event, context)
    if after.session.state not in move.to:
        raise IllegalStep(f"{session.state} --{type(event).__name__}--> {after.session.state}")
    if isinstance(event, (Stale, *COMES_BACK)) or not after.session.unfinished:
        return after
    return Step(replace(after.session, heard_at=context.now), after.effects)


def _reply(session: Session, event: Text) -> Event:
    """The yes or no a text is where one was asked for; else the text."""
    if session.pending:
        return parse(event.reply)
    offered = YES.get(session.state) if event.reply == "confirm" else None
    return offered() if offered else event


def _without(session: Session, event: Event, context: Context) -> Step:
    """Leave a question behind that is gone; then the event, unless it was about that question."""
    left = moves.withdraw(session, event, context)
    if event.guard or isinstance(event, (Text, Skip)):
        return left
    after = step(left.session, event, context)
    return Step(after.session, (*left.effects, *after.effects))


def _everywhere(here: State) -> dict[type[Event], Move]:
    """What is alike in every state: the way to begin, and what stands beside a session."""
    return {
        Start: Move(beginning.start, (here, ASKED)),
        Practice: Move(beginning.practice, (here, ASKED)),
        Interview: Move(beginning.interview, (here, ASKED, BRIEFING)),
        Intro: Move(beginning.intro, (here, ASKED)),
        Confirm: Move(asides.confirm, (here, ASKED, IDLE, BRIEFING)),
        Decline: Move(asides.decline, (here,)),
        Browse: Move(asides.browse, (here,)),
        Greet: Move(asides.showing(beside.greeting), (here,)),
        Thank: Move(asides.showing(beside.thanks), (here,)),
        Think: Move(asides.showing(beside.thinking), (here,)),
        Help: Move(asides.showing(beside.help_), (here,)),
        Privacy: Move(asides.showing(beside.privacy), (here,)),
        ListTranscripts: Move(asides.list_transcripts, (here,)),
        OpenTranscript: Move(asides.open_transcript, (here,)),
        ShowProgress: Move(asides.show_progress, (here,)),
        Export: Move(asides.export, (here,)),
        Loaded: Move(asides.show_loaded, (here,)),
        ShowSettings: Move(asides.show_settings, (here,)),
        Change: Move(asides.change, (here,)),
        Aim: Move(asides.aim, (here, BRIEFING)),
        Brief: Move(asides.brief, (here, BRIEFING)),
        Link: Move(asides.link, (here,)),
        Chart: Move(asides.chart, (here,)),
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
        Example: Move(asides.expected, (IDLE,)),
        Easier: Move(asides.expected, (IDLE,)),
        Unsure: Move(asides.expected, (IDLE,)),
        Next: Move(asides.expected, (IDLE,)),
        Retry: Move(asides.expected, (IDLE,)),
        ShowModel: Move(asides.expected, (IDLE,)),
        Rate: Move(asides.expected, (IDLE,)),
        Stop: Move(asides.expected, (IDLE,)),
        Resume: Move(asides.expected, (IDLE,)),
        Finish: Move(asides.expected, (IDLE,)),
        TimePassed: Move(asides.ignore, (IDLE,)),
        Scored: Move(asides.ignore, (IDLE,)),
    },
    BRIEFING: _everywhere(BRIEFING)
    | {
        Aim: Move(asides.aim, (BRIEFING, ASKED, IDLE)),  # a dash ends the asking
        Text: Move(beginning.brief, (BRIEFING, ASKED, IDLE)),
        Edited: Move(asides.ignore, (BRIEFING,)),
        Done: Move(beginning.brief, (BRIEFING, ASKED, IDLE)),
        Skip: Move(beginning.brief, (BRIEFING, ASKED, IDLE)),
        Repeat: Move(asides.brief_again, (BRIEFING,)),
        Hint: Move(asides.expected, (BRIEFING,)),
        Example: Move(asides.expected, (BRIEFING,)),
        Easier: Move(asides.expected, (BRIEFING,)),
        Unsure: Move(beginning.brief, (BRIEFING, ASKED, IDLE)),
        Next: Move(beginning.brief, (BRIEFING, ASKED, IDLE)),
        Retry: Move(asides.expected, (BRIEFING,)),
        ShowModel: Move(asides.expected, (BRIEFING,)),
        Rate: Move(asides.expected, (BRIEFING,)),
        Stop: Move(beginning.drop_briefing, (IDLE,)),
        Resume: Move(beginning.end_briefing, (ASKED, IDLE)),
        Finish: Move(beginning.end_briefing, (ASKED, IDLE)),
        TimePassed: Move(asides.ignore, (BRIEFING,)),
        Scored: Move(asides.ignore, (BRIEFING,)),
    },
    ASKED: _everywhere(ASKED)
    | {
        Text: Move(answering.take_text, (DRAFTING, ASKED)),  # ASKED: too long, or a question
        Edited: Move(asides.edited_late, (ASKED,)),
        Done: Move(asides.expected, (ASKED,)),
        Skip: Move(moves.skip, (ASKED, RATING, FEEDBACK, IDLE)),
        Repeat: Move(moves.repeat, (ASKED,)),
        Hint: Move(moves.hint, (ASKED,)),
        Example: Move(moves.example, (ASKED,)),
        Easier: Move(moves.easier, (ASKED,)),
        Unsure: Move(moves.unsure, (ASKED, RATING, FEEDBACK, IDLE)),
        Next: Move(asides.expected, (ASKED,)),
        Retry: Move(asides.expected, (ASKED,)),
        ShowModel: Move(asides.expected, (ASKED,)),
        Rate: Move(asides.expected, (ASKED,)),
        Stop: Move(moves.stop, (PAUSED,)),
        Resume: Move(moves.resume, (ASKED,)),
        Finish: Move(moves.finish, (IDLE,)),
        TimePassed: Move(moves.time_passed, (ASKED, PAUSED, IDLE)),
        Scored: Move(asides.ignore, (ASKED,)),
    },
    DRAFTING: _everywhere(DRAFTING)
    | {
        Text: Move(answering.take_text, (DRAFTING,)),
        Edited: Move(answering.edit, (DRAFTING, ASKED)),  # ASKED: nothing of the answer is left
        Done: Move(answering.hand_in, (SCORING,)),
        Skip: Move(moves.skip, (ASKED, RATING, FEEDBACK, IDLE)),
        Repeat: Move(moves.repeat, (DRAFTING,)),
        Hint: Move(moves.hint, (DRAFTING,)),
        Example: Move(moves.example, (DRAFTING,)),
        Easier: Move(moves.easier, (DRAFTING,)),
        Unsure: Move(moves.unsure, (DRAFTING,)),
        Next: Move(asides.expected, (DRAFTING,)),
        Retry: Move(asides.expected, (DRAFTING,)),
        ShowModel: Move(asides.expected, (DRAFTING,)),
        Rate: Move(asides.expected, (DRAFTING,)),
        Stop: Move(moves.stop, (PAUSED,)),
        Resume: Move(moves.resume, (DRAFTING,)),
        Finish: Move(moves.finish, (IDLE,)),
        TimePassed: Move(moves.time_passed, (DRAFTING, PAUSED, SCORING)),
        Scored: Move(asides.ignore, (DRAFTING,)),
    },
    SCORING: _everywhere(SCORING)
    | {
        Text: Move(answering.score_again, (SCORING,)),
        Edited: Move(asides.edited_late, (SCORING,)),
        Done: Move(answering.score_again, (SCORING,)),
        Skip: Move(answering.score_again, (SCORING,)),
        Repeat: Move(answering.score_again, (SCORING,)),
        Hint: Move(answering.score_again, (SCORING,)),
        Example: Move(answering.score_again, (SCORING,)),
        Easier: Move(answering.score_again, (SCORING,)),
        Unsure: Move(answering.score_again, (SCORING,)),
        Next: Move(answering.score_again, (SCORING,)),
        Retry: Move(answering.score_again, (SCORING,)),
        ShowModel: Move(answering.score_again, (SCORING,)),
        Rate: Move(answering.score_again, (SCORING,)),
        Stop: Move(answering.score_again, (SCORING,)),
        Resume: Move(answering.score_again, (SCORING,)),
        Finish: Move(answering.score_again, (SCORING,)),
        TimePassed: Move(asides.ignore, (SCORING,)),
        Scored: Move(answering.take_score, (ASKED, RATING, FEEDBACK, IDLE)),  # ASKED: a follow-up
    },
    RATING: _everywhere(RATING)
    | {
        Text: Move(answering.rate_by_text, (RATING, FEEDBACK, ASKED, IDLE)),
        Edited: Move(asides.edited_late, (RATING,)),
        Done: Move(answering.unrated, (FEEDBACK, ASKED, IDLE)),
        Skip: Move(answering.unrated, (FEEDBACK, ASKED, IDLE)),
        Repeat: Move(moves.repeat, (RATING,)),
        Hint: Move(asides.expected, (RATING,)),
        Example: Move(asides.expected, (RATING,)),
        Easier: Move(asides.expected, (RATING,)),
        Unsure: Move(answering.unrated, (FEEDBACK, ASKED, IDLE)),
        Next: Move(answering.unrated, (FEEDBACK, ASKED, IDLE)),
        Retry: Move(asides.expected, (RATING,)),
        ShowModel: Move(asides.expected, (RATING,)),
        Rate: Move(answering.rate, (RATING, FEEDBACK, ASKED, IDLE)),
        Stop: Move(moves.stop, (PAUSED,)),
        Resume: Move(moves.resume, (RATING,)),
        Finish: Move(moves.finish, (IDLE,)),
        TimePassed: Move(moves.time_passed, (RATING, ASKED, PAUSED, IDLE)),
        Scored: Move(asides.ignore, (RATING,)),
    },
    FEEDBACK: _everywhere(FEEDBACK)
    | {
        Text: Move(asides.expected, (FEEDBACK,)),
        Edited: Move(asides.edited_late, (FEEDBACK,)),
        Done: Move(asides.expected, (FEEDBACK,)),
        Skip: Move(moves.advance, (ASKED, IDLE)),
        Repeat: Move(moves.repeat, (FEEDBACK,)),
        Hint: Move(asides.expected, (FEEDBACK,)),
        Example: Move(moves.show_model, (FEEDBACK,)),
        Easier: Move(asides.expected, (FEEDBACK,)),
        Unsure: Move(asides.expected, (FEEDBACK,)),
        Next: Move(moves.advance, (ASKED, IDLE)),
        Retry: Move(moves.retry, (ASKED,)),
        ShowModel: Move(moves.show_model, (FEEDBACK,)),
        Rate: Move(asides.expected, (FEEDBACK,)),
        Stop: Move(moves.stop, (PAUSED, IDLE)),  # IDLE: that was the last question
        Resume: Move(moves.resume, (FEEDBACK,)),
        Finish: Move(moves.finish, (IDLE,)),
        TimePassed: Move(asides.ignore, (FEEDBACK,)),
        Scored: Move(asides.ignore, (FEEDBACK,)),
    },
    PAUSED: _everywhere(PAUSED)
    | {
        Confirm: Move(  # what is offered may be to go on, wherever that was
            asides.confirm, (PAUSED, ASKED, DRAFTING, RATING, FEEDBACK, IDLE, BRIEFING)
        ),
        Text: Move(asides.expected, (PAUSED,)),
        Edited: Move(answering.edit, (PAUSED,)),
        Done: Move(asides.expected, (PAUSED,)),
        Skip: Move(asides.expected, (PAUSED,)),
        Repeat: Move(asides.expected, (PAUSED,)),
        Hint: Move(asides.expected, (PAUSED,)),
        Example: Move(asides.expected, (PAUSED,)),
        Easier: Move(asides.expected, (PAUSED,)),
        Unsure: Move(asides.expected, (PAUSED,)),
        Next: Move(moves.resume, (ASKED, DRAFTING, RATING, FEEDBACK)),
        Retry: Move(asides.expected, (PAUSED,)),
        ShowModel: Move(asides.expected, (PAUSED,)),
        Rate: Move(asides.expected, (PAUSED,)),
        Stop: Move(asides.expected, (PAUSED,)),
        Resume: Move(moves.resume, (ASKED, DRAFTING, RATING, FEEDBACK)),
        Finish: Move(moves.finish, (IDLE,)),
        TimePassed: Move(asides.ignore, (PAUSED,)),
        Scored: Move(asides.ignore, (PAUSED,)),
    },
}
