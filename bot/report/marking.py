"""Cuts an answer where its evidence begins and ends, so that a page can mark it.

Evidence of different criteria may overlap, and markup must nest; so the answer becomes pieces
laid end to end, each of which knows what it earned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.core.models import Attempt, Evidence, Score


@dataclass(frozen=True, slots=True)
class Row:
    """A criterion of a scorecard; `number` counts from 1, `share` is its points in percent."""

    number: int
    name: str
    score: Score
    share: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that earned the same throughout; `ended` are the criteria whose evidence ends here.

    `error` says that the words show a misconception.
    """

    text: str
    criteria: tuple[Row, ...] = ()
    ended: tuple[Row, ...] = ()
    error: bool = False


Span = tuple[int, int]


def rows(attempt: Attempt) -> tuple[Row, ...]:
    """The criteria of an attempt in the order of its card."""
    return tuple(
        Row(n, attempt.criteria.get(score.id, score.id), score, _percent(score))
        for n, score in enumerate(attempt.card.scores, 1)
    )


def pieces(answer: str, criteria: Sequence[Row], errors: Iterable[Evidence]) -> tuple[Piece, ...]:
    """The whole answer in pieces; together their texts are the answer, exactly."""
    spans = {row.number: merged(row.score.evidence, len(answer)) for row in criteria}
    wrong = merged(errors, len(answer))
    cuts = {0, len(answer)}
    cuts.update(at for found in (*spans.values(), wrong) for span in found for at in span)
    edges = sorted(cuts)
    return tuple(
        Piece(
            answer[start:end],
            tuple(row for row in criteria if _covers(spans[row.number], start)),
            tuple(row for row in criteria if any(b == end for _, b in spans[row.number])),
            _covers(wrong, start),
        )
        for start, end in pairwise(edges)
    )


def merged(evidence: Iterable[Evidence], length: int) -> list[Span]:
    """Spans in order within the text; those that touch or overlap are one."""
    spans: list[Span] = []
    for found in sorted(evidence, key=lambda e: (e.start, e.end)):
        start, end = max(0, found.start), min(found.end, length)
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        elif start < end:
            spans.append((start, end))
    return spans


def _covers(spans: Iterable[Span], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


def _percent(score: Score) -> int:
    return max(0, min(100, round(100 * score.points / score.max))) if score.max else 0
