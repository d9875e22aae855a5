"""Own actions, results and numbers are told from what only looks like them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.scoring.language import Language
from bot.scoring.numbers import quantities
from bot.scoring.reading import Reading
from bot.scoring.signals import own_past, signals

Reads = Callable[[str], Reading]


def words(reading: Reading, spans: object) -> list[str]:
    return [reading.evidence(span).text for span in spans]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Lancé un piloto y medimos las altas", ["Lancé", "medimos"]),
        ("lance un piloto y medi las altas", ["lance", "medi"]),  # no accents anywhere
        ("Él dijo: lance usted un piloto y mídalo así también", []),
        ("Hemos probado dos canales", ["probado"]),
        ("El registro y el cambio son míos", []),
        ("Nací en Lima y crecí en Cusco", []),
        ("Busqué causas y empecé por ahí", ["Busqué", "empecé"]),
        ("Yo miraba los datos", ["miraba"]),
        ("El dueño miraba los datos", []),
        ("Probado con diez mesas. Lanzado a todos", ["Probado", "Lanzado"]),  # notes
        ("Dado que era caro, lo dicho", []),
        ("El curso, abandonado por muchos", []),
        ("Usado por todos", []),
        ("Decisión: todos al plan nuevo. Qué hice: menos pasos", ["Decisión", "Qué hice"]),
        ("La decisión fue suya: no mía", []),
    ],
)
def test_own_past(reads: Reads, spanish: Language, text: str, own: list[str]) -> None:
    reading = reads(text)
    assert words(reading, own_past(reading, spanish)) == own


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("subió un treinta por ciento", [("treinta por ciento", "share")]),
        ("pasamos de 38 a 52 %", [("38 a 52 %", "change")]),
        ("de uno coma dos a uno coma ocho", [("dos a uno coma ocho", "change")]),
        ("2,3 frente a 2,2", [("2,3 frente a 2,2", "change")]),
        ("8% vs 34%", [("8% vs 34%", "change")]),
        ("cuarenta y cinco clientes", [("cuarenta y cinco", "count")]),
        ("de 2 a 3 años", [("2", "count"), ("3", "time")]),
        ("seis de cada diez", [("seis de cada", "share"), ("de cada diez", "share")]),
        ("en tres semanas", [("tres", "time")]),
        ("antes volvían 7 y ahora 12", [("7 y ahora 12", "change")]),
        (
            "Al principio pagaban 4. Al cabo de tres meses pagaban 9",
            [("4. Al cabo de tres meses pagaban 9", "change"), ("tres", "time")],
        ),
        ("vendimos 30 y luego 12 más", [("30", "count"), ("12", "count")]),
        ("nada de nada", []),
    ],
)
def test_numbers(reads: Reads, text: str, found: list[tuple[str, str]]) -> None:
    reading = reads(text)
    numbers = quantities(reading)
    assert [(reading.evidence(n.span).text, n.size.value) for n in numbers] == found


def test_what_is_denied_again_and_again_is_refused(reads: Reads, spanish: Language) -> None:
    def refused(text: str) -> float:
        return signals(reads(text), spanish, frozenset()).denial.refused

    assert (
        refused("No medí las altas, no hablé con clientes, no probé nada y cambié un botón")
        == 0.75
    )
    assert refused("Medí las altas, hablé con clientes y no probé el botón, pero lo cambié") == 0


def test_all_that_was_said_can_be_taken_back(reads: Reads, spanish: Language) -> None:
    def recanted(text: str) -> bool:
        return signals(reads(text), spanish, frozenset()).denial.recanted

    assert recanted("Medí las altas. Pero todo esto es una pérdida de tiempo.")
    assert not recanted("Medí las altas. Adivinar es una pérdida de tiempo.")


def test_an_action_away_from_the_trade_is_no_work(reads: Reads, spanish: Language) -> None:
    found = signals(reads("Recorrí el río y cociné arroz."), spanish, frozenset())
    assert not found.actions


def test_a_result_of_the_trade_is_a_result(reads: Reads, spanish: Language) -> None:
    reading = reads("Cambiamos el precio y las ventas subieron a la mitad de lo previsto.")
    found = signals(reading, spanish, frozenset())
    assert words(reading, found.actions) == ["Cambiamos"]
    assert "subieron" in words(reading, found.results)


def test_what_is_not_done_ends_where_another_action_begins(
    reads: Reads, spanish: Language
) -> None:
    reading = reads("yo no programaba con ellos y hablé con la gente")
    undone = signals(reading, spanish, frozenset()).denial.undone
    assert [reading.words[word].given for word in undone] == ["programaba", "con", "ellos", "y"]


def test_a_story_that_never_touches_the_trade_has_no_own_actions(
    reads: Reads, spanish: Language
) -> None:
    far = signals(reads("Recorrí el río. Cociné arroz."), spanish, frozenset())
    near = signals(reads("Recorrí el río. Medí las altas."), spanish, frozenset())
    assert (len(far.own), len(near.own)) == (0, 2)


def test_empty_phrases_where_something_was_done_cost_nothing(
    reads: Reads, spanish: Language
) -> None:
    reading = reads("Hay que tener visión. Medí las altas con visión.")
    first, second = (2, 3), (8, 8)
    found = signals(reading, spanish, frozenset(), [first, second])
    assert list(found.hollow) == [first]


@pytest.mark.parametrize(
    "text",
    [
        "¿Lo probaron antes? No. Medí las altas. ¿Y ahora? No. Llamé. ¿Fácil? No. Probé dos.",
        "No, medí las altas. No, llamé a tres. No, probé dos.",
        "No solo medí las altas, sino que llamé a tres.",
    ],
)
def test_a_no_of_its_own_denies_nothing(reads: Reads, spanish: Language, text: str) -> None:
    found = signals(reads(text), spanish, frozenset()).denial
    assert (found.refused, found.shown) == (0, [])
