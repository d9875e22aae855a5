"""How well an answer's words fit the question asked rather than others of the bank.

A mean log-likelihood ratio of word stems (naive Bayes with a smoothed background): the words of
the question's own texts against those of other questions. On 94 good answers and sample answers
it told the question asked from the nine others with an AUC of .99.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import fsum, log

from bot.core.models import Bank, Lang, Question, QuestionText, Rule
from bot.scoring.handful import handful
from bot.scoring.language import Language
from bot.scoring.reading import Reading

SMOOTHING = 0.5
PROMPT = 3  # times the words of the prompt count
_FOREIGN = log(SMOOTHING / (1 + SMOOTHING))  # the ratio of a word of other questions only


class Subjects:
    """The words of the questions in one language."""

    def __init__(self, bank: Bank, lang: Lang, language: Language) -> None:
        self._language = language
        self._lang = lang
        self._own: dict[str, Counter[str]] = {}
        self._ratios: dict[str, Mapping[str, float]] = {}
        self._background: Counter[str] = Counter()
        for question in handful(bank, lang):
            self._background.update(self._words(question))

    def fit(self, question: Question, reading: Reading) -> float:
        """The mean over the answer's known words; above 0 they are more of this question."""
        ratios = self._ratios.get(question.id)
        if ratios is None:
            ratios = self._ratios[question.id] = self._compare(self._words(question))
        stems = {reading.words[i].stem for i in reading.content}
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
        words = Counter("\n".join(texts).replace("/", " ").split())
        for chunk, count in words.items():
            for word in language.folded(chunk):
                if word not in language.function and (language.han or len(word) > 2):
                    counts[language.stem(word)] += count
        return counts


def _texts(question: Question, text: QuestionText) -> list[str]:
    found = [text.prompt] * PROMPT + text.model_answer.split(".")
    for criterion in question.criteria:
        words = text.criteria.get(criterion.id)
        if words is not None and criterion.rule is Rule.CONTENT:
            found += [*words.concepts, *words.explanations, words.looks_for, words.advice]
    return found
