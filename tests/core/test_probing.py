"""Follow-ups: the person's own words, the facts of a case, the question put differently."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core import facts, probing
from bot.core.events import Text
from bot.core.models import Evidence, Manner, Score, Scorecard, State
from bot.core.questions import Criterion, FactText, Rule
from tests.core.driver import WHOLE, Driver, names

ASKS = {"budget": FactText("", ("presupuesto", "预算", "DAU 多少"))}


def kinds(chat: Driver) -> list[str]:
    """What each turn was."""
    return [turn.kind for turn in chat.turns]


# --- put differently --------------------------------------------------------------------------


def test_a_gated_answer_gets_the_question_put_differently_and_may_recover(rich: Driver) -> None:
    rich.send("practice:retention")
    [said] = rich.answer("gate")
    assert (said.template, said.data["differently"], said.data["gate"]) == (
        "gate",
        True,
        "too-short",
    )
    assert "manera" in said.data["text"].rephrased
    [card] = rich.answer(WHOLE)
    assert card.template == "scorecard"
    assert (card.data["first_score"], card.data["card"].score) == (0, 100)
    assert (card.data["rephrased"], card.data["answer"]) == (True, WHOLE)
    assert kinds(rich) == ["question", "answer", "rephrased", "answer"]
    [kept] = rich.attempts.values()
    assert (kept.first_score, kept.card.score) == (0, 100)
    [summary] = rich.send("next")
    assert (summary.data["first_mean"], summary.data["mean"]) == (0, 100)


def test_once_only_then_the_gate_is_told(rich: Driver) -> None:
    rich.send("practice:retention")
    rich.answer("gate")
    [said] = rich.answer("gate")
    assert (said.template, said.data["differently"]) == ("gate", False)
    assert rich.session.state is State.FEEDBACK
    rich.send("retry")
    assert rich.answer("gate")[0].data["differently"], "each new try is a new chance"


def test_after_it_come_follow_ups_as_after_any_answer(rich: Driver) -> None:
    rich.send("practice:retention")
    rich.answer("gate")
    assert names(rich.answer("goal!")) == ["follow-up"]
    assert names(rich.answer("method!")) == ["follow-up"]
    [card] = rich.answer("nada")
    assert (card.data["first_score"], card.data["card"].score) == (0, 80)


def test_repeated_it_is_put_as_it_was_last_put(rich: Driver) -> None:
    rich.send("practice:retention")
    rich.answer("gate")
    assert "manera" in rich.send("repeat")[0].data["prompt"]
    rich.send("set:lang=en")
    assert "differently" in rich.said[-1].data["prompt"]


def test_in_a_language_without_other_words_the_question_itself_is_repeated(rich: Driver) -> None:
    asked = rich.bank.questions["retention"]
    texts = {**asked.texts, "en": replace(asked.texts["en"], rephrased="")}
    questions = {**rich.bank.questions, "retention": replace(asked, texts=texts)}
    rich.bank = replace(rich.bank, questions=questions)
    rich.send("practice:retention")
    rich.answer("gate")
    rich.send("set:lang=en")
    assert rich.said[-1].data["prompt"] == texts["en"].prompt


def test_skipping_it_leaves_the_question_with_what_it_earned(rich: Driver) -> None:
    rich.send("interview:3")
    rich.answer("gate")
    assert names(rich.send("skip")) == ["question"]
    assert rich.session.results[0].score == 0


# --- follow-ups -------------------------------------------------------------------------------


def test_a_follow_up_recovers_or_does_not_and_both_scores_are_shown(rich: Driver) -> None:
    rich.send("interview:3")
    rich.answer("goal method! result!")
    rich.answer("goal!")
    rich.send("next")
    rich.answer("goal method! result!")
    rich.answer("nada que añadir")
    rich.send("next")
    rich.send("finish")
    rows = rich.said[-1].data["rows"]
    assert [(row.first, row.score) for row in rows] == [(67, 100), (67, 67)]
    assert rich.said[-1].data["first_mean"] < rich.said[-1].data["mean"]


def test_a_complete_answer_and_one_explained_get_no_follow_up(rich: Driver) -> None:
    rich.send("practice:retention")
    assert names(rich.answer("goal+ method+ result+")) == ["scorecard"]


def test_a_follow_up_takes_up_what_was_only_named(rich: Driver) -> None:
    rich.send("practice:retention")
    [probe] = rich.answer("method! result! Y esto, de lo que goal habla. Fin.")
    assert probe.data["quoted"] == "Y esto, de lo que goal habla"
    rich.send("skip")
    rich.send("retry")
    [probe] = rich.answer("method! result!")
    assert probe.data["quoted"] == "", "nothing was said that it could take up"


def test_a_quote_is_short_one_line_and_of_what_was_said_most_concretely() -> None:
    goal, effect = Criterion("goal", 50), Criterion("effect", 20, Rule.EFFECT)
    said = Evidence(0, 9, "Subimos\nde 10 a 12.")
    card = Scorecard("q", "es", 0, 1, said=(said,))
    assert probing.quote(card, effect, "") == "Subimos de 10 a 12"
    assert probing.quote(card, goal, "") == ""
    answer = f"Uno. {'dos ' * 60}"
    long = Score("goal", 1, 1, 50, (Evidence(0, 3, "Uno"), Evidence(5, 12, "dos dos")))
    quoted = probing.quote(replace(card, scores=(long,)), goal, answer)
    assert quoted.endswith("…")
    assert len(quoted) <= probing.LONGEST_QUOTE
    unnamed = replace(long, level=0)
    assert probing.quote(replace(card, scores=(unnamed,)), goal, answer) == ""


def test_of_a_long_sentence_the_part_between_commas_is_quoted_and_a_bare_word_never() -> None:
    goal = Criterion("goal", 50)
    answer = f"{'Antes de todo eso ' * 6}, el canal era barato, {'y más cosas ' * 8}. Sí."
    at = answer.index("canal")
    score = Score("goal", 1, 1, 50, (Evidence(at, at + 5, "canal"),))
    card = Scorecard("q", "es", 0, 1, scores=(score,))
    assert probing.quote(card, goal, answer) == "el canal era barato"
    assert probing.quote(card, goal, answer[: at + 5].rpartition(",")[2].strip()[3:]) == ""


# --- the facts of a case ----------------------------------------------------------------------


def test_a_fact_that_is_asked_for_is_told_and_is_no_answer(rich: Driver) -> None:
    rich.send("practice:growth-case")
    [told] = rich.write("¿Qué presupuesto hay?")
    assert (told.template, rich.session.state) == ("fact", State.ASKED)
    assert kinds(rich) == ["question", "inquiry", "fact"]
    assert rich.turns[-1].text == told.data["fact"]
    figure = rich.turns[0].text.split(" tiene ")[1].split(" ")[0]
    assert figure in told.data["fact"], "the figures of a case agree with one another"
    rich.write("goal!")
    assert names(rich.write("¿Y cuántos quedan?")) == ["fact"]
    assert [part.text for part in rich.session.draft] == ["goal!"]
    assert rich.session.revealed == ("budget", "staying")


def test_what_is_not_known_of_a_case_is_said_so_and_the_question_is_no_answer(
    rich: Driver,
) -> None:
    rich.send("practice:growth-case")
    [said] = rich.write("¿Quién es el jefe?")
    assert (said.template, said.data["fact"]) == ("fact", "")
    assert kinds(rich) == ["question", "inquiry"]
    [said] = rich.write("Primero miraría el presupuesto.")
    assert (said.template, said.data["asks"]) == ("draft", False)
    assert len(rich.session.draft) == 1


def test_where_there_are_no_facts_a_question_is_part_of_the_answer(rich: Driver) -> None:
    rich.send("practice:retention")
    [said] = rich.write("¿Por dónde empecé?")
    assert (said.template, said.data["asks"]) == ("draft", True)
    assert len(rich.session.draft) == 1


def test_what_only_begins_like_a_question_is_kept_and_the_fact_told_all_the_same(
    rich: Driver,
) -> None:
    rich.send("practice:growth-case")
    [said] = rich.send(Text("Hay que mirar el presupuesto por canal", asks=True))
    assert said.template == "draft"
    assert "euros" in said.data["told"]
    assert len(rich.session.draft) == 1


def test_a_fact_told_beside_an_answer_is_on_record_once(rich: Driver) -> None:
    rich.send("practice:growth-case")
    [said] = rich.send(Text("Hay que mirar el presupuesto", "1", asks=True))
    rich.send(Text("Hay que mirar el presupuesto por canal", "1", asks=True))
    assert kinds(rich) == ["question", "fact"]
    assert rich.turns[-1].text == said.data["told"]


def test_a_fact_comes_with_the_follow_up_that_needs_it_but_not_twice(rich: Driver) -> None:
    rich.send("practice:growth-case")
    [probe] = rich.answer("method! result!")
    assert "euros" in probe.data["fact"]
    assert "euros" in rich.turns[-1].text
    rich.send("skip")
    rich.send("retry")
    rich.write("¿Qué presupuesto hay?")
    rich.write("¿Qué presupuesto hay?")
    assert rich.session.revealed == ("budget",)
    [probe] = rich.answer("method! result!")
    assert probe.data["fact"] == ""


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("¿Cuál es el PRESUPUESTO?", ("budget",)),
        ("预算是多少？", ("budget",)),
        ("DAU多少？", ("budget",)),
        ("¿Quién?", ()),
        ("¿Y quién? ¿Con qué presupuesto? ¿Presupuesto?", ("budget",)),
    ],
)
def test_a_fact_is_known_by_the_words_it_is_asked_for(text: str, known: tuple[str, ...]) -> None:
    assert facts.wanted(text, ASKS) == known


def test_a_phrase_without_words_asks_for_nothing() -> None:
    assert facts.wanted("¿Y tú quién eres?", {"odd": FactText("Nada.", ("?",))}) == ()


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("¿Cuánto?", True),
        ("多少？", True),
        ("Lo mediría. ¿Cuánto?", False),
        ("uno\n¿dos?", False),
        ("a" * 200 + "?", False),
        ("¿Sí? Lo haría así.", False),
    ],
)
def test_a_question_is_a_message_that_only_asks(text: str, asks: bool) -> None:
    assert facts.is_question(text) is asks


def test_in_earnest_it_is_told_as_well_and_no_help_is_given(rich: Driver) -> None:
    rich.bank = replace(rich.bank, questions={"growth-case": rich.bank.questions["growth-case"]})
    rich.send("interview:1 real")
    assert rich.session.manner is Manner.REAL
    assert names(rich.write("¿Qué presupuesto hay?")) == ["fact"]
    for help_ in ("hint", "example", "model"):
        assert names(rich.send(help_)) == ["expected"]


def test_who_tries_again_and_again_hears_the_same_but_it_is_noted_once(chat: Driver) -> None:
    chat.send("practice:retention")
    for _ in range(5):
        assert names(chat.answer("goal! method!")) == ["follow-up"]
        chat.send("skip")
        chat.send("retry")
    assert chat.session.heard == ("result/experience",)
