"""Which language an answer is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bot.core.questions import Lang
from bot.scoring.language import Language
from bot.scoring.reading import Reading

FOREIGN = 0.1  # share of words of other languages from which it is one of those
SEVERAL = 4  # different words that it then has at least
ENOUGH = 8  # words from which a language can be told


class Detector:
    """Tells languages by their commonest words, Chinese by its script."""

    def __init__(self, languages: Mapping[Lang, Language]) -> None:
        self._han = [lang for lang, one in languages.items() if one.han]
        known = {
            lang: one.function | one.forms("language")
            for lang, one in languages.items()
            if not one.han
        }
        self._bits = {lang: 1 << place for place, lang in enumerate(known)}
        self._masks: dict[str, int] = {}  # word -> the bits of the languages it tells of
        for lang, words in known.items():
            for word in words:
                self._masks[word] = self._masks.get(word, 0) | self._bits[lang]
        foreign = {word for one in languages.values() for word in one.forms("foreign")}
        self._foreign = {lang: frozenset(foreign - words) for lang, words in known.items()}

    def detect(self, reading: Reading, preferred: Lang) -> Lang | None:
        """The language of a text, read in any; `preferred` unless another shows.

        None stands for a language nobody offers.
        """
        kinds = [w.kind for w in reading.words]
        han, spoken = kinds.count("han"), kinds.count("word")
        if self._han and han > 0.3 * (han + spoken):
            return self._han[0]
        if preferred in self._han:
            preferred = next(iter(self._bits), preferred)
        if spoken < ENOUGH:
            return preferred
        words = [w.plain for w in reading.words if w.kind == "word"]
        seen = self._masks
        masks = Counter([seen[word] for word in words if word in seen])
        counts = {
            lang: sum(n for mask, n in masks.items() if mask & bit)
            for lang, bit in self._bits.items()
        }
        best = max(counts, key=lambda lang: (counts[lang], lang == preferred))
        if counts[best] > 1.4 * counts.get(preferred, 0) and counts[best] > 0.2 * spoken:
            preferred = best
        return None if self._is_foreign(words, preferred) else preferred

    def _is_foreign(self, words: list[str], preferred: Lang) -> bool:
        foreign = self._foreign.get(preferred, frozenset())
        several = len(foreign.intersection(words)) >= SEVERAL
        return several and sum(w in foreign for w in words) > FOREIGN * len(words)
