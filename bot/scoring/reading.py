"""An answer as the scorer reads it: tokens in sentences and clauses, and what marks them.

Dictated answers have no punctuation, so a sentence that runs on is cut at a connector, or at
a fixed length where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.core.models import Evidence
from bot.scoring.language import Endings, Language
from bot.scoring.text import Piece, fold, pieces

ACCENTS = 0.04  # accents per word from which a writer counts as putting them
SOFT, HARD = 22, 45  # words after which a run-on sentence is cut at a connector, or anyway


class Token(NamedTuple):
    """A word, number or sign: its span, folded form and stem, and where it stands."""

    start: int
    end: int
    form: str
    stem: str
    kind: str
    sentence: int
    clause: int
    content: bool


Span = tuple[int, int]
"""First and last token index, both included."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The tokens of an answer and its marks: list name -> spans, in order of the text."""

    text: str
    tokens: tuple[Token, ...]
    marks: Mapping[str, tuple[Span, ...]]
    commas: int
    stops: int
    accented: bool  # whether the writer puts accents: "lance" is then not "lancé"

    @property
    def content(self) -> list[int]:
        """The indexes of the tokens that are not function words."""
        return [i for i, t in enumerate(self.tokens) if t.content]

    def ends(self, token: Token, endings: Endings) -> bool:
        """Whether a word has one of the endings, minding accents where the writer puts them."""
        if len(token.form) < 4:
            return False
        if self.accented:
            return self.text[token.start : token.end].casefold().endswith(endings[0])
        return token.form.endswith(endings[1])

    def mark(self, name: str) -> tuple[Span, ...]:
        """Where entries of a word list stand."""
        return self.marks.get(name, ())

    def evidence(self, span: Span, phrase: str = "", similarity: float = 1.0) -> Evidence:
        """The words of `span` as evidence, quoted exactly."""
        start, end = self.tokens[span[0]].start, self.tokens[span[1]].end
        return Evidence(start, end, self.text[start:end], phrase, similarity)


def read(text: str, language: Language, raw: Sequence[Piece] | None = None) -> Reading:
    """Reads `text` in `language`; any string is readable. `raw`: its pieces, if known."""
    raw = list(pieces(text)) if raw is None else raw
    forms = [_form(p, language) for p in raw]
    cuts = _cuts(raw, forms, language)
    tokens: list[Token] = []
    sentence = clause = 0
    for index, (piece, form) in enumerate(zip(raw, forms, strict=True)):
        if piece.kind == "stop":
            sentence, clause = sentence + 1, clause + 1
            continue
        if piece.kind == "comma":
            clause += 1
            continue
        if index in cuts:
            sentence, clause = sentence + 1, clause + 1
        content = piece.kind != "sign" and form not in language.function
        stem = language.stem(form) if piece.kind == "word" else form
        tokens.append(
            Token(piece.start, piece.end, form, stem, piece.kind, sentence, clause, content)
        )
    stops = sum(p.kind == "stop" for p in raw)
    commas = sum(p.kind == "comma" for p in raw)
    accents = sum(1 for c in text if c in "áéíóúÁÉÍÓÚ")
    accented = accents > ACCENTS * len(tokens)
    return Reading(text, tuple(tokens), _marks(tokens, language), commas, stops, accented)


def _form(piece: Piece, language: Language) -> str:
    form = fold(piece.text)
    return language.chat.get(form, form) if piece.kind == "word" else form


def _cuts(raw: Sequence[Piece], forms: list[str], language: Language) -> frozenset[int]:
    """Where a sentence without an end is cut: indexes of the pieces that begin a new one."""
    found: set[int] = set()
    words = 0
    for index, piece in enumerate(raw):
        if piece.kind == "stop":
            words = 0
            continue
        words += piece.kind != "comma"
        if words > HARD or (words > SOFT and forms[index] in language.connectors):
            found.add(index)
            words = 1
    return frozenset(found)


def _marks(tokens: list[Token], language: Language) -> dict[str, tuple[Span, ...]]:
    found: dict[str, list[Span]] = {}
    forms = [t.form for t in tokens]
    size = len(forms)
    for first, form in enumerate(forms):
        following = forms[first + 1] if first + 1 < size else ""
        for words, name in language.marks.get(form, ()):
            length = len(words)
            if length > 1 and words[1] != following:
                continue
            if length > 2 and tuple(forms[first : first + length]) != words:
                continue
            spans = found.setdefault(name, [])
            if not spans or spans[-1][1] < first:
                spans.append((first, first + length - 1))
    return {name: tuple(spans) for name, spans in found.items()}


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether `span` shares a token with one of `others`."""
    return any(a <= span[1] and span[0] <= b for a, b in others)
