"""Which interviews are held: every kind of candidate sits through the same ones.

Languages, manners, interviewers and lengths come in all their combinations, in an order drawn
once; role, level, target, self-rating and what goes wrong are drawn beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import cycle, islice, product
from random import Random

from bot.core.models import Interviewer, Manner
from bot.core.questions import Bank, Lang
from bot.core.setup import ANY, LENGTHS, LEVELS

SEED = 5


class Kind(StrEnum):
    """Who sits there."""

    STRONG = "strong"
    MIDDLING = "middling"
    WEAK = "weak"
    RAMBLING = "rambling"
    GAMING = "gaming"


class Trouble(StrEnum):
    """What goes wrong with the time of a real interview, once, whoever sits there."""

    NONE = "none"
    LATE = "late"  # all is written, but never handed in: the time runs out
    SILENT = "silent"  # a question runs out without a word
    ABSENT = "absent"  # so do two in a row, upon which the interview waits
    INTERRUPTED = "interrupted"  # the bot was down for hours in the middle of a question


# Of eight real interviews, in four nothing goes wrong.
TROUBLES = (*[Trouble.NONE] * 4, *[one for one in Trouble if one is not Trouble.NONE])


@dataclass(frozen=True)
class Setup:
    """One interview as it is chosen, and what is drawn for it."""

    number: int
    lang: Lang
    manner: Manner
    interviewer: Interviewer
    length: int
    role: str
    level: str
    targeted: bool
    rates: bool
    trouble: Trouble

    @property
    def choices(self) -> str:
        """The choices as the last button of the set-up sends them."""
        return f"{self.role}.{self.level}.{self.interviewer}.{self.length}.{self.manner}"


def setups(bank: Bank, count: int) -> Iterator[Setup]:
    """So many interviews, the same each time."""
    random = Random(SEED)
    combined = list(product(bank.languages, Manner, Interviewer, LENGTHS))
    random.shuffle(combined)
    troubles = cycle(TROUBLES)
    for number, (lang, manner, interviewer, length) in enumerate(islice(cycle(combined), count)):
        yield Setup(
            number,
            lang,
            manner,
            interviewer,
            length,
            role=random.choice((*bank.interviews, ANY)),
            level=random.choice((*LEVELS, ANY)),
            targeted=number % 2 == 0,
            rates=random.random() < 0.5,
            trouble=next(troubles) if manner is Manner.REAL else Trouble.NONE,
        )
