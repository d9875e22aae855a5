"""To speak of the company one applies to counts, by whatever of it was told."""

from __future__ import annotations

import pytest

from bot.core.models import Occasion, Target
from bot.scoring.scorer import Scorer

TARGET = Target("Rumbo", "Ruta Fácil", "mamás de Quito", "viajes sueltos", "reservas por semana")
STORY = (
    "Separé a los usuarios nuevos de los de siempre y llamé a doce para saber por qué se iban. "
    "Puse un recordatorio al tercer día y la retención a siete días pasó del 20 al 27 %. "
)


def _transfer(scorer: Scorer, text: str, target: Target) -> int:
    score = scorer.score("retention", text, "es", Occasion(target)).get("transfer")
    assert score is not None
    return score.level


@pytest.mark.parametrize(
    "said",
    [
        "En Rumbo probaría lo mismo porque también se van pronto.",
        "En Ruta Fácil probaría el recordatorio porque el hábito nace la primera semana.",
        "Con las mamás que viven en Quito probaría un aviso, porque viajan los lunes.",
    ],
)
def test_what_was_told_of_the_target_counts_as_the_company(scorer: Scorer, said: str) -> None:
    assert _transfer(scorer, STORY + said, TARGET) == 3
    assert _transfer(scorer, STORY + said, Target("Otra", "Cosa")) < 3


def test_a_name_within_another_word_is_none(scorer: Scorer) -> None:
    said = STORY + "Sin perder el rumbos probaría lo mismo porque funciona."
    assert _transfer(scorer, said, Target("Rumbo", "Rumbo")) == _transfer(
        scorer, said, Target("Nada", "Nada")
    )


@pytest.mark.parametrize("odd", ["", "   ", "()", "<b>", "{company}", "🙂", "的", "a" * 120])
def test_an_odd_target_does_no_harm(scorer: Scorer, odd: str) -> None:
    plain = scorer.score("retention", STORY, "es")
    assert scorer.score("retention", STORY, "es", Occasion(Target(*[odd] * 5))) == plain


KEYWORDS = (
    "North Star, AARRR, SEO, SEM, CAC, LTV, embudo, cohortes, viralidad, referidos, KPI, OKR, "
    "retención, activación, growth hacking, tablero, métricas, segmentos, notificaciones, "
    "canales, anuncios, contenidos, pruebas A/B, churn, engagement, onboarding, valor"
)


def test_a_trick_added_to_an_answer_meets_its_gate(scorer: Scorer) -> None:
    whole = f"{STORY}\n\n{KEYWORDS}"
    assert scorer.score("retention", whole, "es", Occasion(added=KEYWORDS)).gate == "list"


def test_a_few_words_added_are_no_trick(scorer: Scorer) -> None:
    added = "Android, iOS y web."
    whole = f"{STORY}\n\n{added}"
    plain = scorer.score("retention", whole, "es")
    assert scorer.score("retention", whole, "es", Occasion(added=added)) == plain
