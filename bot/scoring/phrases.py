"""Phrases in the notation of docs/bank.md, compiled to slots that words can fill."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise, product
from typing import NamedTuple

from bot.scoring.language import Language
from bot.scoring.text import fold, folded_words

GAP = 2  # other content words allowed between neighbours of a phrase
HAN_GAP = 6  # characters between neighbours, where a word is one to four of them
_VARIANTS = 64  # spellings one phrase may unfold into


class Slot(NamedTuple):
    """One word of a phrase: the stems and folded forms that fill it, `reach` places ahead."""

    stems: frozenset[str]
    forms: frozenset[str]
    reach: int
    optional: bool = False  # nothing but words that no phrase depends on
    function: bool = False  # may be a function word


Need = str | tuple[str, str]
"""What a text must hold: a stem, or two that follow each other."""


class Phrase(NamedTuple):
    """A compiled phrase; `key` says whose it is, `loose` whether function words are skipped.

    `exact`: one everyday word is left of it, which counts in the forms given only; `needs`: the
    stems of the words that have no alternative, and pairs of those that follow each other.
    """

    key: str
    text: str
    slots: tuple[Slot, ...]
    loose: bool
    exact: bool = False
    needs: frozenset[Need] = frozenset()


Alternatives = list[tuple[str, ...]]
"""The ways to fill a place of a phrase, each some folded words (characters in Chinese)."""


class Compiler:
    """Compiles phrases of one language; a word that comes again is looked up."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._ahead = (HAN_GAP if language.han else GAP) + 1
        self._choices: dict[str, tuple[Alternatives, Slot | None]] = {}

    def compile(self, key: str, text: str) -> list[Phrase]:
        """The compiled forms of a phrase; empty when it holds no word.

        `a/b` are alternatives of a word, ` / ` between words those of the whole phrase.
        """
        compiled = []
        for part in text.split(" / "):
            choices = [c for word in part.split() if (c := self._choice(word))[0]]
            slots = [slot for _, slot in choices if slot is not None]
            simple = len(slots) == len(choices)
            variants = [slots] if simple else self._variants([a for a, _ in choices])
            for variant in variants:
                phrase = self._phrase(key, text, variant)
                if phrase is not None:
                    compiled.append(_hurried(phrase))
        return compiled

    def _choice(self, word: str) -> tuple[Alternatives, Slot | None]:
        """The alternatives of a word; and its slot, if they are of one word each."""
        choice = self._choices.get(word)
        if choice is None:
            alternatives = self._alternatives(word)
            simple = alternatives and all(len(words) == 1 for words in alternatives)
            slot = self._slot([words[0] for words in alternatives]) if simple else None
            choice = self._choices[word] = alternatives, slot
        return choice

    def _alternatives(self, word: str) -> Alternatives:
        if "@" in word:
            classes = self._language.classes
            parts = [one for part in word.split("/") for one in classes.get(part, (part,))]
            return [words for part in parts if (words := tuple(folded_words(part)))]
        plain = fold(word)
        if plain.isascii() and word.replace("/", "").isalpha():
            return [(form,) for form in plain.split("/") if form]
        return [words for part in word.split("/") if (words := tuple(folded_words(part)))]

    def _variants(self, choices: list[Alternatives]) -> Iterator[list[Slot]]:
        for variant in _unfold(choices):
            yield [
                self._slot([words[place] for words in alternatives], place == 0)
                for alternatives in variant
                for place in range(len(alternatives[0]))
            ]

    def _slot(self, words: list[str], first: bool = True) -> Slot:
        """The slot of these alternatives, `first` of a place rather than after a word of it."""
        language = self._language
        forms = frozenset([language.chat.get(word, word) for word in words])
        return Slot(
            frozenset([language.stem(form) for form in forms]),
            forms,
            self._ahead if first else 1,
            forms <= language.optional,
            not forms.isdisjoint(language.function),
        )

    def _phrase(self, key: str, text: str, slots: list[Slot]) -> Phrase | None:
        if self._language.han:
            return Phrase(key, text, tuple(slots), False) if slots else None
        needed = [s for s in slots if not s.optional] or slots
        reduced = len(needed) == 1 and len(slots) > 1
        # A word that may be a function word may as well be absent.
        content = [s for s in needed if not s.function]
        if len(content) > 1 or (content and len(content) == len(needed)):
            return Phrase(key, text, tuple(content), True, reduced)
        # One word and function words ("en línea", "por eso"): the word alone says nothing.
        strict = tuple([Slot(s.stems, s.forms, 3) for s in needed])
        return Phrase(key, text, strict, False) if strict else None


def _hurried(phrase: Phrase) -> Phrase:
    """The phrase with what tells at once that it cannot stand in a text."""
    only = [next(iter(s.stems)) if len(s.stems) == 1 else "" for s in phrase.slots]
    following = [
        pair
        for pair, slot in zip(pairwise(only), phrase.slots[1:], strict=True)
        if slot.reach == 1 and all(pair)
    ]
    needs: frozenset[Need] = frozenset([*filter(None, only), *following])
    return phrase._replace(needs=needs)


def _unfold(choices: list[Alternatives]) -> Iterator[tuple[Alternatives, ...]]:
    """Alternatives of one word each stay together in a slot; longer ones are multiplied out."""
    options: list[list[Alternatives]] = []
    for alternatives in choices:
        single: Alternatives = [words for words in alternatives if len(words) == 1]
        longer: list[Alternatives] = [[words] for words in alternatives if len(words) > 1]
        options.append([single, *longer] if single else longer)
    return islice(product(*options), _VARIANTS)
