"""Whether an answer is in the words of its question or in those of another one."""

from __future__ import annotations

from dataclasses import replace
from math import log

import pytest

from bot.core.questions import Lexicon, Question, QuestionText
from bot.scoring.language import Language
from bot.scoring.reading import read
from bot.scoring.subject import SMOOTHING, Fit, Subjects

TOY = Language("es", Lexicon({"function": ("para", "los")}))


def asked(name: str, topic: str, prompt: str, model: str) -> Question:
    text = QuestionText(name, prompt, "", model, {})
    return Question(name, topic, "operations", (), (), (), 60, (), {"es": text})


COFFEE = asked("coffee", "bar", "café tueste", "tazas molienda barra")
BREAD = asked("bread", "bakery", "harina horno", "masa levadura corteza")
TEA = asked("tea", "bar", "tetera hojas", "infusión agua colador")
SUBJECTS = Subjects("es", TOY, [COFFEE, BREAD, TEA])


def fit(question: Question, text: str) -> Fit:
    return SUBJECTS.fit(question, read(text, TOY))


def test_words_of_the_question_fit() -> None:
    found = fit(COFFEE, "tueste molienda tazas para los")
    assert found.own > 0
    assert found.margin == 0


def test_words_of_another_topic_fit_that_one_better() -> None:
    found = fit(COFFEE, "harina horno masa")
    assert found.own == pytest.approx(log(SMOOTHING / (1 + SMOOTHING)))
    assert found.margin < found.own
    assert fit(COFFEE, "harina horno tueste").own > found.own


def test_words_of_the_same_topic_are_no_other_topic() -> None:
    found = fit(COFFEE, "tetera hojas agua")
    assert found.own < 0
    assert found.margin == 0


def test_words_nobody_knows_tell_nothing() -> None:
    assert fit(COFFEE, "xilófono zafiro") == Fit(0.0, 0.0)
    assert fit(COFFEE, "") == Fit(0.0, 0.0)


def test_a_question_outside_of_the_background_knows_its_own_words() -> None:
    juice = asked("juice", "fruit", "naranja exprimidor", "pulpa vaso")
    assert fit(juice, "naranja pulpa").own > 0
    assert fit(replace(juice, id="other"), "harina masa").own < 0


def test_the_words_of_the_prompt_count_more_than_those_of_the_model_answer() -> None:
    one = asked("one", "glass", "vaso jarra", "mesa")
    other = asked("other", "wood", "mesa silla", "vaso")
    subjects = Subjects("es", TOY, [one, other])
    assert subjects.fit(one, read("vaso", TOY)).own > 0
    assert subjects.fit(one, read("mesa", TOY)).own < 0
