"""The credit ladder: absent, named, explained, backed, and what takes credit away."""

from __future__ import annotations

import pytest

from bot.core.models import Scorecard
from bot.core.questions import Bank
from bot.scoring import Scorer
from bot.scoring.rubric import CREDIT

FILL = " Trabajo en un bar con muchos clientes y la máquina del local es buena, de las de antes."


def roast(scorer: Scorer, text: str) -> Scorecard:
    card = scorer.score("coffee", text + FILL)
    assert card.gate is None
    return card


@pytest.mark.parametrize(
    ("level", "text"),
    [
        (0, "Hablaría de otras cosas que también tienen su interés para la gente del barrio."),
        (1, "Está el tueste del grano y otras cosas del local que se pueden ver en la barra."),
        (2, "Miraría el tueste del grano porque es lo que el cliente nota en la taza primero."),
        (3, "Cambié el tueste del grano porque amargaba y de cien clientes volvieron noventa."),
    ],
)
def test_levels(bank: Bank, coffee: Scorer, level: int, text: str) -> None:
    score = roast(coffee, text).get("roast")
    assert score is not None
    assert score.level == level
    in_passing = bank.weights["telling"]["passing"] if level else 0
    assert score.points == pytest.approx(in_passing * score.max * CREDIT[level], abs=1)


def test_a_list_explains_nothing(coffee: Scorer) -> None:
    text = "Tueste del grano, tazas, máquina, clientes, porque, 40 %, leche, agua, barra."
    score = roast(coffee, text).get("roast")
    assert score is not None
    assert score.level == 1


@pytest.mark.parametrize("no", ["Nunca miraría", "No tocaría", "Jamás cambiaría"])
def test_what_is_denied_earns_nothing(coffee: Scorer, no: str) -> None:
    score = roast(coffee, f"{no} el tueste del grano porque al cliente le da lo mismo.").get(
        "roast"
    )
    assert score is not None
    assert score.level == 0


def test_a_contrast_is_no_denial(coffee: Scorer) -> None:
    text = "Yo no miraría la taza sino el tueste del grano porque eso lo nota el cliente."
    score = roast(coffee, text).get("roast")
    assert score is not None
    assert score.level >= 2


def test_a_misconception_is_named_and_costs(coffee: Scorer) -> None:
    good = "Miraría el tueste del grano porque es lo que el cliente nota en la taza primero."
    wrong = roast(coffee, f"{good} Y lo demás se puede tapar con azúcar.")
    assert [e.id for e in wrong.errors] == ["sugar"]
    assert wrong.errors[0].evidence[0].text == "tapar con azúcar"
    assert wrong.score < roast(coffee, f"{good} Y lo demás se puede tapar con leche.").score


def test_evidence_quotes_concept_and_explanation(coffee: Scorer) -> None:
    text = "Cambié el tueste del grano y hubo menos tazas devueltas por los clientes, 3 por día."
    score = roast(coffee, text).get("roast")
    assert score is not None
    assert [e.text for e in score.evidence] == [
        "Cambié",
        "tueste del grano",
        "menos tazas devueltas",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Hablaría del tueste del grano. No hicimos que hubiera menos tazas devueltas.",
        "Hablaría del tueste del grano. Nunca conseguí menos tazas devueltas.",
    ],
)
def test_what_was_not_done_explains_nothing(coffee: Scorer, text: str) -> None:
    score = roast(coffee, text).get("roast")
    assert score is not None
    assert "menos tazas devueltas" not in [quote.text for quote in score.evidence]
