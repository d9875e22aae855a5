"""What can happen to a session.

Commands and buttons share one small vocabulary of actions, `name[:argument][@guard]`; `parse`
turns one into its event. A button carries the guard of the step it belongs to, so that a press on
an old message is known as stale instead of acting on the wrong question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.core.models import Scorecard


@dataclass(frozen=True, slots=True)
class Event:
    """Anything that can happen; `guard` is the step a button belongs to, empty elsewhere."""

    guard: str = field(default="", kw_only=True)


# --- what a person sends ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text(Event):
    """A message that is no command; `ref` names it, so that a later edit finds it.

    `reply`: said as an answer to a question of the bot's it would be this action: `confirm`,
    `decline`, `rate:4`. `asks`: it is short and begins as a question does.
    """

    text: str
    ref: str = ""
    reply: str = ""
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Edited(Event):
    """An earlier message was changed to `text`."""

    text: str
    ref: str


@dataclass(frozen=True, slots=True)
class Stray(Event):
    """Something that holds no text: `sticker`, `photo`, `voice`, `empty`, `other` ..."""

    kind: str = "other"


@dataclass(frozen=True, slots=True)
class Unknown(Event):
    """A command or button nobody knows."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Stale(Event):
    """A button of a step that is over."""


# --- beginning --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Start(Event):
    """`/start`, perhaps with the payload of a deep link (`q_user-growth`)."""

    payload: str = ""


@dataclass(frozen=True, slots=True)
class Practice(Event):
    """One question: that of the id, `any` for a surprise, or the list to choose from."""

    question_id: str = ""


@dataclass(frozen=True, slots=True)
class Browse(Event):
    """Another page of the list of questions, counted from 0."""

    page: str = "0"


@dataclass(frozen=True, slots=True)
class Interview(Event):
    """An interview: a number of questions, `last` as set up last time, or what was chosen so far,
    `role.level.interviewer.length.manner`, in this order (see `setup.py`)."""

    choices: str = ""


@dataclass(frozen=True, slots=True)
class Intro(Event):
    """A self-introduction: `question.minutes`; what is not said is asked for."""

    choices: str = ""


# --- within a session -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Done(Event):
    """The answer is complete."""


@dataclass(frozen=True, slots=True)
class Skip(Event):
    """Leave this question or follow-up out."""


@dataclass(frozen=True, slots=True)
class Repeat(Event):
    """Say the question again."""


@dataclass(frozen=True, slots=True)
class Hint(Event):
    """A hint, please."""


@dataclass(frozen=True, slots=True)
class Next(Event):
    """On to the next question, or to the result after the last."""


@dataclass(frozen=True, slots=True)
class Retry(Event):
    """Answer the same question once more."""


@dataclass(frozen=True, slots=True)
class ShowModel(Event):
    """Show the model answer."""


@dataclass(frozen=True, slots=True)
class Stop(Event):
    """Leave off here; it can be resumed."""


@dataclass(frozen=True, slots=True)
class Resume(Event):
    """Go on where it was left."""


@dataclass(frozen=True, slots=True)
class Finish(Event):
    """End the session here and show what came of it."""


@dataclass(frozen=True, slots=True)
class Confirm(Event):
    """Yes; a button says to what (`delete`, `practice:retention`), else to what was asked last."""

    what: str = ""


@dataclass(frozen=True, slots=True)
class Decline(Event):
    """No, likewise."""

    what: str = ""


@dataclass(frozen=True, slots=True)
class Rate(Event):
    """How good the person thinks the answer was: a band, `1` to `5`."""

    band: str = ""


@dataclass(frozen=True, slots=True)
class Unsure(Event):
    """The person does not know."""


@dataclass(frozen=True, slots=True)
class Example(Event):
    """An example, please."""


@dataclass(frozen=True, slots=True)
class Easier(Event):
    """Something easier, please."""


# --- beside it --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Greet(Event):
    """Hello."""


@dataclass(frozen=True, slots=True)
class Think(Event):
    """Let me think."""


@dataclass(frozen=True, slots=True)
class Thank(Event):
    """Thank you."""


@dataclass(frozen=True, slots=True)
class Help(Event):
    """What can I do here?"""


@dataclass(frozen=True, slots=True)
class Privacy(Event):
    """What do you keep of me?"""


@dataclass(frozen=True, slots=True)
class ListTranscripts(Event):
    """Past sessions, by page, counted from 0."""

    page: str = "0"


@dataclass(frozen=True, slots=True)
class OpenTranscript(Event):
    """One past session."""

    session_id: str = ""


@dataclass(frozen=True, slots=True)
class ShowProgress(Event):
    """Scores by topic over time."""


@dataclass(frozen=True, slots=True)
class ShowSettings(Event):
    """What is set, with buttons to change it."""


@dataclass(frozen=True, slots=True)
class Change(Event):
    """A setting: `lang=es`, `interviewer=mixed`."""

    assignment: str = ""


@dataclass(frozen=True, slots=True)
class Aim(Event):
    """Where the person applies: `company, product`; without names, what is set."""

    names: str = ""


@dataclass(frozen=True, slots=True)
class Brief(Event):
    """Let me tell where I apply."""


@dataclass(frozen=True, slots=True)
class Export(Event):
    """All that is kept of me, as a file."""


@dataclass(frozen=True, slots=True)
class Link(Event):
    """A code to go on at a terminal."""


@dataclass(frozen=True, slots=True)
class Chart(Event):
    """The chart of the last interview."""


@dataclass(frozen=True, slots=True)
class Delete(Event):
    """Erase all that is kept of me (asks first)."""


# --- what comes back --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scored(Event):
    """The scorer's result for the answer handed in."""

    card: Scorecard


@dataclass(frozen=True, slots=True)
class TimePassed(Event):
    """The time of `Session.alarm` has come."""


@dataclass(frozen=True, slots=True)
class Loaded(Event):
    """What a `Load` effect asked for."""

    what: str
    data: Any = None


ACTIONS: Mapping[str, Callable[..., Event]] = {
    "start": Start,
    "practice": Practice,
    "browse": Browse,
    "interview": Interview,
    "intro": Intro,
    "done": Done,
    "skip": Skip,
    "repeat": Repeat,
    "hint": Hint,
    "next": Next,
    "retry": Retry,
    "model": ShowModel,
    "stop": Stop,
    "resume": Resume,
    "finish": Finish,
    "confirm": Confirm,
    "decline": Decline,
    "help": Help,
    "privacy": Privacy,
    "transcripts": ListTranscripts,
    "transcript": OpenTranscript,
    "progress": ShowProgress,
    "settings": ShowSettings,
    "set": Change,
    "target": Aim,
    "brief": Brief,
    "export": Export,
    "link": Link,
    "chart": Chart,
    "rate": Rate,
    "unsure": Unsure,
    "example": Example,
    "easier": Easier,
    "greet": Greet,
    "thank": Thank,
    "think": Think,
    "delete": Delete,
}

WITH_ARGUMENT = frozenset(
    (
        *("start", "practice", "browse", "interview", "intro"),
        *("transcripts", "transcript", "set", "target", "confirm", "decline", "rate"),
    )
)


def parse(action: str) -> Event:
    """The event of an action such as `practice:user-growth` or `done@k3x9.0.1.0`.

    An action nobody knows is an `Unknown`; an argument where none is taken is left out.
    """
    body, _, guard = action.partition("@")
    name, _, argument = body.partition(":")
    make = ACTIONS.get(name)
    if make is None:
        return Unknown(action[:64])
    event = make(argument) if argument and name in WITH_ARGUMENT else make()
    return replace(event, guard=guard) if guard else event
