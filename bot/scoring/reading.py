"""An answer as the scorer reads it: words in sentences and clauses, and what marks them.

Dictated answers have no punctuation, so a sentence that runs on is cut at a connector, or at
a fixed length where there is none. What a word is by itself is known already (`words.py`), so
that reading is one pass of look-ups; the columns of a `Reading` all have one entry a word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.core.models import Evidence
from bot.scoring.language import Language
from bot.scoring.words import COMMA, CONNECTOR, CONTENT, NOTABLE, Word

ACCENTS = 0.04  # accents per word from which a writer counts as putting them
SOFT, HARD = 22, 45  # words after which a run-on sentence is cut at a connector, or anyway

Span = tuple[int, int]
"""First and last word by index, both included."""


@dataclass(slots=True)
class Reading:
    """The words of an answer, where each stands, and its marks.

    `bounds`: number of a sentence -> its span; `marks`: list name -> spans, in order of the text.
    """

    text: str
    language: Language
    words: list[Word]
    starts: list[int]  # code points
    sentences: list[int]
    clauses: list[int]
    bounds: dict[int, Span]
    content: list[int]  # indexes of the words that are not function words
    notable: list[int]  # and of those that may be an own action, a result or a number
    marks: Mapping[str, Sequence[Span]]
    commas: int
    stops: int
    fillers: int  # words of hesitation heard, those left out included
    accented: bool  # whether the writer puts accents: "lance" is then not "lancé"

    def mark(self, name: str) -> Sequence[Span]:
        """Where entries of a word list stand."""
        return self.marks.get(name, ())

    def end(self, index: int) -> int:
        """Where a word ends, in code points."""
        return self.starts[index] + len(self.words[index].given)

    def reach(self, words: int) -> int:
        """How far that many words reach: more places where every character is one."""
        return round(words * self.language.scale)

    def evidence(self, span: Span, phrase: str = "", similarity: float = 1.0) -> Evidence:
        """The words of `span` as evidence, quoted exactly."""
        start, end = self.starts[span[0]], self.end(span[1])
        return Evidence(start, end, self.text[start:end], phrase, similarity)


def read(text: str, language: Language) -> Reading:
    """Reads `text` in `language`; any string is readable."""
    words: list[Word] = []
    starts: list[int] = []
    sentences, clauses = [0], [0]  # the word each begins with; some are empty
    offset = run = stops = commas = 0
    known, cut = language.chunks.get, language.cut
    add, place = words.append, starts.append
    soft, hard = SOFT * language.scale, HARD * language.scale
    for chunk in text.split(" "):
        for start, word in known(chunk) or cut(chunk):
            flags = word.flags
            if flags < COMMA:
                run += 1
                if run > soft and (run > hard or flags & CONNECTOR):
                    sentences.append(len(words))
                    clauses.append(len(words))
                    run = 1
                add(word)
                place(offset + start)
            elif flags == COMMA:
                commas += 1
                clauses.append(len(words))
            else:
                stops += 1
                run = 0
                sentences.append(len(words))
                clauses.append(len(words))
        offset += len(chunk) + 1
    accented = _accents(text) > ACCENTS * len(words)
    marks = _marks(words)
    fillers = len({*marks.get("fillers", ()), *marks.get("interjections", ())})
    if "interjections" in marks:
        out = {i for first, last in marks["interjections"] for i in range(first, last + 1)}
        kept = [i for i in range(len(words)) if i not in out]
        words, starts = [words[i] for i in kept], [starts[i] for i in kept]
        sentences, clauses = _moved(sentences, out), _moved(clauses, out)
        marks = _marks(words)
    return Reading(
        text, language, words, starts, _numbered(sentences, len(words)),
        _numbered(clauses, len(words)), _bounds(sentences, len(words)),
        [i for i, w in enumerate(words) if w.flags & CONTENT],
        [i for i, w in enumerate(words) if w.flags & NOTABLE],
        marks, commas, stops, fillers, accented,
    )  # fmt: skip


def _moved(firsts: list[int], out: set[int]) -> list[int]:
    """Where parts begin once some words are left out."""
    gone = sorted(out)
    return [first - bisect_left(gone, first) for first in firsts]


def _accents(text: str) -> int:
    return 0 if text.isascii() else sum(map(text.count, "áéíóúÁÉÍÓÚ"))


def _numbered(firsts: list[int], size: int) -> list[int]:
    """The number of the part each word is in, from the word each part begins with."""
    numbers: list[int] = []
    for number, (first, following) in enumerate(pairwise((*_begun(firsts, size), size))):
        numbers += [number] * (following - first)
    return numbers


def _bounds(firsts: list[int], size: int) -> dict[int, Span]:
    """Where each part begins and ends."""
    parts = enumerate(pairwise((*_begun(firsts, size), size)))
    return {number: (first, end - 1) for number, (first, end) in parts}


def _begun(firsts: list[int], size: int) -> list[int]:
    """The words parts begin with, but for empty parts."""
    return [first for first in dict.fromkeys(firsts) if first < size]


def _marks(words: list[Word]) -> dict[str, list[Span]]:
    """Entries of word lists; of those of one list that overlap, the first and longest counts."""
    found: dict[str, list[Span]] = {}
    forms = tuple([w.form for w in words])
    last = len(words) - 1
    for first, word in enumerate(words):
        if not word.marked:
            continue
        if first < last and word.longer:
            for entry, name in word.longer.get(forms[first + 1], ()):
                end = first + len(entry)
                if end == first + 2 or forms[first:end] == entry:
                    _mark(found, name, first, end - 1)
        for name in word.single:
            _mark(found, name, first, first)
    return found


def _mark(found: dict[str, list[Span]], name: str, first: int, last: int) -> None:
    spans = found.get(name)
    if spans is None:
        found[name] = [(first, last)]
    elif spans[-1][1] < first:
        spans.append((first, last))


def starting(spans: Sequence[Span], low: int, high: int) -> Sequence[Span]:
    """Those of ordered spans that start from `low` to `high`."""
    return spans[bisect_left(spans, (low,)) : bisect_left(spans, (high + 1,))]
