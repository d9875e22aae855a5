"""Old buttons and double taps do only what they say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.events import Edited
from bot.core.models import State
from tests.core.driver import WHOLE, Driver, buttons, names, without


def test_an_old_button_about_something_else_never_erases(chat: Driver) -> None:
    chat.send("practice:retention")
    old = buttons(chat.send("interview:3"))["begin-anew"]
    chat.send("decline")
    chat.send("delete")
    chat.send("help")
    assert names(chat.send(old))[0] == "stale"
    assert chat.erased == 0


def test_a_yes_long_after_the_question_does_nothing(chat: Driver) -> None:
    chat.send("delete")
    chat.send("help")
    assert names(chat.send("confirm"))[0] == "stale"
    assert chat.erased == 0


def test_a_double_tap_on_skip_does_not_skip_the_scorecard(chat: Driver) -> None:
    chat.send("interview:3")
    see_score = buttons(chat.answer("goal!"))["skip-follow-up"]
    assert names(chat.send(see_score)) == ["scorecard"]
    assert names(chat.send(see_score))[0] == "stale"
    assert chat.session.position == 0


def test_an_old_end_here_does_not_end_another_interview(chat: Driver) -> None:
    chat.send("practice:retention")
    old = buttons(chat.send("stop"))["finish"]
    chat.send("resume")
    chat.answer(WHOLE)
    chat.send("next")
    chat.send("interview:3")
    chat.write("goal!")
    assert names(chat.send(old))[0] == "stale"
    assert chat.session.state is State.DRAFTING


def test_a_button_of_the_try_before_is_stale(chat: Driver) -> None:
    chat.send("practice:retention")
    chat.write("gate")
    done = f"done@{chat.session.guard}"
    chat.send("done")
    chat.send("retry")
    chat.write("goal!")
    assert names(chat.send(done))[0] == "stale"


def test_delete_works_while_the_question_in_hand_is_gone(chat: Driver) -> None:
    chat.send("practice:retention")
    chat.send("stop")
    chat.bank = replace(chat.bank, questions=without(chat.bank.questions, "retention"))
    assert names(chat.send("delete"))[-1] == "delete"
    assert names(chat.send("confirm")) == ["erased"]


def test_a_card_with_a_criterion_that_is_gone_is_still_shown(chat: Driver) -> None:
    chat.send("practice:retention")
    chat.answer(WHOLE)
    asked = chat.bank.questions["retention"]
    shorter = replace(asked, criteria=asked.criteria[1:])
    chat.bank = replace(chat.bank, questions={**chat.bank.questions, "retention": shorter})
    [card] = chat.send("repeat")
    assert {score.id for score in card.data["card"].scores} == {"method", "result"}


def test_a_draft_may_be_corrected_while_paused(chat: Driver) -> None:
    chat.send("practice:retention")
    chat.write("nada", "7")
    chat.send("stop")
    assert names(chat.send(Edited(WHOLE, "7"))) == ["draft"]
    chat.send("resume")
    assert chat.send("done")[0].data["card"].score == 100


@pytest.mark.parametrize("odd", ["0", "3 re al", "9", "-3", "3.5", "²", "٣", "9" * 5000])
def test_an_odd_number_of_questions_asks_what_it_shall_be(chat: Driver, odd: str) -> None:
    assert names(chat.send(f"interview:{odd}")) == ["setup"]
