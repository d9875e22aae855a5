"""A question's rubric applied to a reading: a score per criterion, errors, and the shares.

The overall score is made of three shares, each 0 to 1: *content* (the ladder), *evidence*
(experience, effect, transfer) and *form* (structure, clarity); `Bank.weights` says how much each
weighs by kind of question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.models import Criterion, Error, Evidence, Question, QuestionText, Rule, Score
from bot.scoring import rules
from bot.scoring.ladder import climb, denied
from bot.scoring.language import Language
from bot.scoring.matching import Hit, PhraseBook
from bot.scoring.reading import Reading
from bot.scoring.rules import Judged
from bot.scoring.signals import Signals, signals
from bot.scoring.text import folded_words

LEVELS = 3
_RULES: Mapping[Rule, Callable[[Reading, Signals, Sequence[Hit]], Judged]] = {
    Rule.EXPERIENCE: rules.experience,
    Rule.EFFECT: rules.effect,
    Rule.TRANSFER: rules.transfer,
    Rule.STRUCTURE: rules.structure,
    Rule.CLARITY: rules.clarity,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A rubric applied: scores in the rubric's order, errors found, strengths by rule."""

    scores: tuple[Score, ...]
    errors: tuple[Error, ...]
    strengths: Mapping[Rule, float]
    dismissed: tuple[Evidence, ...]
    denied: tuple[Evidence, ...]
    topic: float  # share of the words that are near the trade or the question
    words: int


class Rubric:
    """One question in one language, compiled: its phrases and the words it is about."""

    def __init__(self, question: Question, text: QuestionText, language: Language) -> None:
        self.question = question
        self.text = text
        self.language = language
        self.book = PhraseBook(_entries(question, text), language)
        self.prompt = _stems([text.prompt, text.title], language)

    def judge(self, reading: Reading) -> Judgement:
        """The judgement of an answer; gates are not looked at."""
        hits = self._hits(reading)
        covered = frozenset(
            word
            for criterion in self.question.criteria
            if criterion.rule is Rule.CONTENT
            for hit in hits.get(f"c:{criterion.id}", [])
            for word in hit.words
        )
        found = signals(reading, self.language, self._specific(reading, hits))
        judged = {
            rule: judge(reading, found, self._of_rule(rule, hits))
            for rule, judge in _RULES.items()
        }
        scores = tuple(
            self._score(criterion, reading, found, hits, covered, judged)
            for criterion in self.question.criteria
        )
        return Judgement(
            scores,
            self._errors(reading, found, hits),
            {rule: j.strength for rule, j in judged.items()},
            tuple(reading.evidence(s) for s in found.dismissals),
            self._denied(reading, found, hits),
            len(found.topical) / (len(reading.tokens) or 1),
            len(reading.tokens),
        )

    def _hits(self, reading: Reading) -> dict[str, list[Hit]]:
        groups: dict[str, list[Hit]] = {}
        for hit in self.book.hits(reading):
            groups.setdefault(hit.key, []).append(hit)
        return groups

    def _specific(self, reading: Reading, hits: Mapping[str, list[Hit]]) -> frozenset[int]:
        """Tokens of concepts that no other story has by chance: told in more than one word,
        or two of them in one sentence."""
        found = [
            hit
            for criterion in self.question.criteria
            if criterion.rule is Rule.CONTENT
            for hit in hits.get(f"c:{criterion.id}", [])
        ]
        words: dict[int, set[tuple[int, ...]]] = {}
        for hit in found:
            words.setdefault(reading.tokens[hit.words[0]].sentence, set()).add(hit.words)
        return frozenset(
            word
            for hit in found
            if len(hit.words) > 1 or len(words[reading.tokens[hit.words[0]].sentence]) > 1
            for word in hit.words
        )

    def _of_rule(self, rule: Rule, hits: Mapping[str, list[Hit]]) -> list[Hit]:
        ids = [c.id for c in self.question.criteria if c.rule is rule]
        return [hit for i in ids for hit in hits.get(f"c:{i}", [])]

    def _score(
        self,
        criterion: Criterion,
        reading: Reading,
        found: Signals,
        hits: Mapping[str, list[Hit]],
        covered: frozenset[int],
        judged: Mapping[Rule, Judged],
    ) -> Score:
        if criterion.rule is Rule.CONTENT:
            concepts = [
                h for h in hits.get(f"c:{criterion.id}", []) if not self._echoes(h, reading)
            ]
            told = hits.get(f"e:{criterion.id}", [])
            earned = climb(reading, found, concepts, told, covered, self.language)
            return scored(criterion, earned.level, earned.evidence)
        by_rule = judged[criterion.rule]
        return scored(criterion, by_rule.level, by_rule.evidence)

    def _echoes(self, hit: Hit, reading: Reading) -> bool:
        """Whether all words of a hit stand in the question: saying them back shows nothing."""
        return all(reading.tokens[w].stem in self.prompt for w in hit.words)

    def _denied(
        self, reading: Reading, found: Signals, hits: Mapping[str, list[Hit]]
    ) -> tuple[Evidence, ...]:
        """Ideas of the rubric that are denied, one a sentence."""
        spans = [
            hit.span
            for criterion in self.question.criteria
            if criterion.rule is Rule.CONTENT
            for hit in hits.get(f"c:{criterion.id}", [])
            if denied(hit, found) and not self._echoes(hit, reading)
        ]
        sentences = {reading.tokens[s[0]].sentence: s for s in sorted(spans, reverse=True)}
        return tuple(reading.evidence(s) for s in sorted(sentences.values()))

    def _errors(
        self, reading: Reading, found: Signals, hits: Mapping[str, list[Hit]]
    ) -> tuple[Error, ...]:
        errors = []
        for error in self.text.misconceptions:
            shown = [h for h in hits.get(f"m:{error.id}", []) if not denied(h, found)]
            if shown:
                first = shown[0]
                quote = reading.evidence(first.span, first.phrase, first.similarity)
                errors.append(Error(error.id, error.says, (quote,)))
        return tuple(errors)


def scored(criterion: Criterion, level: int, evidence: tuple[Evidence, ...] = ()) -> Score:
    """The score of a criterion at a level: a third of its weight a level, rounded to 0.1."""
    points = round(criterion.weight * level / LEVELS, 1)
    return Score(criterion.id, level, points, float(criterion.weight), evidence)


def _entries(question: Question, text: QuestionText) -> list[tuple[str, str]]:
    entries = []
    for criterion in question.criteria:
        words = text.criteria.get(criterion.id)
        if words is not None:
            entries += [(f"c:{criterion.id}", p) for p in words.concepts]
            entries += [(f"e:{criterion.id}", p) for p in words.explanations]
    for error in text.misconceptions:
        entries += [(f"m:{error.id}", p) for p in error.phrases]
    return entries


def _stems(texts: Sequence[str], language: Language) -> frozenset[str]:
    return frozenset(
        language.stem(word)
        for text in texts
        for word in folded_words(text.replace("/", " "))
        if word not in language.function and len(word) > (0 if language.han else 2)
    )
