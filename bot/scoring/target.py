"""Where an answer speaks of the company, the product and the people the person told of before."""

from __future__ import annotations

from dataclasses import replace

from bot.core.models import Target
from bot.scoring.language import Language
from bot.scoring.reading import Reading, Span, read

MARK = "target"
ENOUGH = 2  # content words of what was told that show it is meant; of fewer, all
ENOUGH_HAN = 4  # the same in Chinese characters: two words
NEAR = 6  # words within which they must stand


def marked(reading: Reading, target: Target) -> Reading:
    """The reading with the places that name the target marked; without a target as it is.

    Names count as they were told, word for word; who uses the product, what they pay for and its
    number by their content words, in whatever form.
    """
    spans = {span for name in (target.company, target.product) for span in _named(reading, name)}
    for told in (target.users, target.pays, target.number):
        spans.update(_meant(reading, told))
    if not spans:
        return reading
    return replace(reading, marks={**reading.marks, MARK: sorted(spans)})


def _named(reading: Reading, name: str) -> list[Span]:
    sought = [word.form for word in read(name, reading.language).words]
    forms = [word.form for word in reading.words]
    size = len(sought)
    if not size:
        return []
    places = (i for i in range(len(forms) - size + 1) if forms[i : i + size] == sought)
    return [(i, i + size - 1) for i in places]


def _meant(reading: Reading, told: str) -> list[Span]:
    sought = _stems(told, reading.language)
    needed = min(ENOUGH_HAN if reading.language.han else ENOUGH, len(sought))
    places = [i for i in reading.content if reading.words[i].stem in sought]
    near = reading.reach(NEAR)
    found: list[Span] = []
    for at, first in enumerate(places):
        group = [i for i in places[at:] if i - first <= near]
        if needed and len({reading.words[i].stem for i in group}) >= needed:
            found.append((first, group[-1]))
    return found


def _stems(told: str, language: Language) -> set[str]:
    reading = read(told, language)
    return {reading.words[i].stem for i in reading.content}
