"""What a step may know, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.effects import Effect
from bot.core.models import Session
from bot.core.questions import Bank


@dataclass(frozen=True, slots=True)
class Context:
    """What a step may know of the world: the bank, the time (UTC), a seed, a fresh token.

    `token` is used nowhere else yet: a session or attempt is named by it, or it is a code.
    """

    bank: Bank
    now: datetime
    seed: int = 0
    token: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """The session after an event, and what is to be done, in order."""

    session: Session
    effects: tuple[Effect, ...] = ()
