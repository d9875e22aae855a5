"""The bank that comes with Simulacro is in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bank import load_bank
from bot.bank.lint import check_bank

BUILT_IN = Path(__file__).parents[2] / "question_bank"

STABLE_IDS = {
    "operating-plan",
    "user-growth",
    "retention",
    "purchase-conversion",
    "data-operations",
    "self-intro-graduate",
    "self-intro-experienced",
    "ab-experiment",
    "career-change",
    "user-needs",
}


def test_it_has_no_problems() -> None:
    assert [str(problem) for problem in check_bank(BUILT_IN).problems] == []


def test_it_holds_the_questions_other_data_refers_to() -> None:
    assert set(load_bank(BUILT_IN).questions) >= STABLE_IDS


@pytest.mark.parametrize("lang", ["es"])
def test_it_names_what_it_uses(lang: str) -> None:
    assert load_bank(BUILT_IN).names[lang]["role.product-manager"]
