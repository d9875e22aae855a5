"""Words that stand together in any order: how sure it is that they tell the idea."""

from __future__ import annotations

import pytest

from bot.core.questions import Lexicon
from bot.scoring.language import Language
from bot.scoring.matching import Hit, PhraseBook
from bot.scoring.reading import read
from bot.scoring.together import NEAR

TOY = Language("es", Lexicon({"function": ("a", "los"), "@people": ("cliente", "boca a boca")}))


def found(text: str) -> list[Hit]:
    return PhraseBook([("k", "preguntar & @people")], TOY).hits(read(text, TOY))


def test_a_typo_makes_it_less_sure() -> None:
    assert found("preguntar a los cliente")[0].similarity == 0.95
    assert found("preguntra a los cliente")[0].similarity == 0.9


def test_typos_are_known_in_every_question_that_has_the_class() -> None:
    for key in ("one", "other"):
        book = PhraseBook([(key, "preguntar & vecino/@people")], TOY)
        assert [hit.similarity for hit in book.hits(read("preguntar cleinte", TOY))] == [0.9]


def test_the_words_are_quoted_in_the_order_of_the_text() -> None:
    [hit] = found("a los cliente preguntar")
    assert (hit.words, hit.span) == ((2, 3), (2, 3))
    [hit] = found("preguntar y boca a boca")
    assert (hit.words, hit.span) == ((0, 2, 3, 4), (0, 4))


@pytest.mark.parametrize("pair", [("preguntar", "cliente"), ("cliente", "preguntar")])
def test_they_stand_within_fourteen_words(pair: tuple[str, str]) -> None:
    one, other = pair
    assert found(" ".join([one, *["cosa"] * (NEAR - 1), other]))
    assert not found(" ".join([one, *["cosa"] * NEAR, other]))


def test_an_idea_told_twice_is_found_twice() -> None:
    assert len(found("preguntar cliente, preguntar cliente")) == 2
    assert len(found("preguntar cliente cliente")) == 1
