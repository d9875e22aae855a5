"""A channel made of lists, which can fail on command."""

from __future__ import annotations

import json
from collections import deque

from bot.core.events import parse
from bot.ports import Incoming, Message, Outgoing, Received


class ListChannel:
    """Updates hold an action; what is sent is kept in `sent` as (chat, text).

    `failures`: raised by the next sends, one each. `broken`: texts that cannot be decoded.
    `typing`: the chats in which an answer was about to be judged.
    """

    source = "list"
    beginning = ""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.failures: deque[Exception] = deque()
        self.broken: set[str] = set()
        self.typing: list[str] = []

    def decode(self, update: Incoming) -> Received:
        if update.body in self.broken:
            raise ValueError(f"cannot decode {update.body}")
        return Received(parse(update.body))

    def encode(self, chat: str, message: Message, received: Received) -> list[str]:
        return [json.dumps(message.html)]

    async def send(self, outgoing: Outgoing) -> tuple[str, str]:
        if self.failures:
            raise self.failures.popleft()
        self.sent.append((outgoing.chat, json.loads(outgoing.body)))
        return "", ""

    def busy(self, chat: str) -> None:
        self.typing.append(chat)

    def texts(self, chat: str) -> list[str]:
        """What was sent to a chat, in order."""
        return [text for to, text in self.sent if to == chat]


def update(number: int, action: str, chat: str = "a") -> Incoming:
    """An update of the list channel."""
    return Incoming(ListChannel.source, number, chat, action)
