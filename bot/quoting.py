"""Quotes a person's own words: what earned something, within the sentence it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import escape

from bot.core.models import Evidence

LENGTH = 90  # characters of a quote, about two lines of a telephone

_BREAK = re.compile(r"[.!?…]+(?=\s|$)|\n+|[。！？]")  # not the point in 3.5
_PAUSE = re.compile(r"[,;:](?=\s)|[，、；：]")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece `start` to `end` of an answer; `marks` are the spans in it that earned something,
    `cut` says whether it stops before or after a sentence does."""

    start: int
    end: int
    marks: tuple[Span, ...]
    cut: tuple[bool, bool] = (False, False)

    @property
    def earned(self) -> int:
        """The characters marked."""
        return sum(end - start for start, end in self.marks)

    def markup(self, answer: str) -> str:
        """The piece as HTML on one line, the marked words bold where others stand beside them."""
        parts, at = [], self.start
        alone = self.marks == ((self.start, self.end),)
        for start, end in self.marks:
            marked = str(escape(answer[start:end]))
            parts += [str(escape(answer[at:start])), marked if alone else f"<b>{marked}</b>"]
            at = end
        parts.append(str(escape(answer[at : self.end])))
        before, after = ("…" if cut else "" for cut in self.cut)
        return f"{before}{' '.join(''.join(parts).split())}{after}"


def excerpts(evidence: Iterable[Evidence], answer: str, limit: int = LENGTH) -> list[Excerpt]:
    """The pieces of an answer that show its evidence, in order and without overlap.

    Spans near enough share a piece; a piece grows to its sentence as far as `limit` characters
    let it. Spans outside the answer are left out.
    """
    pieces: list[Excerpt] = []
    for marks in _groups(_merged(evidence, len(answer)), limit):
        piece = _widened(answer, marks, limit, pieces[-1].end if pieces else 0)
        pieces.append(piece)
    return pieces


def shorten(text: str, limit: int = LENGTH) -> str:
    """Text on one line, cut at a word to at most `limit` characters and a `…`."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit + 1].rpartition(" ")[0] or text[:limit]
    return f"{cut.rstrip(' ,;:.-–—')}…"


def _merged(evidence: Iterable[Evidence], length: int) -> list[Span]:
    """The spans in order; those that overlap are one."""
    spans: list[Span] = []
    for found in sorted(evidence, key=lambda e: (e.start, e.end)):
        start, end = found.start, min(found.end, length)
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        elif start < end:
            spans.append((start, end))
    return spans


def _groups(spans: Iterable[Span], limit: int) -> list[tuple[Span, ...]]:
    """Spans that fit into one piece together."""
    groups: list[tuple[Span, ...]] = []
    for span in spans:
        if groups and span[1] - groups[-1][0][0] <= limit:
            groups[-1] = (*groups[-1], span)
        else:
            groups.append((span,))
    return groups


def _widened(answer: str, marks: tuple[Span, ...], limit: int, floor: int) -> Excerpt:
    """The piece around `marks`, not reaching back before `floor`."""
    first, last = marks[0][0], marks[-1][1]
    room = max(0, limit - (last - first))
    start, cut_before = _start(answer, first, max(floor, first - room // 2))
    end, cut_after = _end(answer, last, min(len(answer), last + limit - (last - start)))
    return Excerpt(start, end, marks, (cut_before, cut_after))


def _start(answer: str, first: int, earliest: int) -> tuple[int, bool]:
    """Where a piece begins: after a sentence break, else a far pause, else at a word."""
    if first <= earliest:
        return first, False
    if breaks := [match.end() for match in _BREAK.finditer(answer, earliest, first)]:
        return _skip_blanks(answer, breaks[-1], first), False
    if earliest == 0:
        return _skip_blanks(answer, 0, first), False
    if pause := _PAUSE.search(answer, earliest, (earliest + first) // 2):
        return _skip_blanks(answer, pause.end(), first), False
    blank = answer.find(" ", earliest, first)
    return (blank + 1, True) if blank >= 0 else (first, True)


def _end(answer: str, last: int, latest: int) -> tuple[int, bool]:
    """Where a piece ends: before a sentence break, else a far pause, else at a word."""
    if found := _BREAK.search(answer, last, latest):
        return found.start(), False
    if latest >= len(answer):
        return max(last, len(answer.rstrip())), False
    far = (last + latest) // 2
    if pauses := [match.start() for match in _PAUSE.finditer(answer, far, latest)]:
        return pauses[-1], False
    blank = answer.rfind(" ", last, latest)
    return (blank, True) if blank >= last else (last, True)


def _skip_blanks(answer: str, at: int, until: int) -> int:
    while at < until and answer[at].isspace():
        at += 1
    return at
