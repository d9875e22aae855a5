"""What an answer costs: little, and the same however large the bank is.

Counted are calls, of our functions and of what they call: the same in every run and on every
machine. How long they take is told by `make bench`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from typing import Any

import pytest

from bot.bank.samples import load_samples
from bot.core.questions import Bank
from bot.scoring import Scorer
from bot.scoring.handful import MOST, handful
from bot.scoring.scorer import MANY
from tests.scoring.conftest import ROOT

QUESTIONS = 5_000
TOPICS = 97
WORST = 4_096  # characters of a message


@pytest.fixture(scope="module")
def large(bank: Bank) -> Bank:
    """The bank with copies of its questions, each with its own model answer and topic."""
    questions = dict(bank.questions)
    originals = list(bank.questions.values())
    for number in range(QUESTIONS - len(questions)):
        one = originals[number % len(originals)]
        words = one.texts["es"].model_answer.split()
        start = number % len(words)
        text = replace(
            one.texts["es"], model_answer=" ".join([f"{number}", *words[start:], *words[:start]])
        )
        name, topic = f"{one.id}-{number}", f"{one.topic}-{number % TOPICS}"
        questions[name] = replace(one, id=name, topic=topic, texts={"es": text})
    return replace(bank, questions=questions)


@pytest.fixture(scope="module")
def answers() -> list[tuple[str, str]]:
    found = load_samples(ROOT / "question_bank").items()
    return [
        (question, sample.text)
        for (lang, question), samples in found
        for sample in samples
        if lang == "es"
    ]


@contextmanager
def counted() -> Iterator[list[int]]:
    """Counts the calls made meanwhile, of functions in Python and in C."""
    calls = [0]

    def count(frame: FrameType, event: str, arg: Any) -> None:
        del frame, arg
        calls[0] += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield calls
    finally:
        sys.setprofile(before)


def steps(work: Callable[[], object]) -> int:
    """The calls that `work` makes once everything is compiled and remembered."""
    work()
    with counted() as calls:
        work()
    return calls[0]


def told_at_length(answers: list[tuple[str, str]], words: int) -> str:
    """So many words of what people answer to one question, nothing of it twice if it can be."""
    told = " ".join(text for question, text in answers if question == "retention").split()
    return " ".join((told * (1 + words // len(told)))[:words])


def test_a_large_bank_costs_no_more(
    bank: Bank, large: Bank, answers: list[tuple[str, str]]
) -> None:
    small, big = (
        sum(steps(lambda: scorer.score(*one)) for one in answers)  # noqa: B023 - called at once
        for scorer in (Scorer(bank), Scorer(large))
    )
    assert big <= 1.1 * small


def test_the_first_score_costs_no_more(
    bank: Bank, large: Bank, answers: list[tuple[str, str]]
) -> None:
    """Of a large bank only the handful's texts are looked at."""
    first = []
    for each in (bank, large):
        scorer = Scorer(each)
        with counted() as calls:
            scorer.score(*answers[0])
        first.append(calls[0])
    assert first[1] <= 1.1 * first[0]


@pytest.mark.parametrize("words", [100, 200, 400])
def test_twice_the_words_cost_twice_as_much(
    scorer: Scorer, answers: list[tuple[str, str]], words: int
) -> None:
    once, twice = (
        steps(lambda: scorer.score("retention", told_at_length(answers, size)))  # noqa: B023
        for size in (words, 2 * words)
    )
    assert twice <= 2.3 * once


@pytest.mark.parametrize(
    "text", ["no usuarios ", "subió 30 % ", "yo medí 4 ", "porque la retención, "]
)
def test_the_worst_message_costs_no_more_than_a_long_answer(
    scorer: Scorer, answers: list[tuple[str, str]], text: str
) -> None:
    """A whole message full of what is looked for, against as much of what people say."""
    worst = (text * WORST)[:WORST]
    usual = told_at_length(answers, WORST)[:WORST]
    assert steps(lambda: scorer.score("retention", worst)) <= 1.5 * steps(
        lambda: scorer.score("retention", usual)
    )


def test_the_handful_is_fixed_and_small(bank: Bank, large: Bank) -> None:
    few = handful(large, "es")
    assert len(few) == MOST
    assert few == handful(
        replace(large, questions=dict(reversed([*large.questions.items()]))), "es"
    )
    assert len({question.topic for question in few}) == MOST
    some = dict(list(bank.questions.items())[:MOST])
    assert len(handful(replace(bank, questions=some), "es")) == MOST


def test_a_model_answer_of_two_hundred_is_known(bank: Bank, large: Bank) -> None:
    """Of more they are not: to know the openings of all would be to read all texts."""
    some = dict(list(large.questions.items())[: MANY - 1])
    far = list(large.questions)[MANY - 2]
    model = some[far].texts["es"].model_answer
    assert Scorer(replace(bank, questions=some)).score("career-change", model).gate == (
        "other-question"
    )
