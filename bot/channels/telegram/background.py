"""Calls nobody waits for: they make the chat nicer, and nothing is lost when one fails."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from telegram.error import TelegramError

from bot.channels.telegram.api import Api

log = logging.getLogger(__name__)

MOST = 500  # under way at once; beyond that the people have to do without
TIMEOUT = 10.0  # seconds


class Background:
    """Makes calls beside the work in hand; their errors go to the debug log."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._tasks: set[asyncio.Task[None]] = set()

    def call(self, method: str, params: dict[str, Any]) -> None:
        """Start a call and go on."""
        if len(self._tasks) >= MOST:
            return
        task = asyncio.create_task(self._call(method, params))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self, grace: float) -> None:
        """Wait at most `grace` seconds for what is under way, then give it up."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _call(self, method: str, params: dict[str, Any]) -> None:
        try:
            await self._api.call(method, params, within=TIMEOUT)
        except TelegramError as error:
            log.debug("%s came to nothing: %s", method, error)
