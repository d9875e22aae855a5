"""A past session as it is read again: each question with what was said to it and its score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.core.models import Attempt, Transcript, Turn

FURTHER = ("follow-up", "rephrased")  # what the interviewer said after the question


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question as it was put, what was asked after it, and the attempt, None without a score.

    `unscored` is what the person wrote that no scored answer holds: a draft never handed in, or
    a follow-up answer that would not have raised the score. `facts` are those of the case the
    interviewer told when asked.
    """

    question_id: str
    prompt: str
    follow_ups: tuple[str, ...] = ()
    attempt: Attempt | None = None
    unscored: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


def exchanges(transcript: Transcript) -> tuple[Exchange, ...]:
    """The questions of a session in the order they were asked.

    Every attempt comes in exactly one exchange, also one whose turns are gone.
    """
    left = list(transcript.attempts)
    found = [_exchange(turns, left) for turns in _by_question(transcript.turns)]
    return (*found, *(Exchange(a.question_id, "", attempt=a) for a in left))


def _by_question(turns: Iterable[Turn]) -> Iterator[list[Turn]]:
    """The turns from one question to the next."""
    group: list[Turn] = []
    for turn in turns:
        if turn.kind == "question" and group:
            yield group
            group = []
        group.append(turn)
    if group:
        yield group


def _exchange(turns: list[Turn], left: list[Attempt]) -> Exchange:
    """What a group of turns comes to; its attempt, the first of that question, leaves `left`."""
    question = turns[0].question_id
    attempt = None
    if any(turn.kind == "answer" for turn in turns):
        attempt = next((a for a in left if a.question_id == question), None)
    if attempt is not None:
        left.remove(attempt)
    scored = _apart(attempt.answer) if attempt else ""
    return Exchange(
        question_id=question,
        prompt="\n\n".join(turn.text for turn in turns if turn.kind == "question"),
        follow_ups=tuple(turn.text for turn in turns if turn.kind in FURTHER),
        facts=tuple(turn.text for turn in turns if turn.kind == "fact"),
        attempt=attempt,
        unscored=tuple(
            turn.text
            for turn in turns
            if turn.who == "candidate"
            and turn.kind != "inquiry"
            and _apart(turn.text) not in scored
        ),
    )


def _apart(text: str) -> str:
    """A text that is found in another only as whole paragraphs."""
    return f"\n\n{text}\n\n"
