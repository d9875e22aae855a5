"""Ideas told by words that stand together, in whatever order: `@ask & @people & @leave`.

A part is a word, some alternatives, or a class of words of the lexicon (`"@people" = [...]`).
All parts must stand within a few words of each other, in one sentence or in two neighbouring ones,
each filled by a word of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.scoring.language import Language
from bot.scoring.reading import Reading
from bot.scoring.text import folded_words
from bot.scoring.words import FUNCTION

MARK = "&"
FUNCTION_MARK = "="
NEAR, NEAR_HAN = 14, 30  # words, or characters, all parts must stand within

Part = frozenset[tuple[str, ...]]
"""The ways to fill a part, each some stems that follow each other."""


class Idea(NamedTuple):
    """A compiled phrase: whose it is, how it is written, its parts by number, rarest first."""

    key: str
    text: str
    parts: tuple[int, ...]
    needs: frozenset[int]


Ends = dict[tuple[int, int], int]
"""Part and first word -> last word, where a part has more than one."""


class Ideas:
    """The phrases of one question whose words may stand in any order."""

    def __init__(self, entries: Iterable[tuple[str, str]], language: Language) -> None:
        """`entries`: pairs of a key and a phrase that holds the mark."""
        self._language = language
        self._near = NEAR_HAN if language.han else NEAR
        self._numbers: dict[Part, int] = {}
        self.forms: set[str] = set()  # all words that fill a part, for correcting typos
        compiled = [(key, text, self._parts(text)) for key, text in entries]
        sizes = {number: len(part) for part, number in self._numbers.items()}
        self._by_rarest: dict[int, list[Idea]] = {}
        for key, text, parts in compiled:
            if parts:
                rarest = tuple(sorted(parts, key=lambda n: (sizes[n], n)))
                idea = Idea(key, text, rarest, frozenset(parts))
                self._by_rarest.setdefault(idea.parts[0], []).append(idea)
        self._starts = self._filed()

    def found(self, reading: Reading, stems: Sequence[str]) -> list[tuple[Idea, tuple[int, ...]]]:
        """The ideas told and the words that tell each; `stems` with typos corrected."""
        words = reading.words
        places, ends = self._places(
            [
                FUNCTION_MARK + word.form if word.flags & FUNCTION else stem
                for word, stem in zip(words, stems, strict=True)
            ]
        )
        known = places.keys()
        return [
            (idea, _whole(idea, words, ends))
            for number in known & self._by_rarest.keys()
            for idea in self._by_rarest[number]
            if idea.needs <= known
            for words in self._told(idea, places, reading)
        ]

    def _parts(self, text: str) -> list[int]:
        numbers = []
        for written in text.split(MARK):
            part = frozenset(self._ways(written.strip()))
            if part:
                numbers.append(self._numbers.setdefault(part, len(self._numbers)))
        return numbers

    def _ways(self, written: str) -> Iterable[tuple[str, ...]]:
        language = self._language
        for one in written.split("/"):
            for entry in language.classes.get(one, (one,)):
                words = [language.chat.get(word, word) for word in folded_words(entry)]
                self.forms.update(words)
                if words:
                    yield tuple([self._key(word) for word in words])

    def _key(self, word: str) -> str:
        """What a word is looked for by; function words as they are: "son" is not "sueño"."""
        language = self._language
        return FUNCTION_MARK + word if word in language.function else language.stem(word)

    def _filed(self) -> Mapping[str, list[tuple[tuple[str, ...], int]]]:
        """First stem -> the stems that must follow, and the part they fill."""
        starts: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for part, number in self._numbers.items():
            for way in part:
                starts.setdefault(way[0], []).append((way[1:], number))
        return starts

    def _places(self, stems: Sequence[str]) -> tuple[dict[int, list[int]], Ends]:
        """Part -> the words at which it begins, in order; and where it ends there."""
        places: dict[int, list[int]] = {}
        ends: Ends = {}
        starts = self._starts
        for index in [i for i, stem in enumerate(stems) if stem in starts]:
            for rest, number in starts[stems[index]]:
                if not rest or tuple(stems[index + 1 : index + 1 + len(rest)]) == rest:
                    found = places.get(number)
                    if found is None:
                        places[number] = [index]
                    elif found[-1] != index:
                        found.append(index)
                    if rest:
                        end = index + len(rest)
                        ends[number, index] = max(end, ends.get((number, index), end))
        return places, ends

    def _told(
        self, idea: Idea, places: Mapping[int, Sequence[int]], reading: Reading
    ) -> list[list[int]]:
        """The words at which the parts begin, in the order of the parts."""
        told: list[list[int]] = []
        for first in places[idea.parts[0]]:
            if told and first <= max(told[-1]):
                continue
            words = [first]
            for part in idea.parts[1:]:
                other = self._nearest(places[part], words, reading)
                if other is None:
                    break
                words.append(other)
            else:
                told.append(words)
        return told

    def _nearest(
        self, places: Sequence[int], words: Sequence[int], reading: Reading
    ) -> int | None:
        """The nearest place that can join `words`: near all of them, and none of them."""
        first = words[0]
        low, high = max(words) - self._near, min(words) + self._near
        sentences = reading.sentences
        near = places[bisect_left(places, low) : bisect_left(places, high + 1)]
        fit = [
            place
            for place in near
            if place not in words and abs(sentences[place] - sentences[first]) <= 1
        ]
        return min(fit, key=lambda place: abs(place - first), default=None)


def _whole(idea: Idea, words: Sequence[int], ends: Ends) -> tuple[int, ...]:
    """All words of the parts that begin at `words`, in order of the text."""
    spans = [(w, ends.get((part, w), w)) for part, w in zip(idea.parts, words, strict=True)]
    return tuple(sorted({word for first, last in spans for word in range(first, last + 1)}))
