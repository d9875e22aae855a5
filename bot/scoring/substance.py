"""How much is said: whether words are those of people who tell something, or of those who do not.

Words and pairs of words (in Chinese pairs and threes of characters) have weights, learnt from
sentences in which something is said and from others that only sound well, or say something wrong
(`question_bank/substance/<lang>.toml`, made by `make substance`). A text has the sum of those of
its different known ones, over the root of their number and one. Numbers are alike.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain
from math import fsum, sqrt
from typing import NamedTuple

from bot.scoring.reading import Reading, Span
from bot.scoring.words import NUMBER, Word

ANY_NUMBER = "#"
MOST = 2  # sentences shown
TALK = -0.8  # value below which a sentence says nothing
SHORT = 6  # words below which a sentence is not judged by itself


def traits(words: Sequence[Word], han: bool = False) -> Iterator[tuple[str, ...]]:
    """What a text is judged by, by the word where it begins: the word itself and the pair with the
    next one; in Chinese, where a word is a character, pairs and threes.
    """
    forms = [ANY_NUMBER if word.flags & NUMBER else word.form for word in words]
    last = len(forms) - 1
    for place, form in enumerate(forms):
        if han:
            two, three = "".join(forms[place : place + 2]), "".join(forms[place : place + 3])
            yield (two, three)[: last - place]
        else:
            yield (form, f"{form} {forms[place + 1]}") if place < last else (form,)


class Shown(NamedTuple):
    """The sentences that say most, best first; and the one that says least, if it is talk."""

    said: tuple[Span, ...]
    talk: tuple[Span, ...]


class Substance:
    """What is known of the words of an answer; looked up once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        weights = reading.language.lexicon.substance
        begun = by_place(reading) if weights else ()
        self._known = [[(t, weights[t]) for t in found if t in weights] for found in begun]

    def value(self, left_out: Container[int] = ()) -> float | None:
        """That of the whole but for some words: about 1 where as much is said as in a sentence
        that says something, more in a longer answer; None where the language has no weights.
        """
        if not self._known:
            return None
        kept = (found for place, found in enumerate(self._known) if place not in left_out)
        return weigh(chain.from_iterable(kept))

    def shown(self) -> Shown:
        """What of an answer is to be shown as said, and as talk."""
        found = sorted(self.by_sentence(), reverse=True)
        said = tuple(span for value, span in found[:MOST] if value > 0)
        least = found[-1:] if found and found[-1][0] < TALK else []
        return Shown(said, tuple(span for _, span in least))

    def by_sentence(self) -> list[tuple[float, Span]]:
        """The value of each sentence that is long enough to be judged, in order of the text."""
        short = self._reading.reach(SHORT)
        return [
            (weigh(chain.from_iterable(self._known[first : last + 1])), (first, last))
            for first, last in self._reading.bounds.values()
            if self._known and last - first + 1 >= short
        ]


def by_place(reading: Reading) -> list[tuple[str, ...]]:
    """The traits that begin at each word; none goes on into the next sentence."""
    han = reading.language.han
    return [
        found
        for first, last in reading.bounds.values()
        for found in traits(reading.words[first : last + 1], han)
    ]


def weigh(found: Iterable[tuple[str, float]]) -> float:
    """The value of weighted traits, each counted once: above 0 for more said than not."""
    values = dict(found).values()
    return fsum(values) / sqrt(len(values) + 1)
