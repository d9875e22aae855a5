"""Text into tokens: words, numbers and signs with their spans in the original.

Folding takes away what does not matter (case, accents, width, look-alike letters, invisible
characters); it works on a token's form only, so that spans always index the text as given.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_SIGNS = frozenset("%‰€$£¥")
_STOPS = frozenset(".!?…;¡¿\n\r。！？；")
_COMMAS = frozenset(',:()[]{}«»"“”—–，、：（）')
_WITHIN = ".,:"  # between the digits of one number
_HAN = (("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uf900", "\ufaff"))
_LATIN = "\u024f"  # the last letter of the Latin blocks
# Characters of no width that may be hidden inside a word.
_DROP = frozenset(chr(c) for c in (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F))) | (
    frozenset(chr(c) for c in (*range(0x2060, 0x2065), *range(0xFE00, 0xFE10), 0xFEFF))
)
_MARKS = ("\u0300", "\u036f")  # accents that stand by themselves
# Cyrillic and Greek letters that look like Latin ones, used to slip past a filter.
_LOOKALIKES = str.maketrans(
    "аеорсхуікмнтвѕјԁһԛԝгαβεικνορτυχγոս", "aeopcxyikmhtbsjdhqwrabeiknoptuxynu"
)
_KEPT = 10_000  # characters remembered; hostile texts hold many


class Piece(NamedTuple):
    """A token as it stands: `[start:end]` of the text, `kind` what it is.

    Kinds: `word`, `number`, `han` (one character), `sign` (%), `stop`, `comma`.
    """

    start: int
    end: int
    kind: str
    text: str


class _Kinds(dict[str, str]):
    """Character -> kind; `inside` only goes on a word, no kind is left out."""

    def __missing__(self, char: str) -> str:
        kind = _kind(char)
        if len(self) < _KEPT:
            self[char] = kind
        return kind


class _Folds(dict[int, str]):
    """Code point -> its folded form, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code).casefold())
        kept = "".join(c for c in plain if c not in _DROP and not unicodedata.combining(c))
        folded = kept.translate(_LOOKALIKES)
        if len(self) < _KEPT:
            self[code] = folded
        return folded


def _kind(char: str) -> str:
    if char.isdecimal():
        return "number"
    if any(first <= char <= last for first, last in _HAN):
        return "han"
    if char.isalnum():
        return "word"
    for kind, chars in (("sign", _SIGNS), ("stop", _STOPS), ("comma", _COMMAS)):
        if char in chars:
            return kind
    return "inside" if char in _DROP or _MARKS[0] <= char <= _MARKS[1] else ""


_KINDS = _Kinds()
_FOLDS = _Folds()


def pieces(text: str) -> Iterator[Piece]:
    """The words, numbers, signs and breaks of `text` in order; white space is left out."""
    if text.isalpha() and max(text) <= _LATIN:
        yield Piece(0, len(text), "word", text)
        return
    start, size = 0, len(text)
    while start < size:
        kind = _KINDS[text[start]]
        end = start + 1
        if kind == "word":
            while end < size and _KINDS[text[end]] in ("word", "inside"):
                end += 1
        elif kind == "number":
            end = _number_end(text, end)
        elif kind in ("stop", "comma"):
            while end < size and _KINDS[text[end]] == kind:
                end += 1
        if kind and kind != "inside":
            yield Piece(start, end, kind, text[start:end])
        start = end


def _number_end(text: str, end: int) -> int:
    """Where a number ends whose first digit is before `end`: `4.200`, `12:30`, `3,5`."""
    size = len(text)
    while end < size:
        if _KINDS[text[end]] == "number":
            end += 1
        elif text[end] in _WITHIN and end + 1 < size and _KINDS[text[end + 1]] == "number":
            end += 2
        else:
            break
    return end


def fold(word: str) -> str:
    """`word` in lower case without accents, width, invisible characters or look-alikes.

    ASCII words take the short way. A word wholly in another script keeps its letters only when
    they have no Latin look-alike, which no language offered here needs.
    """
    return word.lower() if word.isascii() else word.translate(_FOLDS)


def folded_words(text: str) -> list[str]:
    """The folded words, characters, numbers and signs of `text`; for phrases and word lists."""
    return [fold(p.text) for p in pieces(text) if p.kind not in ("stop", "comma")]
