"""How much of what is said are phrases of the bank: what tells a list of terms."""

from __future__ import annotations

import pytest

from bot.core.models import Lexicon
from bot.scoring.language import Language
from bot.scoring.matching import PhraseBook
from bot.scoring.reading import read
from bot.scoring.rubric import Listed, Rubric
from tests.scoring.conftest import tiny_bank

LEXICON = Lexicon(
    {
        "function": ("del", "el", "y"),
        "sequence": ("luego",),
        "own_past": ("medí",),
        "number_words": ("doce",),
    }
)
TOY = Language("es", LEXICON)
QUESTION = tiny_bank({"es": LEXICON}, {}).questions["coffee"]
RUBRIC = Rubric(QUESTION, QUESTION.texts["es"], TOY, PhraseBook((), TOY))


def listed(text: str) -> Listed:
    return RUBRIC.judge(read(text, TOY)).listed


@pytest.mark.parametrize("between", ["", "luego ", "12 ", "doce ", "luego 12 % "])
def test_words_of_order_and_numbers_hide_no_list(between: str) -> None:
    assert listed(f"{between}tueste del grano. " * 10).covered == 1


def test_words_of_ones_own_are_no_list() -> None:
    assert listed("tueste del grano, barra, cliente. " * 10).covered == 0.5


@pytest.mark.parametrize("text", ["tueste del grano. ", "luego tueste del grano, 12 %. "])
def test_function_words_join_the_others_but_not_those_of_order(text: str) -> None:
    assert listed(text * 10).linked == pytest.approx(1 / 3)


def test_too_few_words_are_no_list() -> None:
    assert listed("tueste del grano. " * 9) == Listed(0, 1)
