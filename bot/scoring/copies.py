"""Model answers that come back as answers: the question's own, or another question's.

Nothing here costs more in a larger bank: of a fixed handful of questions (`handful.py`) runs of
words are known; of all others how the model answer begins, and only one that begins like a
sentence of the answer is looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.core.questions import Lang, Question, QuestionText
from bot.scoring.flow import Flow
from bot.scoring.language import Language
from bot.scoring.reading import Reading, read

GRAM = 3  # words of a run that shows copying
LONG, RUN_HAN = 8, 6  # letters of a word, characters of a run that make an anchor
ANCHORS, COPIED = 3, 0.3  # anchors in another's model answer, and share of all of them
OPENING = 32  # characters by which a model answer is known
STOPS = (". ", ": ", "\n", "。")  # what a model answer may come after
SHARE = 0.45  # of an answer's words, in runs of a model answer, from which it is a copy

Gram = tuple[str, ...]


class Copies:
    """The model answers in one language.

    `few` are the questions compared word by word, `known` those whose openings are.
    """

    def __init__(
        self, lang: Lang, language: Language, few: Sequence[Question], known: Sequence[Question]
    ) -> None:
        self._lang = lang
        self._language = language
        self._grams: dict[str, frozenset[Gram]] = {}
        self._anchors: dict[Gram, str] = {}
        readings = [read(question.texts[lang].model_answer, language) for question in few]
        for question, reading in zip(few, readings, strict=True):
            for anchor in _anchors(reading):
                self._anchors.setdefault(anchor, question.id)
        spoken = [read(said, language) for q in few for said in _said(q.texts[lang])]
        self.flow = Flow([*readings, *spoken])
        self._openings = {
            question.texts[lang].model_answer.lstrip()[:OPENING]: question
            for question in known
            if lang in question.texts
        }

    def own(self, reading: Reading, question: Question) -> bool:
        """Whether an answer is in good part the question's own model answer."""
        return self._share(reading, question) > SHARE

    def other(self, reading: Reading, question_id: str) -> bool:
        """Whether an answer is in good part one other question's model answer."""
        anchors = _anchors(reading)
        owners = [self._anchors[anchor] for anchor in anchors if anchor in self._anchors]
        counts = Counter(owner for owner in owners if owner != question_id)
        most = max(counts.values(), default=0)
        if most >= ANCHORS and most > COPIED * len(anchors):
            return True
        found = [self._openings.get(opening) for opening in _openings(reading.text)]
        others = {one.id: one for one in found if one is not None and one.id != question_id}
        return any(self._share(reading, one) > SHARE for one in others.values())

    def _share(self, reading: Reading, question: Question) -> float:
        """The share of an answer's words that lie in runs of a model answer."""
        model = self._grams.get(question.id)
        if model is None:
            text = question.texts[self._lang].model_answer
            model = self._grams[question.id] = frozenset(_grams(read(text, self._language)))
        covered: set[int] = set()
        for index in [i for i, gram in enumerate(_grams(reading)) if gram in model]:
            covered.update(range(index, index + GRAM))
        return len(covered) / (len(reading.content) or 1)


def _said(text: QuestionText) -> list[str]:
    """All other sentences of a question's text: to learn from them how the language goes."""
    found = [text.prompt, text.rephrased, text.hint]
    found += [error.says for error in text.misconceptions]
    found += [fact.says for fact in text.facts.values()]
    for words in text.criteria.values():
        found += [words.looks_for, words.advice, *words.follow_ups.values()]
    return found


def _grams(reading: Reading) -> list[Gram]:
    words = [reading.words[i].stem for i in reading.content]
    return list(zip(words, words[1:], words[2:], strict=False))


def _anchors(reading: Reading) -> list[Gram]:
    """A long word and the two after it; runs of characters where words have no spaces."""
    forms = [w.form for w in reading.words]
    if reading.language.han:
        return [tuple(forms[i : i + RUN_HAN]) for i in range(len(forms) - RUN_HAN + 1)]
    last = len(forms) - GRAM + 1
    return [
        (form, forms[i + 1], forms[i + 2])
        for i, form in enumerate(forms)
        if len(form) >= LONG and i < last
    ]


def _openings(text: str) -> list[str]:
    """How the text and its sentences begin; a model answer may come after words of one's own."""
    found = [text.lstrip()[:OPENING]]
    for stop in STOPS:
        if stop in text:
            found += [part.lstrip()[:OPENING] for part in text.split(stop)[1:]]
    return found
