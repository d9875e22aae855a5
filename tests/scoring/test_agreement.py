"""Scores agree with a panel on graded answers, and the bank's samples reach their bands."""

from __future__ import annotations

import json

import pytest

from bot.bank.samples import load_samples
from bot.scoring import Scorer
from bot.scoring.batch import pair_line
from bot.scoring.evaluate import Evaluation, evaluate_pairs
from tests.scoring.conftest import ROOT

GRADED = ROOT / "tests" / "data" / "graded_es.jsonl"


@pytest.fixture(scope="module")
def evaluation(scorer: Scorer) -> Evaluation:
    if not GRADED.exists():
        pytest.skip("the graded answers are not beside this checkout")
    lines = [json.loads(line) for line in GRADED.read_text("utf-8").splitlines()]
    return evaluate_pairs([pair_line(scorer, line) for line in lines])


def test_the_panel_agrees(evaluation: Evaluation) -> None:
    assert evaluation.overall.pearson is not None
    assert evaluation.overall.pearson >= 0.93
    assert all((one.pearson or 0) >= 0.85 for one in evaluation.questions.values())


def test_what_is_worthless_is_not_accepted(evaluation: Evaluation) -> None:
    assert evaluation.overall.false_accepts == ()


def test_what_is_good_is_not_rejected(evaluation: Evaluation) -> None:
    assert evaluation.overall.false_rejects == ()


def test_samples_reach_their_bands(scorer: Scorer) -> None:
    """Nine of ten lie within, none is further out than ten points."""
    missed = []
    count = 0
    for (lang, question), samples in load_samples(ROOT / "question_bank").items():
        for sample in samples:
            count += 1
            score = scorer.score(question, sample.text, lang).score
            out = max(sample.min - score, score - sample.max)
            if out > 0:
                missed.append((out, question, sample.name))
    assert len(missed) <= count / 10, missed
    assert all(out <= 10 for out, _, _ in missed), missed
