"""The change that would raise a score most, found by scoring it again with that change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.core.models import Criterion, Rule
from bot.scoring.rubric import LEVELS, Judgement, points_of
from bot.scoring.weighing import Weighing


class Gain(NamedTuple):
    """A criterion to improve and the overall score with it one level higher."""

    criterion: str
    would_be: int


def best_gain(
    judgement: Judgement, criteria: Sequence[Criterion], weighing: Weighing, now: int
) -> Gain | None:
    """The most valuable next step from a score of `now`, None when no step would raise it.

    A criterion rises to the next level; an absent one to explained, since naming it is no advice.
    """
    best: Gain | None = None
    points = [score.points for score in judgement.scores]
    for place, (criterion, score) in enumerate(zip(criteria, judgement.scores, strict=True)):
        if score.level < LEVELS:
            level = max(2, score.level + 1)
            better = [*points[:place], points_of(criterion, level), *points[place + 1 :]]
            strengths = judgement.strengths
            if criterion.rule is not Rule.CONTENT:
                strength = max(strengths[criterion.rule], level / LEVELS)
                strengths = {**strengths, criterion.rule: strength}
            would_be = weighing.total(judgement, weighing.parts(judgement, better, strengths))
            if would_be > (best.would_be if best else now):
                best = Gain(criterion.id, would_be)
    return best
