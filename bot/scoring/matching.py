"""Phrases of the bank found in an answer: exact, by stem, with a typo, with words between.

A phrase becomes slots, a slot the stems that may fill it. Every phrase is filed under the stems
of its first slot, so that an answer is walked once and only phrases that begin at a word are
tried there: the cost depends on the question's own phrases, never on the size of the bank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.scoring.language import Language
from bot.scoring.reading import Reading, Span
from bot.scoring.text import folded_words

GAP = 2  # other content words allowed between neighbours of a phrase
REACH = 6  # words of any kind a gap may span
HAN_GAP = 6  # characters between neighbours, where a word is one to four of them
ALIKE = 5  # first letters that forms of one word share
TYPO_LENGTH, LONGEST = 6, 24  # letters of the words in which one edit is forgiven
_VARIANTS = 64  # spellings one phrase may unfold into


class Slot(NamedTuple):
    """One word of a phrase: the stems and folded forms that fill it, `reach` places ahead."""

    stems: frozenset[str]
    forms: frozenset[str]
    reach: int


class Phrase(NamedTuple):
    """A compiled phrase; `key` says whose it is, `loose` whether function words are skipped.

    `exact`: one everyday word is left of it, which counts in the forms given only.
    """

    key: str
    text: str
    slots: tuple[Slot, ...]
    loose: bool
    exact: bool = False


class Hit(NamedTuple):
    """A phrase found: the tokens from first to last; similarity 1 exact, .95 stem, .9 typo."""

    key: str
    phrase: str
    span: Span
    similarity: float
    words: tuple[int, ...]


class PhraseBook:
    """The phrases of one question in one language, compiled once."""

    def __init__(self, entries: Iterable[tuple[str, str]], language: Language) -> None:
        """`entries`: pairs of a key and a phrase in the notation of docs/bank.md."""
        self._language = language
        self._loose: dict[str, list[Phrase]] = {}
        self._strict: dict[str, list[Phrase]] = {}
        self._vocabulary: set[str] = set()
        self._stems: set[str] = set()
        self._deletes: dict[str, list[str]] = {}
        for key, text in entries:
            for phrase in compile_phrase(key, text, language):
                self._add(phrase)
        for word in sorted(self._vocabulary):
            if len(word) >= TYPO_LENGTH:
                for short in _deletions(word):
                    self._deletes.setdefault(short, []).append(word)

    def _add(self, phrase: Phrase) -> None:
        index = self._loose if phrase.loose else self._strict
        for stem in sorted(phrase.slots[0].stems):
            index.setdefault(stem, []).append(phrase)
        for slot in phrase.slots:
            self._vocabulary.update(slot.forms)
            self._stems.update(slot.stems)

    def hits(self, reading: Reading) -> list[Hit]:
        """All phrases found in `reading`, in order of the text."""
        tokens = reading.tokens
        stems = [t.stem for t in tokens]
        typos: set[int] = set()
        for index, token in enumerate(tokens):
            corrected = self._corrected(token.form) if token.content else None
            if corrected is not None:
                stems[index] = self._language.stem(corrected)
                typos.add(index)
        found = list(self._walk(reading, stems, reading.content, self._loose))
        found += self._walk(reading, stems, list(range(len(tokens))), self._strict)
        hits = [_hit(reading, phrase, words, typos) for phrase, words in found]
        return sorted(hits, key=lambda h: (h.span, h.key, h.phrase))

    def _corrected(self, form: str) -> str | None:
        """The phrase word one edit away from `form`, None when it is one itself or none is."""
        if not TYPO_LENGTH <= len(form) <= LONGEST or form in self._vocabulary:
            return None
        if self._language.stem(form) in self._stems:
            return None
        near = {w for short in (form, *_deletions(form)) for w in self._deletes.get(short, ())}
        best = sorted((OSA.distance(form, w), w) for w in near)
        return best[0][1] if best and best[0][0] <= 1 else None

    def _walk(
        self, reading: Reading, stems: list[str], order: list[int], index: dict[str, list[Phrase]]
    ) -> Iterator[tuple[Phrase, tuple[int, ...]]]:
        for position, token in enumerate(order):
            for phrase in index.get(stems[token], ()):
                words = _follow(reading, stems, order, position, phrase)
                if words and not (phrase.exact and not _as_given(reading, words[0], phrase)):
                    yield phrase, words


def _follow(
    reading: Reading, stems: list[str], order: list[int], position: int, phrase: Phrase
) -> tuple[int, ...]:
    """The tokens that fill the slots from `position` on; empty when one stays unfilled."""
    here = order[position]
    sentence = reading.tokens[here].sentence
    words = [here]
    for slot in phrase.slots[1:]:
        for step in range(1, slot.reach + 1):
            if position + step >= len(order):
                return ()
            there = order[position + step]
            if there - here > REACH or reading.tokens[there].sentence != sentence:
                return ()
            if stems[there] in slot.stems:
                position, here = position + step, there
                words.append(there)
                break
        else:
            return ()
    return tuple(words)


def _as_given(reading: Reading, word: int, phrase: Phrase) -> bool:
    """Whether a word is one of the given, or a longer form of one: `preguntaría`, not `tengan`."""
    form = reading.tokens[word].form
    given = phrase.slots[0].forms
    return form in given or any(form[:ALIKE] == f[:ALIKE] and len(f) >= ALIKE for f in given)


def _hit(reading: Reading, phrase: Phrase, words: tuple[int, ...], typos: set[int]) -> Hit:
    exact = all(
        reading.tokens[w].form in slot.forms for w, slot in zip(words, phrase.slots, strict=True)
    )
    similarity = 0.9 if typos.intersection(words) else 1.0 if exact else 0.95
    return Hit(phrase.key, phrase.text, (words[0], words[-1]), similarity, words)


def compile_phrase(key: str, text: str, language: Language) -> list[Phrase]:
    """The compiled forms of a phrase; empty when it holds no word.

    `a/b` are alternatives of a word, ` / ` between words those of the whole phrase.
    """
    compiled = []
    for part in text.split(" / "):
        choices = [_alternatives(word) for word in part.split()]
        compiled += [
            phrase
            for variant in _unfold([c for c in choices if c])
            if (phrase := _phrase(key, text, variant, language)) is not None
        ]
    return compiled


Alternatives = list[list[str]]
"""The ways to fill a place of a phrase, each a list of folded words (characters in Chinese)."""


def _alternatives(word: str) -> Alternatives:
    return [words for part in word.split("/") if (words := folded_words(part))]


def _unfold(choices: list[Alternatives]) -> Iterator[list[Alternatives]]:
    """Alternatives of one word each stay together in a slot; longer ones are multiplied out."""
    options: list[list[Alternatives]] = []
    for alternatives in choices:
        single = [a for a in alternatives if len(a) == 1]
        groups = [single] if single else []
        options.append([*groups, *([a] for a in alternatives if len(a) > 1)])
    for count, variant in enumerate(product(*options)):
        if count >= _VARIANTS:
            return
        yield list(variant)


def _phrase(key: str, text: str, variant: list[Alternatives], language: Language) -> Phrase | None:
    slots: list[Slot] = []
    for alternatives in variant:
        for place in range(len(alternatives[0])):
            forms = frozenset(language.chat.get(a[place], a[place]) for a in alternatives)
            stems = frozenset(language.stem(f) for f in forms)
            gap = HAN_GAP if language.han else GAP
            slots.append(Slot(stems, forms, 1 if place else gap + 1))
    if language.han:
        return Phrase(key, text, tuple(slots), False) if slots else None
    needed = [s for s in slots if not s.forms <= language.optional] or slots
    reduced = len(needed) == 1 and len(slots) > 1
    slots = needed
    # A word that may be a function word may as well be absent.
    content = [s for s in slots if not s.forms & language.function]
    if len(content) > 1 or content == slots:
        return Phrase(key, text, tuple(content), True, reduced)
    # One word and function words ("en línea", "por eso me gusta"): the word alone says nothing.
    return Phrase(key, text, tuple(s._replace(reach=3) for s in slots), False) if slots else None


def _deletions(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]
