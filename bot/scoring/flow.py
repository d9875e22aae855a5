"""Whether words stand in an order that a language has.

A mean pointwise mutual information of neighbours, counted in the model answers of a handful of
questions: function words stand for themselves, all others for their kind (a verb, a number, a
word). Words in any other order come out below anything said by people, dictated or not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import log

from bot.scoring.reading import Reading

SMOOTHING = 3
ENOUGH = 20  # words from which an order can be told
LEARNT = 1_500  # words that must have been counted to tell one


class Flow:
    """The neighbours counted in some readings, with accents and without any."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        readings = list(readings)
        self._accented = _Counted([_tags(reading, accented=True) for reading in readings])
        self._bare = _Counted([_tags(reading, accented=False) for reading in readings])

    def of(self, reading: Reading) -> float:
        """The mean over neighbours; 0 for no order at all known, or too few words."""
        if reading.language.han:
            return 0.0
        counted = self._accented if reading.accented else self._bare
        return counted.mean(_tags(reading, reading.accented))


class _Counted:
    """The neighbours in some runs of tags."""

    def __init__(self, runs: Iterable[list[str]]) -> None:
        counts: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for tags in runs:
            counts.update(tags)
            pairs.update(pairwise(tags))
        total = counts.total() or 1
        self._learnt = total >= LEARNT
        self._unseen: Mapping[str, float] = {
            tag: log(SMOOTHING / (count + SMOOTHING)) for tag, count in counts.items()
        }
        self._seen: Mapping[tuple[str, str], float] = {
            (one, two): log((n / (counts[two] / total) + SMOOTHING) / (counts[one] + SMOOTHING))
            for (one, two), n in pairs.items()
        }

    def mean(self, tags: list[str]) -> float:
        if not self._learnt or len(tags) < ENOUGH:
            return 0.0
        seen, unseen = self._seen, self._unseen
        found = [
            seen[pair] if pair in seen else unseen.get(pair[0], 0.0) for pair in pairwise(tags)
        ]
        return sum(found) / len(found)


def _tags(reading: Reading, accented: bool) -> list[str]:
    """The words by kind; fillers are left out, since they may stand anywhere."""
    fill = {i for a, b in reading.mark("fillers") for i in range(a, b + 1)}
    words = [w for i, w in enumerate(reading.words) if i not in fill] if fill else reading.words
    return [w.tag for w in words] if accented else [w.tag_bare for w in words]
