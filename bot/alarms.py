"""When the time of a timed session is up: a ring, which goes the way of everything that comes in.

What is due stands in the store, saved with its session; in memory there is only when to look next.
A ring is an update with a negative id made of its chat and time, so that the inbox knows it when a
second process, or the next one after a kill, rings as well.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

from bot.core.models import Session
from bot.ports import Alarm, Incoming, Store

# A look at the store at least so often: another process may have saved an alarm, and a clock may
# have been put forward.
AT_LEAST = timedelta(seconds=30)
# What was saved elsewhere last is left to who saved it, as long as that one is there to ring.
ELSEWHERE = timedelta(seconds=10)


def rings_at(alarm: Alarm, source: str) -> datetime:
    """When to ring at a source."""
    return alarm.at if alarm.source == source else alarm.at + ELSEWHERE


def ring(alarm: Alarm, source: str) -> Incoming:
    """The update that an alarm comes to at a source; the same each time."""
    at = alarm.at.isoformat()
    digest = sha256(f"{alarm.chat} {at}".encode(errors="replace")).digest()
    return Incoming(source, -1 - (int.from_bytes(digest[:8]) >> 1), alarm.chat, at)


def rung(update: Incoming) -> datetime | None:
    """The time whose passing an update tells of, None for one that somebody sent."""
    return datetime.fromisoformat(update.body) if update.id < 0 else None


def passed(session: Session | None, now: datetime) -> bool:
    """Whether a session's time is up."""
    return session is not None and session.alarm is not None and session.alarm <= now


class Alarms:
    """The alarms of the chats whose names begin in one way, as rung at one source."""

    def __init__(
        self, store: Store, source: str, beginning: str, now: Callable[[], datetime]
    ) -> None:
        self._store, self._source, self._beginning = store, source, beginning
        self._now = now
        self._next = now()
        self._nap = 0.0  # seconds till then
        self._rung: set[Alarm] = set()
        self._earlier = asyncio.Event()

    def due(self) -> list[Alarm]:
        """What is to be rung now and was not yet; what comes next is remembered for `wait`."""
        self._earlier.clear()
        now = self._now()
        soon = self._store.alarms(self._beginning, now + AT_LEAST)
        self._rung &= set(soon)  # the others were handled
        waiting = [alarm for alarm in soon if alarm not in self._rung]
        times = [rings_at(alarm, self._source) for alarm in waiting]
        self._next = min(at for at in (*times, now + AT_LEAST) if at > now)
        self._nap = (self._next - now).total_seconds()
        return [alarm for alarm, at in zip(waiting, times, strict=True) if at <= now]

    def mark(self, alarms: list[Alarm]) -> None:
        """These are in the inbox: they are not due any more, though not handled yet."""
        self._rung |= set(alarms)

    def saved(self, session: Session | None) -> None:
        """A session was saved here: its alarm may be the next."""
        if session is not None and session.alarm is not None and session.alarm < self._next:
            self._earlier.set()

    async def wait(self) -> None:
        """Return when something may be due."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._earlier.wait(), self._nap)
