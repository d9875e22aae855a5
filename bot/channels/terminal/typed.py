"""What typed lines mean: is it a command, a number, the end of an answer? Pure decisions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from bot.core.events import Done, Event, Text, Unknown

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


def picked(text: str, choices: int) -> int | None:
    """The place (from 0) of the choice a lone number picks, None when it picks none."""
    text = text.strip()
    if len(text) > 3 or not (text.isascii() and text.isdecimal()):
        return None
    return int(text) - 1 if 1 <= int(text) <= choices else None


def is_no_answer(text: str, choices: int, read: Read) -> bool:
    """Whether a whole text is nothing, a command, or a number that picks a choice."""
    return not text.strip() or is_command(text, read) or picked(text, choices) is not None


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


def enter_hands_over(text: str, *, at_end: bool, choices: int, read: Read, ahead: str) -> bool:
    """Whether Enter ends the typing of an answer; otherwise it begins a new line.

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
        return is_no_answer(first, choices, read)
    return at_end and (not more[-1].strip() or ends_answer(more[-1], read))


def _more_of_a_paste(ahead: str) -> bool:
    line = next((line for line in ahead.split("\n") if line.strip()), "")
    return bool(line) and not line.startswith("/") and not line.strip().isdecimal()
