"""How much is said: whether words are those of people who tell something, or of those who do not.

A weight for each word and pair of words, learnt from sentences in which something is said and
from others that only sound well (`question_bank/substance/<lang>.toml`, made by `make substance`);
a text has the sum of the weights of its words, over the root of their number. Numbers are alike.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from bot.scoring.reading import Reading, Span
from bot.scoring.words import NUMBER, Word

ANY_NUMBER = "#"
MOST = 2  # sentences shown
TALK = -0.5  # value below which a sentence says nothing
SHORT = 6  # words below which a sentence is not judged by itself

Weights = Mapping[str, float]


def traits(words: Sequence[Word], han: bool = False) -> Iterator[str]:
    """What a text is judged by: its words and pairs of neighbours; in Chinese pairs and threes."""
    forms = [ANY_NUMBER if word.flags & NUMBER else word.form for word in words]
    if han:
        yield from (a + b for a, b in pairwise(forms))
        yield from (a + b + c for a, b, c in zip(forms, forms[1:], forms[2:], strict=False))
        return
    yield from forms
    yield from (f"{a} {b}" for a, b in pairwise(forms))


def substance(reading: Reading, left_out: Container[int] = ()) -> float | None:
    """The value of a whole answer but for some of its words: about 1 where as much is said as in a
    sentence that says something; more in a longer answer; None where the language has no weights.
    """
    language = reading.language
    weights = language.lexicon.substance
    if not weights:
        return None
    words = [word for place, word in enumerate(reading.words) if place not in left_out]
    return weigh(traits(words, language.han), weights)


def by_sentence(reading: Reading) -> list[tuple[float, Span]]:
    """The value of each sentence that is long enough to be judged, in order of the text."""
    language = reading.language
    weights = language.lexicon.substance
    return [
        (weigh(traits(reading.words[first : last + 1], language.han), weights), (first, last))
        for first, last in reading.bounds.values()
        if weights and last - first >= reading.reach(SHORT)
    ]


class Shown(NamedTuple):
    """The sentences that say most, best first; and the one that says least, if it is talk."""

    said: tuple[Span, ...]
    talk: tuple[Span, ...]


def show(reading: Reading) -> Shown:
    """What of an answer is to be shown as said, and as talk."""
    found = sorted(by_sentence(reading), reverse=True)
    said = tuple(span for value, span in found[:MOST] if value > 0)
    least = found[-1:] if found and found[-1][0] < TALK else []
    return Shown(said, tuple(span for _, span in least))


def weigh(found: Iterable[str], weights: Weights) -> float:
    """The value of some traits, each counted once: above 0 for more said than not."""
    known = [weights[trait] for trait in set(found) if trait in weights]
    return sum(known) / sqrt(len(known) + 1)
