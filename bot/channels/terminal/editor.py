"""Typing at a terminal: a prompt_toolkit session whose Enter knows what is being typed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.application import in_terminal
from prompt_toolkit.application.current import get_app_session
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.enums import DEFAULT_BUFFER
from prompt_toolkit.filters import has_focus, is_done
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalContainer, HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import Style

from bot.channels.terminal.typed import Place, Read, enter_hands_over
from bot.core.events import Text, Unknown

log = logging.getLogger(__name__)

PROMPT = "› "
_STYLE = Style.from_dict({"prompt": "bold", "bottom-toolbar": "noreverse fg:ansibrightblack"})
# No mouse is asked for: what looks like one is text pasted with escape sequences in it.
_MOUSE = (Keys.Vt100MouseEvent, Keys.WindowsMouseEvent, Keys.ScrollUp, Keys.ScrollDown)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed; `whole`: it was said to be complete (Alt+Enter)."""

    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Prompt:
    """What to ask for: the place, the labels of the choices on offer, the bottom line, given the
    text typed so far and whether some was just thrown away, and what keeps the text of an answer
    whenever a line is complete or all is thrown away."""

    place: Place
    labels: Sequence[str]
    toolbar: Callable[[str, bool], str]
    keep: Callable[[str], None]


def _ask_no_position() -> None:
    """Do not ask the terminal where its cursor is: one that gives no answer would hold up every
    prompt for a second, and all that the answer is good for is a bottom line far from the text."""
    output = get_app_session().output
    if isinstance(output, Vt100_Output):
        output.enable_cpr = False


def _no_toolbar(text: str, thrown: bool) -> str:
    return ""


def _keep_nothing(text: str) -> None:
    return


def _ignore(event: KeyPressEvent) -> None:
    return


def _log_only(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What fails between two keys is logged, not shown over what is being typed."""
    log.warning("at the editor: %s", context.get("message"), exc_info=context.get("exception"))


class Commands(FileHistory):
    """A history of commands, in a file for its owner only.

    Only the command word is kept: what follows it may be words of an answer.
    """

    def __init__(self, path: Path, read: Read) -> None:
        self._read = read
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        os.close(descriptor)
        super().__init__(path)

    def append_string(self, string: str) -> None:
        """Keep the word of a known command."""
        line = string.strip()
        known = "\n" not in line and not isinstance(self._read(line), Text | Unknown)
        if line.startswith("/") and known:
            super().append_string(line.split()[0])

    def store_string(self, string: str) -> None:
        """Write one down; a file that cannot be written is no reason to stop."""
        try:
            super().store_string(string)
        except OSError:
            return


class Nothing(InMemoryHistory):
    """A history that keeps nothing."""

    def append_string(self, string: str) -> None:
        """Keep nothing."""


def open_history(path: Path | None, read: Read) -> History:
    """The history in a file; where that cannot be had, none."""
    try:
        return Commands(path.expanduser(), read) if path else Nothing()
    except OSError:
        return Nothing()


class Editor:
    """Asks for one thing after another. Raises `EOFError` (leave) and `KeyboardInterrupt`."""

    def __init__(self, history: History, read: Read) -> None:
        self._read = read
        self._prompt = Prompt(Place.MENU, (), _no_toolbar, _keep_nothing)
        self._whole = False
        self._thrown = False
        self._leaving = False
        _ask_no_position()
        self._session: PromptSession[str] = PromptSession(
            [("class:prompt", PROMPT)],
            multiline=True,
            history=history,
            key_bindings=self._bindings(),
            prompt_continuation=" " * len(PROMPT),
            style=_STYLE,
            enable_suspend=True,
            reserve_space_for_menu=0,
        )
        self._session.app.layout = self._layout()

    @property
    def text(self) -> str:
        """What stands in the buffer, also after the prompt ended."""
        return self._session.default_buffer.text

    async def ask(self, prompt: Prompt, text: str = "") -> Typed:
        """Let the person type; `text` is there to begin with."""
        if self._leaving:
            raise KeyboardInterrupt
        self._prompt, self._whole, self._thrown = prompt, False, False
        asyncio.get_running_loop().set_exception_handler(_log_only)
        typed = await self._session.prompt_async(
            default=text, handle_sigint=False, set_exception_handler=False
        )
        return Typed(typed, self._whole)

    @property
    def asking(self) -> bool:
        """Whether the person can still type."""
        app = self._session.app
        return app.is_running and not app.is_done

    @contextlib.asynccontextmanager
    async def aside(self) -> AsyncIterator[None]:
        """Take the prompt away meanwhile, so that something can be shown above it; keys wait."""
        if not self.asking:
            yield
            return
        async with in_terminal():
            yield

    def renew(self, prompt: Prompt, *, clear: bool) -> None:
        """Go on asking, for something else from now on; `clear` begins with an empty buffer."""
        self._prompt = prompt
        if clear:
            self._session.default_buffer.reset()
        self._session.app.invalidate()

    def leave(self) -> None:
        """End the prompt as Ctrl-D does, and let there be no other; for signals."""
        self._leaving = True
        app = self._session.app
        if app.is_running and not app.is_done:
            app.exit(exception=EOFError())

    def _layout(self) -> Layout:
        """The prompt with the bottom line below it.

        The bottom line of `PromptSession` shows only where the cursor's position is known.
        """
        line = FormattedTextControl(self._toolbar)
        below = Window(line, height=1, style="class:bottom-toolbar", dont_extend_height=True)
        both = HSplit([self._session.layout.container, ConditionalContainer(below, ~is_done)])
        return Layout(both, focused_element=self._session.default_buffer)

    def _toolbar(self) -> str:
        return self._prompt.toolbar(self.text, self._thrown)

    # --- keys ---------------------------------------------------------------------------------

    def _bindings(self) -> KeyBindings:
        keys = KeyBindings()
        typing = has_focus(DEFAULT_BUFFER)
        keys.add("enter", filter=typing)(self._enter)
        keys.add("escape", "enter", filter=typing)(self._hand_in)
        keys.add("c-d", filter=typing)(self._leave)
        keys.add("c-c", filter=typing)(self._cancel)
        keys.add("<sigint>", filter=typing)(self._cancel)
        for mouse in _MOUSE:
            keys.add(mouse)(_ignore)
        return keys

    def _enter(self, event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if self._hands_over(buffer, _typed_ahead(event)):
            buffer.validate_and_handle()
        elif self._prompt.place is Place.ANSWER and buffer.text.strip():
            buffer.newline(copy_margin=False)
            self._prompt.keep(buffer.text)

    def _hands_over(self, buffer: Buffer, ahead: str) -> bool:
        if self._prompt.place is not Place.ANSWER:
            return bool(buffer.text.strip()) or self._prompt.place is Place.FEEDBACK
        return enter_hands_over(
            buffer.text,
            at_end=buffer.document.is_cursor_at_the_end,
            labels=self._prompt.labels,
            read=self._read,
            ahead=ahead,
        )

    def _hand_in(self, event: KeyPressEvent) -> None:
        self._whole = True
        event.current_buffer.validate_and_handle()

    def _leave(self, event: KeyPressEvent) -> None:
        event.app.exit(exception=EOFError())

    def _cancel(self, event: KeyPressEvent) -> None:
        """Throw away what is typed (undo brings it back); with nothing typed, leave."""
        buffer = event.current_buffer
        if not buffer.text:
            event.app.exit(exception=KeyboardInterrupt())
            return
        buffer.save_to_undo_stack()
        buffer.document = Document()
        self._thrown = True
        if self._prompt.place is Place.ANSWER:
            self._prompt.keep("")


def _typed_ahead(event: KeyPressEvent) -> str:
    """The text that came in one piece with this key, up to the next key that writes nothing."""
    ahead = ""
    for press in event.key_processor.input_queue:
        if (written := _written(press)) is None:
            break
        ahead += written
    return ahead


def _written(press: KeyPress) -> str | None:
    if press.key in (Keys.ControlM, Keys.ControlJ):
        return "\n"
    return press.key if len(press.key) == 1 else None
