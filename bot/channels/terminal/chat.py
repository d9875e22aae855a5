"""The terminal interview: an editor for a person, plain lines for everything else."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import get_terminal_size

from bot.channels.terminal.channel import TerminalChannel, linked, pipe_chat
from bot.channels.terminal.conversation import Conversation, Handler
from bot.channels.terminal.invocation import invocation
from bot.channels.terminal.lines import lines
from bot.channels.terminal.piped import Piped
from bot.channels.terminal.screen import Plain
from bot.channels.terminal.wording import Words
from bot.intake import Intake
from bot.ports import Store


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line.

    `question` is put at once. `lang` changes the language of the conversation, empty leaves it.
    `history` is the file of past commands, None keeps none.
    """

    question: str | None = None
    lang: str = ""
    history: Path | None = None


def make_channel(intake: Intake, words: Words, lang: str = "", chat: str = "") -> TerminalChannel:
    """The channel of this process; `words` are the terminal's own, `chat` the one a code
    leads to.

    Without, a person goes on with the chat they had; a pipe never touches it and begins one of
    its own.
    """
    channel = TerminalChannel(intake, Plain(sys.stdout), words, lang)
    if chat:
        channel.chat = chat
    elif not _person():
        channel.chat = pipe_chat()
    return channel


async def run_chat(
    runtime: Handler, channel: TerminalChannel, store: Store, options: Options
) -> int:
    """Converse until the input ends or the person leaves.

    Returns the exit code: 1 when an answer from a pipe was refused (too long), else 0. Raises
    `StoreError` when the store fails where no person could try again, `BrokenPipeError` when
    whoever read the output is gone.
    """
    talk = Conversation(runtime, channel, store)
    channel.words.speak(options.lang or talk.session.preferences.lang)
    if options.lang:
        await talk.speak(options.lang)
    if _person() and sys.stdout.isatty() and not _simple():
        return await _interactive(talk, channel, options)
    return await _plain(talk, channel, options)


def _width() -> int:
    """How many columns a line may have; 0, any number, where no terminal shows it."""
    return max(20, get_terminal_size().columns - 1) if sys.stdout.isatty() else 0


def _person() -> bool:
    """Whether a person types; with standard input closed Python has no `sys.stdin`."""
    return bool(sys.stdin) and sys.stdin.isatty()


def _input() -> int:
    """The descriptor to read from; where standard input is closed, one of nothing."""
    return sys.stdin.fileno() if sys.stdin else os.open(os.devnull, os.O_RDONLY)


def _simple() -> bool:
    """Whether the terminal cannot move its cursor (`TERM=dumb`)."""
    from prompt_toolkit.utils import is_dumb_terminal  # noqa: PLC0415 - not for pipes

    return is_dumb_terminal()


async def _interactive(talk: Conversation, channel: TerminalChannel, options: Options) -> int:
    # Pipes and the other commands start without these: they take 0.2 s to import.
    from bot.channels.terminal.colour import Colour  # noqa: PLC0415
    from bot.channels.terminal.editor import Editor, open_history  # noqa: PLC0415
    from bot.channels.terminal.interactive import Interactive  # noqa: PLC0415

    channel.screen = Colour()
    editor = Editor(open_history(options.history, channel.read), channel.read)
    await Interactive(talk, editor, channel.screen, channel.words).run(options.question)
    return 0


async def _plain(talk: Conversation, channel: TerminalChannel, options: Options) -> int:
    """Read lines: a person at a simple terminal is offered choices, a pipe is not."""
    person, question = _person(), options.question
    channel.screen = Plain(sys.stdout, choices=person or not question, width=_width())
    await talk.catch_up()
    if question:
        await talk.begin(question, anew=not person and not linked(channel.chat))
    else:
        await talk.press("start")
        if linked(channel.chat) and not person:
            await talk.resume()
    if person:
        channel.screen.note(channel.words.say("simple"))
    piped = Piped(talk, blank_ends=person or not question, unattended=not person)
    well = await piped.run(lines(_input()))
    if talk.session.unfinished:
        key = "left.unfinished" if person else "left.pipe"
        key = "left.linked" if linked(channel.chat) else key
        channel.screen.note(channel.words.say(key, command=invocation()))
    return 0 if well else 1
