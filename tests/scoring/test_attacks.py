"""Attacks made from the bank's own phrases and good samples: two of a hundred pass at most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import pytest

from bot.bank.samples import load_samples
from bot.core.models import Bank, Question
from bot.scoring import Scorer
from tests.scoring.conftest import ROOT

PASS = 50
GOOD = 65
CONNECTORS = ["primero", "luego", "después", "además", "entonces", "porque", "por último", "y"]
Attack = Callable[[Random, list[str]], str]


def phrases(question: Question, random: Random) -> list[str]:
    """Up to 28 concepts of all criteria, in any order, one alternative of each word."""
    found: list[str] = []
    for words in question.texts["es"].criteria.values():
        found += random.sample(list(words.concepts), min(6, len(words.concepts)))
    random.shuffle(found)
    parts = [phrase.split(" / ")[0].split() for phrase in found[:28]]
    return [" ".join(random.choice(word.split("/")) for word in part) for part in parts]


def after_connectors(random: Random, terms: list[str]) -> str:
    return ", ".join(f"{random.choice(CONNECTORS)} {term}" for term in terms)


def with_numbers(random: Random, terms: list[str]) -> str:
    return ", ".join(f"{term} {random.randrange(3, 80)} %" for term in terms)


def with_both(random: Random, terms: list[str]) -> str:
    return ". ".join(
        f"{random.choice(CONNECTORS)} {term} {random.randrange(3, 80)} %" for term in terms
    )


def with_verbs(random: Random, terms: list[str]) -> str:
    return ". ".join(
        f"{random.choice(['medí', 'lancé', 'probé'])} {term} y subió {random.randrange(3, 80)} %"
        for term in terms
    )


def good_samples() -> Iterator[tuple[str, str]]:
    for (_, question), samples in load_samples(ROOT / "question_bank").items():
        yield from ((question, sample.text) for sample in samples if sample.min >= GOOD)


def shuffled(random: Random, text: str) -> str:
    words = text.split()
    random.shuffle(words)
    return " ".join(words)


def contradicted(random: Random, text: str) -> str:
    return text + random.choice(
        [
            " Pero todo esto no sirve de nada y es una pérdida de tiempo.",
            " La verdad, nada de lo anterior importa: no hace falta medir y es perder el tiempo.",
        ]
    )


def share(scores: list[int]) -> float:
    return sum(score >= PASS for score in scores) / len(scores)


@pytest.mark.parametrize("attack", [after_connectors, with_numbers, with_both, with_verbs])
def test_a_list_of_phrases_does_not_pass(scorer: Scorer, bank: Bank, attack: Attack) -> None:
    random = Random(11)
    questions = list(bank.questions.values()) * 8
    texts = [(q.id, attack(random, phrases(q, random))) for q in questions]
    assert share([scorer.score(question, text).score for question, text in texts]) <= 0.02


@pytest.mark.parametrize("attack", [shuffled, contradicted])
def test_a_good_answer_spoilt_does_not_pass(
    scorer: Scorer, attack: Callable[[Random, str], str]
) -> None:
    random = Random(12)
    texts = [(question, attack(random, text)) for question, text in good_samples()]
    assert share([scorer.score(question, text).score for question, text in texts]) <= 0.02
