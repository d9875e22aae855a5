"""What can be wrong with a bank, and how it is told: one printed line per problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice

Report = Callable[[str, str], None]
"""Takes a key path and a message; knows the file."""

LONGEST_SHOWN = 60
LARGEST_SHOWN = 10**12
MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: `file` relative to the bank, `key_path` inside it ("" for the whole file).

    Steps of a key path are joined by dots; an entry of a list is named by its id or name, else
    counted from one: `criteria[effect].weight`, `roles[#2]`. A `note` stops nothing. `path` is
    the file as it is named in its folder, where that is known.
    """

    file: str
    key_path: str
    message: str
    note: bool = False
    path: str = field(default="", compare=False)

    def __str__(self) -> str:
        """`file: key path: what is wrong, what was expected`."""
        return escaped(": ".join(filter(None, (self.file, self.key_path, self.message))))


class BankError(Exception):
    """The bank cannot be used; holds every problem found, in order of files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.file))
        super().__init__(self.problems)

    def __str__(self) -> str:
        """One line per problem."""
        return "\n".join(map(str, self.problems))


def escaped(text: str) -> str:
    """The text on one line, safe to print."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def printable(text: str) -> str:
    """The text on one line, safe to print, shortened where it is long."""
    return escaped(text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…")


def shown(value: object) -> str:
    """A value of a file as a message names it: `"x"`, `3`, `true`, `a list`, `a table`."""
    match value:
        case str():
            return f'"{printable(value)}"'
        case bool():
            return str(value).lower()
        case int():
            # Printing thousands of digits is slow and, past 4,300 of them, refused by Python.
            return str(value) if abs(value) < LARGEST_SHOWN else "a huge number"
        case float():
            return str(value)
        case list():
            return "a list"
    return "a table" if isinstance(value, dict) else "a date or time"


def one_of(names: Iterable[str]) -> str:
    """Names for the end of a message: `one of a, b, c`; `nothing` when there are none."""
    first = [printable(name) for name in islice(names, MOST_LISTED + 1)]
    if len(first) > MOST_LISTED:
        first[MOST_LISTED] = "…"
    return f"one of {', '.join(first)}" if first else "nothing"
