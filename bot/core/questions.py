"""What is asked: a `Question` has a rubric of weighted `Criterion`s and one text a language.

Texts may be read when first asked for: `Question.texts` is any mapping.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NamedTuple

Lang = str
"""A language by its two-letter code: `es`, `en`, `zh`."""

Operation = Literal["percent", "minus", "plus", "over"]
"""How a derived figure is worked out: percentages are rounded half up, `over` is rounded down."""


class Rule(StrEnum):
    """How a criterion earns its points."""

    CONTENT = "content"  # concept and explanation phrases of the question's text
    EXPERIENCE = "experience"  # an own past action, told concretely
    EFFECT = "effect"  # a result tied to that action
    TRANSFER = "transfer"  # a proposal for the company applied to
    STRUCTURE = "structure"  # an order that can be followed
    CLARITY = "clarity"  # concrete, told briefly, no filler


class Criterion(NamedTuple):
    """One line of a rubric; the weights of a rubric add up to 100.

    `origin` is the question its words are taken from, "" for one of the question's own.
    """

    id: str
    weight: int
    rule: Rule = Rule.CONTENT
    origin: str = ""


class Fact(NamedTuple):
    """Something more about the case, told to whoever asks for it.

    `criterion` is the one it belongs to, "" where it belongs to none.
    """

    id: str
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class CriterionText:
    """A criterion in one language.

    `concepts` name the idea, `explanations` say why, how or with what effect; a word of a phrase
    may hold alternatives (`coste/costo/precio por usuario`); the last `colloquial` concepts are
    everyday or indirect ways to say it. `follow_ups` maps an interviewer kind (`experience`,
    `on-the-spot`) to the probing question.
    """

    name: str
    looks_for: str
    advice: str
    follow_ups: Mapping[str, str]
    concepts: tuple[str, ...] = ()
    explanations: tuple[str, ...] = ()
    colloquial: int = 0


@dataclass(frozen=True, slots=True)
class Misconception:
    """A known error, found by its phrases; `says` tells the person kindly what is wrong."""

    id: str
    phrases: tuple[str, ...]
    says: str
    criterion: str | None = None


@dataclass(frozen=True, slots=True)
class FactText:
    """A fact in one language: what is said, and the phrases by which it is asked for."""

    says: str
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionText:
    """A question in one language; `criteria` is keyed by criterion id, `facts` by fact id.

    `prompt` may hold slots for the question's figures (`{users}`); `target_prompt`, where there
    is one, puts the same to somebody whose target is known, with `{company}` and `{product}`.
    `rephrased` puts it differently, for somebody who did not see what was asked.
    """

    title: str
    prompt: str
    hint: str
    model_answer: str
    criteria: Mapping[str, CriterionText]
    misconceptions: tuple[Misconception, ...] = ()
    target_prompt: str = ""
    rephrased: str = ""
    facts: Mapping[str, FactText] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number drawn anew each time a question is put: `low`, `low + step`, ... up to `high`."""

    low: int
    high: int
    step: int = 1


@dataclass(frozen=True, slots=True)
class Derived:
    """A number worked out from those drawn: `of` is a figure's or an earlier derived one's name.

    So is `operand`, unless it is a number itself.
    """

    of: str
    operation: Operation
    operand: str | int


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked and how it is judged. `seconds` is the suggested speaking time.

    `figures` are the numbers its words have slots for, `derived` those that follow from them, in
    the order they are worked out; `facts` what it tells when asked.
    """

    id: str
    topic: str
    kind: str
    roles: tuple[str, ...]
    levels: tuple[str, ...]
    interviewers: tuple[str, ...]
    seconds: int
    criteria: tuple[Criterion, ...]
    texts: Mapping[Lang, QuestionText]
    figures: Mapping[str, Figure] = field(default_factory=dict)
    derived: Mapping[str, Derived] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()

    def text(self, lang: Lang) -> QuestionText:
        """The text in `lang`, else in the first language the question has."""
        return self.texts.get(lang) or next(iter(self.texts.values()))

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion of that id; raises `KeyError` when the rubric has none."""
        for criterion in self.criteria:
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(criterion_id)


@dataclass(frozen=True, slots=True)
class Sample:
    """An answer whose score must lie from `min` to `max`; `earns` are criteria it must earn.

    `gap` says why the scorer does not get there yet, where that is known.
    """

    name: str
    style: str
    min: int
    max: int
    earns: tuple[str, ...]
    text: str
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of one language the scorer works with: list name -> entries.

    `substance`: words, and pairs of words, by how much they tell of somebody who says something.
    """

    lists: Mapping[str, tuple[str, ...]]
    substance: Mapping[str, float] = field(default_factory=dict)

    def get(self, name: str) -> tuple[str, ...]:
        """The entries of a list; an absent list is empty."""
        return self.lists.get(name, ())


@dataclass(frozen=True, slots=True)
class Bank:
    """All questions, word lists and weights of one bank version.

    `weights` maps a question kind to the shares of the overall score (see `docs/scoring.md`);
    `names` gives topics, roles and levels a name in each language (`topic.growth`); `interviews`
    how many questions of each topic make an interview for a role; `related` groups of topics that
    one answer may rightly be told to; `digest` is the SHA-256 of the
    files, so that an old score can be explained.
    """

    version: str
    digest: str
    languages: tuple[Lang, ...]
    questions: Mapping[str, Question]
    lexicons: Mapping[Lang, Lexicon] = field(default_factory=dict)
    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    names: Mapping[Lang, Mapping[str, str]] = field(default_factory=dict)
    interviews: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    related: tuple[frozenset[str], ...] = ()

    def ask(self, question_id: str) -> Question:
        """The question of that id; raises `KeyError` when there is none."""
        return self.questions[question_id]
