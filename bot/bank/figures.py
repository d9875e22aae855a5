"""Figures of a question and what is derived from them: what each may come to."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from math import prod
from typing import NamedTuple

from bot.bank.problems import Report, one_of, shown
from bot.bank.schema import DerivedEntry, FigureEntry, Operand, QuestionFile
from bot.core.asking import TARGET, worked_out
from bot.core.questions import Derived, Figure, Operation

OPERATIONS: tuple[Operation, ...] = ("percent", "minus", "plus", "over")
HIGHEST = 10**12  # that may be derived
DRAWS = 4_096  # that are tried, where the ends of the ranges do not settle what may come out


class Span(NamedTuple):
    """The lowest and the highest a number may be."""

    low: int
    high: int


def figures(file: QuestionFile, report: Report) -> dict[str, Figure]:
    """The figures of a question; notes those that can be nothing, or not be told apart."""
    for name, one in file.figures.items():
        if one.low > one.high:
            report(f"figures.{name}", "has from above to, expected it the other way round")
        if name in TARGET:
            report(f"figures.{name}", "is what a target names, expected a name of its own")
    return {name: Figure(one.low, one.high, one.step) for name, one in file.figures.items()}


def derived(file: QuestionFile, report: Report) -> dict[str, Derived]:
    """What can be derived from the figures of a question; notes what cannot."""
    draws = {name: _draws(one) for name, one in file.figures.items() if one.low <= one.high}
    spans = {name: Span(some[0], some[-1]) for name, some in draws.items()}
    known = list(file.figures)
    found: dict[str, Derived] = {}
    for name, entry in file.derived.items():
        if name in (*file.figures, *TARGET):
            report(f"derived.{name}", "is the name of something else, expected one of its own")
            continue
        one = _derived(name, entry, known, report)
        known.append(name)
        # What cannot be worked out is told of where it stands, not again by all it spoils.
        if one and needs(one) <= spans.keys():
            span = _ends(one, spans) or _tried(name, {**found, name: one}, draws)
            if span is None:
                message = "may come to less than 0, over 10^12 or a division by 0"
                report(f"derived.{name}", f"{message}, expected figures for which it never does")
            else:
                found[name], spans[name] = one, span
    return found


def needs(one: Derived) -> set[str]:
    """The numbers a derived one is worked out from, by name."""
    return {one.of, one.operand} if isinstance(one.operand, str) else {one.of}


def _derived(name: str, entry: DerivedEntry, known: list[str], report: Report) -> Derived | None:
    given: dict[Operation, Operand] = {
        operation: operand
        for operation in OPERATIONS
        if (operand := getattr(entry, operation)) is not None
    }
    if len(given) != 1:
        message = f"has {' and '.join(given) or 'none'}, expected exactly {one_of(OPERATIONS)}"
        report(f"derived.{name}", message)
        return None
    [(operation, operand)] = given.items()
    one = Derived(entry.of, operation, operand)
    for key, part in (("of", one.of), (operation, operand)):
        if isinstance(part, str) and part not in known:
            report(f"derived.{name}.{key}", f"is {shown(part)}, expected {one_of(known)}")
    return one if needs(one) <= set(known) else None


def _draws(one: FigureEntry) -> range:
    return range(one.low, one.high + 1, one.step)


def _ends(one: Derived, spans: Mapping[str, Span]) -> Span | None:
    """Between what it lies, were its parts drawn apart; None where that may not be told."""
    of, by = spans[one.of], _operand(one, spans)
    falls = one.operation in ("minus", "over")  # as its operand rises
    least, most = (by.high, by.low) if falls else (by.low, by.high)
    if one.operation == "over" and not by.low:
        return None
    low = worked_out(Derived("of", one.operation, least), {"of": of.low})
    high = worked_out(Derived("of", one.operation, most), {"of": of.high})
    return _allowed(low, high)


def _operand(one: Derived, spans: Mapping[str, Span]) -> Span:
    if isinstance(one.operand, str):
        return spans[one.operand]
    return Span(one.operand, one.operand)


def _tried(name: str, chain: Mapping[str, Derived], draws: Mapping[str, range]) -> Span | None:
    """Between what the last of a chain lies, all that can be drawn tried; None if it may not."""
    parts = _behind(name, chain)
    drawn = {part: draws[part] for part in draws if part in parts}
    if prod(map(len, drawn.values())) > DRAWS:
        return None
    steps = {part: chain[part] for part in chain if part in parts}
    try:
        results = [
            _last(steps, dict(zip(drawn, one, strict=True))) for one in product(*drawn.values())
        ]
    except ZeroDivisionError:
        return None
    return _allowed(min(results), max(results))


def _last(steps: Mapping[str, Derived], values: dict[str, int]) -> int:
    for name, one in steps.items():
        values[name] = worked_out(one, values)
    return values[name]


def _behind(name: str, chain: Mapping[str, Derived]) -> set[str]:
    """All a derived number hangs on, itself among them."""
    parts = {name}
    for earlier, one in reversed(list(chain.items())):
        if earlier in parts:
            parts |= needs(one)
    return parts


def _allowed(low: int, high: int) -> Span | None:
    return Span(low, high) if low >= 0 and high <= HIGHEST else None
