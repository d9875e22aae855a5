"""What is to be done after a step. The runtime does it; the core only says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.core.models import Attempt, Occasion, Turn
from bot.core.questions import Lang


@dataclass(frozen=True, slots=True)
class Button:
    """A choice: `label` is a key of `prompts/<lang>/buttons.toml`, `data` fills its slots."""

    label: str
    action: str
    data: Mapping[str, Any] = field(default_factory=dict)


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """Anything to be done."""


@dataclass(frozen=True, slots=True)
class Say(Effect):
    """Send the message of a template.

    `replace`: edit the message whose button was pressed instead of sending a new one.
    `onto`: replace it only if it is the last one said in that slot, else send a new one.
    `slot`: this message takes the place of the last one said in the same slot.
    `attachment`: file name and text of a file to go with it.
    `picture`: a template of `prompts/pictures/` that is drawn with the same data.
    """

    template: str
    data: Mapping[str, Any] = field(default_factory=dict)
    buttons: Rows = ()
    replace: bool = False
    onto: str = ""
    slot: str = ""
    attachment: tuple[str, str] | None = None
    picture: str = ""


@dataclass(frozen=True, slots=True)
class ScoreAnswer(Effect):
    """Score a text; the card comes back as `Scored`."""

    question_id: str
    text: str
    lang: Lang
    occasion: Occasion = field(default_factory=Occasion)


@dataclass(frozen=True, slots=True)
class KeepTurn(Effect):
    """Add a line to the transcript."""

    turn: Turn


@dataclass(frozen=True, slots=True)
class KeepAttempt(Effect):
    """Keep an attempt; one of the same id is replaced."""

    attempt: Attempt


@dataclass(frozen=True, slots=True)
class Load(Effect):
    """Fetch something kept of this chat; it comes back as `Loaded`.

    `what`: `transcripts` (argument: page), `transcript` (session id), `progress`, `export`.
    """

    what: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class KeepLink(Effect):
    """Let whoever knows the code go on with this chat at a terminal, once, until then."""

    code: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Erase(Effect):
    """Erase every trace of this chat."""
