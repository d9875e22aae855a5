"""What loads and yet is wrong."""

from __future__ import annotations

import pytest

from bot.bank.folding import fold
from tests.bank.conftest import QUESTION, SAMPLES, TEXT, Folder


def test_a_good_bank_has_no_lints(bank: Folder) -> None:
    assert bank.lints() == []


def test_what_stops_loading_comes_with_the_lints(bank: Folder) -> None:
    bank.replace(QUESTION, "weight = 60", "weight = 50").replace(SAMPLES, "min = 60", "min = 101")
    assert bank.lints() == [
        f"{QUESTION}: criteria: has weights that add up to 90, expected 100",
        f"{SAMPLES}: samples[good].min: is 101, expected a whole number from 0 to 100",
    ]


def test_a_phrase_is_given_once(bank: Folder) -> None:
    bank.replace(TEXT, '["según el producto"]', '["Segun el producto", "según el  producto!"]')
    line = 'criteria.channels: has "segun el producto" twice, expected every phrase once'
    assert bank.lints() == [f"{TEXT}: {line}"]


def test_common_phrases_are_told_of_where_they_stand(bank: Folder) -> None:
    bank.replace("texts/es/criteria.toml", '["pasamos de"]', '["pasamos de", "Pasamos de"]')
    line = 'criteria.effect: has "pasamos de" twice, expected every phrase once'
    assert bank.lints() == [f"texts/es/criteria.toml: {line}"]


def test_a_language_needs_word_lists(bank: Folder) -> None:
    line = "lexicons/es.toml: is missing, expected the word lists of the language"
    assert bank.remove("lexicons/es.toml").lints() == [line]


def test_a_sample_has_a_question(bank: Folder) -> None:
    bank.write("samples/es/other.toml", (bank.root / SAMPLES).read_bytes())
    line = "samples/es/other.toml: has no question, expected one of first-users"
    assert bank.lints() == [line]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("max = 100", "max = 59", "samples[good].min: is 60, expected at most max, 59"),
        ('"effect"', '"x"', 'samples[good].earns: names "x", expected one of channels, effect'),
        (
            "max = 100\n",
            "",
            "samples[good].max: is missing, expected a whole number from 0 to 100",
        ),
    ],
)
def test_a_sample_fits_its_question(bank: Folder, old: str, new: str, line: str) -> None:
    assert bank.replace(SAMPLES, old, new).lints() == [f"{SAMPLES}: {line}"]


def test_a_sample_name_is_used_once(bank: Folder) -> None:
    twice = (bank.root / SAMPLES).read_text("utf-8")
    line = "samples[good]: is there twice, expected every name once"
    assert bank.add(SAMPLES, twice).lints() == [f"{SAMPLES}: {line}"]


def test_a_new_language_shows_its_gaps_and_nothing_else(bank: Folder) -> None:
    bank.replace(TEXT, '"Canales"', '""')
    assert bank.lints("en") == [
        "lexicons/en.toml: is missing, expected the word lists of the language",
        "texts/en/criteria.toml: criteria.effect: is missing, "
        "expected its name, looks_for and advice",
        "texts/en/growth/first-users.toml: is missing, expected the text of the question",
        "texts/en/names.toml: level.graduate: is missing, expected what it is called",
        "texts/en/names.toml: role.product-manager: is missing, expected what it is called",
        "texts/en/names.toml: topic.growth: is missing, expected what it is called",
    ]


def test_folding_drops_case_accents_and_punctuation() -> None:
    assert fold(" ¿Por DÓNDE, llega/entra?") == "por donde llega/entra"


def test_a_class_of_words_is_in_the_lexicon(bank: Folder) -> None:
    bank.replace(TEXT, "canales de captación", "@channel & @try")
    bank.add("lexicons/es.toml", '"@channel" = ["canal"]\n')
    line = 'names "@try", expected a class of lexicons/es.toml'
    assert bank.lints() == [f"{TEXT}: criteria.channels: {line}"]
