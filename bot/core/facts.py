"""A case has facts the interviewer tells when asked; which one is asked for?"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from bot.core.questions import FactText, Question
from bot.core.words import fold

LONGEST = 200  # characters of a message that is nothing but a question


def is_question(text: str) -> bool:
    """Whether a message asks and does nothing else."""
    asked = text.strip()
    if len(asked) > LONGEST or not asked.endswith(("?", "？")):
        return False
    before = asked.rstrip("?？ ")
    return not any(mark in before for mark in (".", "。", "!", "！", "\n"))


def wanted(text: str, facts: Mapping[str, FactText]) -> tuple[str, ...]:
    """The ids of the facts a message asks for, each question for the one that fits best."""
    found = (_best(one, facts) for one in re.split(r"[?？]+", text))
    return tuple(dict.fromkeys(one for one in found if one))


def _best(text: str, facts: Mapping[str, FactText]) -> str | None:
    """The fact most of whose words a question holds, None when it holds none."""
    said = fold(text)
    words = said.split()
    found = {
        name: sum(_holds(said, words, ask) for ask in fact.asks) for name, fact in facts.items()
    }
    best = max(found, key=lambda name: found[name], default=None)
    return best if best is not None and found[best] else None


def of_criterion(
    question: Question, criterion: str | None, revealed: Collection[str]
) -> str | None:
    """The id of the first fact that helps with a criterion and was not told yet, else None."""
    return next(
        (
            one.id
            for one in question.facts
            if criterion and one.criterion == criterion and one.id not in revealed
        ),
        None,
    )


def _holds(said: str, words: list[str], ask: str) -> bool:
    """Whether every word of `ask` begins one that was said; Chinese has no gaps between words."""
    sought = fold(ask)
    if not sought:  # "?" asks for nothing
        return False
    if not sought.isascii():
        return sought.replace(" ", "") in said.replace(" ", "")
    return all(any(word.startswith(part) for word in words) for part in sought.split())
