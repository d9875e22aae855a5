"""What typed lines mean: is it a command, a number, the end of an answer? Pure decisions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.core.events import Done, Event, Text, Unknown
from bot.core.facts import is_question
from bot.core.words import fold

LONGEST_LABEL = 200  # characters; a longer line is never a label
_COUNT = re.compile(r"(\d+) ?\D+")

Read = Callable[[str], Event]


@dataclass(frozen=True, slots=True)
class Leave(Event):
    """Leave the program; only a terminal knows of this."""


class Place(Enum):
    """What is being typed."""

    ANSWER = auto()  # an answer of several lines
    FEEDBACK = auto()  # a scorecard is there: Enter alone goes on
    MENU = auto()  # anything else: one line at a time


def is_command(text: str, read: Read) -> bool:
    """Whether a whole message is a command or a phrase such as "listo"."""
    return "\n" not in text and (text.lstrip().startswith("/") or not isinstance(read(text), Text))


def picked(text: str, labels: Sequence[str]) -> int | None:
    """The place (from 0) of the choice a line picks, None when it picks none.

    A line picks by the label itself, or by its number; where all labels are counts ("1 minuto",
    "3 minutos"), 3 is the one that says 3, whatever its place.
    """
    text = text.strip()
    said = fold(text) if "\n" not in text and len(text) <= LONGEST_LABEL else ""
    alike = [index for index, label in enumerate(labels) if said and fold(label) == said]
    if len(alike) == 1:
        return alike[0]
    if len(text) > 3 or not (text.isascii() and text.isdecimal()):
        return None
    counts = [match[1] if (match := _COUNT.fullmatch(label)) else "" for label in labels]
    if all(counts) and counts.count(text) == 1:
        return counts.index(text)
    return int(text) - 1 if 1 <= int(text) <= len(labels) else None


def is_no_answer(text: str, labels: Sequence[str], read: Read) -> bool:
    """Whether a whole text is nothing, a command, or picks one of the choices on offer."""
    return not text.strip() or is_command(text, read) or picked(text, labels) is not None


def split(text: str, read: Read) -> tuple[str, str]:
    """(answer, command): the last line is taken off when it is a command.

    A single line may be any command or phrase. Below an answer only what hands it in and known
    commands count: "/etc" or "repetir" on a line of its own is part of the answer.
    """
    text = text.rstrip()
    above, _, last = text.rpartition("\n")
    if not above.strip():
        return ("", last) if is_command(last, read) else (text, "")
    return (above.rstrip(), last) if ends_answer(last, read) else (text, "")


def ends_answer(line: str, read: Read) -> bool:
    """Whether a line below an answer is no part of it."""
    if not line.strip():
        return False
    event = read(line)
    known = line.lstrip().startswith("/") and not isinstance(event, Unknown | Text)
    return known or isinstance(event, Done)


def enter_hands_over(
    text: str, *, at_end: bool, labels: Sequence[str], read: Read, ahead: str
) -> bool:
    """Whether Enter ends the typing of an answer; otherwise it begins a new line.

    A line that is nothing but a question is for the interviewer, who may know the answer.
    `ahead` is what came in the same instant after this Enter: a terminal that does not mark
    pasted text sends it as keys, and a paste must not hand itself in at its first empty line.
    """
    first, *more = text.split("\n")
    if not text.strip():
        return False
    if not more and first.startswith("/"):
        return True
    if _more_of_a_paste(ahead):
        return False
    if not more:
        return is_no_answer(first, labels, read) or is_question(first)
    return at_end and (not more[-1].strip() or ends_answer(more[-1], read))


def _more_of_a_paste(ahead: str) -> bool:
    line = next((line for line in ahead.split("\n") if line.strip()), "")
    return bool(line) and not line.startswith("/") and not line.strip().isdecimal()
