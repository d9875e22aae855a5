"""The figures of agreement, against values worked out by hand."""

from __future__ import annotations

import pytest

from bot.scoring.evaluate import Pair, evaluate_pairs, pearson, ranks


def test_pearson() -> None:
    assert pearson([1, 2, 3], [2, 4, 6]) == pytest.approx(1)
    assert pearson([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert pearson([1, 2, 3, 4], [1, 3, 2, 4]) == pytest.approx(0.8)
    assert pearson([1, 1], [1, 2]) is None
    assert pearson([1], [1]) is None


def test_equal_values_share_a_rank() -> None:
    assert ranks([10, 30, 20, 20]) == [1, 4, 2.5, 2.5]
    assert ranks([]) == []


def test_false_accepts_and_rejects() -> None:
    result = evaluate_pairs(
        [
            Pair("a", "q", 2, 41),
            Pair("b", "q", 2, 40),
            Pair("c", "p", 8, 54),
            Pair("d", "p", 8, 55),
        ]
    )
    assert result.overall.false_accepts == ("a",)
    assert result.overall.false_rejects == ("c",)
    assert list(result.questions) == ["q", "p"]
    assert result.questions["q"].rmse == pytest.approx(((2.1**2 + 2.0**2) / 2) ** 0.5)
    assert result.questions["q"].pearson is None


def test_nothing_to_evaluate_is_told() -> None:
    with pytest.raises(ValueError, match="no graded answers"):
        evaluate_pairs([])
