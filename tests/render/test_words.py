"""The filters: numbers, dates, bars and quotes as people read them."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.models import Evidence
from bot.quoting import excerpts, shorten
from bot.render import Words, bar, clock, integrity, sparkline, whole
from tests.render.markup import text_of
from tests.render.samples import PROMPTS, RENDERER

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
        (1_000_000, "word", "1\u202f000\u202f000 palabras"),
    ],
)
def test_plural(n: int, noun: str, said: str) -> None:
    """One form for 1, another for all the rest; millions are a category without its own form."""
    assert WORDS.plural(n, noun) == said


def words(lang: str, **plurals: dict[str, str]) -> Words:
    """Words of a language that need not have a folder."""
    return Words(lang, {"quotes": "«»", "thousands": ",", "plurals": plurals})


def test_a_language_may_have_one_form_only_or_several() -> None:
    """What the number's category is called is CLDR's, not ours."""
    chinese = words("zh", word={"other": "{n} 个词"})
    assert [chinese.plural(n, "word") for n in (1, 12_000)] == ["1 个词", "12,000 个词"]
    forms = {"one": "{n} słowo", "few": "{n} słowa", "many": "{n} słów", "other": "{n} słowa"}
    polish = words("pl", word=forms)
    assert [polish.plural(n, "word") for n in (1, 3, 5)] == ["1 słowo", "3 słowa", "5 słów"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [("es", "2 mar 2026"), ("en", "2 Mar 2026"), ("zh", "2026年3月2日")],
)
def test_date(lang: str, said: str) -> None:
    """As people of the language write it, the month never a bare number beside the day."""
    assert words(lang).date(datetime(2026, 3, 2, 23, 59, tzinfo=UTC)) == said


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (200, "3:20"), (59.6, "1:00"), (3605, "60:05"), (-3, "0:00")],
)
def test_clock(seconds: float, shown: str) -> None:
    """Minutes and seconds, never below nothing."""
    assert clock(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "said"), [(5, "un minuto"), (89, "un minuto"), (90, "unos 2 minutos")]
)
def test_duration(seconds: float, said: str) -> None:
    """About how many minutes."""
    assert WORDS.duration(seconds) == said


def test_babel_waits_for_the_first_number_or_day() -> None:
    """It takes longer to import than a message to render, and most starts need neither."""
    code = (
        "import sys, pathlib, bot.render as r\n"
        "from bot.core.effects import Say\n"
        "r.TemplateRenderer(pathlib.Path('prompts')).message(Say('welcome'), 'es')\n"
        "assert 'babel' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=PROMPTS.parent)


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
