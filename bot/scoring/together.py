"""Ideas told by words that stand together, in whatever order: `@ask & @people & @leave`.

A part is a word, some alternatives, or a class of words of the lexicon (`"@people" = [...]`).
All parts must stand within a few words of each other, in one sentence or in two neighbouring ones,
each filled by a word of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
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


class Start(NamedTuple):
    """What may begin at a word: parts of it alone; second word -> the rest, and the part."""

    alone: list[int]
    longer: dict[str, list[tuple[tuple[str, ...], int]]]


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
            part = self._part(written.strip())
            if part:
                numbers.append(self._numbers.setdefault(part, len(self._numbers)))
        return numbers

    def _part(self, written: str) -> Part:
        """A part as written, `a/@b/c d`; parts and classes of the language are made once."""
        known = self._language.parts
        if written not in known:
            classes = self._language.classes
            ways: set[tuple[str, ...]] = set()
            forms: set[str] = set()
            for one in written.split("/"):
                if one in classes and one != written:
                    ways |= self._part(one)
                    forms |= known[one][1]
                else:
                    for entry in classes.get(one, (one,)):
                        self._add(entry, ways, forms)
            known[written] = frozenset(ways), frozenset(forms)
        part, forms_of_it = known[written]
        self.forms |= forms_of_it
        return part

    def _add(self, entry: str, ways: set[tuple[str, ...]], forms: set[str]) -> None:
        """What an entry is looked for by; function words as they are: "son" is not "sueño"."""
        language = self._language
        words = [language.chat.get(word, word) for word in folded_words(entry)]
        if words:
            forms.update(words)
            ways.add(
                tuple(
                    [
                        FUNCTION_MARK + w if w in language.function else language.stem(w)
                        for w in words
                    ]
                )
            )

    def _filed(self) -> Mapping[str, Start]:
        """First stem -> the parts it fills by itself, and those it begins."""
        starts: dict[str, Start] = {}
        for part, number in self._numbers.items():
            for way in part:
                start = starts.setdefault(way[0], Start([], {}))
                if len(way) == 1:
                    start.alone.append(number)
                else:
                    start.longer.setdefault(way[1], []).append((way[2:], number))
        return starts

    def _places(self, stems: Sequence[str]) -> tuple[dict[int, list[int]], Ends]:
        """Part -> the words at which it begins, in order; and where it ends there."""
        places: dict[int, list[int]] = defaultdict(list)
        ends: Ends = {}
        starts, last = self._starts, len(stems) - 1
        for index in [i for i, stem in enumerate(stems) if stem in starts]:
            alone, longer = starts[stems[index]]
            for number in alone:
                places[number].append(index)
            if longer and index < last:
                for rest, number in longer.get(stems[index + 1], ()):
                    end = index + 1 + len(rest)
                    if not rest or tuple(stems[index + 2 : end + 1]) == rest:
                        found = places[number]
                        if not found or found[-1] != index:
                            found.append(index)
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
        sentence, sentences = reading.sentences[first], reading.sentences
        nearest, distance = None, 2 * self._near
        for place in places[bisect_left(places, low) : bisect_left(places, high + 1)]:
            away = abs(place - first)
            if away < distance and place not in words and -2 < sentences[place] - sentence < 2:
                nearest, distance = place, away
        return nearest


def _whole(idea: Idea, words: Sequence[int], ends: Ends) -> tuple[int, ...]:
    """All words of the parts that begin at `words`, in order of the text."""
    spans = [(w, ends.get((part, w), w)) for part, w in zip(idea.parts, words, strict=True)]
    return tuple(sorted({word for first, last in spans for word in range(first, last + 1)}))
