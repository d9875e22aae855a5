"""A terminal to test at: the real runtime, store, templates and commands over a small bank."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.channels.terminal.channel import CHAT, TerminalChannel
from bot.channels.terminal.conversation import Conversation
from bot.channels.terminal.markup import plain
from bot.channels.terminal.screen import NumberedRows
from bot.channels.terminal.wording import Words, load
from bot.core.models import Session
from bot.delivery import Delivery
from bot.intake import Intake
from bot.ports import Incoming, Outgoing, Renderer
from bot.render import TemplateRenderer
from bot.resources import data_folder
from bot.runtime import Parts, Runtime
from bot.store.sqlite import SqliteStore, open_store
from tests.support.banks import small_bank
from tests.support.scorers import NameScorer

PROMPTS = data_folder("prompts")
INTAKE = Intake.load(PROMPTS)
WORDS = Words(load(PROMPTS, "es"))
RENDERER = TemplateRenderer(PROMPTS)
FULL = "goal! method! result!"  # an answer that leaves no follow-up to ask
THIN = "goal"  # one that does


def now() -> datetime:
    """The real time."""
    return datetime.now(UTC)


class Paper:
    """A screen that remembers what was shown, messages as plain text."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.labels: list[str] = []

    def message(self, html: str, rows: NumberedRows) -> None:
        self.shown.append(plain(html))
        self.labels = [f"{number} {label}" for row in rows for number, label in row]

    def note(self, text: str) -> None:
        self.shown.append(text)

    @property
    def text(self) -> str:
        return "\n".join(self.shown)


@dataclass
class Desk:
    """One start of the program on a database file."""

    store: SqliteStore
    channel: TerminalChannel
    runtime: Runtime
    talk: Conversation
    paper: Paper
    now: Callable[[], datetime] = now

    @property
    def session(self) -> Session:
        return self.talk.session

    def answers(self) -> list[str]:
        """What was handed in or drafted, oldest first, in all sessions."""
        found = json.loads(self.store.export("term:local"))
        turns = [t for s in found["sessions"] for t in s["turns"]]
        return [t["text"] for t in turns if t["who"] == "candidate"]


def sit_down(
    path: Path,
    chat: str = CHAT,
    now: Callable[[], datetime] = now,
    renderer: Renderer = RENDERER,
) -> Desk:
    """Start on the database in the folder `path`, where files are put as well."""
    store = open_store(path / "test.db", now=now)
    paper = Paper()
    channel = TerminalChannel(INTAKE, paper, WORDS, "es", path)
    channel.chat = chat
    bank = small_bank()
    delivery = Delivery(channel, store)
    parts = Parts(
        bank, store, NameScorer(bank), renderer, channel, delivery, now=now, seed=lambda: 1
    )
    runtime = Runtime(parts)
    return Desk(store, channel, runtime, Conversation(runtime, channel, store, now), paper, now)


async def source(lines: Iterable[str]) -> AsyncIterator[str]:
    """Lines as an input."""
    for line in lines:
        yield line


class Failing:
    """A runtime that fails a number of times before it handles anything."""

    def __init__(self, runtime: Runtime, store: SqliteStore, errors: Sequence[Exception]) -> None:
        self._runtime, self._store = runtime, store
        self.errors = list(errors)
        self.accepts = True

    async def handle(self, update: Incoming) -> list[Outgoing]:
        if self.errors:
            if self.accepts:
                await self._store.accept([update])
            raise self.errors.pop(0)
        return await self._runtime.handle(update)
