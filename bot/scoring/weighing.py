"""From a judgement to the overall score, 0 to 100; the formula is in docs/scoring.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.core.models import Bank, Question, Rule, Share
from bot.scoring.rubric import Judgement
from bot.scoring.subject import Fit

Weights = Mapping[str, float]
DENIED = 3  # errors from which the score ends at `error_cap`


class Parts(NamedTuple):
    """The shares of the overall score, each 0 to 1."""

    content: float
    evidence: float
    form: float


class Weighing:
    """The weights of a bank for one question."""

    def __init__(self, bank: Bank, question: Question) -> None:
        kind: Weights = bank.weights.get(question.kind, {})
        inner: Weights = bank.weights.get("evidence", {})
        ladder: Weights = bank.weights.get("ladder", {})
        bands: Weights = bank.weights.get("bands", {})
        self._kind = Parts(*(kind.get(name, 0.0) for name in Parts._fields))
        self._inner = [(rule, inner[rule.value]) for rule in Rule if rule.value in inner]
        self._bands = [bands.get(f"band{n}", 101) for n in range(2, 6)]
        self._content = [i for i, c in enumerate(question.criteria) if c.rule is Rule.CONTENT]
        most = sum(question.criteria[i].weight for i in self._content)
        self._full = ladder.get("full", 0.7) * most
        self._relevant = ladder.get("relevant", 0.5)
        self._told = ladder.get("told", 0.5)
        self._power = ladder.get("evidence_power", 1.0)
        self._off_topic = ladder.get("off_topic", 0.2)
        self._error, self._error_cap = ladder.get("error", 4), ladder.get("error_cap", 35)
        self._refused = ladder.get("refused", 1.0)
        self._enough = ladder.get("enough", 1)
        self._fit_range = ladder.get("fit_low", -2.0), ladder.get("fit_high", -1.0)
        self._margin = ladder.get("margin_low", -2.0), ladder.get("margin_high", -1.0)
        self._fit_floor = ladder.get("fit_floor", 1.0)

    def parts(
        self, judgement: Judgement, points: Sequence[float], strengths: Mapping[Rule, float]
    ) -> Parts:
        """The shares for these `points` and `strengths`, otherwise as the judgement has it."""
        full = self._full
        share = min(1.0, sum([points[i] for i in self._content]) / full) if full else 0.0
        topic = max(0.0, judgement.topic - self._off_topic)
        relevance = min(1.0, share / self._relevant + 1.5 * topic)
        size = min(1.0, judgement.words / self._enough) * self._fit(judgement.fit)
        told = relevance * self._evidence(strengths)
        form = (strengths[Rule.STRUCTURE] + strengths[Rule.CLARITY]) / 2
        return Parts(
            round(size * max(share, self._told * told), 4),
            round(size * told, 4),
            round(size * relevance * form, 4),
        )

    def total(self, judgement: Judgement, parts: Parts) -> int:
        """The overall score of these parts, errors taken off."""
        score = sum(self._exact(parts))
        against = len(judgement.dismissed) + len(judgement.denied) / 2
        errors = len(judgement.errors) + max(0.0, against - 0.5)
        if judgement.recanted or judgement.refused > self._refused:
            errors = max(errors, DENIED)
        score -= self._error * errors * (errors + 1)
        if errors >= DENIED:
            score = min(score, self._error_cap)
        return max(0, min(100, round(score)))

    def receipt(self, parts: Parts, total: int) -> tuple[Share, ...]:
        """What the total adds up from, in whole points; errors take away."""
        points = _rounded(self._exact(parts))
        shares = [
            Share(name, whole, round(100 * most))
            for name, whole, most in zip(Parts._fields, points, self._kind, strict=True)
        ]
        lost = total - sum(points)
        return tuple(shares) if lost == 0 else (*shares, Share("errors", lost, 0))

    def band(self, score: int) -> int:
        """The band 1 to 5 of a score."""
        return 1 + sum([score >= least for least in self._bands])

    def _exact(self, parts: Parts) -> list[float]:
        """What each part gives, in points of 100."""
        return [100 * weight * share for weight, share in zip(self._kind, parts, strict=True)]

    def _fit(self, fit: Fit) -> float:
        """1 for an answer in the words of the question, less for one of another question's."""
        whole = min(_between(fit.own, *self._fit_range), _between(fit.margin, *self._margin))
        return self._fit_floor + (1 - self._fit_floor) * whole

    def _evidence(self, strengths: Mapping[Rule, float]) -> float:
        told = sum([weight * strengths.get(rule, 0.0) for rule, weight in self._inner])
        return float(min(1.0, told) ** self._power)


def _between(value: float, low: float, high: float) -> float:
    """Where a value lies from low (0) to high (1)."""
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _rounded(exact: Sequence[float]) -> list[int]:
    """Whole numbers that add up to the rounded sum: the largest remainders are rounded up."""
    points = [int(value) for value in exact]
    missing = round(sum(exact)) - sum(points)
    by_remainder = sorted(range(len(exact)), key=lambda place: points[place] - exact[place])
    for place in by_remainder[:missing]:
        points[place] += 1
    return points
