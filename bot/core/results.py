"""What came of attempts: the result of a question, tallies across sessions, the end of it all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.models import Reached, Result, Scorecard, Session, Tally
from bot.core.questions import Bank, Question, Rule

TALLIED = 100  # questions whose scores are remembered: more than the built-in bank has
DETAILED = 20  # of these, with the points of each criterion; each costs 2 µs a message
TO_DO = 3  # things to work on
ENOUGH = 0.15  # of a criterion's points; less to be gained is not worth a mention


@dataclass(frozen=True, slots=True)
class Change:
    """A criterion whose points changed from one attempt to the next."""

    criterion: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to work on: a criterion, the question to practise it with, the points it may
    bring there."""

    question_id: str
    criterion: str
    gain: float


def result(session: Session, card: Scorecard) -> Result:
    """The result of the attempt in hand."""
    return Result(
        session.question_id,
        card.score,
        session.first_score,
        tuple(Reached(s.id, s.level, s.points, s.max) for s in card.scores),
        session.rating,
        session.spent,
        session.allowed,
    )


def tallied(
    tallies: Mapping[str, Tally], question_id: str, card: Scorecard
) -> Mapping[str, Tally]:
    """`tallies` with a card more, the latest last."""
    old = tallies.get(question_id)
    points = {score.id: score.points for score in card.scores}
    new = Tally(card.score, card.score, card.score, points)
    if old is not None:
        new = Tally(old.first, card.score, max(old.best, card.score), points)
    kept = [(name, tally) for name, tally in tallies.items() if name != question_id][1 - TALLIED :]
    bare = [(name, replace(tally, points={})) for name, tally in kept[: 1 - DETAILED]]
    return dict([*bare, *kept[1 - DETAILED :], (question_id, new)])


def changes(before: Tally | None, card: Scorecard) -> tuple[Change, ...]:
    """The criteria that earned more or less than before, by half a point at least."""
    if before is None:
        return ()
    return tuple(
        Change(score.id, old, score.points)
        for score in card.scores
        if (old := before.points.get(score.id)) is not None and abs(score.points - old) >= 0.5
    )


def mean(scores: Iterable[int | None]) -> int | None:
    """The mean, halves upwards; what was skipped counts as 0; None without any."""
    found = [score or 0 for score in scores]
    return int(sum(found) / len(found) + 0.5) if found else None


def across(results: Sequence[Result], bank: Bank) -> tuple[tuple[str, int], ...]:
    """The cross-cutting criteria, and what per cent of their points all answers earned."""
    points: dict[str, float] = {}
    full: dict[str, float] = {}
    for one in results:
        shared = _cross_cutting(bank.questions.get(one.question_id))
        for reached in one.reached:
            if reached.id in shared:
                points[reached.id] = points.get(reached.id, 0) + reached.points
                full[reached.id] = full.get(reached.id, 0) + reached.max
    return tuple((name, int(100 * points[name] / full[name] + 0.5)) for name in full)


def to_do(results: Sequence[Result]) -> tuple[ToDo, ...]:
    """What would bring most, the most first: each criterion once, and each question, if there are
    enough."""
    open_ = [
        ToDo(one.question_id, reached.id, reached.max - reached.points)
        for one in results
        for reached in one.reached
        if reached.max - reached.points > ENOUGH * reached.max
    ]
    ranked = sorted(open_, key=lambda item: -item.gain)
    chosen: list[ToDo] = []
    for alike in (_alike, _same_criterion):
        for one in ranked:
            if len(chosen) < TO_DO and not any(alike(one, two) for two in chosen):
                chosen.append(one)
    return tuple(sorted(chosen, key=lambda item: -item.gain))


def _same_criterion(one: ToDo, two: ToDo) -> bool:
    return one.criterion == two.criterion


def _alike(one: ToDo, two: ToDo) -> bool:
    return one.question_id == two.question_id or one.criterion == two.criterion


def _cross_cutting(question: Question | None) -> set[str]:
    """The criteria of a question that are asked of every answer."""
    criteria = question.criteria if question else ()
    return {criterion.id for criterion in criteria if criterion.rule is not Rule.CONTENT}
