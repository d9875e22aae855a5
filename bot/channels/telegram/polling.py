"""Takes updates off the Bot API, and lets go of none before it is in the inbox.

python-telegram-bot's own Updater moves the offset on when it has read an update, not when that has
been handled: what is in memory at a kill is lost. Here the offset, which tells the server what it
may forget, moves on only after `accept` has returned.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.api import Api
from bot.channels.telegram.errors import BadToken, TwoPollers
from bot.channels.telegram.pauses import Backoff, Conflicts
from bot.channels.telegram.sending import seconds
from bot.channels.telegram.updates import KINDS, update_id
from bot.ports import Incoming

log = logging.getLogger(__name__)

POLL = 30  # seconds the server holds an empty answer back
MARGIN = 10.0  # seconds more until a poll counts as dead
LAST_WORD = 1.5  # seconds the farewell may take
BATCH = 100

Accept = Callable[[list[Incoming]], Awaitable[None]]


class Gate(Protocol):
    """Knows what to do with a raw update; `TelegramChannel` is one."""

    def admit(self, update: object) -> Incoming | None:
        """The update for the inbox, None when it is not to be kept."""

    def greet(self, update: object) -> None:
        """Told of every update once it is safe."""


class Poller:
    """Polls for ever. The gate says what goes into the inbox, `accept` writes it there."""

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
        self._offset = self._told = 0  # what to ask for next; what the server was last asked

    async def run(self) -> None:
        """Poll until cancelled; an `accept` under way is finished first.

        Raises `TwoPollers` or `BadToken`, and whatever `accept` raises.
        """
        try:
            while True:
                await self._round()
        except asyncio.CancelledError:
            await self._farewell()
            raise

    async def _round(self) -> None:
        """One poll, or the pause after one that failed."""
        try:
            found = await self._updates(POLL)
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
        else:
            await self._take(found)

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
        await _undisturbed(self._keep(found))
        if found and self._offset == before:
            log.error("a batch of %d updates without new numbers", len(found))
            await self._sleep(self._backoff.next())
            return
        self._backoff.reset()
        for raw in found:
            self._gate.greet(raw)

    async def _keep(self, found: list[Any]) -> None:
        """Write down what is to be kept, and only then move the offset on."""
        kept = [update for raw in found if (update := self._gate.admit(raw)) is not None]
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
    """Await `work`; a cancellation meanwhile takes effect when it is done."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise
