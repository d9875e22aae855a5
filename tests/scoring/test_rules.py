"""Experience, effect and transfer rise with what was done; an effect needs an own action."""

from __future__ import annotations

import pytest

from bot.core.questions import Rule
from bot.scoring import rules
from bot.scoring.language import Language
from bot.scoring.reading import read
from bot.scoring.rules import Judged
from bot.scoring.signals import signals

CASES = [
    (rules.experience, 0, "Un plan debe tener metas y las métricas se miden cada semana."),
    (rules.experience, 1, "Una vez cambié el formulario de registro."),
    (rules.experience, 2, "En la empresa donde trabajé cambié el registro y medí las altas."),
    (
        rules.experience,
        3,
        "En la app donde trabajé medí el registro: 40 % se iba. Quité dos pasos, hablé con nueve "
        "usuarios y probé el cambio con 200 clientes; lo que no funcionó fue el correo.",
    ),
    (rules.effect, 0, "Las ventas subieron de 10 a 20 en todo el sector."),
    (rules.effect, 1, "Cambiamos el precio y las ventas subieron."),
    (rules.effect, 2, "Cambiamos el precio y las ventas subieron un 12 %."),
    (rules.effect, 3, "Cambiamos el precio y las ventas pasaron de 10 a 20."),
    (rules.transfer, 0, "Haría una encuesta a los usuarios."),
    (rules.transfer, 2, "En su empresa probaría el mismo precio con los clientes."),
    (rules.transfer, 3, "En su empresa probaría el precio con los clientes porque hay un plan."),
]


@pytest.mark.parametrize(("rule", "level", "text"), CASES)
def test_levels(rule: object, level: int, text: str, spanish: Language) -> None:
    reading = read(text, spanish)
    judged = rule(reading, signals(reading, spanish, frozenset()), ())  # type: ignore[operator]
    assert isinstance(judged, Judged)
    assert judged.level == level
    assert 0 <= judged.strength <= 1
    assert (judged.level == 0) <= (judged.strength <= rules.PLAN)


def test_order_and_reasons_make_structure(spanish: Language) -> None:
    def judged(text: str) -> Judged:
        reading = read(text, spanish)
        return rules.structure(reading, signals(reading, spanish, frozenset()), ())

    steps = "Primero miro los datos porque mandan. Luego hablo con clientes. Por último decido. "
    assert (
        judged(steps * 4).strength > judged("Miro los datos y hablo con clientes. " * 8).strength
    )


def test_stock_phrases_cost_clarity(spanish: Language) -> None:
    def judged(text: str) -> Judged:
        reading = read(text, spanish)
        return rules.clarity(reading, signals(reading, spanish, frozenset()), ())

    plain = "Medí 40 registros y cambié dos pantallas del formulario de la app en 3 semanas. "
    stock = "Soy proactivo, responsable, comprometido y con visión estratégica. "
    assert judged(plain * 4).strength > judged(plain * 2 + stock * 2).strength


def test_every_rule_but_content_is_judged() -> None:
    assert {r.value for r in Rule} - {"content"} <= set(dir(rules))
