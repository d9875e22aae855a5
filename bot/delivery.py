"""Brings the outbox to the people: in order per chat, at the pace the channel allows.

An entry stays in the outbox until the channel took it, so a message may come twice after a kill
but is never lost. A failing send is tried again for ever, with a growing pause; only what the
channel refuses for good is dropped, with a line in the log.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections import deque
from collections.abc import Iterator, Sequence

from bot.ports import Channel, Outgoing, Refused, RetryLater, Store, StoreError

log = logging.getLogger(__name__)

MAX_TRIES = 8  # at a message that fails in a way nobody foresaw
BURST = 5  # messages a chat may get at once before it is paced
LONGEST_PAUSE = 60.0


class Pace:
    """A token bucket: `rate` a second, `burst` at once. Times are seconds of one clock."""

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate, self._burst = rate, burst
        self._tokens, self._at = burst, now

    def wait(self, now: float) -> float:
        """Take one token and return how long to wait for it, in seconds (0: at once)."""
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        self._tokens -= 1
        return max(0.0, -self._tokens / self._rate)

    def full(self, now: float) -> bool:
        """Whether it could be forgotten: nothing was taken lately."""
        return self._tokens + (now - self._at) * self._rate >= self._burst


class Delivery:
    """Sends outbox entries; `rate` is messages a second over all chats, each chat gets 1/s."""

    def __init__(
        self, channel: Channel, store: Store, rate: float = 30, per_chat: float = 1.0
    ) -> None:
        self._channel, self._store = channel, store
        self._rate, self._per_chat = rate, per_chat
        self._queues: dict[str, deque[Outgoing]] = {}
        self._senders: set[asyncio.Task[None]] = set()
        self._paces: dict[str, Pace] = {}
        self._overall: Pace | None = None

    def put(self, outgoing: Sequence[Outgoing]) -> None:
        """Take entries for delivery; those of one chat keep their order."""
        for entry in outgoing:
            queue = self._queues.get(entry.chat)
            if queue is not None:
                queue.append(entry)
                continue
            self._queues[entry.chat] = deque([entry])
            sender = asyncio.create_task(self._serve(entry.chat))
            self._senders.add(sender)
            sender.add_done_callback(self._senders.discard)

    async def idle(self) -> None:
        """Return when everything was sent."""
        while self._senders:
            await asyncio.wait(self._senders)

    async def stop(self, grace: float) -> None:
        """Go on for at most `grace` seconds, then leave the rest in the outbox."""
        if self._senders:
            await asyncio.wait(self._senders, timeout=grace)
        for sender in self._senders:
            sender.cancel()
        await asyncio.gather(*self._senders, return_exceptions=True)

    async def _serve(self, chat: str) -> None:
        queue = self._queues[chat]
        while queue:
            await asyncio.sleep(self._pace(chat))
            await self._bring(queue[0])
            queue.popleft()
        del self._queues[chat]

    async def _bring(self, entry: Outgoing) -> None:
        """Send one entry, however often it takes, and take it out of the outbox."""
        slot, ref = await self._sent(entry)
        for pause in _growing():
            try:
                await self._store.delivered(entry, slot, ref)
                return
            except StoreError as error:
                # It was sent: only the booking is tried again.
                log.error("cannot book message %s as sent: %s", entry.id, error)
                await asyncio.sleep(pause)

    async def _sent(self, entry: Outgoing) -> tuple[str, str]:
        """Send an entry; returns its slot and reference, empty for one that cannot be sent."""
        surprises = 0
        for pause in _growing():
            try:
                return await self._channel.send(entry)
            except Refused as refused:
                log.warning("message %s refused for good: %s", entry.id, refused)
                return "", ""
            except RetryLater as later:
                await asyncio.sleep(pause if later.seconds is None else later.seconds)
            except Exception:
                surprises += 1
                log.exception("message %s could not be sent, try %d", entry.id, surprises)
                if surprises >= MAX_TRIES:
                    return "", ""
                await asyncio.sleep(pause)
        raise AssertionError("tries never end")

    def _pace(self, chat: str) -> float:
        """How long this chat's next message has to wait, in seconds."""
        now = asyncio.get_running_loop().time()
        if self._overall is None:
            self._overall = Pace(self._rate, self._rate, now)
        if len(self._paces) > 10_000:
            self._paces = {c: p for c, p in self._paces.items() if not p.full(now)}
        pace = self._paces.get(chat)
        if pace is None:
            pace = self._paces[chat] = Pace(self._per_chat, BURST, now)
        return max(pace.wait(now), self._overall.wait(now))


def _growing() -> Iterator[float]:
    """Pauses between tries, in seconds: 1, doubled each time, at most a minute; without end."""
    for tries in itertools.count():
        yield min(LONGEST_PAUSE, 2.0 ** min(tries, 10))
