"""What an answer costs: little, and the same however large the bank is."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from time import process_time

import pytest

from bot.bank.samples import load_samples
from bot.core.models import Bank
from bot.scoring import Scorer
from bot.scoring.handful import MOST, handful
from tests.scoring.conftest import ROOT

QUESTIONS = 5_000
TOPICS = 97
SLACK = 3  # how much slower than a free machine this one may be


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


@pytest.fixture(autouse=True)
def _no_collector() -> Iterator[None]:
    """A pass of the collector over a bank costs more than a score; a server freezes the bank."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(scope="module")
def answers() -> list[tuple[str, str]]:
    found = load_samples(ROOT / "question_bank").items()
    return [(question, sample.text) for (_, question), samples in found for sample in samples]


def cost(scorer: Scorer, answers: list[tuple[str, str]]) -> float:
    """Milliseconds an answer, the best of five rounds."""
    rounds = []
    for _ in range(5):
        start = process_time()
        for question, text in answers:
            scorer.score(question, text)
        rounds.append(process_time() - start)
    return 1000 * min(rounds) / len(answers)


def test_a_large_bank_costs_no_more(
    bank: Bank, large: Bank, answers: list[tuple[str, str]]
) -> None:
    small, big = Scorer(bank), Scorer(large)
    ratios = [cost(big, answers) / cost(small, answers) for _ in range(3)]
    assert min(ratios) <= 1.1


def test_the_first_score_is_quick(large: Bank, answers: list[tuple[str, str]]) -> None:
    times = []
    for question, text in answers[:3]:
        scorer = Scorer(large)
        start = process_time()
        scorer.score(question, text)
        times.append(process_time() - start)
    assert 1000 * min(times) < 60 * SLACK


def test_an_answer_is_quick(scorer: Scorer, answers: list[tuple[str, str]]) -> None:
    """A long answer of 200 words in little more than a millisecond."""
    longest = max((text for _, text in answers), key=len)
    words = longest.split()
    text = " ".join((words * (1 + 200 // len(words)))[:200])
    question = next(question for question, one in answers if one == longest)
    assert cost(scorer, [(question, text)]) < 1.2 * SLACK


@pytest.mark.parametrize(
    "text", ["no usuarios ", "subió 30 % ", "yo medí 4 ", "porque la retención, "]
)
def test_the_worst_message_is_quick(scorer: Scorer, text: str) -> None:
    """A whole message of 4,096 characters, full of what is looked for."""
    worst = (text * 4096)[:4096]
    assert cost(scorer, [("retention", worst)]) < 50


def test_the_handful_is_fixed_and_small(bank: Bank, large: Bank) -> None:
    few = handful(large, "es")
    assert len(few) == MOST
    assert few == handful(
        replace(large, questions=dict(reversed([*large.questions.items()]))), "es"
    )
    assert len({question.topic for question in few}) == MOST
    assert len(handful(bank, "es")) == len(bank.questions)


def test_a_model_answer_of_thousands_is_known(large: Bank) -> None:
    scorer = Scorer(large)
    model = large.questions[max(large.questions)].texts["es"].model_answer
    assert scorer.score("career-change", model).gate == "other-question"
