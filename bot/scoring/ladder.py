"""The credit ladder of content criteria: 0 absent, 1 named, 2 explained, 3 backed.

Naming a term is worth little. A point is made when the concept and an explanation of it stand
within one clause window; it is backed when a number or something the person did stands there too.
Measured on two public sets graded by people, asking for this conjunction raised agreement
(QWK) from .26 to .72 and from .59 to .80 (docs/scoring.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.core.models import Evidence
from bot.scoring.matching import Hit
from bot.scoring.numbers import Size
from bot.scoring.reading import Reading, Span
from bot.scoring.signals import Signals

WINDOW = 24  # words around a concept within which it can be explained
LINKED = 0.25  # share of function words that sentences have at least; lists have less
FLESH = 5  # content words of a window that belong to no concept, below which it is a list


@dataclass(frozen=True, slots=True)
class Case:
    """An answer at a rubric: its reading, what it shows, the tokens of all concepts found."""

    reading: Reading
    found: Signals
    covered: frozenset[int]


class Earned(NamedTuple):
    """What a criterion earned: the level and the words that earned it."""

    level: int
    evidence: tuple[Evidence, ...]


class Window(NamedTuple):
    """The neighbourhood of a concept: its own sentence, and besides those next to it."""

    here: range
    around: range


def climb(case: Case, concepts: Sequence[Hit], explanations: Sequence[Hit]) -> Earned:
    """The best level any of a criterion's `concepts` reaches.

    A concept that is denied earns nothing; neither does an explanation without its concept.
    """
    best = Earned(0, ())
    for concept in concepts:
        if denied(concept, case.found):
            continue
        earned = _level(case, concept, concepts, explanations)
        if earned.level > best.level:
            best = earned
        if best.level == 3:
            break
    return best


def denied(hit: Hit, found: Signals) -> bool:
    """Whether a phrase lies in a negator's scope that is not part of the phrase itself."""
    return hit.span[0] in found.negated


def window(reading: Reading, span: Span, reach: int = WINDOW) -> Window:
    """The tokens within `reach` of `span`: in its sentence, and in those before and after."""
    tokens = reading.tokens
    sentence = tokens[span[0]].sentence
    low, high = max(0, span[0] - reach), min(len(tokens) - 1, span[1] + reach)
    here = [i for i in range(low, high + 1) if tokens[i].sentence == sentence]
    near = [i for i in range(low, high + 1) if abs(tokens[i].sentence - sentence) <= 1]
    return Window(range(here[0], here[-1] + 1), range(near[0], near[-1] + 1))


def _level(case: Case, concept: Hit, peers: Sequence[Hit], explanations: Sequence[Hit]) -> Earned:
    reading, found = case.reading, case.found
    near = window(reading, concept.span)
    named = reading.evidence(concept.span, concept.phrase, concept.similarity)
    if not _is_told(case, near):
        return Earned(1, (named,))
    told = [e for e in explanations if e.span[0] in near.around and not _within(e, concept)]
    actions = _inside(found.actions, near.around)
    own_voice = any(i in found.voice for i in near.around)
    shown = [reading.evidence(e.span, e.phrase, e.similarity) for e in told]
    if _is_specific(concept, peers, near):
        reasons = _inside(reading.mark("because"), near.here) if own_voice else []
        shown += [reading.evidence(s) for s in (*reasons, *actions)]
    if not shown:
        return Earned(1, (named,))
    numbers = _inside((q.span for q in found.numbers if q.size is not Size.TIME), near.around)
    backing = [*(numbers if own_voice or actions else []), *(actions if len(shown) > 1 else [])]
    if backing:
        return Earned(3, _distinct((named, shown[0], reading.evidence(backing[0]))))
    return Earned(2, _distinct((named, shown[0])))


def _is_specific(concept: Hit, peers: Sequence[Hit], near: Window) -> bool:
    """Whether more than one everyday word speaks for the concept.

    Only then may reasons and actions that stand there by chance be taken to be about it.
    """
    if len(concept.words) > 1:
        return True
    others = {p.words for p in peers if p.span[0] in near.around} - {concept.words}
    return bool(others)


def _is_told(case: Case, near: Window) -> bool:
    """Whether a window tells something: about the trade, in sentences, in words of its own."""
    tokens, where = case.reading.tokens, near.here
    flesh = sum(1 for i in where if tokens[i].content and i not in case.covered)
    linked = sum(1 for i in where if not tokens[i].content)
    trade = any(i in case.found.trade for i in near.around)
    return trade and flesh >= FLESH and linked >= LINKED * len(where)


def _within(hit: Hit, other: Hit) -> bool:
    return other.span[0] <= hit.span[0] and hit.span[1] <= other.span[1]


def _inside(spans: Iterable[Span], where: range) -> list[Span]:
    return [s for s in spans if s[0] in where and s[1] in where]


def _distinct(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    kept = {(e.start, e.end): e for e in evidence}
    return tuple(sorted(kept.values(), key=lambda e: e.start))
