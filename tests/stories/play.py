"""Plays a story through the bare machine, the terminal and Telegram, and writes down what is said.

A story is a TOML file in `tests/stories/<lang>/`:

    title = "..."                       # the rule it shows
    channels = ["machine", "telegram"]  # without: all three; a terminal has no stickers or edits
    [[steps]]
    send = "/practice user-growth"      # a message; or one of:
    press = "Listo"                     # the newest button whose label contains this
    press_old = "Listo"                 # the oldest such button, long stale
    stray = "sticker"                   # something without text
    edit = "..."                        # the last message sent, changed
    restart = true                      # the process ends and begins anew
    says = ["..."]                      # each in one of the answers
    never = ["..."]                     # in none
    [end]
    state = "idle"                      # and other fields of the session, as text
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from bot.core.models import Session
from bot.ports import Channel, Store
from bot.runtime import Parts

STORIES = Path(__file__).parent
BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class World:
    """Time and chance of a story, the same in every channel."""

    step: int = 0
    made: int = 0

    def now(self) -> datetime:
        return BEGAN + timedelta(minutes=self.step)

    def seed(self) -> int:
        return 7

    def token(self) -> str:
        return f"story{self.step}"


@dataclass
class Outcome:
    """What can be compared between channels: all that was said, and what is left at the end."""

    said: list[list[str]] = field(default_factory=list)
    session: Session | None = None
    turns: list[tuple[str, str, str]] = field(default_factory=list)
    scores: list[tuple[str, int]] = field(default_factory=list)


class Player(Protocol):
    """One channel; each call returns the answers as plain text, in order."""

    async def send(self, text: str) -> list[str]: ...

    async def press(self, label: str, oldest: bool) -> list[str]: ...

    async def stray(self, kind: str) -> list[str]: ...

    async def edit(self, text: str) -> list[str]: ...

    async def restart(self) -> list[str]: ...

    async def end(self) -> Outcome: ...


MakeParts = Callable[[Channel, Store], Parts]


def load(path: Path) -> dict[str, Any]:
    """A story."""
    return tomllib.loads(path.read_text("utf-8"))


async def play(story: dict[str, Any], player: Player, world: World) -> Outcome:
    """Play a story; asserts what each step says."""
    said = []
    for number, one in enumerate(story["steps"], 1):
        world.step = number
        heard = await _act(player, one)
        said.append(heard)
        where = f"{story['title']}: step {number} {one}: heard {heard}"
        for words in one.get("says", []):
            assert any(words in text for text in heard), f"{words!r} missing in {where}"
        for words in one.get("never", []):
            assert not any(words in text for text in heard), f"{words!r} said in {where}"
    outcome = await player.end()
    outcome.said = said
    for name, value in story.get("end", {}).items():
        assert str(getattr(outcome.session, name)) == str(value), (story["title"], name)
    return outcome


async def _act(player: Player, one: dict[str, Any]) -> list[str]:
    if "send" in one:
        return await player.send(one["send"])
    if "press" in one or "press_old" in one:
        return await player.press(one.get("press") or one["press_old"], "press_old" in one)
    if "stray" in one:
        return await player.stray(one["stray"])
    if "edit" in one:
        return await player.edit(one["edit"])
    assert one.get("restart"), one
    return await player.restart()
