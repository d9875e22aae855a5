"""From a judgement to points: what each criterion gives, and the overall score of 0 to 100.

The formula is in docs/scoring.md: the points of a card's criteria, the form and the errors add up
to its score, so that no point is without a receipt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.core.models import Share
from bot.core.questions import Bank, Question, Rule
from bot.scoring.rubric import Judgement
from bot.scoring.subject import Fit

Weights = Mapping[str, float]
PARTS = ("content", "evidence", "form")


class Weighed(NamedTuple):
    """What an answer is worth: whole points by criterion, in order, for its form, and in all.

    `hollow` is what empty talk took away, in whole points.
    """

    criteria: tuple[int, ...]
    form: int
    hollow: int
    total: int


class Weighing:
    """The weights of a bank for one question."""

    def __init__(self, bank: Bank, question: Question) -> None:
        kind: Weights = bank.weights.get(question.kind, {})
        ladder: Weights = bank.weights.get("ladder", {})
        bands: Weights = bank.weights.get("bands", {})
        self.most = _most(question, kind)
        self.most_form = round(100 * kind.get("form", 0.0))
        form: Weights = bank.weights.get("form", {})
        self._form = {rule: form.get(rule, 0.5) for rule in (Rule.STRUCTURE, Rule.CLARITY)}
        self._evident = [_is_evidence(c.rule, kind) for c in question.criteria]
        self._bands = [bands.get(f"band{n}", 101) for n in range(2, 6)]
        self._relevant = ladder.get("relevant", 0.0)
        self._error, self._error_cap = ladder.get("error", 4), ladder.get("error_cap", 35)
        self._relevant_floor = ladder.get("relevant_floor", 0.0)
        self._hollow, self._hollow_most = ladder.get("hollow", 0), ladder.get("hollow_most", 20)
        self._hollow_part = ladder.get("hollow_part", 1.0)
        self._refused = ladder.get("refused", 1.0)
        self._fit_range = ladder.get("fit_low", -2.0), ladder.get("fit_high", -1.0)
        self._margin = ladder.get("margin_low", -2.0), ladder.get("margin_high", -1.0)
        self._told = ladder.get("told_low", 2.0), ladder.get("told_high", 3.0)
        self._fit_floor = ladder.get("fit_floor", 1.0)

    def weigh(self, judgement: Judgement) -> Weighed:
        """The points of an answer."""
        strengths = judgement.strengths
        answered = self._answered(judgement.credits)
        fit = self._fit(judgement.fit, answered)
        near = fit * self._relevance(answered)
        told = sum([share * strengths[rule] for rule, share in self._form.items()])
        *criteria, form = _rounded(
            [
                *(
                    most * part * (near if evident else fit)
                    for most, part, evident in zip(
                        self.most, judgement.credits, self._evident, strict=True
                    )
                ),
                self.most_form * told * near,
            ]
        )
        gained = sum(criteria) + form
        empty = self._hollow * len(judgement.hollow)
        hollow = round(min(self._hollow_most, empty, self._hollow_part * gained))
        left = round(self._left(judgement, gained - hollow))
        return Weighed(tuple(criteria), form, hollow, left)

    def receipt(self, weighed: Weighed) -> tuple[Share, ...]:
        """What the total adds up from, in whole points; empty talk and errors take away."""
        groups = (
            [p for p, e in zip(weighed.criteria, self._evident, strict=True) if not e],
            [p for p, e in zip(weighed.criteria, self._evident, strict=True) if e],
            [weighed.form],
        )
        most = (
            sum(m for m, e in zip(self.most, self._evident, strict=True) if not e),
            sum(m for m, e in zip(self.most, self._evident, strict=True) if e),
            self.most_form,
        )
        points = [sum(group) for group in groups]
        shares = [
            Share(name, whole, limit)
            for name, whole, limit in zip(PARTS, points, most, strict=True)
            if limit
        ]
        hollow = min(weighed.hollow, sum(points) - weighed.total)
        for name, lost in (("hollow", hollow), ("errors", sum(points) - weighed.total - hollow)):
            if lost:
                shares.append(Share(name, -lost, 0))
        return tuple(shares)

    def band(self, score: int) -> int:
        """The band 1 to 5 of a score."""
        return 1 + sum([score >= least for least in self._bands])

    def _left(self, judgement: Judgement, gained: float) -> float:
        """What errors leave of the points gained."""
        errors = max(len(judgement.errors), DENIED if self.is_denied(judgement) else 0)
        left = max(0.0, gained - self._error * errors * (errors + 1))
        return min(left, self._error_cap) if errors >= DENIED else left

    def is_denied(self, judgement: Judgement) -> bool:
        """Whether an answer denies the trade, what it did itself, or all it said."""
        return (
            judgement.recanted
            or judgement.refused > self._refused
            or len(judgement.dismissed) >= DENIED
        )

    def _answered(self, earned: Sequence[float]) -> float:
        """The share of what was asked that is told."""
        asked = [
            (most, part)
            for most, part, evident in zip(self.most, earned, self._evident, strict=True)
            if not evident
        ]
        whole = sum([most for most, _ in asked])
        return sum([most * part for most, part in asked]) / whole if whole else 0.0

    def _relevance(self, answered: float) -> float:
        """Less than 1 for a story that hardly touches what was asked."""
        part = min(1.0, answered / self._relevant) if self._relevant else 1.0
        return self._relevant_floor + (1 - self._relevant_floor) * part

    def _fit(self, fit: Fit, answered: float) -> float:
        """1 for an answer in the words of the question, less for one of another question's.

        Whoever tells nearly all that was asked speaks of it, in whatever words.
        """
        worded = min(_between(fit.own, *self._fit_range), _between(fit.margin, *self._margin))
        whole = max(worded, _between(answered, *self._told))
        return self._fit_floor + (1 - self._fit_floor) * whole


DENIED = 3  # errors from which the score ends at `error_cap`


def _is_evidence(rule: Rule, kind: Weights) -> bool:
    """Whether a criterion counts as evidence; in a self-introduction all are content."""
    return rule is not Rule.CONTENT and kind.get("evidence", 0.0) > 0


def _most(question: Question, kind: Weights) -> list[int]:
    """The most points of each criterion: its weight within the share of its group.

    Where a group has no criterion its share goes to the other.
    """
    evident = [_is_evidence(c.rule, kind) for c in question.criteria]
    total = {
        group: sum(c.weight for c, e in zip(question.criteria, evident, strict=True) if e is group)
        for group in (False, True)
    }
    share = {False: kind.get("content", 0.0), True: kind.get("evidence", 0.0)}
    for group, others in total.items():
        if not others:
            share = {group: 0.0, not group: sum(share.values())}
    most = [
        100 * share[e] * c.weight / total[e]
        for c, e in zip(question.criteria, evident, strict=True)
    ]
    rounded = {
        e: iter(_rounded([m for m, o in zip(most, evident, strict=True) if o is e])) for e in share
    }
    return [next(rounded[e]) for e in evident]


def _between(value: float, low: float, high: float) -> float:
    """Where a value lies from low (0) to high (1)."""
    return min(1.0, max(0.0, (value - low) / (high - low))) if high > low else float(value >= low)


def _rounded(exact: Sequence[float]) -> list[int]:
    """Whole numbers that add up to the rounded sum: the largest remainders are rounded up."""
    points = [int(value) for value in exact]
    missing = round(sum(exact)) - sum(points)
    by_remainder = sorted(range(len(exact)), key=lambda place: points[place] - exact[place])
    for place in by_remainder[:missing]:
        points[place] += 1
    return points
