"""The bank that comes with Simulacro, a scorer of it, and a tiny question to test single steps."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.bank import load_bank
from bot.core.questions import (
    Bank,
    Criterion,
    CriterionText,
    Lexicon,
    Misconception,
    Question,
    QuestionText,
    Rule,
)
from bot.scoring import Scorer
from bot.scoring.language import Language
from bot.scoring.reading import Reading, read

ROOT = Path(__file__).parents[2]
MODEL = (
    "Yo empiezo por escuchar a los clientes que llaman para quejarse del café, porque ahí se ve "
    "lo que duele de verdad. Después pruebo dos tuestes con veinte mesas y me quedo con el que "
    "deja menos tazas a medias; en mi bar pasamos de nueve a tres tazas devueltas por semana."
)


@pytest.fixture(scope="session")
def bank() -> Bank:
    return load_bank(ROOT / "question_bank")


@pytest.fixture(scope="session")
def scorer(bank: Bank) -> Scorer:
    return Scorer(bank)


@pytest.fixture(scope="session")
def spanish(bank: Bank) -> Language:
    return Language("es", bank.lexicons["es"])


@pytest.fixture(scope="session")
def reads(spanish: Language) -> Callable[[str], Reading]:
    return lambda text: read(text, spanish)


def tiny_bank(lexicons: dict[str, Lexicon], weights: dict[str, dict[str, float]]) -> Bank:
    """One question about coffee with a content criterion, an effect, and a misconception."""
    words = CriterionText(
        "Tueste", "que …", "Di …", {}, ("tueste/molienda del grano",), ("menos tazas devueltas",)
    )
    effect = CriterionText("Efecto", "que …", "Di …", {})
    text = QuestionText(
        "Café",
        "¿Cómo mejorarías el café de un bar?",
        "…",
        MODEL,
        {"roast": words, "effect": effect},
        (Misconception("sugar", ("tapar con azúcar",), "El azúcar no arregla el café."),),
    )
    question = Question(
        "coffee",
        "bar",
        "operations",
        (),
        (),
        (),
        60,
        (Criterion("roast", 60), Criterion("effect", 40, Rule.EFFECT)),
        {"es": text},
    )
    return Bank("test", "0", ("es",), {"coffee": question}, lexicons, weights)


@pytest.fixture(scope="session")
def coffee(bank: Bank) -> Scorer:
    weights = {name: dict(table) for name, table in bank.weights.items()}
    return Scorer(tiny_bank(dict(bank.lexicons), weights))


def entries(name: str, key: str) -> list[Any]:
    """The entries of a data file of these tests, with their names as test ids."""
    file = tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))
    return [pytest.param(entry, id=entry["name"]) for entry in file[key]]
