"""What is being typed, kept line by line as one part of the answer."""

from __future__ import annotations

import asyncio
import logging

from bot.channels.terminal.conversation import Conversation

log = logging.getLogger(__name__)


class Draft:
    """One buffer of the editor: each `keep` writes it down in place of what was kept of it.

    `guard` names the step it was typed at; of another step nothing is ever changed.
    """

    def __init__(self, talk: Conversation) -> None:
        self._talk = talk
        self._wanted: str | None = None
        self._writing: asyncio.Task[None] | None = None
        self._kept = False
        self.ref = ""
        self.guard = ""

    def begin(self, *, again: bool) -> None:
        """A prompt is shown, with an empty buffer or `again` with the one there was."""
        self.guard = self._talk.session.guard
        if not again:
            self.ref, self._kept = self._talk.new_ref(), False

    def keep(self, text: str) -> None:
        """Write the buffer down, soon; of several texts at once only the last."""
        self._wanted = text
        if self._writing is None:
            self._writing = asyncio.get_running_loop().create_task(self._write())

    @property
    def kept(self) -> bool:
        """Whether anything of this buffer is part of the answer."""
        return self._kept

    async def settle(self) -> None:
        """Wait for what is being written."""
        if self._writing is not None:
            await self._writing

    async def drop(self) -> None:
        """Nothing of this buffer is an answer."""
        self.keep("")
        await self.settle()

    async def _write(self) -> None:
        try:
            while self._wanted is not None:
                text, self._wanted = self._wanted, None
                if text.strip() or self._kept:
                    self._kept = await self._talk.keep(text, self.ref, self.guard)
        except Exception as error:  # the text still stands in the editor
            log.warning("what is being typed could not be kept", exc_info=error)
        finally:
            self._writing = None
