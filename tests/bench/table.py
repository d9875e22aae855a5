"""Prints what was measured: parts with rows of figures, at last the targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

LABEL, COLUMN = 46, 13  # characters


@dataclass
class Part:
    """A headline with column names, and rows of a label with a figure a column."""

    title: str
    columns: Sequence[str]
    rows: list[tuple[str, Sequence[str]]] = field(default_factory=list)

    def add(self, label: str, *figures: str) -> None:
        self.rows.append((label, figures))

    def lines(self) -> Iterator[str]:
        yield from ("", _line(self.title, self.columns))
        yield "-" * (LABEL + COLUMN * len(self.columns))
        for label, figures in self.rows:
            yield _line(label, figures)


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that is to be at most `limit`, or at least with `least`."""

    what: str
    measured: float
    limit: float
    unit: str = ""
    least: bool = False

    @property
    def met(self) -> bool:
        return self.measured >= self.limit if self.least else self.measured <= self.limit

    def figures(self) -> tuple[str, str, str]:
        bound = "≥" if self.least else "≤"
        wanted = f"{bound} {self.limit:g} {self.unit}".rstrip()
        measured = f"{number(self.measured)} {self.unit}".rstrip()
        return wanted, measured, "ok" if self.met else "short"


def targets(found: Sequence[Target]) -> Part:
    """The part that says what was wanted, what was measured and whether that is enough."""
    part = Part("Targets", ("wanted", "measured", ""))
    for target in found:
        part.add(target.what, *target.figures())
    return part


def number(value: float) -> str:
    """A figure with three digits that count."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f}"


def percent(change: float) -> str:
    """A relative change: +3 %."""
    return f"{change:+.0%}".replace("%", " %")


def _line(label: str, figures: Sequence[str]) -> str:
    return f"{label:<{LABEL}}" + "".join(f"{one:>{COLUMN}}" for one in figures)
