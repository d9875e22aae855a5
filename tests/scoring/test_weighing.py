"""From credits to points: the formula of docs/scoring.md, with figures easy to add up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.models import Error, Evidence, Score
from bot.core.questions import Rule
from bot.scoring.rubric import Judgement, Listed
from bot.scoring.subject import Fit
from bot.scoring.weighing import Weighing
from tests.scoring.conftest import tiny_bank

WEIGHTS: dict[str, dict[str, float]] = {
    "operations": {"content": 0.6, "evidence": 0.2, "form": 0.2},
    "ladder": {
        "relevant": 0.5,
        "relevant_floor": 0.1,
        "error": 4,
        "error_cap": 35,
        "hollow": 3,
        "hollow_most": 10,
        "hollow_part": 0.45,
        "refused": 0.3,
        "fit_low": -0.4,
        "fit_high": -0.2,
        "fit_floor": 0.35,
        "margin_low": -0.4,
        "margin_high": -0.2,
    },
    "bands": {"band2": 30, "band3": 50, "band4": 70, "band5": 90},
}
BANK = tiny_bank({}, WEIGHTS)
WEIGHING = Weighing(BANK, BANK.questions["coffee"])
SAID = Evidence(0, 1, "x")
NOTHING = Judgement(
    scores=(Score("roast", 0, 0, 60), Score("effect", 0, 0, 40)),
    errors=(),
    credits=(0.0, 0.0),
    strengths={Rule.STRUCTURE: 0.0, Rule.CLARITY: 0.0},
    dismissed=(),
    hollow=(),
    said=(),
    talk=(),
    refused=0.0,
    recanted=False,
    denials=(),
    density=0.0,
    listed=Listed(0.0, 0.0),
)
WELL = {Rule.STRUCTURE: 1.0, Rule.CLARITY: 1.0}
WHOLE = replace(NOTHING, credits=(1.0, 1.0), strengths=WELL)
GOOD = replace(NOTHING, credits=(1.0, 0.0))  # 60 points of content, nothing else


def errors(count: int) -> tuple[Error, ...]:
    return tuple(Error(str(number), "no", (SAID,)) for number in range(count))


def test_each_criterion_has_its_share() -> None:
    assert WEIGHING.most == [60, 20]
    assert WEIGHING.most_form == 20
    weighed = WEIGHING.weigh(replace(NOTHING, credits=(0.5, 0.5), strengths=WELL))
    assert (weighed.criteria, weighed.form, weighed.total) == ((30, 10), 20, 60)


def test_a_whole_answer_has_a_hundred_points_and_no_more() -> None:
    assert WEIGHING.weigh(WHOLE).total == 100
    assert WEIGHING.weigh(NOTHING).total == 0


def test_order_and_clarity_are_half_of_the_form_each() -> None:
    for rule in WELL:
        judgement = replace(GOOD, strengths={**NOTHING.strengths, rule: 1.0})
        assert WEIGHING.weigh(judgement).form == 10


@pytest.mark.parametrize(("told", "part"), [(0, 0.1), (0.25, 0.55), (0.5, 1), (1, 1)])
def test_a_story_about_something_else_has_a_tenth_of_its_points(told: float, part: float) -> None:
    story = WEIGHING.weigh(replace(NOTHING, credits=(told, 1.0)))
    assert story.criteria == pytest.approx((60 * told, 20 * part), abs=0.5)
    form = WEIGHING.weigh(replace(NOTHING, credits=(told, 0.0), strengths=WELL)).form
    assert form == pytest.approx(20 * part)


@pytest.mark.parametrize(("fit", "points"), [(-0.5, 21), (-0.4, 21), (-0.3, 40.5), (-0.2, 60)])
def test_words_of_another_question_cost_two_thirds_at_most(fit: float, points: float) -> None:
    for words in (Fit(fit, 0.0), Fit(0.0, fit)):
        weighed = WEIGHING.weigh(replace(GOOD, fit=words))
        assert weighed.criteria[0] == pytest.approx(points, abs=0.5)


@pytest.mark.parametrize(("phrases", "lost"), [(0, 0), (1, 3), (3, 9), (4, 10), (20, 10)])
def test_empty_phrases_cost_three_points_each(phrases: int, lost: int) -> None:
    weighed = WEIGHING.weigh(replace(GOOD, hollow=(SAID,) * phrases))
    assert (weighed.hollow, weighed.total) == (lost, 60 - lost)


def test_empty_phrases_take_less_than_half_of_what_was_gained() -> None:
    weighed = WEIGHING.weigh(replace(GOOD, credits=(1 / 6, 0.0), hollow=(SAID,) * 9))
    assert (weighed.hollow, weighed.total) == (4, 6)


@pytest.mark.parametrize(("count", "total"), [(0, 100), (1, 92), (2, 76), (3, 35), (9, 0)])
def test_errors_cost_more_and_more(count: int, total: int) -> None:
    assert WEIGHING.weigh(replace(WHOLE, errors=errors(count))).total == total


def test_who_denies_the_worth_of_the_trade_again_and_again_ends_at_the_cap() -> None:
    assert WEIGHING.weigh(replace(WHOLE, dismissed=(SAID,) * 3)).total == 35


def test_what_is_taken_back_ends_at_the_cap() -> None:
    assert WEIGHING.weigh(replace(WHOLE, recanted=True)).total == 35
    assert WEIGHING.weigh(replace(WHOLE, refused=0.31)).total == 35
    assert WEIGHING.weigh(replace(WHOLE, refused=0.3)).total == 100


@pytest.mark.parametrize(
    ("judgement", "shares"),
    [
        (NOTHING, {"content": 0, "evidence": 0, "form": 0}),
        (replace(WHOLE, credits=(1.0, 0.5)), {"content": 60, "evidence": 10, "form": 20}),
        (
            replace(GOOD, hollow=(SAID,), errors=errors(1)),
            {"content": 60, "evidence": 0, "form": 0, "hollow": -3, "errors": -8},
        ),
    ],
)
def test_the_receipt_names_what_was_gained_and_lost(
    judgement: Judgement, shares: dict[str, int]
) -> None:
    weighed = WEIGHING.weigh(judgement)
    found = {share.name: share.points for share in WEIGHING.receipt(weighed)}
    assert found == shares
    assert sum(found.values()) == weighed.total


def test_the_receipt_adds_up_where_every_part_is_rounded() -> None:
    for part in (0.11, 0.255, 0.333, 0.475, 0.777, 1.0):
        weighed = WEIGHING.weigh(
            replace(WHOLE, credits=(part, part), strengths={**WELL, Rule.CLARITY: part})
        )
        assert sum(share.points for share in WEIGHING.receipt(weighed)) == weighed.total


@pytest.mark.parametrize(
    ("score", "band"), [(0, 1), (29, 1), (30, 2), (50, 3), (69, 3), (70, 4), (90, 5), (100, 5)]
)
def test_a_band_begins_at_its_lowest_score(score: int, band: int) -> None:
    assert WEIGHING.band(score) == band


def test_in_a_self_introduction_all_criteria_are_content() -> None:
    weights = {**WEIGHTS, "operations": {"content": 0.9, "evidence": 0.0, "form": 0.1}}
    bank = tiny_bank({}, weights)
    weighing = Weighing(bank, bank.questions["coffee"])
    assert weighing.most == pytest.approx([54, 36])
    weighed = weighing.weigh(WHOLE)
    assert [share.name for share in weighing.receipt(weighed)] == ["content", "form"]
    assert weighed.total == 100
