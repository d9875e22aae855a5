"""Rough comparison of phrases for the lints; how the scorer matches is the scorer's business."""

from __future__ import annotations

import re
import unicodedata

_TOKENS = re.compile(r"[\w/]+")
_UNSPACED = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def fold(text: str) -> str:
    """The words without case, accents and punctuation, one space between; `a/b` stays."""
    if not text.isascii():
        marked = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in marked if not unicodedata.combining(c))
    return " ".join(_TOKENS.findall(text.casefold()))


class Folded:
    """A text one can ask for phrases as the bank writes them, `a/b` being alternatives."""

    def __init__(self, text: str) -> None:
        self.words = fold(text).split()
        self.squeezed = "".join(self.words)

    def holds(self, phrase: str) -> bool:
        """Whether the words of the phrase stand in the text, next to each other.

        Chinese is not spaced into words: there each part is looked for anywhere.
        """
        parts = [_alternatives(token) for token in fold(phrase).split()]
        parts = [part for part in parts if part]
        if _UNSPACED.search(phrase):
            return all(any(word in self.squeezed for word in part) for part in parts)
        starts = range(len(self.words) - len(parts) + 1)
        return any(self._stands(parts, start) for start in starts) if parts else False

    def _stands(self, parts: list[frozenset[str]], start: int) -> bool:
        return all(self.words[start + i] in part for i, part in enumerate(parts))


def _alternatives(token: str) -> frozenset[str]:
    return frozenset(filter(None, token.split("/")))
