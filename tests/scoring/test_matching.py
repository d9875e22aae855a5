"""Phrases: words in order, alternatives, gaps, stems, typos."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.core.questions import Bank, Lexicon
from bot.scoring.language import Language
from bot.scoring.matching import Hit, PhraseBook
from bot.scoring.reading import Reading, read


@pytest.fixture
def find(spanish: Language, reads: Callable[[str], Reading]) -> Callable[[str, str], list[Hit]]:
    return lambda phrase, text: PhraseBook([("k", phrase)], spanish).hits(reads(text))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("canales de captación", "miré los canales de captación"),
        ("canales de captación", "los CANALES, digamos, para captacion"),  # no accents, a gap
        ("coste/costo/precio por usuario", "el costo por cada usuario"),
        ("por dónde/donde llega/entra la gente", "vi por donde entraba la gente"),
        ("significativamente distinto", "era significatibamente distinto"),  # a typo
        ("en vez de / en lugar de", "en lugar de gritar"),
        ("cohorte", "las cohortes de enero"),
        ("para que", "para que vuelva"),
        ("por eso me gusta", "por eso me gusta esto"),
        ("modelo de crecimiento", "modelo propio nuestro de crecimiento"),
    ],
)
def test_found(find: Callable[[str, str], list[Hit]], phrase: str, text: str) -> None:
    assert find(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("canales de captación", "captación por canales"),  # the order
        ("canales de captación", "los canales buenos malos feos de captación"),  # the gap
        ("canales de captación", "probé canales. La captación subió"),  # the sentence
        ("arte", "start partes"),  # inside of words
        ("por eso me gusta", "me gusta"),  # one everyday word is not the phrase
        ("me gusta", "gritar"),
    ],
)
def test_not_found(find: Callable[[str, str], list[Hit]], phrase: str, text: str) -> None:
    assert not find(phrase, text)


def test_similarity_tells_how_it_was_found(find: Callable[[str, str], list[Hit]]) -> None:
    def best(text: str) -> float:
        return find("retención semanal", text)[0].similarity

    assert best("la retención semanal") == 1
    assert best("las retenciones semanales") == 0.95
    assert best("la retencoin semanal") == 0.9


def test_chinese_is_matched_by_characters(bank: Bank) -> None:
    chinese = Language("zh", bank.lexicons["zh"])
    book = PhraseBook([("k", "用户/顾客 留存")], chinese)
    assert [h.span for h in book.hits(read("我们看顾客的长期留存。", chinese))] == [(3, 9)]
    assert not book.hits(read("留存用户", chinese))


PEOPLE = Lexicon({"@people": ("cliente", "alumno", "gente"), "@ask": ("preguntar", "boca a boca")})


@pytest.mark.parametrize(
    "text",
    [
        "pregunté a los clientes por qué se iban a otra tienda",
        "a otra tienda se iban, y yo a cada cliente le pregunté",  # any order
        "Los alumnos se iban. Les pregunté a dónde.",  # two sentences
        "fue de boca a boca: la gente se iba",  # an entry of several words
    ],
)
def test_words_that_stand_together_tell_an_idea(bank: Bank, text: str) -> None:
    language = Language("es", Lexicon({**bank.lexicons["es"].lists, **PEOPLE.lists}))
    book = PhraseBook([("k", "@ask & @people & iba/iban")], language)
    (hit,) = book.hits(read(text, language))
    assert len(hit.words) >= 3
    assert list(hit.inside) == list(hit.words)


@pytest.mark.parametrize(
    "text",
    [
        "pregunté a los clientes",  # a part is missing
        "pregunté a los clientes. Bien. Se iban.",  # a sentence between
        "pregunté a un cliente y luego, con muchas otras palabras que no vienen a cuento de nada "
        "y que siguen y siguen, se iban",
    ],
)
def test_words_apart_tell_none(bank: Bank, text: str) -> None:
    language = Language("es", Lexicon({**bank.lexicons["es"].lists, **PEOPLE.lists}))
    assert not PhraseBook([("k", "@ask & @people & iba/iban")], language).hits(
        read(text, language)
    )


def test_a_class_may_stand_in_a_phrase(bank: Bank) -> None:
    language = Language("es", Lexicon({**bank.lexicons["es"].lists, **PEOPLE.lists}))
    book = PhraseBook([("k", "cada @people nuevo")], language)
    assert book.hits(read("cada alumno nuevo", language))
    assert not book.hits(read("cada nuevo alumno", language))
