"""What the fonts of the pictures can draw, and how wide it gets: SVG breaks no lines by itself."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

LONGEST = 200  # characters looked at; no line holds as many
ELLIPSIS = "..."  # a Chinese font puts "…" in the middle of the line


class Lettering:
    """The letters of `fonts/widths.json`: by width in thousandths of the size, those so wide."""

    def __init__(self, file: Path) -> None:
        table: dict[str, str] = json.loads(file.read_text("utf-8"))
        self._widths = {c: int(width) for width, letters in table.items() for c in letters}

    def fit(self, text: str, size: int, room: int) -> str:
        """The text as one line that is `room` pixels wide at most.

        Symbols without a glyph are left out. Where that would befall a letter or figure the line
        is empty: half a word says less than none.
        """
        line = unicodedata.normalize("NFC", " ".join(text[:LONGEST].split()))
        if any(c not in self._widths and unicodedata.category(c)[0] in "LN" for c in line):
            return ""
        line = " ".join("".join(c for c in line if c in self._widths).split())
        return self._cut(line, room * 1000 // size)

    def _cut(self, line: str, room: int) -> str:
        """The line, shortened to `room` thousandths of its size."""
        if self._width(line) <= room:
            return line
        room -= self._width(ELLIPSIS)
        while line and self._width(line) > room:
            line = line[:-1]
        return f"{line.rstrip(' .,;:·，。、；：')}{ELLIPSIS}"

    def _width(self, line: str) -> int:
        return sum(self._widths[c] for c in line)
