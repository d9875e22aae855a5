"""How much of what is said are phrases of the bank: what tells a list of terms."""

from __future__ import annotations

import pytest

from bot.core.questions import Lexicon
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


@pytest.mark.parametrize("between", ["", "luego ", "12 "])
def test_every_word_in_a_phrase_is_a_list(between: str) -> None:
    words = 3 + len(between.split())
    assert listed(f"{between}tueste del grano. " * 10).inside == pytest.approx(2 / words)


def test_words_of_ones_own_are_no_list() -> None:
    assert listed("tueste del grano, barra, cliente. " * 10).inside == pytest.approx(2 / 5)


def test_a_phrase_again_is_the_same_phrase() -> None:
    assert listed("tueste del grano. " * 10).phrases == pytest.approx(1 / 30)
