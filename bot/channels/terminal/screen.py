"""Where messages appear: `Plain` writes text without colours, for pipes and simple terminals."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Protocol, TextIO

from bot.channels.terminal.markup import clean, plain

Numbered = tuple[int, str]
"""A choice as it is shown: its number and label."""

FEW = 4  # choices that may share a line
SHORT = 28  # characters of each of them

NumberedRows = Sequence[Sequence[Numbered]]


class Screen(Protocol):
    """Shows messages."""

    def message(self, html: str, rows: NumberedRows) -> None:
        """A message, with the choices it offers below it."""

    def note(self, text: str) -> None:
        """Something the terminal itself says."""


def choice_lines(rows: NumberedRows, width: int) -> list[str]:
    """The choices in one line where they are few, short and no numbers, else a line for each.

    `1 Siguiente · 2 Otra vez · 3 Respuesta modelo`, but `1) 3 preguntas`
    """
    choices = [(number, clean(label)) for row in rows for number, label in row]
    joined = " · ".join(f"{number} {label}" for number, label in choices)
    wordy = all(len(label) <= SHORT and not label[:1].isdigit() for _, label in choices)
    if wordy and len(choices) <= FEW and len(joined) <= width:
        return [joined] if joined else []
    return [f"{number}) {label}" for number, label in choices]


class Plain:
    """Plain text, one empty line between messages, flushed at once.

    Without `choices` only the messages are shown; with a `width` (columns) lines break at words,
    else nowhere. Characters the stream cannot take become `?`;
    a reader that went away raises `BrokenPipeError`.
    """

    def __init__(self, out: TextIO, *, choices: bool = True, width: int = 0) -> None:
        self._out = out
        self._choices = choices
        self._width = width
        self._begun = False

    def message(self, html: str, rows: NumberedRows) -> None:
        """A message, with the choices it offers below it."""
        shown = choice_lines(rows, 72) if self._choices else []
        self._write(plain(html).strip("\n"), *(("", *shown) if shown else ()))

    def note(self, text: str) -> None:
        """Something the terminal itself says."""
        self._write(clean(text))

    def _write(self, *lines: str) -> None:
        shown = [
            broken for text in lines for line in text.split("\n") for broken in self._wrap(line)
        ]
        text = ("\n" if self._begun else "") + "\n".join(shown) + "\n"
        self._begun = True
        encoding = getattr(self._out, "encoding", None) or "utf-8"
        self._out.write(text.encode(encoding, "replace").decode(encoding))
        self._out.flush()

    def _wrap(self, line: str) -> list[str]:
        if len(line) <= self._width or not self._width:
            return [line]
        return wrap(line, self._width, replace_whitespace=False, drop_whitespace=True)
