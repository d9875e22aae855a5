"""Rules that a small change could break."""

from __future__ import annotations

from dataclasses import replace

from bot.core.events import Edited
from tests.core.driver import Driver, names


def test_the_heaviest_criterion_is_probed_wherever_it_stands(chat: Driver) -> None:
    asked = chat.bank.questions["retention"]
    turned = replace(asked, criteria=asked.criteria[::-1])
    chat.bank = replace(chat.bank, questions={"retention": turned})
    chat.send("practice:retention")
    assert "goal" in chat.answer("nada")[0].data["probe"]


def test_mixed_interviewers_take_turns(chat: Driver) -> None:
    chat.send("interview:3")
    first = chat.answer("nada")[0].data["probe"]
    chat.send("skip")
    chat.send("next")
    second = chat.answer("nada")[0].data["probe"]
    assert ("hiciste" in first, "harías" in second) == (True, True)


def test_a_gated_follow_up_never_replaces_the_answer(chat: Driver) -> None:
    chat.send("practice:retention")
    chat.answer("nada")
    [card] = chat.answer("gate")[-1:]
    assert card.data.get("answer", "nada") == "nada"
    assert chat.session.answer == "nada"


def test_an_edit_cannot_grow_an_answer_without_end(chat: Driver) -> None:
    chat.send("practice:retention")
    chat.write("goal!", "7")
    assert names(chat.send(Edited("x" * 10_001, "7"))) == ["too-long"]
    assert [part.text for part in chat.session.draft] == ["goal!"]


def test_only_the_last_thirty_questions_are_remembered(chat: Driver) -> None:
    chat.session = replace(chat.session, asked=tuple(f"q{n}" for n in range(40)))
    chat.send("practice:retention")
    assert len(chat.session.asked) == 30
    assert chat.session.asked[-1] == "retention"
