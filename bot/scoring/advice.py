"""The change that would raise a score most, found by scoring it again with that change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.core.questions import Criterion
from bot.scoring.rubric import CREDIT, LEVELS, Judgement
from bot.scoring.rules import WORTH
from bot.scoring.weighing import Weighing


class Gain(NamedTuple):
    """A criterion to improve and the overall score with it improved."""

    criterion: str
    would_be: int


def best_gain(
    judgement: Judgement, criteria: Sequence[Criterion], weighing: Weighing, now: int
) -> Gain | None:
    """The most valuable next step from a score of `now`, None when no step would raise it.

    A criterion rises to the next level; an absent one to explained, since naming it is no advice;
    one of the highest level that was told in passing is told at length.
    """
    best: Gain | None = None
    for place, criterion in enumerate(criteria):
        would_be = weighing.weigh(_better(judgement, place, criterion)).total
        if would_be > (best.would_be if best else now):
            best = Gain(criterion.id, would_be)
    return best


def _better(judgement: Judgement, place: int, criterion: Criterion) -> Judgement:
    """The judgement with one criterion a level higher, two if it is absent, told at length."""
    scores, earned = list(judgement.scores), list(judgement.credits)
    level = min(LEVELS, max(2, scores[place].level + 1))
    scores[place] = replace(scores[place], level=level)
    earned[place] = max(earned[place], WORTH.get(criterion.rule, CREDIT)[level])
    return replace(judgement, scores=tuple(scores), credits=tuple(earned))
