"""Phrases of the bank found in an answer: exact, by stem, with a typo, with words between.

A phrase becomes slots, a slot the stems that may fill it. Every phrase is filed under the stems
of its first slot, so that an answer is walked once and only phrases that begin at a word are
tried there: the cost depends on the question's own phrases, never on the size of the bank.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.scoring.language import TYPO_LENGTH, Language
from bot.scoring.phrases import Compiler, Phrase
from bot.scoring.reading import Reading, Span
from bot.scoring.together import MARK, Ideas
from bot.scoring.words import LONG, Word

REACH = 6  # words of any kind a gap may span
ALIKE = 5  # first letters that forms of one word share
END = 3  # letters at either end of a word, of which one edit leaves one end alone
_CACHE = 20_000  # words whose correction is remembered
_BRANCH = 1_000  # words remembered to go on a phrase, or not


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
        self._loose = Shelf()
        self._strict = Shelf()
        entries = list(entries)
        compiled = Compiler(language).compile
        phrases = [p for key, text in entries if MARK not in text for p in compiled(key, text)]
        self._ideas = Ideas([one for one in entries if MARK in one[1]], language)
        for phrase in phrases:
            (self._loose if phrase.loose else self._strict).add(phrase)
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
        if not self._loose.heads.isdisjoint(stems):
            walk.look(self._loose, reading.content, hits)
        if not self._strict.heads.isdisjoint(stems):
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


class Branch:
    """Phrases of several words that begin with one stem; found by the stem that comes next."""

    __slots__ = ("_apart", "_next", "phrases")

    def __init__(self) -> None:
        self.phrases: list[Phrase] = []
        self._next: dict[str, list[Phrase]] = {}
        self._apart: dict[str, list[Phrase]] = {}  # those whose second word may be further on

    def going_on(self, stems: Sequence[str]) -> list[Phrase]:
        """The phrases whose second word may be one of `stems`; remembered for each."""
        found: list[Phrase] = []
        for place, stem in enumerate(stems):
            known = self._apart if place else self._next
            phrases = known.get(stem)
            if phrases is None:
                phrases = self._second(stem, known, 2 if place else 1)
            if phrases:
                found = [*found, *(p for p in phrases if p not in found)] if found else phrases
        return found

    def _second(self, stem: str, known: dict[str, list[Phrase]], reach: int) -> list[Phrase]:
        if len(known) > _BRANCH:
            known.clear()
        seconds = [(p, p.slots[1]) for p in self.phrases]
        known[stem] = [p for p, slot in seconds if slot.reach >= reach and stem in slot.stems]
        return known[stem]


class Shelf:
    """Phrases by the stems they may begin with: of one word, and of more."""

    def __init__(self) -> None:
        self.heads: set[str] = set()
        self.single: dict[str, list[Phrase]] = {}
        self.longer: dict[str, Branch] = {}
        self.reach = 1  # places ahead in which a second word may stand

    def add(self, phrase: Phrase) -> None:
        """Files a phrase."""
        stems = phrase.slots[0].stems
        self.heads |= stems
        if len(phrase.slots) == 1:
            for stem in stems:
                self.single.setdefault(stem, []).append(phrase)
            return
        self.reach = max(self.reach, phrase.slots[1].reach)
        for stem in stems:
            branch = self.longer.get(stem)
            if branch is None:
                branch = self.longer[stem] = Branch()
            branch.phrases.append(phrase)


class Walk:
    """One walk through an answer: `stems` with typos corrected, `typos` where they were."""

    def __init__(self, reading: Reading, stems: list[str], typos: set[int]) -> None:
        self._reading = reading
        self._stems = stems
        self._present = frozenset(stems)
        self._typos = typos

    def look(self, shelf: Shelf, order: Sequence[int], hits: list[Hit]) -> None:
        """Adds the phrases of a shelf to `hits`; `order`: the words that count for them."""
        all_stems, heads, present = self._stems, shelf.heads, self._present
        stems = [all_stems[i] for i in order]
        single, longer, reach = shelf.single, shelf.longer, shelf.reach + 1
        for position in [p for p, stem in enumerate(stems) if stem in heads]:
            stem, here = stems[position], order[position]
            if stem in single:
                for phrase in single[stem]:
                    if not phrase.exact or self._as_given(here, phrase):
                        hits.append(self._hit(phrase, (here,)))
            if stem in longer:
                for phrase in longer[stem].going_on(stems[position + 1 : position + reach]):
                    lead = phrase.lead
                    if (
                        phrase.needs <= present
                        and (not lead or tuple(stems[position : position + len(lead)]) == lead)
                        and (words := self._follow(stems, order, position, phrase))
                    ):
                        hits.append(self._hit(phrase, words))

    def _follow(
        self, stems: list[str], order: Sequence[int], position: int, phrase: Phrase
    ) -> tuple[int, ...]:
        """The words that fill the slots from `position` on; empty when one stays unfilled."""
        here = order[position]
        sentences = self._reading.sentences
        sentence = sentences[here]
        words = [here]
        for slot in phrase.slots[1:]:
            for place in range(position + 1, min(position + 1 + slot.reach, len(order))):
                there = order[place]
                if there - here > REACH or sentences[there] != sentence:
                    return ()
                if stems[place] in slot.stems:
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
