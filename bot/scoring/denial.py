"""What an answer denies: what was not done, what is worth nothing, what is taken back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.scoring.reading import Reading, Span
from bot.scoring.words import OWNED, VOICE

DISMISSED = 9  # words around a dismissal that it speaks of
SCOPE_OWN = 20  # words after a negator that it denies, where that is what somebody did
SCOPE = 4  # the same of anything else
SEVERAL = 3  # own verbs denied from which they are not by chance
NEGATED, NEGATED_HAN = 0.085, 0.06  # negators per word (character) beyond which all is denied
ENDS = ("contrast", "sequence")  # where something else begins


@dataclass(slots=True)
class Denial:
    """What is denied, in words by number and in spans in order of the text."""

    dismissals: list[Span]  # where something is said to be worth nothing
    negated: set[int]  # words in the scope of a negator
    undone: Mapping[int, int]  # words of what the person says they did not do -> the negator
    refused: float  # share of own verbs that are denied, if they are several
    recanted: bool  # whether all that was said is taken back
    shown: list[Span]  # the words by which it is, or own verbs and the worth of something are


def look_for_denial(reading: Reading, past: Sequence[Span]) -> Denial:
    """What a reading denies; `past`: the person's own past actions in it."""
    negators = _negators(reading)
    dismissals = _dismissals(reading)
    own_verbs = _own_verbs(reading, past)
    denied = _denied(reading, own_verbs, negators)
    recants = _recants(reading, dismissals)
    return Denial(
        dismissals=dismissals,
        negated=_negated(reading, dismissals, negators),
        undone=_undone(reading, past, negators),
        refused=_refused(reading, denied, own_verbs),
        recanted=bool(recants),
        shown=sorted([*recants, *dismissals, *denied]),
    )


def _negators(reading: Reading) -> list[int]:
    """The last words of what denies; "no solo" and the like do not."""
    spared = {i for a, b in reading.mark("not_negated") for i in range(a, b + 1)}
    return [b for a, b in reading.mark("negators") if a not in spared and b not in spared]


def _own_verbs(reading: Reading, past: Sequence[Span]) -> list[int]:
    """Where the person says what they did, or do."""
    spoken = [i for i in reading.notable if reading.words[i].flags & VOICE]
    return sorted({*(first for first, _ in past), *spoken})


def _denied(reading: Reading, own_verbs: Sequence[int], negators: Sequence[int]) -> list[Span]:
    """Own verbs with the negator before them in their clause: "no medí", "nunca lo probamos"."""
    clauses, known = reading.clauses, frozenset(negators)
    return [
        (index - away, index)
        for index in own_verbs
        for away in (1, 2)
        if index - away in known
        and clauses[index - away] == clauses[index]
        and not (away == 2 and index - 1 in known)
    ]


def _refused(reading: Reading, denied: Sequence[Span], own_verbs: Sequence[int]) -> float:
    """The share of own verbs that are denied; 1 where denials are everywhere."""
    said = len(denied) / len(own_verbs) if len(denied) >= SEVERAL else 0.0
    sentences = {reading.sentences[last] for _, last in reading.mark("deniers")}
    most = (NEGATED_HAN if reading.language.han else NEGATED) * len(reading.words)
    everywhere = SEVERAL < most < len(reading.mark("negators"))
    return 1.0 if everywhere or len(sentences) >= SEVERAL else said


def _recants(reading: Reading, dismissals: Sequence[Span]) -> list[Span]:
    """Where it is confessed that nothing is true, or "all this" is denied."""
    about = {reading.sentences[first] for first, _ in reading.mark("whole")}
    against = [*dismissals, *reading.mark("recants")]
    taken = [span for span in against if reading.sentences[span[0]] in about]
    return [*reading.mark("confessions"), *taken]


def _negated(reading: Reading, dismissals: Sequence[Span], negators: Sequence[int]) -> set[int]:
    """Words denied: after a negator, in its clause, as far as its scope goes.

    `no X sino Y` and the like contrast, they deny nothing of what follows the contrast.
    """
    denied: set[int] = set()
    clauses, size = reading.clauses, len(reading.words)
    contrasts = {first for first, _ in reading.mark("contrast")}
    reach, around = reading.reach(SCOPE), reading.reach(DISMISSED)
    for last in negators:
        for index in range(last + 1, min(last + 1 + reach, size)):
            if clauses[index] != clauses[last] or index in contrasts:
                break
            denied.add(index)
    for _, last in reading.mark("deniers"):
        denied.update(range(last + 1, reading.bounds[reading.sentences[last]][1] + 1))
    for first, last in dismissals:
        for index in range(max(0, first - around), min(last + around, size)):
            if clauses[index] == clauses[first]:
                denied.add(index)
    return denied


def _undone(reading: Reading, past: Sequence[Span], negators: Sequence[int]) -> dict[int, int]:
    """What follows a negator and an own verb in one clause: "nunca les pregunté por qué".

    It ends where something else begins: another own action, a step, a contrast.
    """
    undone: dict[int, int] = {}
    words, clauses = reading.words, reading.clauses
    own = {first for first, _ in past}.union(i for i in reading.notable if words[i].flags & OWNED)
    begins = {first for first, _ in past}
    ends = {first for name in ENDS for first, _ in reading.mark(name)}
    reach = reading.reach(SCOPE_OWN)
    for last in negators:
        if own.isdisjoint((last + 1, last + 2)):
            continue
        for index in range(last + 1, min(last + 1 + reach, len(words))):
            begun = index > last + 2 and index in begins
            if begun or clauses[index] != clauses[last] or index in ends:
                break
            undone[index] = last
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
