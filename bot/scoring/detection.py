"""Which language an answer is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.models import Lang
from bot.scoring.language import Language
from bot.scoring.text import Piece, fold

FOREIGN = 0.1  # share of words of other languages from which it is one of those
ENOUGH = 8  # words from which a language can be told


class Detector:
    """Tells languages by their commonest words, Chinese by its script."""

    def __init__(self, languages: Mapping[Lang, Language]) -> None:
        self._han = [lang for lang, one in languages.items() if one.han]
        self._known = {
            lang: one.function | one.forms("language")
            for lang, one in languages.items()
            if not one.han
        }
        foreign = {word for one in languages.values() for word in one.forms("foreign")}
        self._foreign = {lang: frozenset(foreign - words) for lang, words in self._known.items()}

    def detect(self, found: Sequence[Piece], preferred: Lang) -> Lang | None:
        """The language of a text by its pieces; `preferred` unless another shows.

        None stands for a language nobody offers.
        """
        words = [fold(p.text) for p in found if p.kind == "word"]
        if self._han and _han_share(found) > 0.3:
            return self._han[0]
        if preferred in self._han:
            preferred = next(iter(self._known), preferred)
        if len(words) < ENOUGH:
            return preferred
        shares = {lang: _share(words, known) for lang, known in self._known.items()}
        best = max(shares, key=lambda lang: (shares[lang], lang == preferred))
        if shares[best] > 1.4 * shares.get(preferred, 0.0) and shares[best] > 0.2:
            preferred = best
        foreign = self._foreign.get(preferred, frozenset())
        several = len(foreign.intersection(words)) >= 4
        return None if several and _share(words, foreign) > FOREIGN else preferred


def _han_share(found: Sequence[Piece]) -> float:
    spoken = [p for p in found if p.kind in ("word", "han")]
    return sum(p.kind == "han" for p in spoken) / len(spoken) if spoken else 0.0


def _share(words: Sequence[str], known: frozenset[str]) -> float:
    return sum(w in known for w in words) / len(words)
