"""The rules besides content: experience, effect, transfer, structure, clarity.

Each returns what it earned by level and, for the shares of the overall score, a strength
from 0 to 1 that rises more finely than the four levels.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.core.models import Evidence
from bot.core.questions import Rule
from bot.scoring.matching import Hit
from bot.scoring.numbers import Size
from bot.scoring.reading import Reading, Span
from bot.scoring.signals import TIED, Signals
from bot.scoring.target import MARK

DETAIL = 12  # words between an own action and a number that belongs to it
FULL_STORY = 5  # own actions that make a story
COUNTED = 8  # words between a result and its number
TIED_NUMBER = 20  # words between an own action and a number it may have brought about
PLAIN, ABSTRACT = 0.03, 0.12  # share of abstract words up to which talk is plain; all abstract
HOLLOW = 0.25  # of the clarity, for each phrase that says nothing
EMPTY, FULL = -0.3, 2.7  # substance of an answer in which nothing is said; as much as can be
SAID = 0.9  # of the clarity, for what is said; the rest for plain words
BARE_THREAD = 0.25  # what words that join are worth where nothing is told
ENOUGH = 40  # words in which a thread can be shown
PLAN = 0.3  # what a reasoned plan without an own case is worth of an experience
QUOTES = 4  # pieces of evidence shown per criterion


WORTH: Mapping[Rule, tuple[float, ...]] = {  # the least strength at levels 0 to 3
    Rule.EXPERIENCE: (0.0, 0.2, 0.6, 0.6),
    Rule.EFFECT: (0.0, 0.35, 0.7, 0.9),
    Rule.TRANSFER: (0.0, 1 / 3, 2 / 3, 1.0),
    Rule.STRUCTURE: (0.0, 0.2, 0.5, 0.85),
    Rule.CLARITY: (0.0, 0.25, 0.5, 0.75),
}


class Judged(NamedTuple):
    """Level 0 to 3, strength 0 to 1, and the words that earned it."""

    level: int
    strength: float
    evidence: tuple[Evidence, ...]


def experience(reading: Reading, found: Signals, hits: Sequence[Hit]) -> Judged:
    """An own past action or a reasoned plan (1), three actions (2), told with detail (3)."""
    del hits
    own = found.own
    details = sum(_close(q.span, own, reading.reach(DETAIL)) for q in found.numbers)
    lessons = len(reading.mark("reflection"))
    strength = min(1.0, len(own) / FULL_STORY)
    plans = [s for s in reading.mark("proposals") if s[0] in found.topical]
    reasoned = min(len(plans), len(reading.mark("because")))
    strength = max(strength, min(PLAN, 0.07 * reasoned))
    level = 1 if own or reasoned else 0
    if len(own) >= 3:
        level = 3 if details + lessons >= 2 else 2
    return _judged(reading, level, strength, own or plans, ())


def effect(reading: Reading, found: Signals, hits: Sequence[Hit]) -> Judged:
    """A result (1), with a number (2), before and after (3) - each tied to an own action."""
    own = found.own
    numbers = [q.span for q in found.numbers if q.size is not Size.TIME]
    tied = [s for s in found.results if _close(s, own, reading.reach(TIED))]
    counted = [s for s in tied if _close(s, numbers, reading.reach(COUNTED))]
    changes = [s for s in found.changes if _close(s, own, reading.reach(TIED))]
    shares = [q.span for q in found.numbers if q.size in (Size.SHARE, Size.CHANGE)]
    measured = [s for s in shares if _close(s, own, reading.reach(TIED_NUMBER))]
    level = 3 if changes else 2 if counted else 1 if tied else 0
    strength = max(
        0.9 * bool(changes) + 0.1 * (len(changes) > 1),
        0.7 * bool(counted) + 0.15 * (len(counted) > 1),
        0.35 * bool(tied),
        min(0.6, 0.3 * len(measured)),
    )
    shown = changes or counted or tied or measured
    return _judged(reading, max(level, int(strength > 0)), strength, shown, hits)


def transfer(reading: Reading, found: Signals, hits: Sequence[Hit]) -> Judged:
    """The company meant (1), a proposal for it (2), one that says what and why (3)."""
    named = reading.mark(MARK)
    meant = _merged([*reading.mark("company"), *named, *(h.span for h in hits)])
    proposed = [
        s
        for s in reading.mark("proposals")
        if _close(s, meant, reading.reach(COUNTED * 2)) and s[0] in found.topical
    ]
    reasoned = [
        s for s in proposed if _close(s, reading.mark("because"), reading.reach(COUNTED * 2))
    ]
    level = 3 if reasoned else 2 if proposed else 1 if hits or named else 0
    return _judged(reading, level, level / 3, proposed or named, hits)


def structure(reading: Reading, found: Signals, hits: Sequence[Hit]) -> Judged:
    """A thread that can be followed: what was the matter, why, what was done, what came of it."""
    del hits
    marks = [reading.mark(name) for name in ("sequence", "because", "contrast", "reflection")]
    steps, reasons, contrasts, lessons = (len(spans) for spans in marks)
    own = found.own
    results = [s for s in (*found.results, *found.changes) if _close(s, own, reading.reach(TIED))]
    joined = 0.12 * min(steps, 3) + 0.12 * min(reasons, 3) + 0.1 * min(contrasts, 2)
    story = 0.15 * min(lessons, 1) + 0.1 * min(len(own), 3) + 0.2 * min(len(results), 2)
    thread = story + min(joined, story + BARE_THREAD)
    strength = min(1.0, thread) * min(1.0, len(reading.words) / reading.reach(ENOUGH))
    level = 3 if strength >= 0.85 else 2 if strength >= 0.5 else 1 if strength >= 0.2 else 0
    spans = sorted([*results, *own, *(span for spans in marks for span in spans)])
    return _judged(reading, level, strength, spans, ())


def clarity(reading: Reading, found: Signals, hits: Sequence[Hit]) -> Judged:
    """Something said, in plain words: talk, abstract words, empty phrases and fillers cost."""
    del hits
    size = len(reading.words) or 1
    abstract = len(found.abstract) / size
    plain = min(1.0, max(0.0, (ABSTRACT - abstract) / (ABSTRACT - PLAIN)))
    filler = min(1.0, 4 * reading.fillers / size)
    plain = max(0.0, plain - HOLLOW * len(found.hollow) - 0.3 * filler)
    said = found.substance.value(found.denial.undone)  # what was not done is neither
    strength = plain
    if said is not None:
        told = min(1.0, max(0.0, (said - EMPTY) / (FULL - EMPTY)))
        strength = SAID * told + (1 - SAID) * plain
    level = 3 if strength >= 0.75 else 2 if strength >= 0.5 else 1 if strength >= 0.25 else 0
    return Judged(level, strength, ())


def _close(span: Span, others: Sequence[Span], reach: int) -> bool:
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


def _judged(
    reading: Reading, level: int, strength: float, spans: Iterable[Span], hits: Sequence[Hit]
) -> Judged:
    """What a rule found; below the first level nothing is earned, and nothing quoted."""
    return Judged(level, strength, _quotes(reading, spans, hits)) if level else Judged(0, 0.0, ())


def _quotes(reading: Reading, spans: Iterable[Span], hits: Sequence[Hit]) -> tuple[Evidence, ...]:
    named = {h.span: h for h in hits}
    first = sorted({*named, *spans})[:QUOTES]
    return tuple(
        reading.evidence(span, named[span].phrase, named[span].similarity)
        if span in named
        else reading.evidence(span)
        for span in first
    )
