"""Rating oneself before the score, trying again, and what changed since."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import results
from bot.core.events import Text
from bot.core.models import Score, Scorecard, State, Tally
from bot.core.progress import CALIBRATED, Calibration, Mark, calibration
from tests.core.driver import BEGAN, WHOLE, Driver, buttons, names


@pytest.fixture
def rating(rich: Driver) -> Driver:
    """A chat where answers are rated, with a question put."""
    rich.send("set:rates=yes")
    rich.send("practice:retention")
    return rich


def test_the_score_waits_for_the_rating_and_both_are_kept(rating: Driver) -> None:
    [asked] = rating.answer(WHOLE)
    assert asked.template == "rate"
    offered = buttons([asked])
    assert [offered[f"rate-{band}"].split("@")[0] for band in range(1, 6)] == [
        f"rate:{band}" for band in range(1, 6)
    ]
    assert all(kept.rating is None for kept in rating.attempts.values())
    [card] = rating.send(offered["rate-4"])
    assert (card.template, card.data["rating"]) == ("scorecard", 4)
    [kept] = rating.attempts.values()
    assert (kept.rating, kept.card.score) == (4, 100)
    [summary] = rating.send("next")
    assert summary.data["rows"][0].rating == 4


def test_it_is_asked_after_the_follow_ups(rating: Driver) -> None:
    assert names(rating.answer("nada")) == ["follow-up"]
    assert names(rating.send("skip")) == ["rate"]


@pytest.mark.parametrize("typed", ["1", " 3 ", "5\n", "４", "2."])
def test_a_digit_may_be_typed(rating: Driver, typed: str) -> None:
    rating.answer(WHOLE)
    [card] = rating.write(typed)
    assert (card.template, card.data["rating"]) == ("scorecard", int(typed.strip(". ")))


@pytest.mark.parametrize("odd", ["0", "6", "3.5", "muy bien", "12"])
def test_anything_else_is_no_rating(rating: Driver, odd: str) -> None:
    rating.answer(WHOLE)
    [said] = rating.send(Text(odd))
    assert (said.template, rating.session.state) == ("expected", State.RATING)
    assert "rate-1" in buttons([said])
    assert names(rating.send(f"rate:{odd}")) == ["expected"]


def test_it_may_be_left_out_and_a_second_tap_is_stale(rating: Driver) -> None:
    offered = buttons(rating.answer(WHOLE))
    assert names(rating.send(offered["unrated"])) == ["scorecard"]
    assert rating.session.rating is None
    assert names(rating.send(offered["rate-1"])) == ["stale"]


def test_a_pause_comes_back_to_the_rating(rating: Driver) -> None:
    rating.answer(WHOLE)
    rating.send("stop")
    assert rating.session.state is State.PAUSED
    assert names(rating.send("resume")) == ["rate"]
    assert names(rating.send("repeat")) == ["rate"]
    assert names(rating.send("finish")) == ["summary"]
    assert rating.said[-1].data["mean"] == 100


def test_each_try_is_rated_anew_and_the_best_keeps_its_own(rating: Driver) -> None:
    rating.answer(WHOLE)
    rating.send("rate:5")
    rating.send("retry")
    rating.answer("goal! method! gate")
    rating.answer("goal!")
    for _ in range(2):
        rating.send("skip")
    assert rating.session.rating is None
    assert rating.send("next")[0].data["rows"][0].rating == 5


# --- calibration ------------------------------------------------------------------------------


def mark(rating: int | None, band: int, minute: int = 0) -> Mark:
    return Mark("growth", "", 50, BEGAN + timedelta(minutes=minute), rating, band)


def test_calibration_is_the_mean_gap_of_what_was_rated() -> None:
    assert calibration([mark(None, 3)]) is None
    assert calibration([]) is None
    assert calibration([mark(5, 3), mark(3, 3), mark(None, 1)]) == Calibration(1.0, 1, 2)
    assert calibration([mark(1, 3)]) == Calibration(-2.0, 0, 1)


@given(st.lists(st.tuples(st.none() | st.integers(1, 5), st.integers(1, 5)), max_size=80))
def test_calibration_looks_at_the_newest_and_stays_within_its_bounds(
    pairs: list[tuple[int | None, int]],
) -> None:
    marks = [mark(rating, band, n) for n, (rating, band) in enumerate(pairs)]
    found = calibration(marks[::-1])
    rated = [pair for pair in pairs if pair[0] is not None][-CALIBRATED:]
    if not rated:
        assert found is None
        return
    assert found is not None
    assert found.count == len(rated)
    assert found.hits == sum(rating == band for rating, band in rated)
    assert -4 <= found.gap <= 4


# --- again ------------------------------------------------------------------------------------


def changed(chat: Driver) -> dict[str, bool]:
    """By criterion, whether the card on show says that it rose."""
    return {one.criterion: one.after > one.before for one in chat.said[-1].data["changes"]}


def test_trying_again_shows_what_was_earned_and_what_was_lost(rich: Driver) -> None:
    rich.send("practice:retention")
    rich.answer("goal! method+ result+")
    assert (rich.said[-1].data["before"], changed(rich)) == (None, {})
    rich.send("retry")
    rich.answer("goal+ method! result+")
    assert changed(rich) == {"goal": False, "method": True}
    assert rich.said[-1].data["before"].last == 83
    rich.send("repeat")
    assert changed(rich) == {"goal": False, "method": True}
    rich.send("next")
    assert rich.said[-1].data["mean"] == 83


def test_first_last_and_best_are_kept_across_sessions(rich: Driver) -> None:
    for text in (WHOLE, "goal+ method+ result+", "goal! method+ result+"):
        rich.send("practice:retention")
        rich.answer(text)
        rich.send("next")
    tally = rich.session.tallies["retention"]
    assert (tally.first, tally.last, tally.best) == (100, 83, 100)
    rich.send("practice:retention")
    rich.answer(WHOLE)
    assert rich.said[-1].data["before"] == tally


@pytest.mark.parametrize("leave", ["finish", "stop finish", "interview:3 confirm"])
def test_who_leaves_before_the_card_is_shown_has_the_score_counted(
    rich: Driver, leave: str
) -> None:
    rich.send("practice:retention")
    rich.answer("goal! method!")
    for action in leave.split():
        rich.send(action)
    assert rich.session.tallies["retention"] == Tally(
        80, 80, 80, {"goal": 50, "method": 30, "result": 0}
    )


def test_who_leaves_after_it_is_not_counted_twice(rich: Driver) -> None:
    rich.send("interview:3")
    rich.answer(WHOLE)
    asked = rich.session.question_id
    for _ in range(2):
        rich.send("retry")
        rich.answer("goal+ method+ result+")
    rich.send("stop")
    rich.send("finish")
    tally = rich.session.tallies[asked]
    assert (tally.first, tally.last, tally.best) == (100, 67, 100)


def test_a_gate_has_no_criteria_to_compare(rich: Driver) -> None:
    rich.send("practice:retention")
    rich.answer("gate")
    rich.answer("gate")
    rich.send("retry")
    rich.answer(WHOLE)
    assert changed(rich) == {}
    assert rich.said[-1].data["before"].last == 0


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 100)), min_size=1, max_size=120))
def test_tallies_keep_the_latest_questions_with_the_best_of_each(
    tries: list[tuple[int, int]],
) -> None:
    tallies: dict[str, Tally] = {}
    for name, score in tries:
        card = Scorecard(str(name), "es", score, 1, scores=(Score("goal", 1, score, 100),))
        tallies = dict(results.tallied(tallies, str(name), card))
        assert tallies[str(name)].last == score
        assert tallies[str(name)].best >= max(score, tallies[str(name)].first)
    assert len(tallies) <= results.TALLIED
    assert list(tallies)[-1] == str(tries[-1][0])
