"""From bytes to a TOML table, with limits that hold before the parser is let loose."""

from __future__ import annotations

import re
import tomllib

from bot.bank.problems import printable

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
BOM = b"\xef\xbb\xbf"

# Strings and comments are cut out first, so that only real brackets are counted. An unclosed
# string runs on to where the parser gives up anyway. Possessive (`*+`): no backtracking, linear.
_STRINGS = re.compile(
    r'''
      """ (?: [^"\\]++ | \\. | "{1,2}(?!") )*+ (?:"{3,5})?
    | \'\'\' (?: [^']++ | '{1,2}(?!') )*+ (?:'{3,5})?
    | " (?: [^"\\\n]++ | \\[^\n] )*+ "?
    | ' [^'\n]*+ '?
    | \# [^\n]*+
    ''',
    re.VERBOSE | re.DOTALL,
)
_BRACKET = re.compile(r"[\[\]{}]")
_KEY_PART = r"\.[^.=,\n\[\]{}]*+"
_LONG_KEY = re.compile(f"(?:{_KEY_PART}){{{MAX_DEPTH}}}")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class UnreadableError(Exception):
    """A file that cannot be parsed: where (`line 3`, or "" for the whole file) and why."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(place, message)
        self.place = place
        self.message = message


def parse(data: bytes) -> dict[str, object]:
    """The table a TOML file holds; raises `UnreadableError`, whatever the bytes."""
    text = _decoded(data)
    if _too_deep(text):
        raise UnreadableError("", f"is nested too deep, expected at most {MAX_DEPTH} levels")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(str(error)) from error
    except ValueError as error:  # an integer of more digits than Python converts
        raise UnreadableError(
            "", "holds a number that is too long, expected plain numbers"
        ) from error


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise UnreadableError("", f"is larger than 1 MB, expected at most {MAX_BYTES:,} bytes")
    if data.startswith(BOM):
        raise UnreadableError(
            "line 1", "begins with a byte order mark, expected UTF-8 without one"
        )
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(
            f"line {line}", "is not UTF-8, expected text saved as UTF-8"
        ) from error


def _too_deep(text: str) -> bool:
    # The parser recurses into brackets and is quadratic in the parts of a dotted key.
    bare = _STRINGS.sub("", text)
    return bool(_LONG_KEY.search(bare)) or _depth(bare) > MAX_DEPTH


def _depth(bare: str) -> int:
    depth = deepest = 0
    for bracket in _BRACKET.findall(bare):
        depth += 1 if bracket in "[{" else -1
        depth = max(depth, 0)
        deepest = max(deepest, depth)
    return deepest


def _not_toml(message: str) -> UnreadableError:
    place = _PLACE.search(message)
    if place is None:
        return UnreadableError("", f"is not TOML ({message}), expected a TOML file")
    reason = printable(message[: place.start()])
    line = f"line {place[1]}" if place[1] else "last line"
    return UnreadableError(line, f"is not TOML ({reason}), expected `key = value` or a table")
