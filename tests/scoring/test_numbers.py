"""What makes two numbers a before and an after, and a number a share or a time."""

from __future__ import annotations

import pytest

from bot.core.questions import Lexicon
from bot.scoring.language import Language
from bot.scoring.numbers import APART, quantities
from bot.scoring.reading import read

TOY = Language(
    "es",
    Lexicon(
        {
            "function": ("de", "a", "y", "por", "el"),
            "number_words": ("cuarenta", "cinco", "dos"),
            "number_joins": ("y",),
            "percent": ("%", "por ciento"),
            "each": ("de cada", "la mitad de"),
            "time_units": ("semana", "semanas"),
            "change_from": ("de", "desde"),
            "change_to": ("a", "hasta"),
            "versus": ("frente a",),
            "before": ("antes",),
            "now": ("ahora",),
            "later": ("luego",),
            "aims": ("quería", "el objetivo era"),
            "reached": ("lo logré",),
            "negators": ("no",),
        }
    ),
)


def sizes(text: str) -> list[str]:
    return [quantity.size.value for quantity in quantities(read(text, TOY))]


def quoted(text: str) -> list[str]:
    reading = read(text, TOY)
    return [reading.evidence(quantity.span).text for quantity in quantities(reading)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("cuarenta y cinco", ["cuarenta y cinco"]),
        ("cuarenta cinco", ["cuarenta cinco"]),
        ("cuarenta cosas cinco", ["cuarenta", "cinco"]),
        ("cuarenta. Y cinco", ["cuarenta", "cinco"]),
        ("cuarenta y y cinco", ["cuarenta", "cinco"]),
        ("40 por ciento", ["40 por ciento"]),
    ],
)
def test_words_that_are_one_number(text: str, number: list[str]) -> None:
    assert quoted(text) == number


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("40 %", "share"),
        ("40 cosas %", "count"),
        ("2 de cada tienda", "share"),
        ("2 cosas de cada tienda", "share"),
        ("2 cosas más de cada tienda", "count"),
        ("la mitad de 40", "share"),
        ("la mitad de otros 40", "count"),
        ("2 semanas", "time"),
        ("2 primeras semanas", "time"),
        ("2 por semana", "count"),
        ("2 largas primeras semanas", "count"),
    ],
)
def test_what_a_number_counts(text: str, size: str) -> None:
    assert sizes(text) == [size]


@pytest.mark.parametrize(
    "text",
    [
        "de 38 a 52",
        "de unos 38 a casi 52",
        "38 frente a 52",
        "38 → 52",
        "38 -> 52",
        "38 => 52",
        "antes eran 38 cosas. Ahora son 52",
        "antes eran 38 y luego fueron 52",
        f"38 {'cosa ' * (APART - 2)} ahora 52",
    ],
)
def test_a_before_and_an_after(text: str) -> None:
    assert sizes(text) == ["change"]


@pytest.mark.parametrize(
    "text",
    [
        "38 a 52",  # no word says from where
        "de 38 y 52",
        "de 38. A 52",
        "frente a 38 y 52",
        "de 38 cosas bien contadas una por una una vez más a 52",  # too far
        "38 - 52",
        "38 y luego 52",  # luego needs an antes
        "antes 38 y 52",
        "38. Cosa. Ahora 52",  # a sentence between
        f"38 {'cosa ' * (APART - 1)} ahora 52",
    ],
)
def test_two_numbers_that_are_no_change(text: str) -> None:
    assert sizes(text) == ["count", "count"]


def test_a_span_of_time_is_no_change() -> None:
    assert sizes("de 2 a 5 semanas") == ["count", "time"]
    assert sizes("antes 38, en 2 semanas, ahora 52") == ["change", "time"]


def test_a_change_takes_no_third_number() -> None:
    assert sizes("de 38 a 52 y ahora 60") == ["change", "count"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("quería pasar de 20 a 30", ["count"]),
        ("el objetivo era pasar desde 20 hasta 30", ["count"]),
        ("quería pasar de 20 a 30 y lo logré", ["change"]),
        ("quería pasar de 20 a 30 pero no lo logré", ["count"]),
        ("quería más. Pasó de 20 a 30", ["change"]),
        ("quería que las mesas vacías de cada tarde fueran por fin de 20 a 30", ["change"]),
    ],
)
def test_what_was_only_aimed_at_is_no_change(text: str, found: list[str]) -> None:
    assert sizes(text) == found
