"""The change that would raise a score most, found by scoring it again with that change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.core.models import Criterion, Rule, Score
from bot.scoring.rubric import LEVELS, Judgement, scored
from bot.scoring.weighing import Weighing


class Gain(NamedTuple):
    """A criterion to improve and the overall score with it one level higher."""

    criterion: str
    would_be: int


def best_gain(
    judgement: Judgement, criteria: Sequence[Criterion], weighing: Weighing
) -> Gain | None:
    """The most valuable next step, None when no step would raise the score.

    A criterion rises to the next level; an absent one to explained, since naming it is no advice.
    """
    now = weighing.total(judgement)
    best: Gain | None = None
    for criterion, score in zip(criteria, judgement.scores, strict=True):
        if score.level < LEVELS:
            raised = weighing.total(*_raised(judgement, criterion, score))
            if raised > (best.would_be if best else now):
                best = Gain(criterion.id, raised)
    return best


def _raised(
    judgement: Judgement, criterion: Criterion, score: Score
) -> tuple[Judgement, list[Score]]:
    level = max(2, score.level + 1)
    better = scored(criterion, level)
    scores = [better if s.id == criterion.id else s for s in judgement.scores]
    strengths = dict(judgement.strengths)
    if criterion.rule is not Rule.CONTENT:
        strengths[criterion.rule] = max(strengths[criterion.rule], level / LEVELS)
    return (
        replace(judgement, strengths=strengths),
        scores,
    )
