"""A question's rubric applied to a reading: a score per criterion, and what speaks against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from bot.core.models import Error, Evidence, Score
from bot.core.questions import Criterion, CriterionText, Question, QuestionText, Rule
from bot.scoring import rules
from bot.scoring.denial import Denial, look_for_denial
from bot.scoring.ladder import Case, climb, denied, make_case
from bot.scoring.language import Language
from bot.scoring.matching import Hit, PhraseBook
from bot.scoring.reading import Reading, starting
from bot.scoring.rules import Judged
from bot.scoring.signals import Signals, own_past, signals
from bot.scoring.subject import UNKNOWN, Fit
from bot.scoring.text import folded_words
from bot.scoring.words import NUMBER

LEVELS = 3
FEWEST = 2  # phrases that tell an idea at length, however few a criterion has
CREDIT = (0.0, 0.45, 0.75, 1.0)  # of a criterion, by level: absent, named, explained, backed
RETRACTED = 12  # words around a misconception in which it can be taken back
SHOWN = 6  # quotes of a criterion at most
ORDER = ("sequence", "because", "connectors", "fillers", "contrast", "own_past")
CONCEPT, EXPLANATION, MISCONCEPTION = "c:", "e:", "m:"  # what a hit's key begins with
_RULES: Mapping[Rule, Callable[[Reading, Signals, Sequence[Hit]], Judged]] = {
    Rule.EXPERIENCE: rules.experience,
    Rule.EFFECT: rules.effect,
    Rule.TRANSFER: rules.transfer,
    Rule.STRUCTURE: rules.structure,
    Rule.CLARITY: rules.clarity,
}


class Telling(NamedTuple):
    """How much of a level's credit an idea gets: `passing` where one phrase shows it, all where
    `dwelt` phrases do; where a criterion has few, one of `each` of them is enough."""

    passing: float = 0.5
    dwelt: float = 8
    each: float = 18


USUAL = Telling()


class Listed(NamedTuple):
    """How much of an answer are words of the bank's phrases (share of its words), and of how many
    different phrases (per word)."""

    inside: float
    phrases: float


@dataclass(slots=True)
class Judgement:
    """A rubric applied; the overall score is made of this (`weighing.py`)."""

    scores: tuple[Score, ...]  # in the rubric's order
    errors: tuple[Error, ...]  # misconceptions found
    credits: tuple[float, ...]  # 0 to 1 for each of them: finer than levels where a rule judges
    strengths: Mapping[Rule, float]  # 0 to 1, also of rules the rubric has no criterion for
    dismissed: tuple[Evidence, ...]  # words that deny the worth of the trade
    hollow: tuple[Evidence, ...]  # words that sound well and say nothing
    said: tuple[Evidence, ...]  # the sentences that say most
    talk: tuple[Evidence, ...]  # the one that says least, if it says nothing
    refused: float  # share of their own verbs that are denied
    recanted: bool  # all that was said is taken back
    denials: tuple[Evidence, ...]  # words that take back or deny
    density: float  # share of the words that lie inside of concept phrases
    listed: Listed  # how much of what is said are phrases of the bank
    fit: Fit = UNKNOWN  # of the words to this question rather than to others (subject.py)


class Rubric:
    """One question in one language, compiled: its phrases and the words of its prompt."""

    def __init__(
        self,
        question: Question,
        text: QuestionText,
        language: Language,
        hollow: PhraseBook,
        telling: Telling = USUAL,
    ) -> None:
        """`hollow`: the phrases of the language that say nothing."""
        self._hollow = hollow
        self._telling = telling
        self.question = question
        self.text = text
        self.language = language
        self.book = PhraseBook(_entries(question, text), language)
        self.prompt = frozenset(
            language.stem(word)
            for word in folded_words(f"{text.prompt} {text.title}")
            if word not in language.function and (language.han or len(word) > 2)
        )
        self._pairs = frozenset(pair for said in _told(text) for pair in self._pairs_of(said))
        self._enough = {id: _enough(words, telling) for id, words in text.criteria.items()}
        self._content = [c.id for c in question.criteria if c.rule is Rule.CONTENT]
        self._rules = [
            (rule, judge, [c.id for c in question.criteria if c.rule is rule])
            for rule, judge in _RULES.items()
        ]

    def _pairs_of(self, said: str) -> Iterator[tuple[str, str]]:
        function, stem = self.language.function, self.language.stem
        return pairwise([stem(word) for word in folded_words(said) if word not in function])

    def recited(self, stems: Sequence[str]) -> float:
        """The share of words that stand in pairs of what the rubric itself says."""
        inside: set[int] = set()
        for place, pair in enumerate(pairwise(stems)):
            if pair in self._pairs:
                inside.update((place, place + 1))
        return len(inside) / (len(stems) or 1)

    def judge(self, reading: Reading, fit: Fit = UNKNOWN) -> Judgement:
        """The judgement of an answer whose words fit as `fit` says; gates are not looked at."""
        hits = self.hits(reading)
        denial = look_for_denial(reading, own_past(reading, self.language))
        wrong = self._wrong(hits, reading, denial)
        hits = {
            key: [h for h in group if _right(key, h, wrong, reading)]
            for key, group in hits.items()
        }
        concepts = [h for i in self._content for h in hits.get(CONCEPT + i, [])]
        covered = frozenset(word for hit in concepts if not hit.apart for word in hit.words)
        empty = {
            reading.sentences[h.span[0]]: h.span for h in reversed(self._hollow.hits(reading))
        }
        hollow = sorted(empty.values())  # one a sentence
        found = signals(reading, self.language, specific(reading, concepts), hollow, denial)
        case = make_case(reading, found, covered)
        judged = {
            rule: judge(reading, found, [h for i in ids for h in hits.get(CONCEPT + i, ())])
            for rule, judge, ids in self._rules
        }
        credited = [self._credited(c, case, hits, judged) for c in self.question.criteria]
        shown = found.substance.shown()
        return Judgement(
            scores=tuple(score for score, _ in credited),
            credits=tuple(credit for _, credit in credited),
            errors=self._errors(case, hits),
            strengths={rule: j.strength for rule, j in judged.items()},
            dismissed=tuple(reading.evidence(s) for s in denial.dismissals),
            hollow=tuple(reading.evidence(s) for s in found.hollow),
            said=tuple(reading.evidence(s) for s in shown.said),
            talk=tuple(reading.evidence(s) for s in shown.talk),
            fit=fit,
            refused=denial.refused,
            recanted=denial.recanted,
            denials=tuple(reading.evidence(s) for s in denial.shown),
            listed=_listed(reading, [h for g in hits.values() for h in g]),
            density=_density(reading, [h for k, g in hits.items() if k[:2] == CONCEPT for h in g]),
        )

    def hits(self, reading: Reading) -> dict[str, list[Hit]]:
        """The phrases found, by key."""
        groups: dict[str, list[Hit]] = {}
        for hit in self.book.hits(reading):
            groups.setdefault(hit.key, []).append(hit)
        return groups

    def _credited(
        self,
        criterion: Criterion,
        case: Case,
        hits: Mapping[str, list[Hit]],
        judged: Mapping[Rule, Judged],
    ) -> tuple[Score, float]:
        """A criterion's score and credit; one with a rule and phrases by what is better."""
        told = hits.get(EXPLANATION + criterion.id, [])
        explanations = [h for h in told if not denied(h, case.found.denial)]
        group = hits.get(CONCEPT + criterion.id, [])
        concepts = [h for h in group if not self._echoes(h, case.reading)]
        by_rule = judged.get(criterion.rule)
        if by_rule is not None and not self.text.criteria[criterion.id].explanations:
            return scored(criterion, by_rule.level, by_rule.evidence), by_rule.strength
        earned = climb(case, concepts, explanations)
        dwelt = [h for h in concepts if not denied(h, case.found.denial)] if earned.level else []
        score = scored(criterion, earned.level, _more(earned.evidence, dwelt, case.reading))
        enough = self._enough[criterion.id]
        credit = CREDIT[earned.level] * self._dwelt_on(dwelt, explanations, enough)
        if by_rule is not None and by_rule.strength > credit:
            return scored(criterion, by_rule.level, by_rule.evidence), by_rule.strength
        return score, credit

    def _dwelt_on(
        self, concepts: Sequence[Hit], explanations: Sequence[Hit], enough: float
    ) -> float:
        """How much of an idea is told, by the phrases that show it: in passing, or at length.

        What is said in passing is less likely to be what an interviewer would tick.
        """
        phrases = len({hit.phrase for hits in (concepts, explanations) for hit in hits})
        passing = self._telling.passing
        return passing + (1 - passing) * min(1.0, (phrases - 1) / (enough - 1))

    def _wrong(
        self, hits: Mapping[str, list[Hit]], reading: Reading, denial: Denial
    ) -> frozenset[int]:
        """The sentences that show a misconception: nothing is earned there."""
        return frozenset(
            reading.sentences[hit.words[0]]
            for error in self.text.misconceptions
            for hit in hits.get(MISCONCEPTION + error.id, [])
            if not denied(hit, denial) and not _retracted(hit, reading)
        )

    def _echoes(self, hit: Hit, reading: Reading) -> bool:
        """Whether all words of a hit stand in the question: saying them back shows nothing."""
        return all(reading.words[w].stem in self.prompt for w in hit.words)

    def _errors(self, case: Case, hits: Mapping[str, list[Hit]]) -> tuple[Error, ...]:
        errors = []
        for error in self.text.misconceptions:
            group = hits.get(MISCONCEPTION + error.id, [])
            shown = [
                h
                for h in group
                if not denied(h, case.found.denial) and not _retracted(h, case.reading)
            ]
            if shown:
                first = shown[0]
                quote = case.reading.evidence(first.span, first.phrase, first.similarity)
                errors.append(Error(error.id, error.says, (quote,)))
        return tuple(errors)


def _more(
    evidence: tuple[Evidence, ...], dwelt: Sequence[Hit], reading: Reading
) -> tuple[Evidence, ...]:
    """The evidence, and of the other phrases that show an idea those that stand elsewhere."""
    shown = list(evidence)
    for hit in dwelt:
        quote = reading.evidence(hit.span, hit.phrase, hit.similarity)
        apart = all(quote.end <= one.start or one.end <= quote.start for one in shown)
        if apart and len(shown) < SHOWN:
            shown.append(quote)
    return tuple(shown)


def _right(key: str, hit: Hit, wrong: frozenset[int], reading: Reading) -> bool:
    return key.startswith(MISCONCEPTION) or reading.sentences[hit.words[0]] not in wrong


def _retracted(hit: Hit, reading: Reading) -> bool:
    """Whether its sentence tells of the belief as one left behind: "antes creía que…"."""
    first, last = reading.bounds[reading.sentences[hit.span[0]]]
    near = reading.reach(RETRACTED)
    low, high = max(first, hit.span[0] - near), min(last, hit.span[1] + near)
    return bool(starting(reading.mark("retractions"), low, high))


def _told(text: QuestionText) -> Iterator[str]:
    """What a rubric says of its criteria to whoever looks at it."""
    for words in text.criteria.values():
        yield from (words.name, words.looks_for, words.advice, *words.follow_ups.values())


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
    """The score of a criterion at a level; its points are weighed with all others."""
    return Score(criterion.id, level, 0.0, float(criterion.weight), evidence)


def _density(reading: Reading, concepts: Sequence[Hit]) -> float:
    """The share of words in concept phrases; where every character is a word, of all kinds."""
    inside: set[int] = set()
    for hit in concepts:
        if len(hit.words) > 1 and (reading.language.han or not hit.apart):
            inside.update(hit.inside)
    if not reading.language.han:
        return len(inside) / (len(reading.words) or 1)
    order = {i for name in ORDER for a, b in reading.mark(name) for i in range(a, b + 1)}
    words = enumerate(reading.words)
    rest = [i for i, word in words if i not in order and not word.flags & NUMBER]
    return sum([1 for i in rest if i in inside]) / (len(rest) or 1)


def _listed(reading: Reading, hits: Sequence[Hit]) -> Listed:
    size = len(reading.words) or 1
    inside = {word for hit in hits for word in hit.words}
    return Listed(len(inside) / size, len({hit.phrase for hit in hits}) / size)


def _enough(words: CriterionText, telling: Telling) -> float:
    """How many phrases of a criterion show that its idea is told at length."""
    there = len(words.concepts) + len(words.explanations)
    return max(FEWEST, min(telling.dwelt, there / max(1, telling.each)))


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
