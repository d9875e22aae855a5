"""How well an answer's words fit the question asked rather than others of the bank.

A mean log-likelihood ratio of word stems (naive Bayes with a smoothed background): the words of
the question's own texts against those of other questions. On 94 good answers and sample answers
it told the question asked from the nine others with an AUC of .99.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import fsum, log
from typing import NamedTuple

from bot.core.questions import Lang, Question, QuestionText, Rule
from bot.scoring.language import Language
from bot.scoring.reading import Reading
from bot.scoring.text import fold, folded_words

SMOOTHING = 0.5
DOUBT = 0.15  # fit from which an answer can be to no other question
PROMPT = 3  # times the words of the prompt count
_FOREIGN = log(SMOOTHING / (1 + SMOOTHING))  # the ratio of a word of other questions only


class Fit(NamedTuple):
    """How well words fit a question, and how much better another one (0 or less)."""

    own: float
    margin: float


UNKNOWN = Fit(0.0, 0.0)


class Subjects:
    """The words of the questions in one language; `few` stand for all of them."""

    def __init__(self, lang: Lang, language: Language, few: Sequence[Question]) -> None:
        self._language = language
        self._few = few
        self._lang = lang
        self._own: dict[str, Counter[str]] = {}
        self._gains: dict[str, Mapping[str, float]] = {}
        self._ratios: dict[str, Mapping[str, float]] = {}
        self._background: Counter[str] = Counter()
        for question in few:
            self._background.update(self._words(question))

    def fit(self, question: Question, reading: Reading) -> Fit:
        """How well the words fit; those of other topics are tried only if there is a doubt."""
        stems = {reading.words[i].stem for i in reading.content}
        own = self._mean(question, stems)
        if own >= DOUBT:
            return Fit(own, 0.0)
        known = stems & self._background.keys()
        others = [self._mean_of_few(q, known) for q in self._few if q.topic != question.topic]
        return Fit(own, min(0.0, own - max(others, default=own)))

    def _mean_of_few(self, question: Question, known: set[str]) -> float:
        """The same for a question of the background, all of whose words are `known`."""
        gains = self._gains.get(question.id)
        if gains is None:
            ratios = self._compare(self._words(question))
            gains = {stem: r - _FOREIGN for stem, r in ratios.items() if r != _FOREIGN}
            self._gains[question.id] = gains
        return _FOREIGN + fsum(map(gains.__getitem__, gains.keys() & known)) / (len(known) or 1)

    def _mean(self, question: Question, stems: set[str]) -> float:
        """The mean over the known words; above 0 they are more of this question."""
        ratios = self._ratios.get(question.id)
        if ratios is None:
            ratios = self._ratios[question.id] = self._compare(self._words(question))
        known = [ratios[stem] for stem in stems if stem in ratios]
        return fsum(known) / len(known) if known else 0.0

    def _compare(self, own: Counter[str]) -> Mapping[str, float]:
        """Stem -> log-likelihood ratio, for all stems anybody knows."""
        size, background = own.total(), self._background
        total = background.total()
        ratios = dict.fromkeys(background, _FOREIGN)
        for stem, count in own.items():
            # a question outside of the background knows words that it does not
            common = (background[stem] or count) / total
            likely = (count / size + SMOOTHING * common) / (1 + SMOOTHING)
            ratios[stem] = log(likely / common)
        return ratios

    def _words(self, question: Question) -> Counter[str]:
        if question.id not in self._own:
            texts = _texts(question, question.texts[self._lang])
            self._own[question.id] = self._counted(texts)
        return self._own[question.id]

    def _counted(self, texts: Iterable[str]) -> Counter[str]:
        language = self._language
        counts: Counter[str] = Counter()
        chunks = Counter(fold("\n".join(texts)).replace("/", " ").split())
        for chunk, count in chunks.items():
            if chunk[0] == "@":  # a class of words: its name is nobody's word
                continue
            for word in (chunk,) if chunk.isalpha() and chunk.isascii() else folded_words(chunk):
                if word not in language.function and (language.han or len(word) > 2):
                    stem = language.stem(word)
                    counts[stem] = counts.get(stem, 0) + count
        return counts


def _texts(question: Question, text: QuestionText) -> list[str]:
    found = [text.prompt] * PROMPT + text.model_answer.split(".")
    for criterion in question.criteria:
        words = text.criteria.get(criterion.id)
        if words is not None and criterion.rule is Rule.CONTENT:
            found += [*words.concepts, *words.explanations, words.looks_for, words.advice]
    return found
