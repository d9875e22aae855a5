"""What shows that somebody did the work: own actions, results, proposals, denials.

All is found by word lists and word endings; an own action or a result counts only in the
neighbourhood of the trade (`topical`), so that the story of a summer holiday is none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.scoring.denial import Denial, look_for_denial
from bot.scoring.language import Language
from bot.scoring.numbers import Quantity, Size, quantities
from bot.scoring.reading import Reading, Span
from bot.scoring.substance import Substance
from bot.scoring.words import (
    ABSTRACT,
    ARTICLE,
    DOMAIN,
    EFFECT,
    HAVE,
    LIFE,
    OWN,
    OWN_BARE,
    OWNED,
    PARTICIPLE,
    PAST,
    PAST_BARE,
    PAST_ENDING,
    SHARED,
    VOICE,
)

NEAR = 8  # words around an action in which it must touch the trade
TIED = 30  # words between an own action and the result it had
COLONS = ":："
SUBJECT, SUBJECT_HAN = 4, 8  # words between a subject and its verb


@dataclass(slots=True)
class Signals:
    """Spans of words by what they show, each in order of the text."""

    actions: list[Span]  # own past actions that touch the trade
    others: list[Span]  # own past actions that do not
    results: list[Span]  # a result said: subió, bajaron a la mitad
    numbers: list[Quantity]
    denial: Denial
    substance: Substance  # how much is said
    topical: set[int]  # words near words of the trade
    voice: list[int]  # where the person speaks of themselves, in any tense
    hollow: Sequence[Span] = ()  # what sounds well and says nothing, nor anything somebody did
    abstract: Sequence[int] = ()  # words of qualities and doings rather than things

    @property
    def own(self) -> list[Span]:
        """All own past actions, in order; none of a story that never touches the trade."""
        return sorted([*self.actions, *self.others]) if self.actions else []

    @property
    def changes(self) -> list[Span]:
        """Numbers before and after."""
        return [q.span for q in self.numbers if q.size is Size.CHANGE]


def signals(
    reading: Reading,
    language: Language,
    covered: frozenset[int],
    hollow: Sequence[Span] = (),
    denial: Denial | None = None,
) -> Signals:
    """Finds them in a reading; `covered`: the words of the question's own phrases; `denial`: what
    it denies, if that was looked for already.
    """
    trade = [i for i in reading.content if reading.words[i].flags & DOMAIN]
    topical = _topical(reading, sorted(covered.union(trade)))
    past = own_past(reading, language)
    denial = denial or look_for_denial(reading, past)
    own = [span for span in past if span[0] not in denial.negated]
    lived = {reading.sentences[first] for first, _ in own}
    return Signals(
        actions=[span for span in own if span[0] in topical],
        others=[span for span in own if span[0] not in topical],
        results=_results(reading, denial.negated),
        numbers=quantities(reading),
        denial=denial,
        substance=Substance(reading),
        topical=topical,
        voice=_voice(reading, own),
        hollow=[span for span in hollow if reading.sentences[span[0]] not in lived],
        abstract=[i for i in reading.content if reading.words[i].flags & ABSTRACT],
    )


def _topical(reading: Reading, about: Sequence[int]) -> set[int]:
    """Words near a word of the trade or of the question, in the same sentence.

    Two different ones make the whole sentence about it.
    """
    near: set[int] = set()
    seen: dict[int, str] = {}
    words, sentences, bounds = reading.words, reading.sentences, reading.bounds
    reach = reading.reach(NEAR)
    for index in about:
        sentence = sentences[index]
        first, last = bounds[sentence]
        stem = words[index].stem
        if seen.setdefault(sentence, stem) != stem:
            near.update(range(first, last + 1))
            seen[sentence] = ""
        else:
            near.update(range(max(first, index - reach), min(last, index + reach) + 1))
    return near


def _voice(reading: Reading, own: Sequence[Span]) -> list[int]:
    """First person of any tense; "el registro" is a thing, "registro" without article a verb."""
    words = reading.words
    spoken = {a for a, _ in (*own, *reading.mark("voice"), *reading.mark("proposals"))}
    for index in reading.notable:
        if words[index].flags & VOICE and not (index and words[index - 1].flags & ARTICLE):
            spoken.add(index)
    return sorted(spoken)


def own_past(reading: Reading, language: Language) -> list[Span]:
    """First person and past tense: `lancé`, `hemos medido`, `I ran`, in order, each once."""
    found: set[Span] = {*reading.mark("own_past"), *_labels(reading)}
    words = reading.words
    subjects = [last for _, last in reading.mark("subjects")]
    reach = SUBJECT_HAN if language.han else SUBJECT
    for index in reading.notable:
        if words[index].flags & OWNED and _is_own(reading, index, subjects, reach):
            found.add((index, index))
    kept: list[Span] = []
    for span in sorted(found):
        lived = span[0] == span[1] and words[span[0]].flags & LIFE
        if not lived and not (kept and kept[-1][1] >= span[0]):
            kept.append(span)
    return kept


def _is_own(reading: Reading, index: int, subjects: list[int], reach: int) -> bool:
    flags = reading.words[index].flags
    if flags & OWN_BARE:
        return bool(flags & OWN) or not reading.accented
    place = bisect_left(subjects, index)
    distance = index - subjects[place - 1] if place else index + reach + 1
    if flags & SHARED:
        return distance <= SUBJECT
    if flags & PARTICIPLE and (
        (index and reading.words[index - 1].flags & HAVE) or _is_note(reading, index)
    ):
        return True
    return bool(flags & PAST) and distance <= reach


def _labels(reading: Reading) -> Iterator[Span]:
    """Headings of notes under which somebody tells what they did: "Decisión: ..."."""
    if not any(sign in reading.text for sign in COLONS):
        return
    for place, sign in enumerate(reading.text):
        if sign in COLONS:
            last = bisect_left(reading.starts, place) - 1
            first = last
            while first > 0 and reading.clauses[first - 1] == reading.clauses[last]:
                first -= 1
            words = reading.words[max(0, first) : last + 1]
            if " ".join(word.form for word in words) in reading.language.labels:
                yield first, last


def _is_note(reading: Reading, index: int) -> bool:
    """Whether a participle begins a sentence, as in notes: "Probado con diez mesas"."""
    language, words = reading.language, reading.words
    first = index == 0 or reading.sentences[index - 1] != reading.sentences[index]
    by = index + 1 < len(words) and words[index + 1].form in language.agents  # "usado por todos"
    return first and not by and words[index].form not in language.not_notes


def _results(reading: Reading, negated: set[int]) -> list[Span]:
    found = set(reading.mark("effect_phrases"))
    ending = PAST_ENDING if reading.accented else PAST_BARE
    for index in reading.notable:
        flags = reading.words[index].flags
        lived = flags & LIFE and flags & OWNED  # "crecí en Oaxaca"
        if flags & EFFECT and flags & ending and not lived and index not in negated:
            found.add((index, index))
    return sorted(found)
