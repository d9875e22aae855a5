"""A few of the simulated interviews of `make simulate`, and that what they watch for is seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.core import probing
from bot.core.models import Manner, Session
from bot.core.questions import Criterion, Question
from tests.tools.simulate import material
from tests.tools.simulate.interview import hold
from tests.tools.simulate.material import Material
from tests.tools.simulate.setups import Kind, Setup, Trouble, setups
from tests.tools.simulate.table import missed, remarks, table

WORDLESS = (Trouble.SILENT, Trouble.ABSENT)


@pytest.fixture(scope="module")
def known() -> Material:
    return material.load()


@pytest.fixture(scope="module")
def short(known: Material) -> Sequence[Setup]:
    """A short interview in each language in which every question is answered."""
    found = {
        one.lang: one
        for one in setups(known.bank, 54)
        if one.length == 3 and one.trouble not in WORDLESS
    }
    return [found[lang] for lang in known.bank.languages]


def test_the_targets_are_met(known: Material, short: Sequence[Setup]) -> None:
    held = [hold(known, setup, kind) for setup in short for kind in Kind]
    assert missed(held) == []
    assert any(one.follow_ups for one in held)
    assert len([*table(held), *remarks(held)]) > 5


@pytest.mark.parametrize("trouble", Trouble)
def test_an_interview_ends_whatever_goes_wrong(
    known: Material, short: Sequence[Setup], trouble: Trouble
) -> None:
    setup = replace(short[0], manner=Manner.REAL, trouble=trouble)
    outcome = hold(known, setup, Kind.WEAK)
    assert outcome.problems == ()
    unanswered = sum(one.score is None for one in outcome.results)
    assert unanswered == (trouble in WORDLESS)
    assert outcome == hold(known, setup, Kind.WEAK)


def test_words_nobody_said_are_noticed(
    known: Material, short: Sequence[Setup], monkeypatch: pytest.MonkeyPatch
) -> None:
    def invented(*_: object) -> str:
        return "nunca dicho"

    monkeypatch.setattr(probing, "quote", invented)
    assert "quoted what was not said" in " ".join(hold(known, short[0], Kind.WEAK).problems)


def test_a_follow_up_on_what_was_said_is_noticed(
    known: Material, short: Sequence[Setup], monkeypatch: pytest.MonkeyPatch
) -> None:
    def best(session: Session, question: Question) -> Criterion | None:
        assert session.card is not None
        told = max(session.card.scores, key=lambda score: score.level)
        return question.criterion(told.id) if len(session.probed) < 2 else None

    monkeypatch.setattr(probing, "criterion", best)
    monkeypatch.setattr(probing, "text", lambda *_: "¿Y eso?")
    problems = " ".join(hold(known, short[0], Kind.MIDDLING).problems)
    assert "which is at level" in problems
    assert "a second time" in problems
    assert "asked twice" in problems
