"""A person at a terminal: keys typed at the real editor, runtime and store."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.input.base import PipeInput
from prompt_toolkit.output import DummyOutput

from bot.channels.terminal.conversation import Conversation, Handler
from bot.channels.terminal.editor import Editor, Nothing, open_history
from bot.channels.terminal.interactive import Interactive
from bot.ports import Incoming, Outgoing
from tests.terminal.desk import WORDS, Desk, Failing

ENTER, ALT_ENTER, CTRL_C, CTRL_D = "\r", "\x1b\r", "\x03", "\x04"
UNDO = "\x1f"
HAND_IN = ENTER + ENTER


def paste(text: str) -> str:
    return f"\x1b[200~{text}\x1b[201~"


async def sit(
    desk: Desk,
    keys: str,
    question: str | None = "user-growth",
    *,
    handler: Handler | None = None,
    history: Path | None = None,
    first: Callable[[PipeInput, Editor], None] = lambda pipe, editor: pipe.close(),
) -> Editor:
    """Type keys; the terminal is closed after them."""
    talk = Conversation(handler or desk.runtime, desk.channel, desk.store, desk.now)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text(keys)
        read = desk.channel.read
        editor = Editor(open_history(history, read) if history else Nothing(), read)
        first(pipe, editor)
        async with asyncio.timeout(20):
            await Interactive(talk, editor, desk.paper, WORDS).run(question)
    return editor


def drafts(desk: Desk) -> list[str]:
    return [part.text for part in desk.session.draft]


Piece = str | Callable[[], Awaitable[object]]


async def in_pieces(desk: Desk, *pieces: Piece, question: str | None = "user-growth") -> Editor:
    """Type keys with pauses; in between something else may happen."""
    typing = []

    def begin(pipe: PipeInput, editor: Editor) -> None:
        async def go() -> None:
            for piece in (*pieces, CTRL_D):
                await asyncio.sleep(0.15)
                if isinstance(piece, str):
                    pipe.send_text(piece)
                else:
                    await piece()

        typing.append(asyncio.create_task(go()))

    editor = await sit(desk, "", question, first=begin)
    await asyncio.gather(*typing)
    return editor


class Later:
    """A runtime that begins to fail at the first answer."""

    def __init__(self, desk: Desk, error: Exception, *, accepts: bool) -> None:
        self._desk = desk
        self._failing = Failing(desk.runtime, desk.store, [error])
        self._failing.accepts = accepts

    async def handle(self, update: Incoming) -> list[Outgoing]:
        if "answer" in update.body:
            return await self._failing.handle(update)
        return await self._desk.runtime.handle(update)
