"""Numbers in an answer, in digits and in words, and what they say: a count, a share, a change."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from bot.scoring.language import Language
from bot.scoring.reading import Reading, Span, overlaps


class Size(StrEnum):
    """What a number says."""

    COUNT = "count"  # twelve clients
    TIME = "time"  # three weeks
    SHARE = "share"  # 30 %, a third, six out of ten
    CHANGE = "change"  # from 38 to 52, 2.3 against 2.2


class Quantity(NamedTuple):
    """A number of the answer: its tokens and what it says."""

    span: Span
    size: Size


def quantities(reading: Reading, language: Language) -> list[Quantity]:
    """The numbers of `reading` in order; a pair of numbers that contrasts is one `CHANGE`."""
    found = [_sized(reading, span) for span in _runs(reading, language)]
    result: list[Quantity] = []
    for quantity in found:
        before = result[-1] if result else None
        if before is not None and _contrast(reading, before, quantity):
            result[-1] = Quantity((before.span[0], quantity.span[1]), Size.CHANGE)
        else:
            result.append(quantity)
    return result


def _runs(reading: Reading, language: Language) -> list[Span]:
    """Tokens that together are one number: `cuarenta y cinco`, `uno coma dos`, `3,5`."""
    runs: list[Span] = []
    tokens = reading.tokens
    signs = {i for a, b in reading.mark("percent") for i in range(a, b + 1)}
    for index, token in enumerate(tokens):
        if index in signs:
            continue
        words = token.form in language.numbers
        if not (words or token.kind == "number" or token.form in language.halves):
            continue
        if runs and words and _joined(reading, runs[-1][1], index, language):
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return runs


def _joined(reading: Reading, last: int, index: int, language: Language) -> bool:
    if reading.tokens[last].sentence != reading.tokens[index].sentence:
        return False
    between = [t.form for t in reading.tokens[last + 1 : index]]
    return not between or (len(between) == 1 and between[0] in language.joins)


def _sized(reading: Reading, span: Span) -> Quantity:
    after = span[1] + 1
    percents = dict(reading.mark("percent"))
    if after in percents:
        return Quantity((span[0], percents[after]), Size.SHARE)
    for first, last in reading.mark("each"):
        if 0 < first - span[1] <= 2:
            return Quantity((span[0], last), Size.SHARE)
        if 0 < span[0] - last <= 1:
            return Quantity((first, span[1]), Size.SHARE)
    for first, _ in reading.mark("time_units"):
        # "tres primeras semanas", but not "3 por semana"
        if first == after or (first == after + 1 and reading.tokens[after].content):
            return Quantity(span, Size.TIME)
    return Quantity(span, Size.COUNT)


def _contrast(reading: Reading, one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are a before and an after: `de 38 a 52`, `2,3 frente a 2,2`.

    A span of time (`de 2 a 3 años`) is none.
    """
    if Size.TIME in (one.size, other.size):
        return False
    if reading.tokens[one.span[1]].sentence != reading.tokens[other.span[0]].sentence:
        return False
    between = (one.span[1] + 1, other.span[0] - 1)
    if between[1] - between[0] > 7:
        return False
    if between[0] <= between[1] and overlaps(between, reading.mark("versus")):
        return True
    gap = reading.text[reading.tokens[one.span[1]].end : reading.tokens[other.span[0]].start]
    if "->" in gap or "→" in gap or "=>" in gap:
        return True
    first = one.span[0]
    led = any(0 < first - last <= 3 for _, last in reading.mark("change_from"))
    near = any(0 < other.span[0] - last <= 3 for _, last in reading.mark("change_to"))
    return led and near
