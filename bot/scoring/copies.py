"""Model answers that come back as answers: the question's own, or another question's.

Nothing here costs more in a larger bank: other questions are known by runs of words of a fixed
handful (`handful.py`), and by the openings of their sentences, which takes a few microseconds a
question, once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.core.models import Bank, Lang
from bot.scoring.handful import handful
from bot.scoring.language import Language
from bot.scoring.reading import Reading, read
from bot.scoring.rubric import Rubric

GRAM = 3  # words of a run that shows copying
LONG, RUN_HAN = 8, 6  # letters of a word, characters of a run that make an anchor
OPENING = 32  # characters by which a sentence is known
COPIED = 0.3  # share of anchors or sentences from which an answer is another question's


class Copies:
    """Runs of words of the model answers in one language."""

    def __init__(self, bank: Bank, lang: Lang, language: Language) -> None:
        self._language = language
        self._own: dict[str, frozenset[tuple[str, ...]]] = {}
        self._anchors: dict[Anchor, str] = {}
        for question in handful(bank, lang):
            for anchor in _anchors(read(question.texts[lang].model_answer, language)):
                self._anchors.setdefault(anchor, question.id)
        self._openings: dict[int, str] = {}
        for question in bank.questions.values():
            text = question.texts.get(lang)
            if text is not None:
                for opening in _openings(text.model_answer):
                    self._openings.setdefault(opening, question.id)

    def share(self, reading: Reading, rubric: Rubric) -> float:
        """The share of an answer's words that lie in runs of the model answer."""
        own = self._own.get(rubric.question.id)
        if own is None:
            own = frozenset(_grams(_content(read(rubric.text.model_answer, self._language))))
            self._own[rubric.question.id] = own
        words = _content(reading)
        covered: set[int] = set()
        for index in [i for i, gram in enumerate(_grams(words)) if gram in own]:
            covered.update(range(index, index + GRAM))
        return len(covered) / len(words) if words else 0.0

    def other(self, reading: Reading, question_id: str) -> bool:
        """Whether an answer is in good part one other question's model answer."""
        anchors = _anchors(reading)
        if self._most(map(self._anchors.get, anchors), question_id) > COPIED * len(anchors):
            return True
        openings = _openings(reading.text)
        owners = map(self._openings.get, openings)
        return self._most(owners, question_id, 2) > COPIED * len(openings)

    def _most(self, owners: Iterable[str | None], but: str, least: int = 3) -> int:
        """How often the most frequent other owner comes, 0 when less than `least` times."""
        counts = Counter(owner for owner in owners if owner is not None and owner != but)
        most = max(counts.values(), default=0)
        return most if most >= least else 0


def _content(reading: Reading) -> list[str]:
    return [reading.words[i].stem for i in reading.content]


def _grams(words: list[str]) -> list[tuple[str, ...]]:
    return list(zip(words, words[1:], words[2:], strict=False))


Anchor = tuple[str, ...]
"""A long word and the two after it; runs of characters where words have no spaces."""


def _anchors(reading: Reading) -> list[Anchor]:
    forms = [w.form for w in reading.words]
    if reading.language.han:
        return [tuple(forms[i : i + RUN_HAN]) for i in range(len(forms) - RUN_HAN + 1)]
    last = len(forms) - GRAM + 1
    return [
        (form, forms[i + 1], forms[i + 2])
        for i, form in enumerate(forms)
        if len(form) >= LONG and i < last
    ]


def _openings(text: str) -> list[int]:
    sentences = text.replace("。", ".").split(".")
    return [hash(s.strip()[:OPENING]) for s in sentences if len(s) > OPENING]
