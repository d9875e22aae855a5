"""How the scores of a topic moved over time, and how far each criterion has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.models import Scorecard
from bot.core.questions import Criterion, Question, Rule

CALIBRATED = 30  # newest ratings that are looked at
REMEMBERED = 500  # criteria whose level is kept: more than the built-in bank has


@dataclass(frozen=True, slots=True)
class Mark:
    """A score as it was kept: topic, question title, 0 to 100, when; its band, 1 to 5 (0: not
    known), and the band the person had guessed."""

    topic: str
    title: str
    score: int
    at: datetime
    rating: int | None = None
    band: int = 0


@dataclass(frozen=True, slots=True)
class TopicProgress:
    """A topic's scores, oldest first; `change` is the last less the first."""

    topic: str
    scores: tuple[int, ...]
    last_at: datetime

    @property
    def last(self) -> int:
        """The latest score."""
        return self.scores[-1]

    @property
    def best(self) -> int:
        """The highest score."""
        return max(self.scores)

    @property
    def change(self) -> int:
        """Points gained since the first attempt; 0 with only one."""
        return self.scores[-1] - self.scores[0]


def key_of(question: Question, criterion: Criterion) -> str:
    """What a criterion is remembered by: shared ones are the same wherever they are asked."""
    if criterion.rule in (Rule.CONTENT, Rule.STRUCTURE):
        return f"{criterion.origin or question.id}/{criterion.id}"
    return criterion.id


def learnt(levels: Mapping[str, int], question: Question, card: Scorecard) -> Mapping[str, int]:
    """`levels`, 0 to 3 by criterion, with those of a card, the latest last."""
    fresh = {
        key_of(question, criterion): score.level
        for criterion in question.criteria
        if (score := card.get(criterion.id)) is not None
    }
    kept = {key: level for key, level in levels.items() if key not in fresh}
    return dict([*kept.items(), *fresh.items()][-REMEMBERED:])


@dataclass(frozen=True, slots=True)
class Calibration:
    """How people's own ratings compare with their scores, in bands of 1 to 5.

    `gap` is the mean of rating less band: above 0 for who thinks too well of the own answers;
    `hits` of `count` were right.
    """

    gap: float
    hits: int
    count: int


def calibration(marks: Iterable[Mark]) -> Calibration | None:
    """The calibration of rated marks, the newest thirty; None without any."""
    rated = [mark for mark in sorted(marks, key=lambda m: m.at) if mark.rating is not None]
    gaps = [(mark.rating or 0) - mark.band for mark in rated[-CALIBRATED:]]
    if not gaps:
        return None
    return Calibration(sum(gaps) / len(gaps), gaps.count(0), len(gaps))


def by_topic(marks: Iterable[Mark]) -> tuple[TopicProgress, ...]:
    """Group marks by topic, the weakest last score first: that is what to practise next."""
    topics: dict[str, list[Mark]] = {}
    for mark in sorted(marks, key=lambda m: m.at):
        topics.setdefault(mark.topic, []).append(mark)
    rows = [
        TopicProgress(topic, tuple(m.score for m in found), found[-1].at)
        for topic, found in topics.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.last, row.topic)))
