"""Rough comparison of phrases for the lints; how the scorer matches is the scorer's business."""

from __future__ import annotations

import re
import unicodedata

_TOKENS = re.compile(r"[\w/]+")


def fold(text: str) -> str:
    """The words without case, accents and punctuation, one space between; `a/b` stays."""
    if not text.isascii():
        marked = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in marked if not unicodedata.combining(c))
    return " ".join(_TOKENS.findall(text.casefold()))
