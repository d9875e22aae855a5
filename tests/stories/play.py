"""Plays a story through the bare machine, the terminal and Telegram, and writes down what is said.

A story is a TOML file in `tests/stories/<lang>/`:

    title = "..."                       # the rule it shows
    shows = ["time"]                    # the situations, of those in `test_stories.SITUATIONS`
    channels = ["machine", "telegram"]  # without: all; a terminal has no stickers or edits
    lang = "pt-br"                      # the language of the app; without: that of the folder
    questions = ["user-growth"]         # the bank holds no others; without: the whole bank
    [[steps]]
    send = "/practice user-growth"      # a message; or one of:
    press = "Listo"                     # the newest button whose label contains this
    press_old = "Listo"                 # the oldest such button, long stale
    stray = "sticker"                   # something without text
    edit = "..."                        # the last message sent, changed
    wait = 300                          # so many seconds go by, and all alarms ring in time
    restart = true                      # the process ends and begins anew,
    down = 7200                         # ... after so many seconds
    says = ["..."]                      # each in one of the answers
    never = ["..."]                     # in none
    [end]
    state = "idle"                      # and other fields of the session, as text

The clock moves by twenty seconds a step. Nothing rings but in `wait` and after a restart: a story
in which time would run out elsewhere has to say so.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from bot.core.models import Session

STORIES = Path(__file__).parent
BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
A_STEP = timedelta(seconds=20)


@dataclass
class World:
    """Time and chance of a story, the same in every channel."""

    step: int = 0
    rings: int = 0
    waited: timedelta = timedelta()

    def now(self) -> datetime:
        return BEGAN + self.step * A_STEP + self.waited

    def seed(self) -> int:
        return 7

    def token(self) -> str:
        return f"story{self.step}" + (f"r{self.rings}" if self.rings else "")

    def wait(self, span: timedelta) -> None:
        """Let time go by."""
        self.waited += max(span, timedelta())


@dataclass
class Outcome:
    """What can be compared between channels: all that was said, and what is left at the end."""

    said: list[list[str]] = field(default_factory=list)
    session: Session | None = None
    turns: list[tuple[str, str, str]] = field(default_factory=list)
    scores: list[tuple[str, int]] = field(default_factory=list)


class Player(Protocol):
    """One channel; what is said is returned as plain text, in order."""

    async def send(self, text: str) -> list[str]: ...

    async def press(self, label: str, oldest: bool) -> list[str]: ...

    async def stray(self, kind: str) -> list[str]: ...

    async def edit(self, text: str) -> list[str]: ...

    async def stop(self) -> None:
        """The process ends."""

    async def start(self) -> None:
        """It begins anew."""

    def alarm(self) -> datetime | None:
        """When time is up, if it is running."""

    async def ring(self) -> list[str]:
        """Ring what is due."""

    async def end(self) -> Outcome: ...


def load(path: Path) -> dict[str, Any]:
    """A story."""
    return {"lang": path.parent.name} | tomllib.loads(path.read_text("utf-8"))


async def play(story: dict[str, Any], player: Player, world: World) -> Outcome:
    """Play a story; asserts what each step says."""
    said = []
    for number, one in enumerate(story["steps"], 1):
        world.step = number
        heard = await _act(player, one, world)
        said.append(heard)
        where = f"{story['title']}: step {number} {one}: heard {heard}"
        for words in one.get("says", []):
            assert any(words in text for text in heard), f"{words!r} missing in {where}"
        for words in one.get("never", []):
            assert not any(words in text for text in heard), f"{words!r} said in {where}"
        assert not _due(player, world), f"time is up without a `wait` in {where}"
    outcome = await player.end()
    outcome.said = said
    for name, value in story.get("end", {}).items():
        assert str(getattr(outcome.session, name)) == str(value), (story["title"], name)
    return outcome


async def _act(player: Player, one: dict[str, Any], world: World) -> list[str]:
    if "send" in one:
        return await player.send(one["send"])
    if "press" in one or "press_old" in one:
        return await player.press(one.get("press") or one["press_old"], "press_old" in one)
    if "stray" in one:
        return await player.stray(one["stray"])
    if "edit" in one:
        return await player.edit(one["edit"])
    if "wait" in one:
        return await _wait(player, timedelta(seconds=one["wait"]), world)
    assert one.get("restart"), one
    await player.stop()
    world.wait(timedelta(seconds=one.get("down", 0)))
    await player.start()
    return await _ring(player, world) if _due(player, world) else []


async def _wait(player: Player, span: timedelta, world: World) -> list[str]:
    """Let time go by; each alarm on the way rings when it is due."""
    end, said = world.now() + span, []
    while (alarm := player.alarm()) is not None and alarm <= end:
        world.wait(alarm - world.now())
        said += await _ring(player, world)
    world.wait(end - world.now())
    return said


async def _ring(player: Player, world: World) -> list[str]:
    world.rings += 1
    return await player.ring()


def _due(player: Player, world: World) -> bool:
    alarm = player.alarm()
    return alarm is not None and alarm <= world.now()
