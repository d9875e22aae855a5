"""What the scorer knows of one language: a `Lexicon` compiled for looking up.

Nothing here is particular to a language; Spanish conjugation, for one, is the lists
`ending_verbs` and `action_verbs` of its lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import Stemmer

from bot.core.models import Lang, Lexicon
from bot.scoring.text import fold, folded_words

# Lists whose entries are looked for as they stand, word by word, in every answer.
MARKS = (
    "negators", "not_negated", "contrast", "dismissals", "because", "sequence", "connectors",
    "fillers", "first_person", "subjects", "own_past", "voice", "context", "reflection",
    "effect_phrases", "change_from", "change_to", "versus", "percent", "each", "company",
    "proposals", "generic", "time_units", "common_verbs",
)  # fmt: skip
SHORTEST = 3  # letters that a conjugated form must exceed: "dé" is too like "de"
_CACHE = 50_000  # stems kept; an answer adds a few hundred


class Language:
    """A language's word lists, folded and indexed; made once, then only read (but for a cache)."""

    def __init__(self, lang: Lang, lexicon: Lexicon) -> None:
        self.lang = lang
        self.lexicon = lexicon
        self.han = "han" in lexicon.get("script")
        self._stemmer = _stemmer(lexicon)
        self._swaps = tuple(_pairs(lexicon.get("stem_swaps")))
        self._endings = tuple(_pairs(lexicon.get("stem_endings")))
        self._plural = tuple(lexicon.get("stem_plural"))
        self._tails = tuple(lexicon.get("stem_tails"))
        self._trailing = "".join(lexicon.get("stem_trailing"))
        self._stems: dict[str, str] = {}
        self.numbers = self.forms("number_words")
        self.function = self.forms("function")
        self.articles = self.forms("articles")
        self.connectors = self.forms("connectors")
        self.openers = self.forms("openers")
        self.closers = self.forms("closers")
        self.closers_fine = frozenset(lexicon.get("closers_fine"))
        self.optional = self.forms("optional")
        self.chat = {fold(a): fold(b) for a, b in _pairs(lexicon.get("chat"))}
        self.halves = self.forms("half_numbers")
        self.joins = self.forms("number_joins")
        self.have = self.forms("have")
        self.participles = tuple(self.forms("participles"))
        self.past_forms = self.forms("past_forms")
        self.past_suffixes = tuple(self.forms("past_suffixes"))
        self.past_endings = _endings(lexicon.get("past_endings"))
        self.verb_endings = _endings(lexicon.get("verb_endings"))
        self.domain = frozenset(self.stem(w) for w in self.forms("domain"))
        self.effects = frozenset(self.stem(w) for w in self.forms("effect_verbs"))
        self.life = frozenset(self.stem(w) for w in self.forms("life_verbs"))
        self.own_forms = self._conjugated("ending_verbs")
        self.shared_forms = self._conjugated("ending_verbs_shared")
        self.voice_forms = self._conjugated("ending_verbs_voice")
        self.marks = _trie({name: lexicon.get(name) for name in MARKS})

    def forms(self, name: str) -> frozenset[str]:
        """The one-word entries of a list, folded."""
        words = (folded_words(entry) for entry in self.lexicon.get(name))
        return frozenset(w[0] if len(w) == 1 else "".join(w) for w in words if w)

    def stem(self, form: str) -> str:
        """The stem of a folded form; the same for forms of one word, as far as rules go."""
        known = self._stems.get(form)
        if known is None:
            if len(self._stems) > _CACHE:
                self._stems.clear()
            known = self._stems[form] = self._make_stem(form)
        return known

    def _make_stem(self, form: str) -> str:
        if self._stemmer is None or not form.isalpha() or form in self.numbers:
            return form
        stem: str = self._stemmer.stemWord(form)
        if stem == form and len(form) > 3 and form.endswith(self._plural):
            stem = self._stemmer.stemWord(form[:-1])  # it leaves the ending of "altas"
        for tail in self._tails:  # it leaves "entraba", "entran" apart
            cut = len(form) - len(tail)
            if 4 <= cut < len(stem) and form.endswith(tail):
                stem = form[:cut]
        if len(stem) > 3:
            stem = stem[:3] + stem[3:].rstrip(self._trailing)
        for old, new in self._swaps:
            stem = stem.replace(old, new)
        for old, new in self._endings:
            if stem.endswith(old):
                stem = stem[: -len(old)] + new
        return stem

    def _conjugated(self, name: str) -> frozenset[str]:
        spelling = list(_pairs(self.lexicon.get("verb_spelling")))
        found: set[str] = set()
        for verb in self.lexicon.get("action_verbs"):
            for old, new in _pairs(self.lexicon.get(name)):
                if verb.endswith(old):
                    form = verb[: -len(old)] + new
                    for wrong, right in spelling:
                        if form.endswith(wrong):
                            form = form[: -len(wrong)] + right
                    if len(form) > SHORTEST:
                        found.add(fold(form))
        return frozenset(found)


def _stemmer(lexicon: Lexicon) -> Stemmer.Stemmer | None:
    names = lexicon.get("stemmer")
    return Stemmer.Stemmer(names[0]) if names else None


Endings = tuple[tuple[str, ...], tuple[str, ...]]
"""Word endings as written with accents, and without."""


def _endings(entries: Iterable[str]) -> Endings:
    entries = tuple(entries)
    return entries, tuple(fold(e) for e in entries)


def _pairs(entries: Iterable[str]) -> Iterable[tuple[str, str]]:
    for entry in entries:
        old, _, new = entry.partition(">")
        yield old, new


Trie = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
"""First word -> the entries that begin with it (all their words) and the list they are of."""


def _trie(lists: Mapping[str, Iterable[str]]) -> Trie:
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, entries in lists.items():
        for entry in entries:
            words = tuple(folded_words(entry))
            if words:
                index.setdefault(words[0], []).append((words, name))
    for rows in index.values():
        rows.sort(key=lambda row: -len(row[0]))
    return index
