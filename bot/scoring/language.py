"""What the scorer knows of one language: a `Lexicon` compiled for looking up.

Nothing here is particular to a language; Spanish conjugation, for one, is the lists
`ending_verbs` and `action_verbs` of its lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import Stemmer

from bot.core.questions import Lang, Lexicon
from bot.scoring import words as w
from bot.scoring.text import Piece, fold, folded_words, pieces
from bot.scoring.words import Rows, Word, sayable

# Lists whose entries are looked for as they stand, word by word, in every answer.
MARKS = (
    "negators", "not_negated", "contrast", "dismissals", "recants", "deniers",
    "retractions", "confessions",
    "because", "sequence", "connectors",
    "fillers", "interjections", "subjects", "own_past", "voice", "context", "reflection",
    "effect_phrases", "change_from", "change_to", "aims", "reached",
    "before", "now", "later", "versus", "percent",
    "each", "company", "proposals", "whole", "time_units", "common_verbs",
)  # fmt: skip
HAN_SCALE = 1.6  # characters to a word, where every character is one
SHORTEST = 3  # letters that a conjugated form must exceed: "dé" is too like "de"
TYPO_LENGTH, LONGEST = 6, 24  # letters of the words in which one edit is forgiven
_CACHE = 20_000  # words remembered; an answer adds a few dozen
_CHUNK = 40  # characters between spaces that are worth remembering


class Language:
    """A language's word lists, folded and indexed; made once, then only read (but for a cache)."""

    def __init__(self, lang: Lang, lexicon: Lexicon) -> None:
        self.lang = lang
        self.lexicon = lexicon
        self.han = "han" in lexicon.get("script")
        self.scale = HAN_SCALE if self.han else 1.0
        self._stemmer = _stemmer(lexicon)
        self._swaps = tuple(_pairs(lexicon.get("stem_swaps")))
        self._endings = tuple(_pairs(lexicon.get("stem_endings")))
        self._plural = tuple(lexicon.get("stem_plural"))
        self._tails = tuple(lexicon.get("stem_tails"))
        self._trailing = "".join(lexicon.get("stem_trailing"))
        self._stems: dict[str, str] = {}
        self.numbers = self.forms("number_words")
        self.function = self.forms("function")
        self.closers_fine = frozenset(lexicon.get("closers_fine"))
        self.optional = self.forms("optional")
        self.classes = {name: lexicon.get(name) for name in lexicon.lists if name[:1] == "@"}
        self.chat = {fold(a): fold(b) for a, b in _pairs(lexicon.get("chat"))}
        # Parts of phrases in any order as written -> the ways to fill them, and all their words.
        self.parts: dict[str, tuple[frozenset[tuple[str, ...]], frozenset[str]]] = {}
        self.participles = tuple(self.forms("participles"))
        self.past_suffixes = tuple(self.forms("past_suffixes"))
        self._abstract = tuple(self.forms("abstract_endings"))
        self.own_endings = tuple(lexicon.get("own_endings"))
        self.not_own = self.forms("not_own")
        self.labels = frozenset(" ".join(folded_words(one)) for one in lexicon.get("labels"))
        self.agents = self.forms("agents")
        self.not_notes = self.forms("not_notes")
        self.past_endings = _endings(lexicon.get("past_endings"))
        self.verb_endings = _endings(lexicon.get("verb_endings"))
        self.domain = frozenset(self.stem(w) for w in self.forms("domain"))
        self.effects = frozenset(self.stem(w) for w in self.forms("effect_verbs"))
        self.life = frozenset(self.stem(w) for w in self.forms("life_verbs"))
        self._single, self._longer = _index({name: lexicon.get(name) for name in MARKS})
        self._kinds = self._by_form()
        self._words: dict[str, Word] = {}
        self.chunks: dict[str, Atoms] = {}  # what `cut` has cut; looked up before it is asked

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

    def cut(self, chunk: str) -> Atoms:
        """The words and breaks of a piece of text, with their places in it."""
        atoms = tuple((p.start, self._word(p)) for p in pieces(chunk))
        if len(chunk) <= _CHUNK:
            if len(self.chunks) > _CACHE:
                self.chunks.clear()
            self.chunks[chunk] = atoms
        return atoms

    def _word(self, piece: Piece) -> Word:
        word = self._words.get(piece.text)
        if word is None:
            if len(self._words) > _CACHE:
                self._words.clear()
            word = self._make_word(piece)
            if len(piece.text) <= _CHUNK:
                self._words[piece.text] = word
        return word

    def _make_word(self, piece: Piece) -> Word:
        kind, given = piece.kind, piece.text
        if kind in ("comma", "stop"):
            return Word(given, kind, given, given, given, w.STOP if kind == "stop" else w.COMMA)
        plain = fold(given)
        # A capital by itself is a name, "the page B", not "d" for "de".
        named = len(given) == 1 and given.isupper()
        form = self.chat.get(plain, plain) if kind == "word" and not named else plain
        stem = self.stem(form) if kind == "word" else form
        single, longer = self._single.get(form, ()), self._longer.get(form, {})
        flags = self._flags(given, kind, form, stem)
        return Word(given, kind, plain, form, stem, flags, single, longer)

    def _flags(self, given: str, kind: str, form: str, stem: str) -> int:
        flags = self._kinds.get(form, 0)
        content = kind != "sign" and not flags & w.FUNCTION
        if content:
            flags |= w.CONTENT
            flags |= w.DOMAIN if stem in self.domain else 0
            flags |= w.LONG if TYPO_LENGTH <= len(form) <= LONGEST else 0
            flags |= w.ABSTRACT if self._is_abstract(form, flags) else 0
        flags |= w.EFFECT if stem in self.effects else 0
        flags |= w.LIFE if stem in self.life else 0
        if kind == "number":
            return flags & ~w.OWNED | w.NUMBER
        if kind == "word" and len(form) > SHORTEST and not sayable(form):
            flags |= w.ODD
        return self._own(flags, given, form) | self._endings_of(given, form)

    def _is_abstract(self, form: str, flags: int) -> bool:
        long_enough = self.han or len(form) > TYPO_LENGTH
        return long_enough and not flags & w.DOMAIN and form.endswith(self._abstract)

    def _own(self, flags: int, given: str, form: str) -> int:
        """`flags` with what the form tells of person and tense; the first that holds counts."""
        if flags & w.OWN_BARE:
            # "lance" is "lancé" only where the writer leaves out all accents.
            sure = form.endswith("mos") or not given.isascii()
            return flags & ~w.SHARED & ~w.PAST | (w.OWN if sure else 0)
        if self.own_endings and self._is_own(given, form):
            return flags & ~w.SHARED & ~w.PAST | w.OWN | w.OWN_BARE
        if flags & w.SHARED:
            return flags & ~w.PAST
        if form.endswith(self.participles):
            flags |= w.PARTICIPLE
        if (self.han or len(form) > 2) and form.endswith(self.past_suffixes):
            flags |= w.PAST
        return flags

    def _is_own(self, given: str, form: str) -> bool:
        """Whether a word of any verb ends as first person and past do, accents as written."""
        return (
            len(form) > SHORTEST + 1
            and form not in self.not_own
            and given.casefold().endswith(self.own_endings)
        )

    def _endings_of(self, given: str, form: str) -> int:
        if len(form) < 4:
            return 0
        written = given.casefold()
        return (
            (w.PAST_ENDING if written.endswith(self.past_endings[0]) else 0)
            | (w.PAST_BARE if form.endswith(self.past_endings[1]) else 0)
            | (w.VERB_ENDING if written.endswith(self.verb_endings[0]) else 0)
            | (w.VERB_BARE if form.endswith(self.verb_endings[1]) else 0)
        )

    def _by_form(self) -> dict[str, int]:
        """Folded form -> what the word lists say it is."""
        kinds: dict[str, int] = {}
        for flag, forms in (
            (w.FUNCTION, self.function),
            (w.OWN_BARE, self._conjugated("ending_verbs")),
            (w.SHARED, self._conjugated("ending_verbs_shared")),
            (w.VOICE, self._conjugated("ending_verbs_voice")),
            (w.HAVE, self.forms("have")),
            (w.PAST, self.forms("past_forms")),
            (w.ARTICLE, self.forms("articles")),
            (w.NUMBER | w.NUMERAL, self.numbers),
            (w.NUMBER, self.forms("half_numbers")),
            (w.JOIN, self.forms("number_joins")),
            (w.OPENER, self.forms("openers")),
            (w.CLOSER, self.forms("closers")),
            (w.CONNECTOR, self.forms("connectors")),
        ):
            for form in forms:
                kinds[form] = kinds.get(form, 0) | flag
        return kinds

    def _make_stem(self, form: str) -> str:
        if self._stemmer is None or not form.isalpha() or form in self.numbers:
            return form
        stem: str = self._stemmer.stemWord(form)
        if stem == form and len(form) > 3 and form.endswith(self._plural):
            stem = self._stemmer.stemWord(form[:-1])  # it leaves the ending of "altas"
        if form.endswith(self._tails):
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


Atoms = tuple[tuple[int, Word], ...]
"""Words and breaks with their start in the piece they were cut from."""


def _index(
    lists: Mapping[str, Iterable[str]],
) -> tuple[Mapping[str, Sequence[str]], Mapping[str, Mapping[str, Rows]]]:
    """Word -> the lists it is an entry of; first -> second word -> longer entries."""
    single: dict[str, list[str]] = {}
    longer: dict[str, dict[str, Rows]] = {}
    for name, entries in lists.items():
        for entry in entries:
            words = tuple(folded_words(entry))
            if len(words) == 1:
                single.setdefault(words[0], []).append(name)
            elif words:
                seconds = longer.setdefault(words[0], {})
                rows = (*seconds.get(words[1], ()), (words, name))
                seconds[words[1]] = tuple(sorted(rows, key=lambda row: -len(row[0])))
    return single, longer
