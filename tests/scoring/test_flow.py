"""Words in an order nobody uses are told from what people say, dictated or not."""

from __future__ import annotations

from random import Random

import pytest

from bot.core.questions import Bank
from bot.scoring.copies import Copies
from bot.scoring.flow import Flow
from bot.scoring.guards import DISORDER
from bot.scoring.handful import handful
from bot.scoring.language import Language
from bot.scoring.reading import read

SAID = (
    "bueno eh lo primero que hicimos fue mirar por qué se iba la gente después de la primera "
    "semana y nos dimos cuenta de que muchos no entendían para qué servía la lista de la compra "
    "así que cambiamos la pantalla y les pedimos que guardaran un plato antes de seguir"
)


@pytest.fixture(scope="module")
def flow(bank: Bank, spanish: Language) -> Flow:
    few = handful(bank, "es")
    return Copies("es", spanish, few, few).flow


def test_what_is_said_flows(flow: Flow, spanish: Language) -> None:
    assert flow.of(read(SAID, spanish)) > DISORDER + 0.2


@pytest.mark.parametrize("seed", range(5))
def test_shuffled_words_do_not(flow: Flow, spanish: Language, seed: int) -> None:
    words = SAID.split()
    Random(seed).shuffle(words)
    assert flow.of(read(" ".join(words), spanish)) < DISORDER


def test_who_has_read_little_cannot_tell(spanish: Language) -> None:
    assert Flow([read(SAID, spanish)]).of(read("la de un por con " * 10, spanish)) == 0
