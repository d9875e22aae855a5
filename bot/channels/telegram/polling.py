"""Takes updates off the Bot API, and lets go of none before it is in the inbox.

python-telegram-bot's own Updater moves the offset on when it has read an update, not when that has
been handled: what is in memory at a kill is lost. Here the offset, which tells the server what it
may forget, moves on only after `accept` has returned.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.api import Api
from bot.channels.telegram.errors import BadToken, TwoPollers
from bot.channels.telegram.pauses import CONFLICT_MEMORY, Backoff, Conflicts
from bot.channels.telegram.sending import seconds
from bot.channels.telegram.updates import KINDS, update_id
from bot.ports import Incoming, StoreError

log = logging.getLogger(__name__)

POLL = 30  # seconds the server holds an empty answer back
MARGIN = 10.0  # seconds more until a poll counts as dead
LAST_WORD = 1.5  # seconds the farewell may take
LAST_WRITE = 1.0  # seconds a write under way may take when told to stop
STORE_PAUSE = 2.0  # seconds between tries while the store cannot be written
ALONE = 1.0  # seconds without a conflict in which another poller would have come back
BATCH = 100

Accept = Callable[[list[Incoming]], Awaitable[None]]


class Gate(Protocol):
    """Knows what to do with a raw update; `TelegramChannel` is one."""

    def admit(self, update: object) -> Incoming | None:
        """The update for the inbox, None when it is not to be kept."""

    def greet(self, update: object) -> None:
        """Told of every update once it is safe."""


class Poller:
    """Polls for ever. The gate says what goes into the inbox, `accept` writes it there.

    `caught_up` is set once all that had waited at the server is in the inbox.
    """

    def __init__(
        self,
        api: Api,
        gate: Gate,
        accept: Accept,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api, self._gate, self._accept = api, gate, accept
        self._sleep, self._clock = sleep, clock
        self._backoff, self._conflicts = Backoff(), Conflicts()
        self.caught_up = asyncio.Event()
        self._offset = self._told = 0  # what to ask for next; what the server was last asked

    async def begin(self) -> None:
        """Poll without taking anything until it is clear that nobody else does.

        A newer poll throws the older one out, so it is not the first that tells: whoever was
        thrown out comes back, and a poll of ours is the older one then. If one did come back, it
        is given time to end well. Raises as `run`.
        """
        since, quiet = self._clock(), ALONE
        while self._clock() - since < quiet:
            found = await self._poll(math.ceil(ALONE))
            if found is None:
                since = self._clock()
                quiet = CONFLICT_MEMORY if self._conflicts.met else ALONE
            elif found:
                await self._sleep(ALONE / 4)  # no poll is held while updates wait

    async def run(self) -> None:
        """Poll until cancelled; an `accept` under way is finished first, unless it takes long.

        While `accept` raises `StoreError` it is called again, for ever. Raises `TwoPollers` or
        `BadToken`, and whatever else `accept` raises.
        """
        try:
            while True:
                await self._round()
        except asyncio.CancelledError:
            await self._farewell()
            raise

    async def _round(self) -> None:
        """One poll, or the pause after one that failed."""
        found = await self._poll(POLL if self.caught_up.is_set() else 0)
        if found is not None:
            await self._take(found)
            if len(found) < BATCH:
                self.caught_up.set()

    async def _poll(self, hold: int) -> list[Any] | None:
        """The updates of one poll; None after the pause when it failed."""
        try:
            return await self._updates(hold)
        except Conflict as error:
            await self._conflict(error)
        except InvalidToken as error:
            raise bad_token(error) from None
        except RetryAfter as error:
            log.warning("told to poll again in %g s", seconds(error))
            await self._sleep(seconds(error))
        except TelegramError as error:
            pause = self._backoff.next()
            log.warning("cannot poll (%s); again in %.1f s", error, pause)
            await self._sleep(pause)
        return None

    async def _updates(self, hold: int) -> list[Any]:
        offset = self._offset
        params = {"timeout": hold, "limit": BATCH, "allowed_updates": KINDS, "offset": offset}
        if not offset:
            del params["offset"]
        self._told = offset  # the server knows as soon as the poll begins
        try:
            found = await self._api.call("getUpdates", params, within=hold + MARGIN)
        except TelegramError:
            self._told = 0
            raise
        if not isinstance(found, list):
            raise TelegramError("Invalid server response")
        return found

    async def _take(self, found: list[Any]) -> None:
        """Have a batch written down, greet it, and see that polling gets on."""
        before = self._offset
        kept = [update for raw in found if (update := self._gate.admit(raw)) is not None]
        while True:
            try:
                await _undisturbed(self._keep(kept, found))
                break
            except StoreError as error:
                # A full disk or a locked file passes, and the server keeps the batch meanwhile.
                log.error("cannot save updates: %s; again in %g s", error, STORE_PAUSE)
                await self._sleep(STORE_PAUSE)
        if found and self._offset == before:
            log.error("a batch of %d updates without new numbers", len(found))
            await self._sleep(self._backoff.next())
            return
        self._backoff.reset()
        for raw in found:
            self._gate.greet(raw)

    async def _keep(self, kept: list[Incoming], found: list[Any]) -> None:
        """Write down what is to be kept, and only then move the offset on."""
        if kept:
            await self._accept(kept)
        numbers = [number for raw in found if (number := update_id(raw)) is not None]
        self._offset = max([self._offset, *(number + 1 for number in numbers)])

    async def _conflict(self, error: Conflict) -> None:
        pause = self._conflicts.pause(self._clock())
        if pause is None:
            raise TwoPollers(
                "Another process takes this bot's updates (the Bot API says: "
                f"{self._api.redact(str(error))}). Stop the other one, or give this one a bot of "
                "its own."
            ) from None
        log.warning("another poll of this bot is under way; again in %.2f s", pause)
        await self._sleep(pause)

    async def _farewell(self) -> None:
        """Tell the server what it may forget; untold, it would send that again."""
        if self._told == self._offset:
            return
        params = {"timeout": 0, "limit": 1, "offset": self._offset}
        try:
            await self._api.call("getUpdates", params, within=LAST_WORD)
        except TelegramError as error:
            log.debug("no farewell: %s", error)


def bad_token(error: InvalidToken) -> BadToken:
    """What to say when the Bot API refuses the token."""
    return BadToken(
        f"The Bot API does not know this bot ({error}): check TELEGRAM_BOT_TOKEN, and "
        "SIMULACRO_TELEGRAM_API if it is set."
    )


async def _undisturbed(work: Awaitable[None]) -> None:
    """Await `work`; a cancellation meanwhile takes effect when it is done, or takes too long.

    Given up is only the waiting: what is written after all is known when it comes again.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        done, _ = await asyncio.wait({task}, timeout=LAST_WRITE)
        if not done:
            task.cancel()
        for error in await asyncio.gather(task, return_exceptions=True):
            if isinstance(error, Exception):
                log.error("the last updates could not be saved: %s", error)
        raise
