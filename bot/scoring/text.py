"""Text into tokens: words, numbers and signs with their spans in the original.

Folding takes away what does not matter (case, accents, width, look-alike letters, invisible
characters); it works on a token's form only, so that spans always index the text as given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# Characters of no width that may be hidden inside a word, and combining marks.
_INSIDE = "\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# One pass, no alternative that can be read in two ways: the time is linear in the length.
_TOKEN = re.compile(
    rf"(?P<number>\d+(?:[.,:]\d+)*)"
    rf"|(?P<han>[{_HAN}])"
    rf"|(?P<word>[^\W\d_{_HAN}](?:[^\W\d_{_HAN}]|[{_INSIDE}])*)"
    r"|(?P<sign>[%‰€$£¥])"
    r"|(?P<stop>[.!?…;¡¿\n\r。！？；]+)"
    r"|(?P<comma>[,:()\[\]{}«»\"“”—–，、：（）]+)"
)
# Cyrillic and Greek letters that look like Latin ones, used to slip past a filter.
_LOOKALIKES = str.maketrans(
    "аеорсхуікмнтвѕјԁһԛԝгαβεικνορτυχγոս", "aeopcxyikmhtbsjdhqwrabeiknoptuxynu"
)
_DROP = frozenset(chr(c) for c in (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F))) | (
    frozenset(chr(c) for c in (*range(0x2060, 0x2065), *range(0xFE00, 0xFE10), 0xFEFF))
)


class Piece(NamedTuple):
    """A token as it stands: `[start:end]` of the text, `kind` the name of its group."""

    start: int
    end: int
    kind: str
    text: str


def pieces(text: str) -> Iterator[Piece]:
    """The words, numbers, signs and breaks of `text` in order; white space is left out."""
    for match in _TOKEN.finditer(text):
        yield Piece(match.start(), match.end(), match.lastgroup or "word", match.group())


def fold(word: str) -> str:
    """`word` in lower case without accents, width, invisible characters or look-alikes.

    ASCII words take the short way. A word wholly in another script keeps its letters only when
    they have no Latin look-alike, which no language offered here needs.
    """
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    kept = "".join(c for c in plain if c not in _DROP and not unicodedata.combining(c))
    return kept.translate(_LOOKALIKES)


def folded_words(text: str) -> list[str]:
    """The folded words, characters, numbers and signs of `text`; for phrases and word lists."""
    return [fold(p.text) for p in pieces(text) if p.kind not in ("stop", "comma")]
