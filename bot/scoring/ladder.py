"""The credit ladder of content criteria: 0 absent, 1 named, 2 explained, 3 backed.

Naming a term is worth little. A point is made when the concept and an explanation of it stand
within one clause window; it is backed when a number or something the person did stands there too.
Measured on two public sets graded by people, asking for this conjunction raised agreement
(QWK) from .26 to .72 and from .59 to .80 (docs/scoring.md).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.core.models import Evidence
from bot.scoring.denial import Denial
from bot.scoring.matching import Hit
from bot.scoring.numbers import Size
from bot.scoring.reading import Reading, Span, starting
from bot.scoring.signals import Signals

WINDOW = 24  # words around a concept within which it can be explained
LINKED = 0.12  # share of function words that sentences have at least; lists have less
SAYING = 3  # words of a concept that by themselves say how
FLESH = 2  # content words of a window that belong to no concept, below which it is a list


@dataclass(slots=True)
class Case:
    """An answer at a rubric: its reading, what it shows, and of that what backs a point.

    `flesh` are the content words that belong to no concept found.
    """

    reading: Reading
    found: Signals
    flesh: list[int]
    numbers: list[Span]
    actions: list[Span]


def make_case(reading: Reading, found: Signals, covered: frozenset[int]) -> Case:
    """The case of a reading; `covered`: the words of all concepts found."""
    flesh = [i for i in reading.content if i not in covered]
    numbers = [q.span for q in found.numbers if q.size is not Size.TIME]
    return Case(reading, found, flesh, numbers, sorted([*found.actions, *found.others]))


class Earned(NamedTuple):
    """What a criterion earned: the level and the words that earned it."""

    level: int
    evidence: tuple[Evidence, ...]


class Window(NamedTuple):
    """The neighbourhood of a concept: its own sentence, and besides those next to it."""

    here: range
    around: range


Quote = tuple[Span, str, float]
"""Words to be shown, the phrase they matched and how well."""


def climb(case: Case, concepts: Sequence[Hit], explanations: Sequence[Hit]) -> Earned:
    """The best level any of a criterion's `concepts` reaches; both in order of the text.

    What is denied earns nothing (of `explanations` it is left out already); neither does an
    explanation without its concept.
    """
    best, quotes = 0, list[Quote]()
    for concept in concepts:
        if denied(concept, case.found.denial):
            continue
        level, shown = _level(case, concept, concepts, explanations)
        if level > best:
            best, quotes = level, shown
        if best == 3:
            break
    return Earned(best, _distinct([case.reading.evidence(*quote) for quote in quotes]))


def denied(hit: Hit, denial: Denial) -> bool:
    """Whether a phrase lies in a negator's scope that is not part of the phrase itself."""
    if not hit.apart:
        return hit.span[0] in denial.negated or hit.span[0] in denial.undone
    return any(denial.undone.get(word, word) not in hit.words for word in hit.words)


def window(reading: Reading, span: Span, reach: int = WINDOW) -> Window:
    """The words within `reach` of `span`: in its sentence, and in those before and after."""
    sentence, bounds = reading.sentences[span[0]], reading.bounds
    reach = reading.reach(reach)
    low, high = span[0] - reach, span[1] + reach
    own = bounds[sentence]
    first = bounds.get(sentence - 1, own)[0]
    last = bounds.get(sentence + 1, own)[1]
    return Window(
        range(max(low, own[0]), min(high, own[1]) + 1),
        range(max(low, first), min(high, last) + 1),
    )


def _level(
    case: Case, concept: Hit, peers: Sequence[Hit], explanations: Sequence[Hit]
) -> tuple[int, list[Quote]]:
    reading, found = case.reading, case.found
    near = window(reading, concept.span)
    named = _quote(concept)
    if not _is_told(case, near):
        return 1, [named]
    actions = _inside(case.actions, near.around)
    shown = [_quote(e) for e in _hits_in(explanations, near.around) if not _within(e, concept)]
    if _is_specific(concept, peers, near):
        told = [(s, "", 1.0) for s in (*_inside(reading.mark("because"), near.here), *actions)]
        shown += told or ([named] if len(concept.words) >= reading.reach(SAYING) else [])
    if not shown:
        return 1, [named]
    own_voice = bool(actions) or _count(found.voice, near.around) > 0
    numbers = _inside(case.numbers, near.around) if own_voice else []
    backing = actions or numbers
    if backing:
        nearest = min(backing, key=lambda span: abs(span[0] - concept.span[0]))
        return 3, [named, shown[0], (nearest, "", 1.0)]
    return 2, [named, shown[0]]


def _quote(hit: Hit) -> Quote:
    return hit.span, hit.phrase, hit.similarity


def _is_specific(concept: Hit, peers: Sequence[Hit], near: Window) -> bool:
    """Whether more than one everyday word speaks for the concept.

    Only then may reasons and actions that stand there by chance be taken to be about it.
    """
    if len(concept.words) > 1:
        return True
    return any(p.words != concept.words for p in _hits_in(peers, near.around))


def _is_told(case: Case, near: Window) -> bool:
    """Whether a window tells something, in sentences, in words of its own."""
    where = near.here
    reasons = [last - first + 1 for first, last in _inside(case.reading.mark("because"), where)]
    linked = len(where) - _count(case.reading.content, where) - sum(reasons)
    return linked >= LINKED * len(where) and _count(case.flesh, near.around) >= FLESH


def _count(ordered: Sequence[int], where: range) -> int:
    """How many of ordered indexes lie in `where`."""
    return bisect_left(ordered, where.stop) - bisect_left(ordered, where.start)


def _hits_in(hits: Sequence[Hit], where: range) -> Sequence[Hit]:
    """Those of ordered hits that begin in `where`."""
    low, high = ((where.start,),), ((where.stop,),)
    return hits[bisect_left(hits, low) : bisect_left(hits, high)]


def _within(hit: Hit, other: Hit) -> bool:
    return other.span[0] <= hit.span[0] and hit.span[1] <= other.span[1]


def _inside(spans: Sequence[Span], where: range) -> list[Span]:
    """Those of ordered spans that lie wholly in `where`."""
    near = starting(spans, where.start, where.stop - 1)
    return [s for s in near if s[1] < where.stop]


def _distinct(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    kept = {(e.start, e.end): e for e in evidence}
    return tuple(sorted(kept.values(), key=lambda e: e.start))
