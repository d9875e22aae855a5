"""The attack suite over the built-in bank: every trick in every language, from good answers."""

from __future__ import annotations

from collections import defaultdict

import pytest

from bot.bank.samples import load_attack_words, load_samples
from bot.core.questions import Bank
from bot.scoring import Scorer
from bot.scoring.attacks import KINDS, MAY_PASS, PASS, Attack, Text, attacks
from tests.scoring.conftest import ROOT

GOOD = 65
FOLDER = ROOT / "question_bank"


@pytest.fixture(scope="module")
def tried(bank: Bank) -> list[Attack]:
    """From every model answer and every sample that is a good answer."""
    texts = [
        Text(question.id, lang, text.model_answer, model=True)
        for question in bank.questions.values()
        for lang, text in question.texts.items()
    ]
    texts += [
        Text(question, lang, sample.text)
        for (lang, question), samples in load_samples(FOLDER).items()
        for sample in samples
        if sample.min >= GOOD
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


@pytest.mark.parametrize("lang", ["es", "en", "zh"])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in MAY_PASS])
def test_two_of_a_hundred_tricks_pass_at_most(
    scorer: Scorer, tried: list[Attack], kind: str, lang: str
) -> None:
    mine = [one for one in tried if (one.kind, one.lang) == (kind, lang)]
    scores = [scorer.score(one.question, one.text, one.lang).score for one in mine]
    assert scores
    assert sum(score >= PASS for score in scores) <= max(1, 0.02 * len(scores))


@pytest.mark.parametrize(
    ("kind", "gate"),
    [
        ("copy", "model-copy"),
        ("one-sentence", "repetition"),
        ("instructions", "injection"),
        ("percentages", "list"),
    ],
)
def test_a_trick_meets_the_gate_meant_for_it(
    scorer: Scorer, tried: list[Attack], kind: str, gate: str
) -> None:
    mine = [one for one in tried if one.kind == kind]
    gates = [scorer.score(one.question, one.text, one.lang).gate for one in mine]
    assert gates.count(gate) >= 0.9 * len(gates)
