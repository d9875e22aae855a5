"""What shows that somebody did the work: own actions, results, proposals, denials.

All is found by word lists and word endings; an own action or a result counts only in the
neighbourhood of the trade (`topical`), so that the story of a summer holiday is none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from bot.scoring.language import Language
from bot.scoring.numbers import Quantity, Size, quantities
from bot.scoring.reading import Reading, Span
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
DISMISSED = 9  # words around a dismissal that it speaks of
SCOPE_OWN = 20  # the same where what is denied is what somebody did
SCOPE = 4  # words after a negator that it denies
SEVERAL = 3  # own verbs denied from which they are not by chance
NEGATED, NEGATED_HAN = 0.085, 0.06  # negators per word (character) beyond which all is denied
SUBJECT, SUBJECT_HAN = 4, 8  # words between a subject and its verb


@dataclass(slots=True)
class Signals:
    """Spans of words by what they show, each in order of the text."""

    actions: list[Span]  # own past actions that touch the trade
    others: list[Span]  # own past actions that do not
    results: list[Span]  # a result said: subió, bajaron a la mitad
    numbers: list[Quantity]
    dismissals: list[Span]
    negated: set[int]  # words in the scope of a negator
    undone: set[int]  # of these, where the person says what they did not do
    negators: frozenset[int]  # the negators themselves
    topical: set[int]  # words near words of the trade
    trade: list[int]  # words of the trade
    voice: list[int]  # where the person speaks of themselves, in any tense
    refused: float  # share of own verbs that are denied, if they are several
    recanted: bool  # whether all that was said is taken back
    hollow: Sequence[Span] = ()  # what sounds well and says nothing
    abstract: Sequence[int] = ()  # words of qualities and doings rather than things

    @property
    def own(self) -> list[Span]:
        """All own past actions, in order of the text."""
        return sorted([*self.actions, *self.others])

    @property
    def changes(self) -> list[Span]:
        """Numbers before and after."""
        return [q.span for q in self.numbers if q.size is Size.CHANGE]


def signals(
    reading: Reading, language: Language, covered: frozenset[int], hollow: Sequence[Span] = ()
) -> Signals:
    """Finds them in a reading; `covered`: the words of the question's own phrases."""
    trade = [i for i in reading.content if reading.words[i].flags & DOMAIN]
    topical = _topical(reading, sorted(covered.union(trade)))
    dismissals = _dismissals(reading)
    negated = _negated(reading, dismissals)
    past = own_past(reading, language)
    own = [span for span in past if span[0] not in negated]
    return Signals(
        actions=[span for span in own if span[0] in topical],
        others=[span for span in own if span[0] not in topical],
        results=_results(reading, negated),
        numbers=quantities(reading),
        dismissals=dismissals,
        negated=negated,
        undone=_undone(reading),
        negators=frozenset([i for a, b in reading.mark("negators") for i in range(a, b + 1)]),
        topical=topical,
        trade=trade,
        voice=_voice(reading, own),
        refused=_refused(reading, past),
        recanted=_recanted(reading, dismissals),
        hollow=hollow,
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


def _refused(reading: Reading, past: Sequence[Span]) -> float:
    words = reading.words
    own = {first for first, _ in past}
    own.update([i for i in reading.notable if words[i].flags & VOICE])
    negators = {last for _, last in reading.mark("negators")}
    denied = sum([1 for i in own if i - 1 in negators or i - 2 in negators])
    said = denied / len(own) if denied >= SEVERAL else 0.0
    sentences = {reading.sentences[last] for _, last in reading.mark("deniers")}
    most = (NEGATED_HAN if reading.language.han else NEGATED) * len(words)
    everywhere = SEVERAL < most < len(reading.mark("negators"))
    return 1.0 if everywhere or len(sentences) >= SEVERAL else said


def _recanted(reading: Reading, dismissals: Sequence[Span]) -> bool:
    """Whether it is confessed that nothing is true, or a sentence denies "all this"."""
    if reading.mark("confessions"):
        return True
    about = {reading.sentences[first] for first, _ in reading.mark("whole")}
    against = [*dismissals, *reading.mark("recants")]
    return any(reading.sentences[first] in about for first, _ in against)


def _negated(reading: Reading, dismissals: Sequence[Span]) -> set[int]:
    """Words denied: after a negator, in its clause, as far as its scope goes.

    `no X sino Y` and the like contrast, they deny nothing of what follows the contrast.
    """
    denied: set[int] = set()
    clauses, size = reading.clauses, len(reading.words)
    contrasts = {first for first, _ in reading.mark("contrast")}
    spared = {i for a, b in reading.mark("not_negated") for i in range(a, b + 1)}
    for first, last in reading.mark("negators"):
        if first in spared or last in spared:
            continue
        for index in range(last + 1, min(last + 1 + SCOPE, size)):
            if clauses[index] != clauses[last] or index in contrasts:
                break
            denied.add(index)
    for _, last in reading.mark("deniers"):
        denied.update(range(last + 1, reading.bounds[reading.sentences[last]][1] + 1))
    for first, last in dismissals:
        for index in range(max(0, first - DISMISSED), min(last + DISMISSED, size)):
            if clauses[index] == clauses[first]:
                denied.add(index)
    return denied


def _undone(reading: Reading) -> set[int]:
    """What follows a negator and an own verb in one clause: "nunca les pregunté por qué"."""
    undone: set[int] = set()
    words, clauses = reading.words, reading.clauses
    contrasts = {first for first, _ in reading.mark("contrast")}
    for _, last in reading.mark("negators"):
        if not any(word.flags & OWNED for word in words[last + 1 : last + 3]):
            continue
        for index in range(last + 1, min(last + 1 + SCOPE_OWN, len(words))):
            if clauses[index] != clauses[last] or index in contrasts:
                break
            undone.add(index)
    return undone


def _dismissals(reading: Reading) -> list[Span]:
    """Where the worth of something is denied; `no miraría X sino Y` only prefers."""
    contrasts = [first for first, _ in reading.mark("contrast")]
    sentences = reading.sentences
    kept = []
    for first, last in reading.mark("dismissals"):
        place = bisect_right(contrasts, last)
        after = contrasts[place] if place < len(contrasts) else last + DISMISSED + 1
        if after > last + DISMISSED or sentences[after] != sentences[last]:
            kept.append((first, last))
    return kept


def own_past(reading: Reading, language: Language) -> list[Span]:
    """First person and past tense: `lancé`, `hemos medido`, `I ran`, in order, each once."""
    found: set[Span] = set(reading.mark("own_past"))
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
    if flags & PARTICIPLE and index and reading.words[index - 1].flags & HAVE:
        return True
    return bool(flags & PAST) and distance <= reach


def _results(reading: Reading, negated: set[int]) -> list[Span]:
    found = set(reading.mark("effect_phrases"))
    ending = PAST_ENDING if reading.accented else PAST_BARE
    for index in reading.notable:
        flags = reading.words[index].flags
        lived = flags & LIFE and flags & OWNED  # "crecí en Oaxaca"
        if flags & EFFECT and flags & ending and not lived and index not in negated:
            found.add((index, index))
    return sorted(found)
