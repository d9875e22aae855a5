"""The two manners of an interview, and what a person may say beside an answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.effects import KeepLink, Say
from bot.core.events import Edited, Stray, Text, parse
from bot.core.models import Error, Manner, State
from bot.core.questions import Misconception
from bot.render import TemplateRenderer
from tests.core.driver import WHOLE, Driver, buttons, names

PROMPTS = Path(__file__).parents[2] / "prompts"
HELP = {"hint", "model", "retry", "easier"}


def test_a_coach_helps_before_and_shows_the_example_only_after(rich: Driver) -> None:
    [asked] = rich.send("interview:3")
    assert {"hint", "skip"} == set(buttons([asked]))
    assert names(rich.send("hint")) == ["hint"]
    assert names(rich.send("model")) == ["expected"]
    [example] = rich.send("example")
    assert (example.template, set(example.data)) == ("example", {"hint"})
    card = rich.answer(WHOLE)
    assert {"next", "retry", "model"} == set(buttons(card))
    assert names(rich.send("model")) == ["model-answer"]
    assert names(rich.send("example")) == ["model-answer"]
    assert names(rich.send("hint")) == ["expected"]


def test_a_real_interview_says_nothing_of_scores_until_its_end(rich: Driver) -> None:
    rich.send("interview:3 real")
    for text in ("gate", "goal", "nada", "method!", WHOLE, WHOLE):
        for aside in ("hint", "example", "model", "easier", "unsure", "retry", "next", "greet"):
            if rich.session.state is State.ASKED and not rich.session.probing:
                rich.send(aside)
        if rich.session.unfinished:
            rich.answer(text)
    while rich.session.unfinished:
        rich.send("skip")
    before, end = rich.said[:-1], rich.said[-1]
    assert end.template == "summary"
    assert end.data["mean"] is not None
    assert {say.template for say in before}.isdisjoint(
        {"scorecard", "hint", "example", "model-answer", "summary"}
    )
    assert HELP.isdisjoint(buttons([say for say in before if say.template != "setup"]))
    assert "thanks" in [say.data.get("before") for say in before]


def test_in_earnest_nobody_reads_why_a_question_is_put_differently(rich: Driver) -> None:
    rich.send("interview:1 real")
    [said] = rich.answer("gate")
    read = TemplateRenderer(PROMPTS)
    gates = ("too-short", "injection", "echo", None)
    told = {read.message(_gated(said, gate), "es").html for gate in gates}
    assert len(told) == 1
    assert "manera" in told.pop()


def _gated(said: Say, gate: str | None) -> Say:
    card = replace(said.data["card"], gate=gate)
    return replace(said, data={**said.data, "gate": gate, "card": card})


def test_in_earnest_easier_gives_no_advice(rich: Driver) -> None:
    rich.send("interview:1 real")
    [said] = rich.send("easier")
    told = TemplateRenderer(PROMPTS).message(said, "es").html
    assert said.data["advice"] not in told
    assert said.data["rephrased"] in told


def test_easier_helps_with_what_is_asked(rich: Driver) -> None:
    rich.send("practice:retention")
    assert "goal" in rich.send("easier")[0].data["advice"]
    rich.answer("goal!")
    [said] = rich.send("easier")
    assert "method" in said.data["advice"], "of a follow-up, with its criterion"


# --- beside an answer -------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["idle", "asked", "drafting", "feedback", "rating", "paused"])
@pytest.mark.parametrize(("aside", "template"), [("greet", "greeting"), ("thank", "thanks")])
def test_a_courtesy_is_answered_and_changes_nothing(
    rich: Driver, state: str, aside: str, template: str
) -> None:
    go_to(rich, state)
    before = rich.session
    assert names(rich.send(aside))[0] == template
    assert replace(rich.session, heard_at=None) == replace(before, heard_at=None)
    assert rich.said[-1].data.get("busy", True) or state == "idle" or state == "feedback"


def go_to(chat: Driver, state: str) -> None:
    """Bring a chat to a state."""
    if state == "idle":
        return
    chat.send("set:rates=yes")
    chat.send("practice:retention")
    if state == "asked":
        return
    chat.write(WHOLE, "7")
    if state == "paused":
        chat.send("stop")
    if state in ("rating", "feedback"):
        chat.send("done")
    if state == "feedback":
        chat.send("skip")


def test_not_to_know_offers_ways_in_and_to_a_follow_up_is_an_answer(rich: Driver) -> None:
    rich.send("practice:retention")
    [said] = rich.send("unsure")
    assert (said.template, set(buttons([said]))) == ("unsure", {"hint", "easier", "skip"})
    rich.write("goal!")
    assert names(rich.send("unsure")) == ["unsure"]
    assert rich.session.draft[0].text == "goal!"
    rich.send("done")
    assert names(rich.send("unsure")) == ["scorecard"]


def test_in_earnest_not_to_know_offers_only_to_leave_it_out(rich: Driver) -> None:
    rich.send("interview:3 real")
    assert set(buttons(rich.send("unsure"))) == {"skip"}


@pytest.mark.parametrize("event", ["unsure", "example", "easier", "greet", "thank", "repeat"])
def test_none_of_it_is_ever_scored(rich: Driver, event: str) -> None:
    rich.send("practice:retention")
    rich.send(event)
    assert rich.attempts == {}
    assert [turn.kind for turn in rich.turns] == ["question"]


# --- languages --------------------------------------------------------------------------------

SAID_AGAIN = {
    "idle": [],
    "asked": ["question"],
    "drafting": ["question"],
    "rating": ["rate"],
    "feedback": ["scorecard"],
    "paused": [],
}


@pytest.mark.parametrize("state", list(SAID_AGAIN))
def test_in_another_language_what_is_in_hand_is_said_again(rich: Driver, state: str) -> None:
    go_to(rich, state)
    before = rich.session
    told = "settings" if state == "idle" else "language"
    assert names(rich.send("set:lang=en")) == [told, *SAID_AGAIN[state]]
    after = rich.session
    assert (after.state, after.draft, after.guard) == (before.state, before.draft, before.guard)
    assert names(rich.send("set:lang=en")) == ["settings"], "nothing changed"


def test_a_question_and_its_follow_up_come_in_the_new_language(rich: Driver) -> None:
    rich.send("practice:retention")
    rich.send("set:lang=en")
    assert rich.said[-1].data["prompt"].startswith("What would you do")
    rich.answer("goal!")
    rich.send("set:lang=zh")
    asked, probe = rich.said[-2:]
    assert (asked.data["prompt"], probe.data["probe"]) == (
        "关于留存，你会怎么做？",
        "关于方法，你做过什么？",
    )
    assert rich.session.probed == ("method",)


def test_the_figures_of_a_case_are_the_same_in_every_language(rich: Driver) -> None:
    [asked] = rich.send("practice:growth-case")
    figure = "".join(filter(str.isdigit, asked.data["prompt"]))
    rich.send("set:lang=zh")
    assert "".join(filter(str.isdigit, rich.said[-1].data["prompt"])) == figure


def test_an_error_is_told_of_in_the_new_language(rich: Driver) -> None:
    rich.send("practice:retention")
    asked = rich.bank.questions["retention"]
    texts = {
        lang: replace(text, misconceptions=(Misconception("more", ("x",), f"{lang}: no"),))
        for lang, text in asked.texts.items()
    }
    questions = {**rich.bank.questions, "retention": replace(asked, texts=texts)}
    rich.bank = replace(rich.bank, questions=questions)
    rich.answer(WHOLE)
    assert rich.session.card is not None
    errors = (Error("more", "es: no"), Error("gone", "es: ya no"))
    rich.session = replace(rich.session, card=replace(rich.session.card, errors=errors))
    [_, card] = rich.send("set:lang=zh")
    assert [error.says for error in card.data["card"].errors] == ["zh: no", "es: ya no"]


def test_a_change_of_language_while_the_target_is_asked_asks_on(rich: Driver) -> None:
    rich.send("interview:any.any.mixed.3.coach")
    assert names(rich.send("set:lang=zh")) == ["language", "brief"]
    assert rich.session.state is State.BRIEFING


def test_in_earnest_the_clock_goes_on(rich: Driver) -> None:
    rich.send("interview:3 real")
    alarm = rich.session.alarm
    rich.send("set:lang=en")
    assert (rich.session.alarm, rich.said[-1].data["again"]) == (alarm, True)


# --- something unfinished, something gone -----------------------------------------------------


@pytest.mark.parametrize("state", ["asked", "drafting", "rating", "paused"])
def test_what_is_unfinished_is_offered_and_never_forced(rich: Driver, state: str) -> None:
    go_to(rich, state)
    before = rich.session
    [offer] = rich.send("start")
    assert offer.template == "resume-offer"
    assert {"resume", "finish", "something-new"} == set(buttons([offer]))
    same = replace(rich.session, heard_at=None, pending="")
    assert same == replace(before, heard_at=None)
    rich.wait(days=9)
    rich.send(buttons([offer])["resume"])
    assert rich.session.state is (State.DRAFTING if state == "paused" else before.state)


def test_a_skip_at_a_question_that_is_gone_does_not_leave_out_the_next(rich: Driver) -> None:
    rich.send("interview:3")
    gone = rich.session.question_id
    left = {name: one for name, one in rich.bank.questions.items() if name != gone}
    rich.bank = replace(rich.bank, questions=left)
    assert names(rich.send("skip")) == ["withdrawn", "question"]
    assert rich.session.position == 1


def test_a_link_is_a_code_for_ten_minutes(rich: Driver) -> None:
    rich.send("practice:retention")
    link, reminder = rich.send("link")
    kept = [one for one in rich.effects if isinstance(one, KeepLink)]
    assert [one.code for one in kept] == [link.data["code"]]
    assert (kept[0].until - rich.now).total_seconds() == 60 * link.data["minutes"] == 600
    assert reminder.template == "expected"
    assert rich.send("link")[0].data["code"] != link.data["code"]


def test_everything_is_forgotten_when_it_is_erased(rich: Driver) -> None:
    rich.send("target:Rumbo, Ruta")
    rich.send("interview:3 real")
    rich.answer(WHOLE)
    rich.send("delete")
    rich.send("confirm")
    session = rich.session
    assert (session.tallies, session.levels, session.results) == ({}, {}, ())
    assert (session.manner, session.alarm, session.preferences.briefed) == (
        Manner.COACH,
        None,
        False,
    )
    assert session.preferences.target.company == ""


@pytest.mark.parametrize("state", ["idle", "asked", "drafting", "feedback", "rating", "paused"])
@pytest.mark.parametrize(
    "event",
    [Stray("voice"), Text("x" * 10_001), Edited("otra cosa", "404"), parse("rate:9"), parse("zz")],
    ids=lambda event: type(event).__name__,
)
def test_what_fits_nowhere_changes_nothing(
    rich: Driver, state: str, event: Stray | Text | Edited
) -> None:
    go_to(rich, state)
    before = rich.session
    rich.send(event)
    assert replace(rich.session, heard_at=None) == replace(before, heard_at=None)
