"""Numbers in an answer, in digits and in words, and what they say: a count, a share, a change."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from bot.scoring.reading import Reading, Span, starting
from bot.scoring.words import CONTENT, JOIN, NUMBER, NUMERAL

APART = 16  # words between a before and an after
AIMED = 8  # words between an aim and the change it is about, or between that and its success
LONGEST_MARK = 8  # words of the longest entry of a word list, and three to spare


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


def quantities(reading: Reading) -> list[Quantity]:
    """The numbers of `reading` in order; a pair of numbers that contrasts is one `CHANGE`."""
    found = [_sized(reading, span) for span in _runs(reading)]
    result: list[Quantity] = []
    for quantity in found:
        before = result[-1] if result else None
        if before is not None and _contrast(reading, before, quantity):
            result[-1] = Quantity((before.span[0], quantity.span[1]), Size.CHANGE)
        else:
            result.append(quantity)
    return [_reached(reading, quantity) for quantity in _told_apart(reading, result)]


def _reached(reading: Reading, quantity: Quantity) -> Quantity:
    """A change that was only aimed at, `queríamos pasar de 20 a 30`, is no more than a number."""
    if quantity.size is not Size.CHANGE:
        return quantity
    first, last = quantity.span
    sentence, sentences = reading.sentences[first], reading.sentences
    aims = starting(reading.mark("aims"), max(0, first - reading.reach(AIMED)), first - 1)
    if not any(sentences[aim] == sentence for aim, _ in aims):
        return quantity
    got = starting(reading.mark("reached"), last + 1, last + reading.reach(AIMED))
    missed = {end for _, end in reading.mark("negators")}
    if any(missed.isdisjoint((start - 1, start - 2)) for start, _ in got):
        return quantity
    return Quantity(quantity.span, Size.COUNT)


def _told_apart(reading: Reading, found: list[Quantity]) -> list[Quantity]:
    """Joins a before and an after told one by one: `antes 11 de cada mil, ahora 19`."""
    result: list[Quantity] = []
    earlier = -1  # the place of the last number that is no time
    for quantity in found:
        if quantity.size is Size.TIME:
            result.append(quantity)
            continue
        before = result[earlier] if earlier >= 0 else None
        if before is not None and _grew(reading, before, quantity):
            result[earlier] = Quantity((before.span[0], quantity.span[1]), Size.CHANGE)
        else:
            earlier = len(result)
            result.append(quantity)
    return result


def _grew(reading: Reading, one: Quantity, other: Quantity) -> bool:
    if Size.CHANGE in (one.size, other.size) or other.span[0] - one.span[1] > APART:
        return False
    if reading.sentences[other.span[0]] - reading.sentences[one.span[1]] > 1:
        return False
    now = _follows(reading, "now", other)
    return now or (_follows(reading, "before", one, 6) and _follows(reading, "later", other, 6))


def _runs(reading: Reading) -> list[Span]:
    """Words that together are one number: `cuarenta y cinco`, `uno coma dos`, `3,5`."""
    runs: list[Span] = []
    words = reading.words
    signs = {i for a, b in reading.mark("percent") for i in range(a, b + 1)}
    for index in [i for i in reading.notable if words[i].flags & NUMBER]:
        if index in signs:
            continue
        if runs and words[index].flags & NUMERAL and _joined(reading, runs[-1][1], index):
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return runs


def _joined(reading: Reading, last: int, index: int) -> bool:
    if index - last > 2 or reading.sentences[last] != reading.sentences[index]:
        return False
    return index == last + 1 or bool(reading.words[last + 1].flags & JOIN)


def _sized(reading: Reading, span: Span) -> Quantity:
    before, after = span[0], span[1] + 1
    percent = starting(reading.mark("percent"), after, after)
    if percent:
        return Quantity((before, percent[0][1]), Size.SHARE)
    near = starting(reading.mark("each"), max(0, before - LONGEST_MARK), after + 1)
    for first, last in near:
        if 0 < first - span[1] <= 2:
            return Quantity((before, last), Size.SHARE)
        if 0 < before - last <= 1:
            return Quantity((first, span[1]), Size.SHARE)
    for first, _ in starting(reading.mark("time_units"), after, after + 1):
        # "tres primeras semanas", but not "3 por semana"
        if first == after or reading.words[after].flags & CONTENT:
            return Quantity(span, Size.TIME)
    return Quantity(span, Size.COUNT)


def _contrast(reading: Reading, one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are a before and an after: `de 38 a 52`, `2,3 frente a 2,2`.

    A span of time (`de 2 a 3 años`) is none.
    """
    if Size.TIME in (one.size, other.size):
        return False
    if reading.sentences[one.span[1]] != reading.sentences[other.span[0]]:
        return False
    between = (one.span[1] + 1, other.span[0] - 1)
    if between[1] - between[0] > 7:
        return False
    if between[0] <= between[1] and _crosses(reading.mark("versus"), between):
        return True
    gap = reading.text[reading.end(one.span[1]) : reading.starts[other.span[0]]]
    if "->" in gap or "→" in gap or "=>" in gap:
        return True
    return _follows(reading, "change_from", one) and _follows(reading, "change_to", other)


def _follows(reading: Reading, mark: str, quantity: Quantity, reach: int = 3) -> bool:
    """Whether a number comes within a few words after a mark."""
    first = quantity.span[0]
    marks = starting(reading.mark(mark), max(0, first - LONGEST_MARK), first - 1)
    return any(0 < first - last <= reach for _, last in marks)


def _crosses(spans: Sequence[Span], other: Span) -> bool:
    near = starting(spans, max(0, other[0] - LONGEST_MARK), other[1])
    return any(last >= other[0] for _, last in near)
