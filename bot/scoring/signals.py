"""What shows that somebody did the work: own actions, results, proposals, denials.

All is found by word lists and word endings; an own action or a result counts only in the
neighbourhood of the trade (`topical`), so that the story of a summer holiday is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.scoring.language import Language
from bot.scoring.numbers import Quantity, Size, quantities
from bot.scoring.reading import Reading, Span, Token, overlaps

NEAR = 8  # words around an action in which it must touch the trade
TIED = 30  # words between an own action and the result it had
DISMISSED = 9  # words around a dismissal that it speaks of
SCOPE = 4  # words after a negator that it denies


@dataclass(frozen=True, slots=True)
class Signals:
    """Spans of tokens by what they show, each in order of the text."""

    actions: tuple[Span, ...]  # own past actions that touch the trade
    others: tuple[Span, ...]  # own past actions that do not
    results: tuple[Span, ...]  # a result said: subió, bajaron a la mitad
    numbers: tuple[Quantity, ...]
    dismissals: tuple[Span, ...]
    negated: frozenset[int]  # tokens in the scope of a negator
    topical: frozenset[int]  # tokens near words of the trade
    trade: frozenset[int]  # words of the trade
    voice: frozenset[int]  # tokens where the person speaks of themselves, in any tense

    @property
    def changes(self) -> tuple[Span, ...]:
        """Numbers before and after."""
        return tuple(q.span for q in self.numbers if q.size is Size.CHANGE)

    @property
    def shares(self) -> tuple[Span, ...]:
        """Percentages, fractions, one out of so many."""
        return tuple(q.span for q in self.numbers if q.size is Size.SHARE)


def signals(reading: Reading, language: Language, covered: frozenset[int]) -> Signals:
    """Finds them in a reading; `covered`: the tokens of the question's own phrases."""
    topical = _topical(reading, language.domain, covered)
    negated = _negated(reading)
    own = [span for span in own_past(reading, language) if span[0] not in negated]
    numbers = tuple(quantities(reading, language))
    return Signals(
        actions=tuple(span for span in own if span[0] in topical),
        others=tuple(span for span in own if span[0] not in topical),
        results=tuple(_results(reading, language, negated)),
        numbers=numbers,
        dismissals=tuple(_dismissals(reading)),
        negated=negated,
        topical=topical,
        trade=frozenset(
            i for i, t in enumerate(reading.tokens) if t.content and t.stem in language.domain
        ),
        voice=_voice(reading, language, own),
    )


def _topical(reading: Reading, stems: frozenset[str], covered: frozenset[int]) -> frozenset[int]:
    """Tokens near a word of the trade or of the question, in the same sentence.

    Two different ones make the whole sentence about it.
    """
    near: set[int] = set()
    seen: dict[int, str] = {}
    about: set[int] = set()
    tokens = reading.tokens
    for index, token in enumerate(tokens):
        if index in covered or (token.content and token.stem in stems):
            low, high = max(0, index - NEAR), min(len(tokens), index + NEAR + 1)
            near.update(i for i in range(low, high) if tokens[i].sentence == token.sentence)
            if seen.setdefault(token.sentence, token.stem) != token.stem:
                about.add(token.sentence)
    near.update(i for i, t in enumerate(tokens) if t.sentence in about)
    return frozenset(near)


def _voice(reading: Reading, language: Language, own: Iterable[Span]) -> frozenset[int]:
    """First person of any tense; "el registro" is a thing, "registro" without article a verb."""
    spoken = {a for a, _ in (*own, *reading.mark("voice"), *reading.mark("proposals"))}
    for index, token in enumerate(reading.tokens):
        if token.form in language.voice_forms:
            before = reading.tokens[index - 1] if index else None
            if before is None or before.form not in language.articles:
                spoken.add(index)
    return frozenset(spoken)


def _negated(reading: Reading) -> frozenset[int]:
    """Tokens denied: after a negator, in its clause, as far as its scope goes.

    `no X sino Y` and the like contrast, they deny nothing of what follows the contrast.
    """
    denied: set[int] = set()
    contrasts = {first for first, _ in reading.mark("contrast")}
    for first, last in reading.mark("negators"):
        if overlaps((first, last), reading.mark("not_negated")):
            continue
        clause = reading.tokens[last].clause
        for index in range(last + 1, min(last + 1 + SCOPE, len(reading.tokens))):
            if reading.tokens[index].clause != clause or index in contrasts:
                break
            denied.add(index)
    for first, last in _dismissals(reading):
        for index in range(max(0, first - DISMISSED), min(last + DISMISSED, len(reading.tokens))):
            if reading.tokens[index].clause == reading.tokens[first].clause:
                denied.add(index)
    return frozenset(denied)


def _dismissals(reading: Reading) -> list[Span]:
    """Where the worth of something is denied; `no miraría X sino Y` only prefers."""
    contrasts = [first for first, _ in reading.mark("contrast")]
    tokens = reading.tokens
    return [
        (first, last)
        for first, last in reading.mark("dismissals")
        if not any(
            last < c <= last + DISMISSED and tokens[c].sentence == tokens[last].sentence
            for c in contrasts
        )
    ]


def own_past(reading: Reading, language: Language) -> Iterable[Span]:
    """First person and past tense: `lancé`, `hemos medido`, `I ran`, in order, each once."""
    found: set[Span] = set(reading.mark("own_past"))
    for index, token in enumerate(reading.tokens):
        if token.kind != "number" and _is_own(reading, language, index, token):
            found.add((index, index))
    kept: list[Span] = []
    for span in sorted(found):
        lived = reading.tokens[span[0]].stem in language.life and span[0] == span[1]
        if not lived and not (kept and kept[-1][1] >= span[0]):
            kept.append(span)
    return kept


def _is_own(
    reading: Reading,
    language: Language,
    index: int,
    token: Token,
) -> bool:
    form = token.form
    if form in language.own_forms:
        # "lance" is "lancé" only where the writer leaves out all accents.
        given = reading.text[token.start : token.end]
        return form.endswith("mos") or not given.isascii() or not reading.accented
    if form in language.shared_forms:
        return any(0 < index - last <= 4 for _, last in reading.mark("subjects"))
    before = reading.tokens[index - 1].form if index else ""
    if before in language.have and form.endswith(language.participles):
        return True
    if form in language.past_forms or (
        language.past_suffixes
        and (language.han or len(form) > 2)
        and form.endswith(language.past_suffixes)
    ):
        return any(
            0 < index - last <= (8 if language.han else 4) for _, last in reading.mark("subjects")
        )
    return False


def _results(reading: Reading, language: Language, negated: frozenset[int]) -> Iterable[Span]:
    found = set(reading.mark("effect_phrases"))
    for index, token in enumerate(reading.tokens):
        if index in negated or token.stem not in language.effects:
            continue
        if reading.ends(token, language.past_endings):
            found.add((index, index))
    return sorted(found)
