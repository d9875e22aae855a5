"""What an interview shall be like, chosen step by step.

The choices so far travel in the buttons themselves, `role.level.interviewer.length.manner`, so
that nothing of the session in hand is touched until the last one is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.models import Interviewer, Manner, Preferences
from bot.core.questions import Bank

STEPS = ("role", "level", "interviewer", "length", "manner")
LEVELS = ("graduate", "experienced")
LENGTHS = (3, 5, 8)
ANY = "any"
LAST, NOW = "last", "now"  # as set up last time; the shortest with advice, at once


def options(bank: Bank) -> Mapping[str, Sequence[str]]:
    """What can be chosen at each step; without roles in the bank there is only any."""
    return {
        "role": (*bank.interviews, ANY),
        "level": (*LEVELS, ANY),
        "interviewer": tuple(kind.value for kind in Interviewer),
        "length": tuple(map(str, LENGTHS)),
        "manner": tuple(manner.value for manner in Manner),
    }


def chosen(choices: str, bank: Bank) -> tuple[str, ...]:
    """The choices that can be made, from the first to the one that cannot."""
    found: list[str] = []
    for step, choice in zip(STEPS, choices.split("."), strict=False):
        if choice not in options(bank)[step]:
            break
        found.append(choice)
    return tuple(found)


def settled(choices: str, preferences: Preferences, bank: Bank) -> Preferences | None:
    """The preferences for an interview of these choices, None while some are open.

    Besides what buttons send, `3 real` as a person may type it.
    """
    if choices == LAST:
        return preferences if preferences.length else None
    if choices == NOW:
        return replace(preferences, length=LENGTHS[0], manner=Manner.COACH)
    made = chosen(choices, bank)
    if len(made) < len(STEPS):
        return _typed(choices, preferences)
    role, level, interviewer, length, manner = made
    return replace(
        preferences,
        role="" if role == ANY else role,
        level="" if level == ANY else level,
        interviewer=Interviewer(interviewer),
        length=int(length),
        manner=Manner(manner),
    )


def _typed(choices: str, preferences: Preferences) -> Preferences | None:
    """A number of questions, perhaps with the manner; None for anything else."""
    number, *words = choices.lower().split() or [""]
    manner = " ".join(words) or Manner.COACH.value
    if number not in map(str, range(1, max(LENGTHS) + 1)) or manner not in set(Manner):
        return None
    return replace(preferences, length=int(number), manner=Manner(manner))
