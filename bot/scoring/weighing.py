"""From a judgement to the overall score, 0 to 100; the formula is in docs/scoring.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.core.models import Bank, Question, Rule, Score, Share
from bot.scoring.rubric import Judgement

Weights = Mapping[str, float]


class Weighing:
    """The weights of a bank for one kind of question."""

    def __init__(self, bank: Bank, question: Question) -> None:
        self.kind: Weights = bank.weights.get(question.kind, {})
        self.inner: Weights = bank.weights.get("evidence", {})
        self.ladder: Weights = bank.weights.get("ladder", {})
        self.bands: Weights = bank.weights.get("bands", {})
        self.rules = {c.id: c.rule for c in question.criteria}

    def parts(
        self, judgement: Judgement, scores: Iterable[Score] | None = None
    ) -> dict[str, float]:
        """The shares content, evidence and form, each 0 to 1."""
        strengths = judgement.strengths
        content = [s for s in scores or judgement.scores if self.rules[s.id] is Rule.CONTENT]
        full = self.ladder.get("full", 0.7) * sum(s.max for s in content)
        share = min(1.0, sum(s.points for s in content) / full) if full else 0.0
        topic = max(0.0, judgement.topic - self.ladder.get("off_topic", 0.2))
        relevance = min(1.0, share / self.ladder.get("relevant", 0.5) + 1.5 * topic)
        size = min(1.0, judgement.words / self.ladder.get("enough", 1))
        size *= self._fit(judgement.fit)
        told = relevance * self._evidence(strengths)
        return {
            "content": round(size * max(share, self.ladder.get("told", 0.5) * told), 4),
            "evidence": round(size * told, 4),
            "form": round(size * relevance * self._form(strengths), 4),
        }

    def total(self, judgement: Judgement, scores: Iterable[Score] | None = None) -> int:
        """The overall score; `scores` replaces the judgement's own, to see what would be."""
        parts = self.parts(judgement, scores)
        score = 100 * sum(self.kind.get(name, 0.0) * share for name, share in parts.items())
        against = len(judgement.dismissed) + len(judgement.denied) / 2
        errors = len(judgement.errors) + max(0.0, against - 0.5)
        score -= self.ladder.get("error", 4) * errors * (errors + 1)
        if errors >= 3:
            score = min(score, self.ladder.get("error_cap", 35))
        return max(0, min(100, round(score)))

    def receipt(self, judgement: Judgement) -> tuple[Share, ...]:
        """What the total adds up from, in whole points; errors take away."""
        exact = {
            name: 100 * self.kind.get(name, 0.0) * share
            for name, share in self.parts(judgement).items()
        }
        points = _rounded(exact)
        shares = [
            Share(name, whole, round(100 * self.kind.get(name, 0.0)))
            for name, whole in points.items()
        ]
        lost = self.total(judgement) - sum(points.values())
        return tuple(shares) if lost == 0 else (*shares, Share("errors", lost, 0))

    def band(self, score: int) -> int:
        """The band 1 to 5 of a score."""
        return 1 + sum(score >= self.bands.get(f"band{n}", 101) for n in range(2, 6))

    def _fit(self, fit: float) -> float:
        """1 for an answer in the words of the question, less for one of another question's."""
        low, high = self.ladder.get("fit_low", -2.0), self.ladder.get("fit_high", -1.0)
        floor = self.ladder.get("fit_floor", 1.0)
        return floor + (1 - floor) * min(1.0, max(0.0, (fit - low) / (high - low)))

    def _evidence(self, strengths: Mapping[Rule, float]) -> float:
        told = min(1.0, sum(self.inner.get(r.value, 0.0) * s for r, s in strengths.items()))
        return float(told ** self.ladder.get("evidence_power", 1.0))

    def _form(self, strengths: Mapping[Rule, float]) -> float:
        return (strengths[Rule.STRUCTURE] + strengths[Rule.CLARITY]) / 2


def _rounded(exact: Mapping[str, float]) -> dict[str, int]:
    """Whole numbers that add up to the rounded sum: the largest remainders are rounded up."""
    points = {name: int(value) for name, value in exact.items()}
    missing = round(sum(exact.values())) - sum(points.values())
    by_remainder = sorted(exact, key=lambda name: points[name] - exact[name])
    for name in by_remainder[:missing]:
        points[name] += 1
    return points
