"""A question's rubric applied to a reading: a score per criterion, and what speaks against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.models import Criterion, Error, Evidence, Question, QuestionText, Rule, Score
from bot.scoring import rules
from bot.scoring.ladder import Case, climb, denied, make_case
from bot.scoring.language import Language
from bot.scoring.matching import Hit, PhraseBook
from bot.scoring.reading import Reading
from bot.scoring.rules import Judged
from bot.scoring.signals import Signals, signals
from bot.scoring.text import folded_words

LEVELS = 3
CONCEPT, EXPLANATION, MISCONCEPTION = "c:", "e:", "m:"  # what a hit's key begins with
_RULES: Mapping[Rule, Callable[[Reading, Signals, Sequence[Hit]], Judged]] = {
    Rule.EXPERIENCE: rules.experience,
    Rule.EFFECT: rules.effect,
    Rule.TRANSFER: rules.transfer,
    Rule.STRUCTURE: rules.structure,
    Rule.CLARITY: rules.clarity,
}


@dataclass(slots=True)
class Judgement:
    """A rubric applied; the overall score is made of this (`weighing.py`)."""

    scores: tuple[Score, ...]  # in the rubric's order
    errors: tuple[Error, ...]  # misconceptions found
    strengths: Mapping[Rule, float]  # 0 to 1, also of rules the rubric has no criterion for
    dismissed: tuple[Evidence, ...]  # words that deny the worth of the trade
    denied: tuple[Evidence, ...]  # ideas of the rubric that are denied
    topic: float  # share of the words that are near the trade or the question
    words: int
    density: float  # share of the words that lie inside of concept phrases
    fit: float = 0.0  # how well the words fit this question rather than others (subject.py)


class Rubric:
    """One question in one language, compiled: its phrases and the words of its prompt."""

    def __init__(self, question: Question, text: QuestionText, language: Language) -> None:
        self.question = question
        self.text = text
        self.language = language
        self.book = PhraseBook(_entries(question, text), language)
        self.prompt = frozenset(
            language.stem(word)
            for word in folded_words(f"{text.prompt} {text.title}")
            if word not in language.function and (language.han or len(word) > 2)
        )
        self._content = [c.id for c in question.criteria if c.rule is Rule.CONTENT]
        self._rules = [
            (rule, judge, [c.id for c in question.criteria if c.rule is rule])
            for rule, judge in _RULES.items()
        ]

    def judge(self, reading: Reading, fit: float = 0.0) -> Judgement:
        """The judgement of an answer whose words fit as `fit` says; gates are not looked at."""
        hits = self.hits(reading)
        concepts = [h for i in self._content for h in hits.get(CONCEPT + i, [])]
        covered = frozenset(word for hit in concepts for word in hit.words)
        found = signals(reading, self.language, specific(reading, concepts))
        case = make_case(reading, found, covered)
        judged = {
            rule: judge(reading, found, [h for i in ids for h in hits.get(CONCEPT + i, ())])
            for rule, judge, ids in self._rules
        }
        return Judgement(
            scores=tuple(self._score(c, case, hits, judged) for c in self.question.criteria),
            errors=self._errors(case, hits),
            strengths={rule: j.strength for rule, j in judged.items()},
            dismissed=tuple(reading.evidence(s) for s in found.dismissals),
            denied=_denied(case, [h for h in concepts if not self._echoes(h, reading)]),
            topic=len(found.topical) / (len(reading.words) or 1),
            words=len(reading.words),
            fit=fit,
            density=_density(reading, [h for k, g in hits.items() if k[:2] == CONCEPT for h in g]),
        )

    def hits(self, reading: Reading) -> dict[str, list[Hit]]:
        """The phrases found, by key."""
        groups: dict[str, list[Hit]] = {}
        for hit in self.book.hits(reading):
            groups.setdefault(hit.key, []).append(hit)
        return groups

    def _score(
        self,
        criterion: Criterion,
        case: Case,
        hits: Mapping[str, list[Hit]],
        judged: Mapping[Rule, Judged],
    ) -> Score:
        if criterion.rule is not Rule.CONTENT:
            by_rule = judged[criterion.rule]
            return scored(criterion, by_rule.level, by_rule.evidence)
        group = hits.get(CONCEPT + criterion.id, [])
        concepts = [h for h in group if not self._echoes(h, case.reading)]
        earned = climb(case, concepts, hits.get(EXPLANATION + criterion.id, []))
        return scored(criterion, earned.level, earned.evidence)

    def _echoes(self, hit: Hit, reading: Reading) -> bool:
        """Whether all words of a hit stand in the question: saying them back shows nothing."""
        return all(reading.words[w].stem in self.prompt for w in hit.words)

    def _errors(self, case: Case, hits: Mapping[str, list[Hit]]) -> tuple[Error, ...]:
        errors = []
        for error in self.text.misconceptions:
            group = hits.get(MISCONCEPTION + error.id, [])
            shown = [h for h in group if not denied(h, case.found)]
            if shown:
                first = shown[0]
                quote = case.reading.evidence(first.span, first.phrase, first.similarity)
                errors.append(Error(error.id, error.says, (quote,)))
        return tuple(errors)


def specific(reading: Reading, concepts: Sequence[Hit]) -> frozenset[int]:
    """Words of concepts that no other story has by chance.

    That is: told in more than one word, or two of them in one sentence.
    """
    together: dict[int, set[tuple[int, ...]]] = {}
    for hit in concepts:
        together.setdefault(reading.sentences[hit.words[0]], set()).add(hit.words)
    return frozenset(
        word
        for hit in concepts
        if len(hit.words) > 1 or len(together[reading.sentences[hit.words[0]]]) > 1
        for word in hit.words
    )


def scored(criterion: Criterion, level: int, evidence: tuple[Evidence, ...] = ()) -> Score:
    """The score of a criterion at a level."""
    points = points_of(criterion, level)
    return Score(criterion.id, level, points, float(criterion.weight), evidence)


def points_of(criterion: Criterion, level: int) -> float:
    """The points of a level: a third of the weight each, rounded to 0.1."""
    return round(criterion.weight * level / LEVELS, 1)


def _density(reading: Reading, concepts: Sequence[Hit]) -> float:
    inside: set[int] = set()
    for hit in concepts:
        if len(hit.words) > 1:
            inside.update(range(hit.span[0], hit.span[1] + 1))
    return len(inside) / (len(reading.words) or 1)


def _denied(case: Case, concepts: Sequence[Hit]) -> tuple[Evidence, ...]:
    """Ideas of the rubric that are denied, one a sentence."""
    spans = sorted((h.span for h in concepts if denied(h, case.found)), reverse=True)
    sentences = {case.reading.sentences[s[0]]: s for s in spans}
    return tuple(case.reading.evidence(s) for s in sorted(sentences.values()))


def _entries(question: Question, text: QuestionText) -> list[tuple[str, str]]:
    entries = []
    for criterion in question.criteria:
        words = text.criteria.get(criterion.id)
        if words is not None:
            entries += [(CONCEPT + criterion.id, p) for p in words.concepts]
            entries += [(EXPLANATION + criterion.id, p) for p in words.explanations]
    for error in text.misconceptions:
        entries += [(MISCONCEPTION + error.id, p) for p in error.phrases]
    return entries
