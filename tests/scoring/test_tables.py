"""The tables of an evaluation: answers by band, and means by question and style."""

from __future__ import annotations

import pytest

from bot.core.questions import Bank
from bot.scoring.evaluate import Pair, confusion, styles

BANDS = {"band2": 30.0, "band3": 50.0, "band4": 70.0, "band5": 90.0}
BANK = Bank("test", "0", ("es",), {}, {}, {"bands": BANDS})


def test_answers_are_counted_by_band_of_the_panel_and_of_the_score() -> None:
    pairs = [
        Pair("a", "q", 2.9, 29),  # both in the lowest band
        Pair("b", "q", 3.0, 30),  # both at the least of the second
        Pair("c", "q", 9.0, 89),
        Pair("d", "q", 10.0, 100),
        Pair("e", "q", 10.0, 90),
    ]
    assert confusion(BANK, pairs) == [
        [1, 0, 0, 0, 0],
        [0, 1, 0, 0, 0],
        [0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
        [0, 0, 0, 1, 2],
    ]


def test_styles_have_their_means_by_question() -> None:
    pairs = [
        Pair("a", "q", 4, 30, "terse"),
        Pair("b", "q", 6, 50, "terse"),
        Pair("c", "q", 8, 80, "told"),
        Pair("d", "p", 1, 20, "terse"),
    ]
    means = styles(pairs)
    assert list(means) == ["q", "p"]
    assert means["q"]["terse"] == pytest.approx((5, 4))
    assert means["q"]["told"] == pytest.approx((8, 8))
    assert means["p"] == {"terse": pytest.approx((1, 2))}
