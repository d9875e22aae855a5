"""A scorer simple enough to predict: a criterion is earned by its name, backed with `!`."""

from __future__ import annotations

import re

from bot.core.models import Evidence, Occasion, Score, Scorecard
from bot.core.questions import Bank

BARE = Occasion()
LEVELS = {"": 1, "+": 2, "!": 3}  # by what stands behind the name


class NameScorer:
    """`goal` in the text names the criterion (level 1), `goal+` explains it, `goal!` backs it."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    def score(
        self, question_id: str, text: str, lang: str = "es", occasion: Occasion = BARE
    ) -> Scorecard:
        """The card; an answer that says `gate` is gated, whatever the occasion."""
        if "gate" in text:
            return Scorecard(question_id, lang, 0, 1, gate="too-short")
        scores = tuple(
            _score(c.id, c.weight, text) for c in self._bank.questions[question_id].criteria
        )
        total = round(sum(score.points for score in scores))
        return Scorecard(question_id, lang, total, 1 + total // 25, scores=scores)


def _score(name: str, weight: int, text: str) -> Score:
    found = list(re.finditer(re.escape(name) + r"([+!]?)", text))
    level = max((LEVELS[one[1]] for one in found), default=0)
    evidence = tuple(Evidence(one.start(), one.end(), one[0], name) for one in found)
    return Score(name, level, weight * level / 3, weight, evidence)
