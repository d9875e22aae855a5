"""Phrases of the bank found in an answer: exact, by stem, with a typo, with words between.

A phrase becomes slots, a slot the stems that may fill it. Every phrase is filed under the rarest
word it cannot do without, so that only phrases whose words are all there are tried where they may
begin: the cost depends on the question's own phrases, never on the size of the bank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.scoring.language import TYPO_LENGTH, Language
from bot.scoring.phrases import Compiler, Need, Phrase
from bot.scoring.reading import Reading, Span
from bot.scoring.together import MARK, Ideas
from bot.scoring.words import LONG, Word

REACH = 6  # words of any kind a gap may span
ALIKE = 5  # first letters that forms of one word share
END = 3  # letters at either end of a word, of which one edit leaves one end alone
_CACHE = 20_000  # words whose correction is remembered


class Hit(NamedTuple):
    """A phrase found: the words from first to last; similarity 1 exact, .95 stem, .9 typo.

    `apart`: its words may have any others between them.
    """

    span: Span
    key: str
    phrase: str
    similarity: float
    words: tuple[int, ...]
    apart: bool = False

    @property
    def inside(self) -> Iterable[int]:
        """The words it takes up."""
        return self.words if self.apart else range(self.span[0], self.span[1] + 1)


class PhraseBook:
    """The phrases of one question in one language, compiled once."""

    def __init__(self, entries: Iterable[tuple[str, str]], language: Language) -> None:
        """`entries`: pairs of a key and a phrase in the notation of docs/bank.md."""
        self._language = language
        entries = list(entries)
        compiled = Compiler(language).compile
        phrases = [p for key, text in entries if MARK not in text for p in compiled(key, text)]
        self._ideas = Ideas([one for one in entries if MARK in one[1]], language)
        self._loose = Shelf([phrase for phrase in phrases if phrase.loose])
        self._strict = Shelf([phrase for phrase in phrases if not phrase.loose])
        slots = [slot for phrase in phrases for slot in phrase.slots]
        vocabulary = frozenset(self._ideas.forms).union(*[s.forms for s in slots])
        stems = frozenset(map(language.stem, self._ideas.forms)).union(*[s.stems for s in slots])
        self._spelling = Spelling(vocabulary, stems, language)

    def hits(self, reading: Reading) -> list[Hit]:
        """All phrases found in `reading`, in order of the text."""
        words, known = reading.words, self._spelling.known
        stems = [w.stem for w in words]
        typos: set[int] = set()
        for index in reading.content:
            word = words[index]
            if word.flags & LONG:
                corrected = known[word.form] if word.form in known else self._spelling.learn(word)
                if corrected is not None:
                    stems[index] = corrected
                    typos.add(index)
        hits: list[Hit] = []
        walk = Walk(reading, stems, typos)
        walk.look(self._loose, reading.content, hits)
        walk.look(self._strict, range(len(words)), hits)
        for idea, told in self._ideas.found(reading, stems):
            similarity = 0.9 if not typos.isdisjoint(told) else 0.95
            hits.append(Hit((told[0], told[-1]), idea.key, idea.text, similarity, told, True))
        hits.sort()
        return hits


class Spelling:
    """Corrects words by one edit to words of phrases.

    One edit in a word of six letters or more leaves its first or its last three letters as they
    are, but for two letters swapped in the middle of six; so only words alike there are compared.
    """

    def __init__(
        self, vocabulary: frozenset[str], stems: frozenset[str], language: Language
    ) -> None:
        self._language = language
        self._vocabulary = vocabulary
        self._stems = stems
        self._heads: dict[str, list[str]] = {}
        self._tails: dict[str, list[str]] = {}
        self.known: dict[str, str | None] = {}
        for word in sorted(vocabulary):
            if len(word) >= TYPO_LENGTH:
                self._heads.setdefault(word[:END], []).append(word)
                self._tails.setdefault(word[-END:], []).append(word)

    def learn(self, word: Word) -> str | None:
        """The stem of the nearest phrase word, None when `word` is one itself or none is near.

        Kept in `known`, by form: look there first.
        """
        form = word.form
        if len(self.known) > _CACHE:
            self.known.clear()
        itself = form in self._vocabulary or self._language.stem(form) in self._stems
        near = None if itself else self._nearest(form)
        stem = self.known[form] = None if near is None else self._language.stem(near)
        return stem

    def _nearest(self, form: str) -> str | None:
        swapped = form[:2] + form[3:1:-1] + form[4:]
        near = [swapped] if len(form) == 2 * END and swapped in self._vocabulary else []
        near += self._heads.get(form[:END], ())
        near += self._tails.get(form[-END:], ())
        low, high = len(form) - 1, len(form) + 1
        alike = [
            word
            for word in near
            if low <= len(word) <= high and OSA.distance(form, word, score_cutoff=1) <= 1
        ]
        return min(alike, key=lambda word: (abs(len(word) - len(form)), word), default=None)


class Shelf:
    """Phrases by what an answer must hold for them: of several words, the rarest of those."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self.heads = frozenset().union(*[phrase.slots[0].stems for phrase in phrases])
        self.single: dict[str, list[Phrase]] = {}
        self.longer = [phrase for phrase in phrases if len(phrase.slots) > 1]
        self.filed: dict[Need, list[int]] = {}  # places in `longer`
        for phrase in phrases:
            if len(phrase.slots) == 1:
                for stem in phrase.slots[0].stems:
                    self.single.setdefault(stem, []).append(phrase)
        common = Counter(need for phrase in self.longer for need in _needs(phrase))
        for place, phrase in enumerate(self.longer):
            for need in _rarest(phrase, common):
                self.filed.setdefault(need, []).append(place)

    def possible(self, present: Set[Need]) -> list[Phrase]:
        """The phrases of several words all of whose words are in a text, wherever they stand."""
        filed, longer = self.filed, self.longer
        places = {place for need in present & filed.keys() for place in filed[need]}
        return [longer[place] for place in sorted(places) if longer[place].needs <= present]


def _needs(phrase: Phrase) -> Iterable[Need]:
    """What a phrase needs and, of words with alternatives, each that may do."""
    return phrase.needs.union(*[slot.stems for slot in phrase.slots])


def _rarest(phrase: Phrase, common: Mapping[Need, int]) -> Iterable[Need]:
    """What to look for first: the rarest need, pairs before single words; or a slot's stems."""
    if phrase.needs:
        return [
            min(phrase.needs, key=lambda need: (isinstance(need, str), common[need], str(need)))
        ]
    return min(
        (slot.stems for slot in phrase.slots), key=lambda s: sum(common[stem] for stem in s)
    )


class Walk:
    """One walk through an answer: `stems` with typos corrected, `typos` where they were."""

    def __init__(self, reading: Reading, stems: list[str], typos: set[int]) -> None:
        self._reading = reading
        self._stems = stems
        self._typos = typos

    def look(self, shelf: Shelf, order: Sequence[int], hits: list[Hit]) -> None:
        """Adds the phrases of a shelf to `hits`; `order`: the words that count for them."""
        stems = [self._stems[i] for i in order]
        places: dict[str, list[int]] = {}
        heads = shelf.heads
        for place in [place for place, stem in enumerate(stems) if stem in heads]:
            places.setdefault(stems[place], []).append(place)
        if not places:
            return
        for stem in places.keys() & shelf.single.keys():
            for phrase in shelf.single[stem]:
                for here in [order[place] for place in places[stem]]:
                    if not phrase.exact or self._as_given(here, phrase):
                        hits.append(self._hit(phrase, (here,)))
        for phrase in shelf.possible({*stems, *pairwise(stems)}):
            first, second = phrase.slots[0].stems, phrase.slots[1]
            for stem in first & places.keys():
                for place in places[stem]:
                    near = stems[place + 1 : place + 1 + second.reach]
                    if not second.stems.isdisjoint(near) and (
                        words := self._follow(stems, order, place, phrase)
                    ):
                        hits.append(self._hit(phrase, words))

    def _follow(
        self, stems: list[str], order: Sequence[int], position: int, phrase: Phrase
    ) -> tuple[int, ...]:
        """The words that fill the slots from `position` on; empty when one stays unfilled."""
        here = order[position]
        sentences = self._reading.sentences
        sentence, size = sentences[here], len(order)
        words = [here]
        for slot in phrase.slots[1:]:
            fits = slot.stems
            for place in range(position + 1, min(position + 1 + slot.reach, size)):
                if stems[place] in fits:
                    there = order[place]
                    if there - here > REACH or sentences[there] != sentence:
                        return ()
                    position, here = place, there
                    words.append(there)
                    break
            else:
                return ()
        return tuple(words)

    def _as_given(self, word: int, phrase: Phrase) -> bool:
        """Whether a word is one of the given, or a longer form: `preguntaría`, not `tengan`."""
        form = self._reading.words[word].form
        given = phrase.slots[0].forms
        return form in given or any(form[:ALIKE] == f[:ALIKE] and len(f) >= ALIKE for f in given)

    def _hit(self, phrase: Phrase, words: tuple[int, ...]) -> Hit:
        similarity = 1.0
        for word, slot in zip(words, phrase.slots, strict=True):
            if word in self._typos:
                similarity = 0.9
                break
            if self._reading.words[word].form not in slot.forms:
                similarity = 0.95
        return Hit((words[0], words[-1]), phrase.key, phrase.text, similarity, words)
