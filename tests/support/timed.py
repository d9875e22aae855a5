"""A timed session, and a core small enough to predict what time does to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core import machine
from bot.core.context import Context, Step
from bot.core.effects import Say, ScoreAnswer
from bot.core.events import Event, Scored, TimePassed
from bot.core.models import DEADLINES, Manner, Mode, Session, State

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
LIMIT = 60  # seconds: alarms are at one minute, one and a half, two


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, time: datetime = NOON) -> None:
        self.time = time

    def __call__(self) -> datetime:
        return self.time

    def move(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


def timed(chat: str, at: datetime = NOON) -> Session:
    """A question of a real interview that was put at noon, or `at`."""
    return Session(
        chat=chat,
        id=f"s-{chat}",
        state=State.ASKED,
        mode=Mode.INTERVIEW,
        manner=Manner.REAL,
        plan=("user-growth", "retention", "data-operations"),
        asked_at=at,
        limit=LIMIT,
        started_at=at,
    )


def step(session: Session, event: Event, context: Context) -> Step:
    """Two nudges, then what there is of an answer is scored and the next question put; all else
    is up to the real core."""
    match event:
        case TimePassed() if session.reminded + 1 < len(DEADLINES):
            return Step(replace(session, reminded=session.reminded + 1), (Say("nudge"),))
        case TimePassed() if session.draft:
            answer = "\n".join(part.text for part in session.draft)
            score = ScoreAnswer(session.question_id, answer, "es")
            return Step(replace(session, state=State.SCORING, answer=answer), (score,))
        case TimePassed() | Scored():
            return Step(_onward(session, context), (Say("onward"),))
    return machine.step(session, event, context)


def _onward(session: Session, context: Context) -> Session:
    return replace(
        session,
        state=State.ASKED,
        position=session.position + 1,
        draft=(),
        reminded=0,
        asked_at=context.now,
    )
