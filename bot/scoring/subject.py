"""How well an answer's words fit the question asked rather than others of the bank.

A mean log-likelihood ratio of word stems (naive Bayes with a smoothed background): the words of
the question's own texts against those of other questions. On 94 good answers and sample answers
it told the question asked from the nine others with an AUC of .99.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import log

from bot.core.models import Bank, Lang, Question, QuestionText, Rule
from bot.scoring.language import Language
from bot.scoring.reading import Reading
from bot.scoring.text import folded_words

OTHERS = 20  # questions the background is made of, at most: the cost must not grow with the bank
SMOOTHING = 0.5
PROMPT = 3  # times the words of the prompt count


class Subjects:
    """The words of the questions in one language."""

    def __init__(self, bank: Bank, lang: Lang, language: Language) -> None:
        self._language = language
        self._lang = lang
        self._own: dict[str, Counter[str]] = {}
        self._background: Counter[str] = Counter()
        offered = [q for _, q in sorted(bank.questions.items()) if lang in q.texts]
        for question in offered[:OTHERS]:
            self._background.update(self._words(question))

    def fit(self, question: Question, reading: Reading) -> float:
        """The mean over the answer's known words; above 0 they are more of this question."""
        own = self._words(question)
        size, total = own.total(), self._background.total()
        ratios = []
        for stem in sorted({t.stem for t in reading.tokens if t.content}):
            # a question outside of the background knows words that it does not
            common = (self._background[stem] or own[stem]) / total
            if common:
                likely = (own[stem] / size + SMOOTHING * common) / (1 + SMOOTHING)
                ratios.append(log(likely / common))
        return sum(ratios) / len(ratios) if ratios else 0.0

    def _words(self, question: Question) -> Counter[str]:
        if question.id not in self._own:
            counts: Counter[str] = Counter()
            for text in _texts(question, question.texts[self._lang]):
                counts.update(self._stems(text))
            self._own[question.id] = counts
        return self._own[question.id]

    def _stems(self, text: str) -> Iterable[str]:
        language = self._language
        for word in folded_words(text.replace("/", " ")):
            if word not in language.function and (language.han or len(word) > 2):
                yield language.stem(word)


def _texts(question: Question, text: QuestionText) -> list[str]:
    found = [text.prompt] * PROMPT + text.model_answer.split(".")
    for criterion in question.criteria:
        words = text.criteria.get(criterion.id)
        if words is not None and criterion.rule is Rule.CONTENT:
            found += [*words.concepts, *words.explanations, words.looks_for, words.advice]
    return found
