"""Which questions an interview asks: nothing asked lately, every topic once before any twice."""

from __future__ import annotations

from random import Random

from bot.core.models import Bank, Question

INTRO = "self-intro"


def choose(bank: Bank, length: int, seed: int, lately: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The ids of at most `length` questions, the same for the same bank, seed and history.

    `lately` are the ids asked last, oldest first: they come only when the others are used up,
    the longest ago first, also where their topic has not come yet. Self-introductions have a
    command of their own and are left out.
    """
    questions = list(practisable(bank))
    Random(seed).shuffle(questions)
    rounds = _rounds(questions)
    order = sorted(questions, key=lambda q: (_last_asked(q, lately), rounds[q.id]))
    return tuple(q.id for q in order[:length])


def intros(bank: Bank) -> tuple[Question, ...]:
    """The self-introductions, in the order of the bank."""
    return tuple(q for q in bank.questions.values() if q.kind == INTRO)


def practisable(bank: Bank) -> tuple[Question, ...]:
    """All questions but the self-introductions, in the order of the bank."""
    return tuple(q for q in bank.questions.values() if q.kind != INTRO)


def _last_asked(question: Question, lately: tuple[str, ...]) -> int:
    """-1 for a question not asked lately, else its place in the history."""
    return max((i for i, asked in enumerate(lately) if asked == question.id), default=-1)


def _rounds(questions: list[Question]) -> dict[str, int]:
    """Per question, how many of its topic come before it: 0 for the first of each topic."""
    seen: dict[str, int] = {}
    rounds = {}
    for question in questions:
        rounds[question.id] = seen.get(question.topic, 0)
        seen[question.topic] = rounds[question.id] + 1
    return rounds
