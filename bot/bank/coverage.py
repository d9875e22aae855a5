"""What there is to practise, by topic, role, level, interviewer and language."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from bot.core.questions import Bank, Question

Table = Mapping[str, Mapping[str, int]]
"""Topic -> column -> number of questions."""


def coverage(bank: Bank) -> Table:
    """The number of questions of each topic by role, level, interviewer and language."""
    topics = sorted({one.topic for one in bank.questions.values()})
    columns = _columns(bank)
    return {
        topic: {
            column: sum(
                column in _of(one) for one in bank.questions.values() if one.topic == topic
            )
            for column in columns
        }
        for topic in topics
    }


def gaps(bank: Bank) -> list[str]:
    """The role, level and interviewer there is no question for in a language."""
    questions = bank.questions.values()
    roles = sorted({role for one in questions for role in one.roles})
    levels = sorted({level for one in questions for level in one.levels})
    askers = sorted({asker for one in questions for asker in one.interviewers})
    return [
        ", ".join(wanted)
        for wanted in product(roles, levels, askers, bank.languages)
        if not any(set(wanted) <= _of(one) for one in questions)
    ]


def printed(table: Table) -> list[str]:
    """The table in lines, a topic each; zero as a dot."""
    columns = list(next(iter(table.values()), {}))
    width = max(map(len, table), default=0)
    head = [f"{n:>2} {column}" for n, column in enumerate(columns, 1)]
    numbers = "".join(f"{n:>4}" for n in range(1, len(columns) + 1))
    rows = [
        f"{topic:<{width}}" + "".join(f"{count or '.':>4}" for count in counts.values())
        for topic, counts in table.items()
    ]
    return [*head, "", " " * width + numbers, *rows]


def _columns(bank: Bank) -> list[str]:
    questions = list(bank.questions.values())
    return [
        "questions",
        *sorted({role for one in questions for role in one.roles}),
        *sorted({level for one in questions for level in one.levels}),
        *sorted({asker for one in questions for asker in one.interviewers}),
        *sorted({lang for one in questions for lang in one.texts}),
        *(["facts"] if any(one.facts for one in questions) else []),
    ]


def _of(question: Question) -> set[str]:
    return {
        "questions",
        *question.roles,
        *question.levels,
        *question.interviewers,
        *question.texts,
        *(["facts"] if question.facts else []),
    }
