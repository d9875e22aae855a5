"""Articles and prepositions before what never follows them: words that were shuffled."""

from __future__ import annotations

import pytest

from bot.core.questions import Lexicon
from bot.scoring.guards import shuffled
from bot.scoring.language import Language
from bot.scoring.reading import read

TOY = Language(
    "es",
    Lexicon(
        {
            "function": ("el", "de"),
            "openers": ("el", "de"),
            "closers": ("el", "fue"),
            "closers_fine": ("de el",),
            "fillers": ("eh",),
        }
    ),
)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("el plan " * 8, 0),
        ("el fue " * 8, 1),
        ("el fue " * 7, 0),  # too few to tell
        ("el fue el plan " * 4, 0.5),
        ("el eh fue el eh plan " * 4, 0.5),  # fillers may stand anywhere
        ("de el plan " * 4, 0),  # a pair that is fine
        ("el fue. " * 4 + "el plan " * 4, 0.5),
        ("el. Fue " * 9, 0),  # another clause
        ("el el " * 5 + "plan", 0.9),  # a word twice
    ],
)
def test_the_share_of_broken_pairs(text: str, share: float) -> None:
    assert shuffled(read(text, TOY), TOY) == pytest.approx(share)


def test_a_capital_by_itself_is_a_name(spanish: Language) -> None:
    """ "D" for "de" is chat; the page D is none, nor is "A" a preposition inside of a sentence."""
    names = read("En la A de ayer la B se cae; con A y con D es igual. d todo" * 3, spanish)
    forms = [word.form for word in names.words if word.given in ("A", "B", "D", "d")]
    assert set(forms) == {"a", "b", "d", "de"}
    assert shuffled(names, spanish) < 0.14
