"""How the scores of a topic moved over time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """A score as it was kept: topic, question title, 0 to 100, when."""

    topic: str
    title: str
    score: int
    at: datetime


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
