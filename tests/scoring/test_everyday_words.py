"""One everyday word is named by chance; two, or one told at length, are meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.questions import Lexicon
from bot.scoring.language import Language
from bot.scoring.matching import PhraseBook
from bot.scoring.reading import read
from bot.scoring.rubric import Rubric
from tests.scoring.conftest import tiny_bank

LEXICON = Lexicon(
    {"function": ("el", "la", "y", "lo"), "because": ("porque",), "own_past": ("medí",)}
)
TOY = Language("es", LEXICON)
QUESTION = tiny_bank({"es": LEXICON}, {}).questions["coffee"]
TEXT = QUESTION.texts["es"]
ROAST = replace(
    TEXT.criteria["roast"],
    concepts=("tueste", "molienda", "grano recién tostado"),
    explanations=("taza amarga",),
)
RUBRIC = Rubric(
    QUESTION,
    replace(TEXT, criteria={**TEXT.criteria, "roast": ROAST}),
    TOY,
    PhraseBook((), TOY),
)


@pytest.mark.parametrize(
    ("level", "text"),
    [
        (0, "miro la barra porque el cliente lo nota"),
        (1, "miro el tueste y la barra, lo nota el cliente"),
        (1, "miro el tueste porque el cliente lo nota"),
        (2, "miro el tueste y la molienda porque el cliente lo nota"),
        (2, "miro el grano recién tostado y el cliente lo nota"),
        (2, "miro el tueste, y la taza amarga lo nota el cliente"),
        (3, "medí el tueste y la molienda, y el cliente lo nota"),
    ],
)
def test_what_a_word_earns(level: int, text: str) -> None:
    roast, _ = RUBRIC.judge(read(text, TOY)).scores
    assert roast.level == level
