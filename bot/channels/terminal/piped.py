"""The interview without an editor: lines from a pipe, a file or a simple terminal.

A line that is a command or a phrase ("/listo", "listo") acts at once; other lines are collected
until the answer is handed in. What hands it in:

- the end of the input and a line such as "/listo", always;
- an empty line, unless the question was named on the command line. `cat answer.txt | simulacro
  chat --question X` is one answer, and the empty lines in it part its paragraphs; a file that
  answers the follow-ups too says /listo after each answer.

That depends on nothing but the input: not on how fast it comes, nor in which pieces.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

from bot.channels.terminal.conversation import Conversation
from bot.channels.terminal.lines import LONGEST
from bot.channels.terminal.typed import Leave, ends_answer, is_command
from bot.core.events import Done
from bot.core.facts import is_question
from bot.core.models import State

log = logging.getLogger(__name__)


class Piped:
    """Reads lines to their end, then closes the interview so that its scorecard is shown.

    `blank_ends`: an empty line hands in. `unattended`: nobody can answer, so begin anew where
    it is asked whether to. What a person types, attended, is kept with each line.
    """

    def __init__(
        self, conversation: Conversation, *, blank_ends: bool, unattended: bool = True
    ) -> None:
        self._talk = conversation
        self._blank_ends = blank_ends
        self._unattended = unattended
        self._block: list[str] = []
        self._size = 0
        self._ref = self._guard = ""  # what is kept of the block: its name, and its step
        self._refused = False

    async def run(self, source: AsyncIterator[str]) -> bool:
        """Read and answer, to the end or to a word of leaving; False: an answer was refused."""
        try:
            await self._read(source)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if self._unattended or task is None:
                raise
            task.uncancel()  # Ctrl-C of a person: leave as at the end, with what was typed kept
        await self._flush(hand_in=self._unattended)
        if self._unattended:
            await self._close()
        return not self._refused

    async def _read(self, source: AsyncIterator[str]) -> None:
        async for line in source:
            await self._ring()
            if self._acts(line) and isinstance(self._talk.read(line), Leave):
                return
            await self._line(line)
            if self._size > LONGEST:
                await self._flush(hand_in=True)  # far too long: say so before all is read
                if self._unattended:
                    return

    async def _ring(self) -> None:
        """Time may have been up since the last line: what was written till then counts."""
        if self._talk.alarm_in() == 0:
            await self._flush(hand_in=False)
            await self._talk.ring()

    # --- a line -------------------------------------------------------------------------------

    async def _line(self, line: str) -> None:
        if not line.strip():
            await self._blank()
        elif self._acts(line):
            await self._command(line.strip())
        else:
            await self._text(line)

    async def _blank(self) -> None:
        if self._block and (self._blank_ends or not self._talk.answering):
            await self._flush(hand_in=True)
        elif self._block:
            self._block.append("")
        elif not self._unattended and self._talk.session.state is State.FEEDBACK:
            await self._talk.onwards()

    def _acts(self, line: str) -> bool:
        if self._block and self._talk.answering:
            return ends_answer(line, self._talk.read)
        return is_command(line, self._talk.read)

    async def _command(self, line: str) -> None:
        if isinstance(self._talk.read(line), Done) and self._block:
            await self._flush(hand_in=True)
            return
        await self._flush(hand_in=False)
        await self._talk.say(line)
        if self._unattended and self._talk.awaits_confirmation:
            await self._talk.press("confirm")

    async def _text(self, line: str) -> None:
        if not self._block and await self._chosen(line):
            return
        if not self._block and self._talk.replies(line):
            await self._talk.say(line)
            return
        if not self._talk.answering:
            if not self._unattended:
                await self._talk.say(line)
                return
            if self._talk.session.state is State.FEEDBACK:
                await self._talk.onwards()
        self._block.append(line)
        self._size += len(line) + 1
        await self._keep()

    async def _chosen(self, line: str) -> bool:
        """Whether a line picked a choice; in a file an answer may begin with one."""
        may_pick = not self._unattended or not self._talk.answering
        return may_pick and await self._talk.pick(line)

    # --- the collected lines ------------------------------------------------------------------

    async def _keep(self) -> None:
        """Write a person's lines down, as the window may be closed before they are sent off.

        Not a question yet: it would be answered.
        """
        text = "\n".join(self._block)
        if self._unattended or is_question(text):
            return
        if not self._ref:
            self._ref, self._guard = self._talk.new_ref(), self._talk.session.guard
        try:
            await self._talk.keep(text, self._ref, self._guard)
        except Exception as error:
            log.warning("what is being typed could not be kept", exc_info=error)

    async def _flush(self, *, hand_in: bool) -> None:
        """Send off what was collected: as a whole answer, as part of one, or as plain text."""
        text = "\n".join(self._block).strip("\n")
        ref, guard = (self._ref, self._guard) if self._talk.stands(self._guard) else ("", "")
        self._block, self._size, self._ref, self._guard = [], 0, "", ""
        if not text.strip():
            return
        if not self._talk.answering:
            await self._talk.say(text)
            return
        if is_question(text):
            await self._ask(text, hand_in)
            return
        send = self._talk.hand_in if hand_in else self._talk.draft
        taken = await send(text, ref, guard)
        if ref and not taken:
            await self._talk.keep("", ref, guard)  # it is to be typed anew: nothing of it stays
        self._refused = self._refused or not taken

    async def _ask(self, question: str, hand_in: bool) -> None:
        """What the interviewer does not know of is part of the answer; in a file, all of it."""
        await self._talk.say(question)
        if hand_in and self._unattended and self._talk.session.state is State.DRAFTING:
            await self._talk.done()

    async def _close(self) -> None:
        """Nothing more will come: hand in what was drafted, pass over an open follow-up."""
        if self._talk.session.state is State.DRAFTING:
            await self._talk.done()
        session = self._talk.session
        if session.state is State.ASKED and session.probing:
            await self._talk.press(f"skip@{session.guard}")
