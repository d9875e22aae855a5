"""Which questions an interview asks.

The topics are those the role asks for, each as often as `roles.toml` says; without a role every
topic comes once before any comes twice. Of a topic come first what was not asked lately, and of
that what asks for criteria the person is weak in. Chance, by a seed, settles the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from bot.core.models import Interviewer, Preferences
from bot.core.progress import key_of
from bot.core.questions import Bank, Question

INTRO = "self-intro"
HIGHEST = 3  # level of a criterion
UNKNOWN = 0.5  # how weak somebody is taken to be in a criterion never tried, 0 to 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an interview shall be: how many questions, by which seed, for whom.

    `lately` are the ids asked last, oldest first; `levels` the level reached by criterion.
    """

    length: int
    seed: int
    lately: tuple[str, ...] = ()
    preferences: Preferences = field(default_factory=Preferences)
    levels: Mapping[str, int] = field(default_factory=dict)


def choose(bank: Bank, wanted: Wanted) -> tuple[str, ...]:
    """The ids of at most `wanted.length` questions, the same for the same bank and wish.

    What was asked lately comes only where nothing else is left, the longest ago first; two
    questions that share criteria do not come together if it can be helped. Where one kind of
    interviewer is wished for, at least half are questions only that one asks. Self-introductions
    have a command of their own and are left out.
    """
    questions = [one for one in practisable(bank) if _fits(one, wanted.preferences)]
    Random(wanted.seed).shuffle(questions)
    questions.sort(key=lambda one: (_last_asked(one, wanted.lately), -_weakness(one, wanted)))
    fresh = [one for one in questions if one.id not in wanted.lately]
    topics = _topics(bank, wanted, questions)
    own = [one for one in fresh if one.interviewers == (wanted.preferences.interviewer.value,)]
    chosen = _by_topic(own, [*topics, ""], [], -(-wanted.length // 2))
    chosen = _by_topic(fresh, _left_out(topics, chosen), chosen, wanted.length)
    while len(chosen) < wanted.length and (left := next(_candidates(questions, chosen), None)):
        chosen.append(left)
    return tuple(one.id for one in chosen)


def _by_topic(
    questions: Sequence[Question], topics: Sequence[str], chosen: list[Question], length: int
) -> list[Question]:
    """The chosen with the best question of each topic in turn, up to that many; "" is any."""
    for topic in topics:
        while len(chosen) < length:
            found = next(_candidates(questions, chosen, topic), None)
            if found is not None:
                chosen = [*chosen, found]
            if found is None or topic:
                break
    return chosen


def _left_out(topics: Sequence[str], chosen: Sequence[Question]) -> list[str]:
    """The topics without the turns that are taken; each question takes one."""
    taken = Counter(one.topic for one in chosen)
    left = []
    for topic in topics:
        if taken[topic]:
            taken[topic] -= 1
        else:
            left.append(topic)
    return left


def intros(bank: Bank) -> tuple[Question, ...]:
    """The self-introductions, in the order of the bank."""
    return tuple(q for q in bank.questions.values() if q.kind == INTRO)


def practisable(bank: Bank) -> tuple[Question, ...]:
    """All questions but the self-introductions, in the order of the bank."""
    return tuple(q for q in bank.questions.values() if q.kind != INTRO)


def _fits(question: Question, preferences: Preferences) -> bool:
    """Whether a question suits the role, level and interviewer set; "" and mixed, any."""
    role, level, asker = preferences.role, preferences.level, preferences.interviewer
    return (
        (not role or role in question.roles)
        and (not level or level in question.levels)
        and (asker is Interviewer.MIXED or asker in question.interviewers)
    )


def _last_asked(question: Question, lately: tuple[str, ...]) -> int:
    """-1 for a question not asked lately, else its place in the history."""
    return max((i for i, asked in enumerate(lately) if asked == question.id), default=-1)


def _weakness(question: Question, wanted: Wanted) -> float:
    """How much of a question's rubric the person has yet to reach, 0 to 1."""
    if not wanted.levels:
        return UNKNOWN
    lacking = [
        criterion.weight * (UNKNOWN if level is None else 1 - level / HIGHEST)
        for criterion in question.criteria
        for level in (wanted.levels.get(key_of(question, criterion)),)
    ]
    return sum(lacking) / sum(criterion.weight for criterion in question.criteria)


def _topics(bank: Bank, wanted: Wanted, questions: Sequence[Question]) -> list[str]:
    """The topics in the order they are asked.

    A role's shares are dealt out so that every topic comes once before any comes twice, the
    largest first; without shares, round by round in the order the questions have. Ties are
    settled by the seed.
    """
    shares = bank.interviews.get(wanted.preferences.role, {})
    if shares and wanted.length > 1:
        turns = [(turn / count, topic) for topic, count in shares.items() for turn in range(count)]
        Random(wanted.seed).shuffle(turns)
        return [topic for _, topic in sorted(turns, key=lambda one: one[0])]
    counts = Counter(one.topic for one in questions)
    turns = [(turn, topic) for topic, count in counts.items() for turn in range(count)]
    return [topic for _, topic in sorted(turns, key=lambda one: one[0])]


def _candidates(
    questions: Sequence[Question], chosen: Sequence[Question], topic: str = ""
) -> Iterator[Question]:
    """The questions that may come next, the best first, of a topic or of any."""
    taken = {one.id for one in chosen}
    left = [one for one in questions if one.id not in taken and topic in ("", one.topic)]
    family = {name for one in chosen for name in _family(one)}
    yield from (one for one in left if family.isdisjoint(_family(one)))
    yield from left


def _family(question: Question) -> set[str]:
    """The questions it shares criteria with, itself among them."""
    return {question.id, *(one.origin for one in question.criteria if one.origin)}
