"""The attack suite over the built-in bank: what each trick is, and a sample of all of them."""

from __future__ import annotations

from collections import defaultdict

import pytest

from bot.bank.samples import load_attack_words, load_samples
from bot.core.models import Bank
from bot.scoring import Scorer
from bot.scoring.attacks import KINDS, MAY_PASS, PASS, Attack, Text, attacks
from tests.scoring.conftest import ROOT

FOLDER = ROOT / "question_bank"


@pytest.fixture(scope="module")
def tried(bank: Bank) -> list[Attack]:
    """From every model answer."""
    texts = [
        Text(question.id, lang, text.model_answer, model=True)
        for question in bank.questions.values()
        for lang, text in question.texts.items()
    ]
    return list(attacks(bank, texts, load_attack_words(FOLDER)))


def test_every_kind_is_tried_in_every_language_that_has_word_lists(tried: list[Attack]) -> None:
    kinds = defaultdict(set)
    for one in tried:
        kinds[one.lang].add(one.kind)
    assert all(kinds[lang] >= set(KINDS) - MAY_PASS for lang in load_attack_words(FOLDER))


def test_the_same_seed_makes_the_same_tricks(bank: Bank) -> None:
    (key, samples), *_ = load_samples(FOLDER).items()
    texts = [Text(key[1], key[0], samples[0].text)]
    words = load_attack_words(FOLDER)
    assert list(attacks(bank, texts, words, 3)) == list(attacks(bank, texts, words, 3))
    assert list(attacks(bank, texts, words, 3)) != list(attacks(bank, texts, words, 4))


@pytest.mark.parametrize(
    "kind",
    [
        "keyword-list", "connected-list", "percentages", "invented-deeds", "shuffled-words",
        "one-sentence", "echo", "copy", "negated", "contradicted", "other-question",
        "wrong-language", "hidden", "instructions", "strewn-numbers", "gibberish", "emoji",
    ],
)  # fmt: skip
def test_a_trick_does_not_pass(scorer: Scorer, tried: list[Attack], kind: str) -> None:
    scores = [
        scorer.score(one.question, one.text, one.lang).score for one in tried if one.kind == kind
    ]
    assert sum(score >= PASS for score in scores) <= 0.02 * len(scores)
