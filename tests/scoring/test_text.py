"""Tokens quote the text exactly, and folding takes away what does not matter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scoring.reading import Reading
from bot.scoring.text import fold, folded_words, pieces


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Métrica", "metrica"),
        ("AÑO", "ano"),
        ("me\u0301trica", "metrica"),
        ("ｕｓｕａｒｉｏ", "usuario"),
        ("usu\u200bario", "usuario"),
        ("usu\u00adario", "usuario"),
        ("mеtrica", "metrica"),  # a Cyrillic е
        ("留存", "留存"),
    ],
)
def test_folding(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("De 38 a 52,5 %", ["de", "38", "a", "52,5", "%"]),
        ("test A/B", ["test", "a", "b"]),
        ("用户留存 North Star", ["用", "户", "留", "存", "north", "star"]),
        ("pasó 4.200→5.310", ["paso", "4.200", "5.310"]),
        ("🚀🔥", []),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert folded_words(text) == words


@given(st.text(max_size=300))
def test_pieces_quote_the_text_in_order(text: str) -> None:
    last = 0
    for piece in pieces(text):
        assert text[piece.start : piece.end] == piece.text
        assert piece.start >= last
        last = piece.end


def test_sentences_end_where_they_end(reads: Callable[[str], Reading]) -> None:
    reading = reads("Medimos todo. Subió 3,5 puntos, creo; luego paramos.")
    assert reading.sentences == [0, 0, 1, 1, 1, 1, 2, 2]


def test_dictated_speech_is_cut_at_connectors(reads: Callable[[str], Reading]) -> None:
    spoken = "la gente llegaba a la pantalla y se iba y nosotros mirábamos eso cada semana " * 4
    reading = reads(spoken)
    assert reading.sentences[-1] >= 2
    lengths = [0] * (reading.sentences[-1] + 1)
    for sentence in reading.sentences:
        lengths[sentence] += 1
    assert max(lengths) <= 46


def test_abbreviations_of_chats_are_read_out(reads: Callable[[str], Reading]) -> None:
    assert [w.form for w in reads("xq d ahi q").words] == ["porque", "de", "ahi", "que"]


def test_stems_join_the_forms_of_a_verb(spanish: object) -> None:
    stem = spanish.stem  # type: ignore[attr-defined]
    assert stem("probar") == stem("prueba") == stem("probo") == stem("probamos")
    assert stem("lanzar") == stem("lance")
    assert stem("alta") == stem("altas")
