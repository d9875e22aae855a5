"""The same answer without accents, shouted, mistyped, dictated or stammered gets the same score.

Means are held to the target of three points; the share of answers that change by more than ten,
and the worst, to what is reached (docs/scoring.md tells the figures).
"""

from __future__ import annotations

from random import Random
from statistics import mean

import pytest

from bot.bank.samples import load_samples
from bot.scoring import Scorer
from tests.scoring.conftest import ROOT
from tests.scoring.disturbing import DISTURBANCES

MEAN = 3.0
SPANISH_ONLY = {"American", "peninsular"}


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("kind", DISTURBANCES)
def test_a_score_hardly_changes(scorer: Scorer, lang: str, kind: str) -> None:
    if lang != "es" and kind in SPANISH_ONLY:
        pytest.skip("wordings of Spanish")
    changes = []
    for (spoken, question), samples in load_samples(ROOT / "question_bank").items():
        if spoken != lang:
            continue
        for place, sample in enumerate(samples):
            other = DISTURBANCES[kind](sample.text, Random(place), lang)
            before = scorer.score(question, sample.text, lang).score
            changes.append(abs(scorer.score(question, other, lang).score - before))
    assert mean(changes) <= MEAN
    assert sum(change > 10 for change in changes) <= 0.1 * len(changes)
