"""Entries of word lists in a text, and words that only look like them."""

from __future__ import annotations

import pytest

from bot.core.questions import Lexicon
from bot.scoring.language import Language
from bot.scoring.reading import HARD, SOFT, Span, read

TOY = Language(
    "es",
    Lexicon(
        {
            "because": ("ya que", "por culpa de que", "por culpa", "porque"),
            "contrast": ("sin embargo",),
            "connectors": ("entonces",),
            "sequence": ("y luego", "luego de eso"),
        }
    ),
)


def marks(name: str, text: str) -> list[Span]:
    return list(read(text, TOY).mark(name))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("porque sí", [(0, 0)]),
        ("Y fue por culpa de que no", [(2, 5)]),  # the longest entry
        ("fue por culpa de ellos", [(1, 2)]),  # not the whole of the longest
        ("fue por culpa", [(1, 2)]),  # the text ends before the longest could
        ("ya no que", []),
        ("ya", []),
        ("porque sí, ya que no", [(0, 0), (2, 3)]),
    ],
)
def test_an_entry_counts_when_all_its_words_stand_there(text: str, found: list[Span]) -> None:
    assert marks("because", text) == found


def test_of_entries_of_one_list_that_overlap_the_first_counts() -> None:
    assert marks("sequence", "miré y luego de eso paré") == [(1, 2)]
    assert marks("sequence", "miré luego de eso y luego paré") == [(1, 3), (4, 5)]


def test_a_list_without_entries_in_the_text_marks_nothing() -> None:
    assert marks("contrast", "nada de nada") == []


def test_speech_without_a_stop_is_cut_at_a_connector() -> None:
    reading = read(" ".join(["cosa"] * SOFT + ["entonces", "cosa"]), TOY)
    assert reading.bounds == {0: (0, SOFT - 1), 1: (SOFT, SOFT + 1)}
    assert reading.clauses == [0] * SOFT + [1] * 2
    early = read(" ".join(["cosa"] * (SOFT - 1) + ["entonces", "cosa"]), TOY)
    assert set(early.sentences) == set(early.clauses) == {0}


def test_speech_without_any_connector_is_cut_anyway() -> None:
    reading = read("cosa " * (2 * HARD + 1), TOY)
    assert list(reading.bounds.values()) == [
        (0, HARD - 1),
        (HARD, 2 * HARD - 1),
        (2 * HARD, 2 * HARD),
    ]
    assert reading.clauses == reading.sentences


HESITANT = Language("es", Lexicon({"fillers": ("eh", "o sea"), "interjections": ("eh", "o sea")}))


def test_words_of_hesitation_are_left_out_and_counted() -> None:
    reading = read("Eh, fui. O sea, fui eh tarde", HESITANT)
    assert [word.given for word in reading.words] == ["fui", "fui", "tarde"]
    assert reading.fillers == 3
    assert reading.sentences[0] != reading.sentences[1]
    assert reading.evidence((1, 2)).text == "fui eh tarde"


@pytest.mark.parametrize("text", ["eh", "eh o sea eh", "eh, eh. O sea"])
def test_nothing_but_hesitation_has_no_words(text: str) -> None:
    reading = read(text, HESITANT)
    assert (reading.words, reading.bounds) == ([], {})


def test_a_sentence_of_hesitation_separates_nothing() -> None:
    with_it, without = (read(text, HESITANT) for text in ("Fui. Eh. Vi eso", "Fui. Vi eso"))
    assert (with_it.sentences, with_it.bounds) == (without.sentences, without.bounds)
