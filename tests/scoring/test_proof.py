"""A bank's rubrics are proven on its own samples and model answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.models import Score, Scorecard
from bot.core.questions import Sample
from bot.scoring.proof import VERY_GOOD, prove_model, prove_samples
from tests.support.banks import small_bank

BANK = small_bank()
SAMPLE = Sample("good", "spoken", 60, 80, ("goal",), "Miro el objetivo.")


class FixedScorer:
    """Scores everything alike, and says whether it was told of a model answer."""

    def __init__(self, score: int, level: int = 2, gate: str | None = None) -> None:
        self.card = Scorecard(
            "retention",
            "es",
            score,
            3,
            gate,
            (Score("goal", level, 1, 2), Score("method", 0, 0, 2)),
        )
        self.model = False

    def score(self, question: str, text: str, lang: str, *, model: bool = False) -> Scorecard:
        self.model = model
        return self.card


def faults(scorer: FixedScorer, sample: Sample = SAMPLE) -> list[str]:
    samples = {("es", "retention"): (sample,), ("zh", "retention"): (sample,), ("es", "x"): ()}
    [(proof, told)] = prove_samples(scorer, samples, BANK)  # type: ignore[arg-type]
    assert proof.right == (not told)
    return told


@pytest.mark.parametrize("score", [60, 70, 80])
def test_a_score_within_the_band_is_right(score: int) -> None:
    assert faults(FixedScorer(score)) == []


@pytest.mark.parametrize("score", [59, 81])
def test_a_score_outside_of_the_band_is_told(score: int) -> None:
    assert faults(FixedScorer(score)) == [f"scores {score}, expected 60 to 80"]


def test_a_gate_is_named() -> None:
    assert faults(FixedScorer(5, gate="list"))[0] == "scores 5 (list), expected 60 to 80"


@pytest.mark.parametrize("criterion", ["method", "unheard-of"])
def test_a_criterion_that_is_not_earned_is_told(criterion: str) -> None:
    sample = replace(SAMPLE, earns=("goal", criterion))
    told = f"does not earn {criterion}, expected points for it"
    assert faults(FixedScorer(70), sample) == [told]


def test_a_model_answer_is_very_good() -> None:
    scorer = FixedScorer(VERY_GOOD)
    assert prove_model(scorer, BANK.ask("retention"), "es") is None  # type: ignore[arg-type]
    assert scorer.model
    found = prove_model(FixedScorer(VERY_GOOD - 1), BANK.ask("retention"), "es")  # type: ignore[arg-type]
    assert found is not None
    assert found.message == "scores 79 (without method), expected at least 80, very good"
