"""Time in a real interview: nudges, the end of patience, pauses, alarms that come late."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core import timing
from bot.core.events import TimePassed
from bot.core.models import Manner, State
from tests.core.driver import WHOLE, Driver, names
from tests.support.banks import rich_bank

SECOND = timedelta(seconds=1)


@pytest.fixture
def real() -> Driver:
    """A real interview of three questions, the first just put; every step takes a second."""
    chat = Driver(rich_bank(("es", "en", "zh")), pace=SECOND)
    chat.send("interview:3 real")
    return chat


def rung(chat: Driver, times: int) -> list[str]:
    """The templates said when the alarm goes off that often, each time at its time."""
    return [name for _ in range(times) for name in names(chat.ring())]


def test_a_nudge_at_the_time_another_at_half_as_much_then_on(real: Driver) -> None:
    put = real.session.asked_at
    assert put is not None
    limit = real.session.limit
    for share, number in ((1.0, 1), (1.5, 2)):
        assert real.session.alarm == put + timedelta(seconds=limit * share)
        [said] = real.ring()
        assert (said.template, said.data["number"]) == ("nudge", number)
    assert real.session.alarm == put + timedelta(seconds=2 * limit)
    [on] = real.ring()
    assert (on.template, on.data["before"], on.data["number"]) == ("question", "time-up", 2)
    assert (real.session.results[0].score, real.session.results[0].seconds) == (None, 2 * limit)


def test_what_is_written_counts_and_nothing_more_is_asked(real: Driver) -> None:
    real.send("set:rates=yes")
    real.write("goal!")
    assert rung(real, 3) == ["nudge", "nudge", "question"]
    assert real.said[-1].data["before"] == "time-up"
    assert real.session.results[0].score == 50
    assert [turn.text for turn in real.turns if turn.kind == "answer"] == ["goal!"]


def test_an_answer_that_cannot_be_judged_is_not_asked_for_again_when_time_is_up(
    real: Driver,
) -> None:
    real.write("gate")
    assert rung(real, 3) == ["nudge", "nudge", "question"]
    assert (real.session.position, real.session.results[0].score) == (1, 0)


def test_a_follow_up_has_its_own_time_and_runs_out_without_a_loss(real: Driver) -> None:
    real.answer("goal!")
    assert (real.session.probing, real.session.limit) == ("method", 120)
    assert rung(real, 3) == ["nudge", "nudge", "question"]
    first = real.session.results[0]
    assert first.score == 50
    assert first.limit == 240 + 120, "time for a follow-up nobody answered counts too"
    assert first.seconds >= 240


def test_two_questions_without_a_word_pause_it(real: Driver) -> None:
    assert rung(real, 3) == ["nudge", "nudge", "question"]
    assert rung(real, 2) == ["nudge", "nudge"]
    [paused] = real.ring()
    assert (paused.template, paused.data["why"]) == ("paused", "absent")
    assert (real.session.state, real.session.position) == (State.PAUSED, 1)
    assert real.session.alarm is None
    real.wait(days=3)
    real.send("resume")
    assert real.session.alarm == real.now + timedelta(seconds=real.session.limit)


def test_a_word_in_between_is_presence(real: Driver) -> None:
    rung(real, 3)
    real.write("goal!")
    rung(real, 3)
    assert rung(real, 3) == ["nudge", "nudge", "question"] or real.session.state is State.IDLE


def test_a_pause_holds_the_clock(real: Driver) -> None:
    real.wait(seconds=100)
    real.send("stop")
    passed = real.session.elapsed
    assert passed == 101
    assert real.session.alarm is None
    real.wait(hours=50)
    assert real.send(TimePassed()) == []
    real.send("resume")
    assert real.session.alarm == real.now + timedelta(seconds=real.session.limit - passed)


def test_who_pauses_while_no_alarm_rings_is_not_out_of_time_on_coming_back(real: Driver) -> None:
    real.wait(minutes=30)
    real.send("stop")
    real.wait(days=1)
    real.send("resume")
    assert names(real.ring()) == ["nudge"]
    assert real.session.alarm is not None
    assert real.session.alarm > real.now


def test_an_alarm_an_hour_late_interrupts_and_all_the_time_is_there_again(real: Driver) -> None:
    real.write("goal!", "7")
    [said] = real.ring(late=timing.INTERRUPTED + SECOND)
    assert (said.template, said.data["why"]) == ("paused", "interrupted")
    assert real.session.draft[0].text == "goal!"
    real.send("resume")
    assert real.session.alarm == real.now + timedelta(seconds=real.session.limit)
    assert real.session.state is State.DRAFTING


def test_of_several_deadlines_that_passed_unheard_only_the_last_is_told(real: Driver) -> None:
    limit = real.session.limit
    [said] = real.ring(late=timedelta(seconds=limit * 0.6))
    assert (said.template, said.data["number"]) == ("nudge", 2)
    assert names(real.ring(late=timedelta(minutes=9))) == ["question"]
    assert names(real.ring(late=timedelta(minutes=9))) == ["paused"], "the second without a word"


def test_an_alarm_before_its_time_changes_nothing(real: Driver) -> None:
    before = real.session
    assert before.alarm is not None
    real.now = before.alarm - SECOND - timedelta(microseconds=1)
    assert real.send(TimePassed()) == []
    assert real.session == before


@pytest.mark.parametrize(
    "begin", ["interview:3", "practice:retention", "intro:self-intro-graduate.1"]
)
def test_nothing_but_a_real_interview_is_timed(rich: Driver, begin: str) -> None:
    rich.send(begin)
    assert (rich.session.manner, rich.session.alarm) == (Manner.COACH, None)
    rich.wait(hours=9)
    before = rich.session
    assert rich.send(TimePassed()) == []
    assert rich.session == before


def test_a_clock_set_back_costs_nobody_time(real: Driver) -> None:
    real.wait(hours=-3)
    before = real.session
    assert real.send(TimePassed()) == []
    assert real.session == before
    real.answer(WHOLE)
    assert real.session.results[0].seconds == 0


def test_time_far_beyond_the_suggested_is_not_counted(rich: Driver) -> None:
    rich.send("practice:retention")
    limit = rich.session.limit
    rich.wait(days=2)
    [card] = rich.answer(WHOLE)
    assert card.data["seconds"] == timing.COUNTED * limit


def test_a_pause_of_who_is_not_timed_forgets_none_of_the_time_that_counts(rich: Driver) -> None:
    rich.send("practice:retention")
    limit = rich.session.limit
    rich.wait(seconds=2 * limit)
    rich.send("stop")
    rich.wait(days=2)
    rich.send("resume")
    [card] = rich.answer(WHOLE)
    assert 2 * limit < card.data["seconds"] < 3 * limit


def test_the_time_of_a_follow_up_counts_however_it_ends(rich: Driver) -> None:
    used = []
    for end in ("skip", "finish"):
        rich.send("practice:retention")
        assert names(rich.answer("method! result!")) == ["follow-up"]
        rich.wait(seconds=30)
        rich.send(end)
        if end == "skip":
            rich.send("finish")
        used.append((rich.session.results[-1].seconds, rich.session.results[-1].limit))
    assert used[0] == used[1]
    assert used[0][0] == 3 * 60 + 30


def test_a_rating_is_not_waited_for_long_and_is_no_time_of_the_answer(real: Driver) -> None:
    real.send("set:rates=yes")
    assert names(real.answer(WHOLE)) == ["rate"]
    spent = real.session.spent
    assert real.session.alarm == real.now + timedelta(seconds=60)
    assert names(real.ring()) == ["question"]
    assert real.session.results[0].seconds == spent
    assert real.session.results[0].rating is None


def test_who_is_gone_when_a_rating_is_asked_for_finds_the_interview_paused(real: Driver) -> None:
    real.send("set:rates=yes")
    real.answer(WHOLE)
    [said] = real.ring(late=timing.INTERRUPTED + SECOND)
    assert (said.template, said.data["why"]) == ("paused", "interrupted")
    assert names(real.send("resume")) == ["rate"]
    assert real.session.alarm == real.now + timedelta(seconds=timing.RATING)


@pytest.mark.parametrize("rated", [False, True])
def test_the_time_of_a_rating_is_not_counted_by_who_ends_there(rich: Driver, rated: bool) -> None:
    rich.send("set:rates=yes")
    rich.send("interview:3")
    rich.answer(WHOLE)
    while rich.session.probing:
        rich.send("skip")
    spent, allowed = rich.session.spent, rich.session.allowed
    if rated:
        rich.send("rate:3")
    rich.now += timedelta(minutes=5)
    rich.send("finish")
    result = rich.session.results[0]
    assert (result.seconds, result.limit) == (spent, allowed)


def test_a_long_pause_recalls_the_question_and_a_short_one_does_not(rich: Driver) -> None:
    rich.send("practice:retention")
    rich.wait(minutes=10)
    assert rich.write("goal!")[0].data["recalled"] == ""
    rich.wait(minutes=31)
    assert "retention" in rich.write("method!")[0].data["recalled"]
