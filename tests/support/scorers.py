"""A scorer simple enough to predict: a criterion is earned by its name, backed with `!`."""

from __future__ import annotations

from bot.core.models import Score, Scorecard
from bot.core.questions import Bank


class NameScorer:
    """`goal` in the text names the criterion (level 1), `goal!` backs it (level 3)."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    def score(self, question_id: str, text: str, lang: str = "es") -> Scorecard:
        """The card; an answer that says `gate` is gated."""
        scores = tuple(
            Score(c.id, level, c.weight * level / 3, c.weight)
            for c in self._bank.questions[question_id].criteria
            for level in (3 if f"{c.id}!" in text else int(c.id in text),)
        )
        total = round(sum(score.points for score in scores))
        if "gate" in text:
            return Scorecard(question_id, lang, 0, 1, gate="too-short")
        return Scorecard(question_id, lang, total, 1 + total // 25, scores=scores)
