"""The terminal as a `Channel`: what is typed comes in, messages go to a `Screen`.

Bodies coming in are JSON objects: `text` (a line: a command, a phrase or an answer), `action` (a
choice that was picked), or `answer` (a piece of an answer whatever it looks like) with the `ref`
it is known by, so that it can be changed or emptied, and the `guard` of its step. Bodies going
out hold `html`, `buttons` (rows of label and action), `attachment` (name and text, or null) and
`picture` (name and SVG, or null).
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot.channels.terminal.screen import Numbered, Screen
from bot.channels.terminal.typed import Leave
from bot.channels.terminal.wording import Words
from bot.core.events import Chart, Edited, Event, Stray, Text, parse
from bot.intake import Intake, clean
from bot.picture import NotDrawn, png
from bot.ports import Incoming, Message, Outgoing, Received

SOURCE = "term"
BEGINNING = "term:"  # of the names of this channel's own chats
CHAT = "term:local"  # the person's own
PIPE = "term:pipe-"  # how those of pipes begin
_A_DAY = 86_400 * 10**9  # in ns


class Ids:
    """Update ids, as a terminal has none: the time in ns, its low bits drawn once.

    They grow within a process; two processes meet on one only if they drew the same 12 bits and
    type within the same 4 µs.
    """

    _STEP = 1 << 12

    def __init__(self, now: Callable[[], int] = time.time_ns) -> None:
        self._now = now
        self._low = secrets.randbelow(self._STEP)
        self._last = 0

    def next(self) -> int:
        """An id larger than all before it; fits 63 bits until the year 2262."""
        self._last = max(self._last + self._STEP, self._now() & -self._STEP)
        return self._last | self._low


def pipe_chat() -> str:
    """A chat of its own for a run nobody attends; its name tells when it began."""
    return f"{PIPE}{Ids().next()}"


def abandoned(chat: str, now: int) -> bool:
    """Whether a chat is that of a pipe that began more than a day ago (`now` in ns)."""
    began = chat.removeprefix(PIPE)
    return began != chat and began.isdecimal() and long_ago(int(began), now)


def linked(chat: str) -> bool:
    """Whether a chat is another channel's, gone on with at a terminal."""
    return not chat.startswith(BEGINNING)


def long_ago(number: int, now: int) -> bool:
    """Whether an id was drawn more than a day ago (`now` in ns)."""
    return number < now - _A_DAY


class TerminalChannel:
    """Talks to the one person at this terminal.

    `chat` is the conversation that all that is typed belongs to; `screen` is where messages
    appear; `choices` are the (label, action) pairs on offer, as numbered there; `lang` is the
    language a newcomer is greeted in; files are put into `folder` (the current one).
    """

    source = SOURCE
    beginning = BEGINNING

    def __init__(
        self, intake: Intake, screen: Screen, words: Words, lang: str = "", folder: Path = Path()
    ) -> None:
        self.chat = CHAT
        self.screen = screen
        self.words = words
        self.choices: list[tuple[str, str]] = []
        self._intake = intake
        self._lang = lang
        self._folder = folder
        self._ids = Ids()
        self._fresh = False

    def update(self, **body: str) -> Incoming:
        """An update: `text`, `action`, or `answer` with `ref` and `guard`."""
        return Incoming(SOURCE, self._ids.next(), self.chat, json.dumps(body))

    def read(self, line: str) -> Event:
        """What a line says, without handling it; of words of leaving, `Leave`."""
        return Leave() if line.strip().lower() in self.words.leave else self._intake.read(line)

    def new_ref(self) -> str:
        """A name for a piece of an answer."""
        return str(self._ids.next())

    def begin_batch(self) -> None:
        """The next message that offers choices replaces those offered before."""
        self._fresh = True

    # --- Channel ------------------------------------------------------------------------------

    def decode(self, update: Incoming) -> Received:
        """What an update says; what cannot be read is a `Stray`."""
        return Received(self._event(_object(update.body), str(update.id)), self._lang)

    def encode(
        self,
        chat: str,  # noqa: ARG002 - all is shown at this terminal
        message: Message,
        received: Received,
    ) -> list[str]:
        """One body a message; a terminal edits nothing, so `replace` and `slot` mean nothing.

        It shows no pictures either: one becomes a file if that is what was asked for.
        """
        body = {
            "html": message.html,
            "buttons": message.buttons,
            "attachment": message.attachment,
            "picture": message.picture if isinstance(received.event, Chart) else None,
        }
        return [json.dumps(body)]

    async def send(self, outgoing: Outgoing) -> tuple[str, str]:
        """Show a message; a file or picture that goes with it is put into the folder."""
        body = _object(outgoing.body)
        self.screen.message(str(body.get("html", "")), self._number(_rows(body.get("buttons"))))
        match body.get("attachment"):
            case [str(name), str(text)]:
                self.screen.note(self._save(name, text.encode(errors="replace")))
        match body.get("picture"):
            case [str(name), str(svg)]:
                self.screen.note(self._draw(name, svg))
        return "", ""

    def busy(self, chat: str) -> None:
        """Nothing: at a terminal the answer is there at once."""

    # --- helpers ------------------------------------------------------------------------------

    def _event(self, body: dict[str, Any], ref: str) -> Event:
        match body:
            case {"action": str(action)}:
                return parse(action)
            case {"text": str(text)}:
                return self._intake.read(text, ref)
            case {"answer": str(text), "ref": str(ref), "guard": str(guard)}:
                text = clean(text)
                return Text(text, ref, guard=guard) if text else Edited("", ref, guard=guard)
            case {"answer": str(text)}:
                text = clean(text)
                return Text(text, ref) if text else Stray("empty")
        return Stray()

    def _number(self, rows: Sequence[Sequence[tuple[str, str]]]) -> list[list[Numbered]]:
        """Number the choices, going on from those of the same batch."""
        if self._fresh and rows:
            self.choices, self._fresh = [], False
        numbered = []
        for row in rows:
            first = len(self.choices) + 1
            numbered.append([(first + i, label) for i, (label, _) in enumerate(row)])
            self.choices += row
        return numbered

    def _draw(self, name: str, svg: str) -> str:
        """Put a picture into the folder; returns what to tell about it."""
        try:
            drawn = png(svg)
        except NotDrawn as error:
            return self.words.say("not_drawn", name=name, reason=error)
        return self._save(name, drawn)

    def _save(self, name: str, content: bytes) -> str:
        """Put a file into the folder; returns what to tell about it."""
        try:
            path = save_as(self._folder, name, content)
        except OSError as error:
            return self.words.say("not_saved", name=name, reason=error.strerror or error)
        return self.words.say("saved", path=path.resolve())


def save_as(folder: Path, name: str, content: bytes) -> Path:
    """Write a new file for its owner only; a name that is taken becomes `name-2`.

    Raises `OSError` when the folder cannot be written.
    """
    wanted = Path(Path(name).name or "simulacro.txt")
    path, number = folder / wanted, 1
    while True:
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            number += 1
            path = folder / f"{wanted.stem}-{number}{wanted.suffix}"
            continue
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        return path


def _object(body: str) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _rows(buttons: object) -> list[list[tuple[str, str]]]:
    """The rows of a body's buttons; what is no pair of strings is left out."""
    if not isinstance(buttons, list):
        return []
    rows = [[_pair(button) for button in row] for row in buttons if isinstance(row, list)]
    kept = [[pair for pair in row if pair] for row in rows]
    return [row for row in kept if row]


def _pair(button: object) -> tuple[str, str] | None:
    match button:
        case [str(label), str(action)]:
            return label, action
    return None
