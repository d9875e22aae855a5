"""The rules besides content: experience, effect, transfer, structure, clarity.

Each returns what it earned by level and, for the shares of the overall score, a strength
from 0 to 1 that rises more finely than the four levels.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.core.models import Evidence
from bot.scoring.matching import Hit
from bot.scoring.reading import Reading, Span, starting
from bot.scoring.signals import TIED, Signals

PLAN = 0.3  # what a reasoned plan without an own case is worth of an experience
QUOTES = 4  # pieces of evidence shown per criterion


class Judged(NamedTuple):
    """Level 0 to 3, strength 0 to 1, and the words that earned it."""

    level: int
    strength: float
    evidence: tuple[Evidence, ...]


def experience(reading: Reading, found: Signals, hits: Sequence[Hit]) -> Judged:
    """An own past action (1), several or one in its place and time (2), told with detail (3)."""
    actions = len(found.actions)
    placed = bool(reading.mark("context") or hits)
    details = sum(_close(q.span, found.actions, 12) for q in found.numbers)
    lessons = len(reading.mark("reflection"))
    strength = min(1.0, 0.14 * min(actions, 5) + (0.1 if placed and actions else 0))
    strength = min(1.0, strength + 0.05 * min(details, 4) + 0.05 * min(lessons, 2))
    plans = [s for s in reading.mark("proposals") if s[0] in found.topical]
    reasoned = min(len(plans), len(reading.mark("because")))
    strength = max(strength, min(PLAN, 0.07 * reasoned))
    level = 0
    if actions or (placed and found.topical):
        level = 1
    if (actions >= 2 and placed) or actions >= 3:
        level = 2
    if level == 2 and actions >= 3 and details + lessons >= 2:
        level = 3
    spans = [*found.actions, *reading.mark("context")]
    return Judged(level, strength, _quotes(reading, spans, hits))


def effect(reading: Reading, found: Signals, hits: Sequence[Hit]) -> Judged:
    """A result (1), with a number (2), before and after (3) - each tied to an own action."""
    tied = [s for s in found.results if _tied(s, found)]
    numbers = [q.span for q in found.numbers]
    counted = [s for s in tied if _close(s, numbers)]
    changes = [s for s in found.changes if _tied(s, found)]
    level = 3 if changes else 2 if counted else 1 if tied else 0
    strength = (0.0, 0.3, 0.65, 0.9)[level] + (0.1 if len(changes) + len(counted) > 2 else 0)
    shown = changes or counted or tied
    return Judged(level, min(1.0, strength), _quotes(reading, shown, hits if level else ()))


def transfer(reading: Reading, found: Signals, hits: Sequence[Hit]) -> Judged:
    """The company meant (1), a proposal for it (2), one that says what and why (3)."""
    meant = _merged([*reading.mark("company"), *(h.span for h in hits)])
    proposed = [
        s for s in reading.mark("proposals") if _close(s, meant, 16) and s[0] in found.topical
    ]
    reasoned = [s for s in proposed if _close(s, reading.mark("because"), 16)]
    level = 3 if reasoned else 2 if proposed else 1 if hits else 0
    return Judged(level, level / 3, _quotes(reading, proposed, hits if level else ()))


def structure(reading: Reading, found: Signals, hits: Sequence[Hit]) -> Judged:
    """An order that can be followed: steps named, reasons given, sentences that end."""
    del hits
    kinds = {reading.words[a].form for a, _ in reading.mark("sequence")}
    steps, reasons = len(kinds), len(reading.mark("because"))
    long_enough = min(1.0, len(reading.words) / 60)
    strength = long_enough * min(1.0, 0.18 * min(steps, 4) + 0.1 * min(reasons, 3))
    level = 3 if strength >= 0.85 else 2 if strength >= 0.5 else 1 if strength >= 0.2 else 0
    del found
    return Judged(level, strength, _quotes(reading, reading.mark("sequence"), ()))


def clarity(reading: Reading, found: Signals, hits: Sequence[Hit]) -> Judged:
    """Concrete and brief: matters of the trade and numbers; fillers and stock phrases cost."""
    del hits
    words = len(reading.words) or 1
    dense = len(found.topical) / words
    concrete = min(1.0, 0.2 * len(found.numbers) + 0.1 * len(found.actions))
    filler = min(1.0, 4 * len(reading.mark("fillers")) / words)
    stock = min(0.6, 0.15 * len(reading.mark("generic")))
    long_enough = min(1.0, words / 40)
    strength = long_enough * max(0.0, 0.4 * dense + 0.6 * concrete - 0.3 * filler - stock)
    level = 3 if strength >= 0.75 else 2 if strength >= 0.5 else 1 if strength >= 0.25 else 0
    spans = [*(q.span for q in found.numbers), *found.actions]
    return Judged(level, strength, _quotes(reading, spans, ()))


def _tied(span: Span, found: Signals) -> bool:
    """Whether something the person did stands in reach of a result, and it is about work."""
    if starting(found.actions, span[0] - TIED, span[0] + TIED):
        return True
    work = span[0] in found.topical or len(found.actions) > 2
    return work and bool(starting(found.others, span[0] - TIED, span[0] + TIED))


def _close(span: Span, others: Sequence[Span], reach: int = 8) -> bool:
    """Whether one of `others` (in order, none in another) is within `reach` words of `span`."""
    place = bisect_left(others, (span[1] + reach + 1,))
    return place > 0 and others[place - 1][1] + reach >= span[0]


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap made one."""
    merged: list[Span] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _quotes(reading: Reading, spans: Iterable[Span], hits: Sequence[Hit]) -> tuple[Evidence, ...]:
    named = {h.span: h for h in hits}
    first = sorted({*named, *spans})[:QUOTES]
    return tuple(
        reading.evidence(span, named[span].phrase, named[span].similarity)
        if span in named
        else reading.evidence(span)
        for span in first
    )
