"""The filters: numbers, dates, bars and quotes as people read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.models import Evidence
from bot.quoting import excerpts, shorten
from bot.render import bar, integrity, sparkline, whole
from tests.render.markup import text_of
from tests.render.samples import AT, RENDERER

WORDS = RENDERER.voice("es").words
LONG = (
    "Trabajé en una tienda de barrio que vendía por teléfono, con pedidos que nadie apuntaba, "
    "y propuse llamar a los veinte clientes que más compraban. Volvieron doce: pasamos de 40 a"
    " 55 pedidos por semana y la dueña lo dejó como costumbre de los lunes."
)


def found(*words: str, answer: str = LONG) -> list[Evidence]:
    """Evidence for words of an answer."""
    return [Evidence(answer.index(w), answer.index(w) + len(w), w) for w in words]


@pytest.mark.parametrize(
    ("n", "noun", "said"),
    [
        (0, "word", "0 palabras"),
        (1, "word", "1 palabra"),
        (2, "word", "2 palabras"),
        (9999, "character", "9999 caracteres"),
        (12345, "character", "12\u202f345 caracteres"),
        (1, "minute", "un minuto"),
        (3, "minute", "unos 3 minutos"),
    ],
)
def test_plural(n: int, noun: str, said: str) -> None:
    """One form for 1, another for all the rest."""
    assert WORDS.plural(n, noun) == said


def test_date() -> None:
    """Day, month, year."""
    assert WORDS.date(AT) == "14 nov 2026"


@pytest.mark.parametrize(
    ("value", "full", "drawn"),
    [
        (0, 20, "▱▱▱▱▱"),
        (0.1, 20, "▰▱▱▱▱"),
        (10, 20, "▰▰▱▱▱"),
        (19.9, 20, "▰▰▰▰▱"),
        (20, 20, "▰▰▰▰▰"),
        (0, 0, "▱▱▱▱▱"),
    ],
)
def test_bar(value: float, full: float, drawn: str) -> None:
    """Only nothing is empty and only all is full."""
    assert bar(value, full) == drawn


def test_sparkline() -> None:
    """From lowest to highest, the newest scores only."""
    assert sparkline((0, 50, 100)) == "▁▅█"
    assert len(sparkline(range(100))) == 16


def test_whole() -> None:
    """Halves go up, as people expect."""
    assert [whole(n) for n in (0, 0.4, 0.5, 2.5, 6.67)] == [0, 0, 1, 3, 7]


def test_integrity() -> None:
    """The known SHA-256 of nothing."""
    assert integrity("") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


FIRST = "en una tienda {} que vendía por teléfono, con pedidos que nadie apuntaba»"


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        (["de barrio"], ["«Trabajé " + FIRST.format("<b>de barrio</b>")]),
        (
            ["Volvieron doce"],
            [
                "«<b>Volvieron doce</b>: pasamos de 40 a 55 pedidos por semana"
                " y la dueña lo dejó como costumbre…»"
            ],
        ),
        (
            ["Trabajé", "costumbre"],
            [
                "«<b>Trabajé</b> " + FIRST.format("de barrio"),
                "«…por semana y la dueña lo dejó como <b>costumbre</b> de los lunes»",
            ],
        ),
    ],
)
def test_quotes_stand_in_their_sentence(words: list[str], quoted: list[str]) -> None:
    """A fragment alone tells nobody what earned the point."""
    assert WORDS.quotes(found(*words), LONG) == quoted


def test_a_quote_that_is_all_evidence_needs_no_bold() -> None:
    """Bold marks the earning words among others."""
    assert WORDS.quotes(found("Hice esto", answer="Hice esto."), "Hice esto.") == ["«Hice esto»"]


def test_only_as_many_quotes_as_asked_for() -> None:
    """Those that show most, in the order of the answer."""
    shown = WORDS.quotes(found("Trabajé", "pasamos de 40 a 55", "lunes"), LONG, 1)
    assert len(shown) == 1
    assert "<b>pasamos de 40 a 55</b>" in shown[0]


def test_shorten_cuts_at_a_word() -> None:
    """And leaves short text alone."""
    assert shorten("una   línea\ny otra") == "una línea y otra"
    assert shorten("uno dos, tres", 9) == "uno dos…"
    assert shorten("a" * 50, 10) == "a" * 10 + "…"


@given(
    answer=st.text(st.sampled_from("ab<&,. \n¿…é漢。"), max_size=300),
    spans=st.lists(st.tuples(st.integers(0, 320), st.integers(0, 320)), max_size=8),
)
def test_any_evidence_can_be_quoted(answer: str, spans: list[tuple[int, int]]) -> None:
    """Pieces stay inside the answer, in order, hold their marks, and are valid markup."""
    pieces = excerpts([Evidence(a, b, "") for a, b in spans], answer)
    at = 0
    for piece in pieces:
        assert at <= piece.start <= piece.marks[0][0]
        assert piece.marks[-1][1] <= piece.end <= len(answer)
        at = piece.marks[-1][1]
        text_of(piece.markup(answer))
