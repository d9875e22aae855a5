"""How well scores agree with a panel: correlations, error, false accepts and rejects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import sqrt
from statistics import mean
from typing import NamedTuple

from bot.core.questions import Bank

FALSE_ACCEPT = (2.0, 40)  # panel at most, score above
FALSE_REJECT = (8.0, 55)  # panel at least, score below


class Pair(NamedTuple):
    """One answer: the panel's overall grade (0 to 10) and our score (0 to 100)."""

    id: str
    question: str
    panel: float
    score: int
    style: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Figures of one set; the correlations are None where there is no spread to correlate."""

    count: int
    pearson: float | None
    spearman: float | None
    rmse: float
    false_accepts: tuple[str, ...]
    false_rejects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Agreement over all answers and by question id, in order of their first answer."""

    overall: Agreement
    questions: dict[str, Agreement] = field(default_factory=dict)


def evaluate_pairs(pairs: Sequence[Pair]) -> Evaluation:
    """The agreement of scores with the panel; raises `ValueError` for no pairs at all."""
    if not pairs:
        raise ValueError("there are no graded answers to evaluate")
    names = dict.fromkeys(p.question for p in pairs)
    return Evaluation(
        agreement(pairs),
        {name: agreement([p for p in pairs if p.question == name]) for name in names},
    )


def agreement(pairs: Sequence[Pair]) -> Agreement:
    """The figures of one set; RMSE in points of the panel's scale, score / 10 against it."""
    panel = [p.panel for p in pairs]
    score = [p.score / 10 for p in pairs]
    return Agreement(
        count=len(pairs),
        pearson=pearson(panel, score),
        spearman=pearson(ranks(panel), ranks(score)),
        rmse=sqrt(sum((a - b) ** 2 for a, b in zip(panel, score, strict=True)) / len(pairs)),
        false_accepts=tuple(
            p.id for p in pairs if p.panel <= FALSE_ACCEPT[0] and p.score > FALSE_ACCEPT[1]
        ),
        false_rejects=tuple(
            p.id for p in pairs if p.panel >= FALSE_REJECT[0] and p.score < FALSE_REJECT[1]
        ),
    )


def styles(pairs: Iterable[Pair]) -> dict[str, dict[str, tuple[float, float]]]:
    """Question -> style -> mean of the panel and mean score, both of 10."""
    groups: dict[str, dict[str, list[Pair]]] = {}
    for pair in pairs:
        groups.setdefault(pair.question, {}).setdefault(pair.style, []).append(pair)
    return {
        question: {
            style: (mean([p.panel for p in group]), mean([p.score / 10 for p in group]))
            for style, group in row.items()
        }
        for question, row in groups.items()
    }


def confusion(bank: Bank, pairs: Iterable[Pair]) -> list[list[int]]:
    """Counts of answers by band of the panel (rows) and of the score (columns), 1 to 5."""
    lowest = [bank.weights["bands"][f"band{n}"] for n in range(2, 6)]
    table = [[0] * 5 for _ in range(5)]
    for pair in pairs:
        table[_band(10 * pair.panel, lowest)][_band(pair.score, lowest)] += 1
    return table


def _band(score: float, lowest: Sequence[float]) -> int:
    return sum([score >= least for least in lowest])


def pearson(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Pearson's correlation of two sequences of one length; None without spread in both."""
    size = len(one)
    if size < 2:
        return None
    mean_one, mean_other = sum(one) / size, sum(other) / size
    pairs = [(a - mean_one, b - mean_other) for a, b in zip(one, other, strict=True)]
    spread = sqrt(sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs))
    return sum(a * b for a, b in pairs) / spread if spread else None


def ranks(values: Iterable[float]) -> list[float]:
    """The ranks of values, from 1; equal values share the mean of their ranks."""
    values = list(values)
    order = sorted(range(len(values)), key=values.__getitem__)
    result = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for place in order[start : end + 1]:
            result[place] = (start + end) / 2 + 1
        start = end + 1
    return result
