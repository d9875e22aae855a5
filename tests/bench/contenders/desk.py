"""What the bots beside ours share with it: the core's work, the scorer, the renderer, the bank."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import cast

from bot import bootstrap
from bot.channels.telegram import bodies
from bot.core.events import Event, parse
from bot.core.models import Session
from bot.delivery import Delivery
from bot.ports import Handled, Incoming, Message, Outgoing, Received, Store
from bot.runtime import Parts, work
from bot.settings import Settings

SOURCE = "tg:bench"


class Read:
    """A channel in front of which a framework has read the update already."""

    source = SOURCE
    beginning = "tg:"

    def __init__(self) -> None:
        self.received = Received(Event())

    def decode(self, update: Incoming) -> Received:
        return self.received

    def encode(self, chat: str, message: Message, received: Received) -> list[str]:
        return bodies.encode(chat, message, received)

    async def send(self, outgoing: Outgoing) -> tuple[str, str]:
        raise NotImplementedError

    def busy(self, chat: str) -> None:
        raise NotImplementedError


class Loaded:
    """Stands in for a store: hands the core the session that was loaded for it beforehand."""

    def __init__(self) -> None:
        self.loaded: Session | None = None

    def session(self, chat: str) -> Session | None:
        return self.loaded


class Desk:
    """Does the work of an update on what `sessions` knows of the chat."""

    def __init__(self, settings: Settings, sessions: Store | Loaded) -> None:
        store = cast(Store, sessions)  # the work of a practice asks for no more than sessions
        bank = bootstrap.open_bank(settings).bank
        self._intake = bootstrap.intake()
        self._channel = Read()
        self._parts = Parts(
            bank,
            store,
            bootstrap.scorer(bank),
            bootstrap.renderer(settings),
            self._channel,
            Delivery(self._channel, store),
        )

    def message(self, words: str, number: int, lang: str | None) -> Received:
        """What a message says."""
        return Received(self._intake.read(words, str(number)), lang or "")

    def press(self, data: str, number: int, lang: str | None) -> Received:
        """What a press says."""
        return Received(parse(data), lang or "", str(number))

    def work(self, number: int, chat: int, received: Received) -> Handled:
        """All that update `number` comes to."""
        self._channel.received = received
        return work(self._parts, Incoming(SOURCE, number, f"tg:{chat}", ""))


def help_httpcore() -> None:
    """Give httpcore the module it asks at every request which async library runs.

    Where `sniffio` is not installed the failing import takes up to 40 % of the time; the stock
    bots shall not suffer from that.
    """
    told = ModuleType("sniffio")
    told.current_async_library = lambda: "asyncio"  # type: ignore[attr-defined]
    sys.modules.setdefault("sniffio", told)
