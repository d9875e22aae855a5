"""Stand-ins for what the channel works with."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from bot.channels.telegram.api import Api
from bot.channels.telegram.channel import TelegramChannel
from bot.core.events import Done, Event, Start, Text, Unknown
from bot.ports import Incoming, Message, Outgoing
from tests.telegram.fake_bot import TOKEN, USERNAME

ME = {"id": int(TOKEN.partition(":")[0]), "username": USERNAME}
CHAT = "tg:2001"


class PlainIntake:
    """Knows `/start` and "listo"."""

    def read(self, text: str, ref: str) -> Event:
        if text.lower().strip() == "listo":
            return Done()
        if text.startswith("/start"):
            return Start(text.removeprefix("/start").strip())
        return Unknown(text) if text.startswith("/") else Text(text, ref)


class Slots:
    """The store's slots, in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def slot(self, chat: str, slot: str) -> str:
        return self.kept.get((chat, slot), "")


class Echo:
    """A runtime that keeps what comes and answers with what was said."""

    def __init__(self, channel: TelegramChannel) -> None:
        self.channel, self.accepted, self.log = channel, [], []  # type: tuple[Any, Any, Any]

    def left(self) -> bool:
        return False

    async def start(self, caught_up: asyncio.Event) -> None:
        self.log.append("start")
        self.caught_up = caught_up

    async def accept(self, updates: Sequence[Incoming]) -> None:
        for update in updates:
            self.accepted.append(update)
            received = self.channel.decode(update)
            words = getattr(received.event, "text", "") or type(received.event).__name__
            message = Message(f"<b>{words}</b>", ((("Listo", "done@a"),),))
            for body in self.channel.encode(update.chat, message, received):
                await self.channel.send(Outgoing(update.id, update.chat, body))

    async def stop(self, grace: float) -> None:
        self.log.append(f"stop {grace}")


def new_channel(api: Api, slots: Slots | None = None) -> TelegramChannel:
    return TelegramChannel(api, ME, PlainIntake(), (slots or Slots()).slot)


def outgoing(body: Any, chat: str = CHAT) -> Outgoing:
    return Outgoing(1, chat, body if isinstance(body, str) else json.dumps(body))
