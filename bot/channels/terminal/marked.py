"""An answer on a terminal with the words that earned points in the colours of their criteria."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text

COLOURS = ("cyan", "green", "magenta", "yellow", "blue", "bright_cyan", "bright_green")
LEVELS = ("○○○", "●○○", "●●○", "●●●")
WRONG = "red underline"


class Passage(NamedTuple):
    """Words of an answer; the numbers (from 0) of the criteria they earned points for."""

    text: str
    criteria: Sequence[int]
    wrong: bool


class Line(NamedTuple):
    """A criterion of the table: its name, its level of 0 to 3, and its points as shown."""

    name: str
    level: int
    points: str


def print_marked(passages: Iterable[Passage], lines: Sequence[Line]) -> None:
    """Prints the answer, then the table of its criteria in the same colours."""
    console = Console(highlight=False)
    answer = Text()
    for one in passages:
        answer.append(one.text, style=_style(one))
    console.print(answer)
    console.print()
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column()
    table.add_column(justify="right")
    for number, line in enumerate(lines):
        table.add_row(
            Text(line.name, style=_colour(number)), Text(LEVELS[line.level]), Text(line.points)
        )
    console.print(table)


def _style(passage: Passage) -> str:
    if passage.wrong:
        return WRONG
    return f"{_colour(passage.criteria[0])} bold" if passage.criteria else ""


def _colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]
