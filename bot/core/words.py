"""Words as a person counts them, and text reduced to what matters for comparing."""

from __future__ import annotations

import re
import unicodedata

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


def count(text: str) -> int:
    """How many words a text has; every Chinese character is one."""
    if text.isascii():
        return len(text.split())
    han = len(_HAN.findall(text))
    others = (_HAN.sub(" ", text) if han else text).translate(_CHINESE_MARKS).split()
    return han + sum(one[0].isalnum() or any(map(str.isalnum, one)) for one in others)


LONGEST_WORD = 30  # characters; Chinese puts no blanks between words
_CHINESE_MARKS = {ord(mark): " " for mark in "，。！？；：、（）《》【】「」“”‘’…—"}


def fold(text: str) -> str:
    """Letters and digits only, without case and accents, single blanks between words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (char for char in plain if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in kept).split())


def shortened(text: str, limit: int) -> str:
    """A text of at most `limit` characters: what is over is cut off at a word."""
    if len(text) <= limit:
        return text
    end = text[: limit - 1]
    to_word = end.rpartition(" ")[0]
    return f"{to_word if len(to_word) > len(end) - LONGEST_WORD else end}…"
