"""Sessions, turns, attempts and updates to store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.models import (
    Attempt,
    Evidence,
    Mode,
    Part,
    Preferences,
    Score,
    Scorecard,
    Session,
    Share,
    State,
    Turn,
)
from bot.ports import Handled, Incoming, Store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
BLANK = Session(chat="ana", preferences=Preferences(lang="en"))


def update(number: int = 1, chat: str = "ana", source: str = "bot", body: str = "{}") -> Incoming:
    return Incoming(source, number, chat, body)


def session(id_: str = "s1", chat: str = "ana", minutes: int = 0) -> Session:
    return Session(
        chat=chat,
        id=id_,
        state=State.DRAFTING,
        mode=Mode.INTERVIEW,
        plan=("user-growth", "retention"),
        draft=(Part("7", "Subimos la retención"),),
        started_at=NOW + timedelta(minutes=minutes),
    )


def turn(of: Session, number: int = 1, who: str = "candidate", text: str = "Lo medí") -> Turn:
    return Turn(of.id, number, who, "answer", "user-growth", text, NOW)


def card(score: int = 60, question_id: str = "user-growth") -> Scorecard:
    evidence = (Evidence(0, 7, "Subimos", "subir", 0.97),)
    scores = (Score("effect", 2, 10.5, 15.0, evidence), Score("clarity", 0, 0.0, 10.0))
    return Scorecard(
        question_id, "es", score, 3, None, scores, "clarity", 75, (), (Share("content", 60, 100),)
    )


def attempt(
    id_: str,
    of: Session,
    score: int = 60,
    answer: str = "Subimos la retención un 20 %",
    question_id: str = "user-growth",
    minutes: int = 0,
) -> Attempt:
    return Attempt(
        id=id_,
        session_id=of.id,
        question_id=question_id,
        topic="growth",
        title=f"Título de {question_id}",
        lang="es",
        answer=answer,
        first_score=50,
        card=card(score, question_id),
        at=NOW + timedelta(minutes=minutes),
        bank_version="1.2",
        bank_digest="d1",
        criteria={"effect": "Efecto", "clarity": "Claridad"},
    )


async def practised(store: Store, chat: str, number: int, of: Session, *scores: int) -> Session:
    """Store a whole session: a turn, and an attempt a score. Returns it as stored."""
    attempts = tuple(
        attempt(f"{of.id}-{i}", of, score, question_id=f"q{i}", minutes=number + i)
        for i, score in enumerate(scores)
    )
    change = Handled(update(number, chat), store.session(chat), of, (turn(of),), attempts)
    await store.save(change)
    return stored(store, chat)


def stored(store: Store, chat: str = "ana") -> Session:
    found = store.session(chat)
    assert found is not None
    return found


def at_version(session_: Session, version: int) -> Session:
    return replace(session_, version=version)
