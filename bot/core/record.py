"""What goes on record: turns of the transcript, attempts, drafts that were never handed in."""

from __future__ import annotations

from dataclasses import replace

from bot.core.context import Context
from bot.core.effects import Effect, KeepTurn
from bot.core.models import Attempt, Session, Turn


def keep_draft(session: Session, context: Context) -> tuple[Session, tuple[Effect, ...]]:
    """What was written but not handed in goes into the transcript."""
    if not session.draft:
        return session, ()
    text = draft_text(session)
    session, turn = add_turn(session, "candidate", "not handed in", text, context)
    return replace(session, draft=()), (turn,)


def draft_text(session: Session) -> str:
    """The answer being written, its messages as paragraphs."""
    return "\n\n".join(part.text for part in session.draft)


def scored_text(session: Session) -> str:
    """The whole answer: what was handed in before, and what is being handed in."""
    return "\n\n".join(text for text in (session.answer, draft_text(session)) if text)


def add_turn(
    session: Session, who: str, kind: str, text: str, context: Context
) -> tuple[Session, KeepTurn]:
    """The session with a turn more, and the turn to be kept."""
    number = session.turns + 1
    turn = Turn(session.id, number, who, kind, session.question_id, text, context.now)
    return replace(session, turns=number), KeepTurn(turn)


def attempt(session: Session, context: Context) -> Attempt:
    """The attempt in hand, to be kept; what it needs to be read later goes with it."""
    assert session.card is not None
    assert session.first_score is not None
    question = context.bank.questions[session.question_id]
    text = question.text(session.preferences.lang)
    return Attempt(
        id=session.attempt_id,
        session_id=session.id,
        question_id=question.id,
        topic=question.topic,
        title=text.title,
        lang=session.card.lang,
        answer=session.answer,
        first_score=session.first_score,
        card=session.card,
        at=context.now,
        bank_version=context.bank.version,
        bank_digest=context.bank.digest,
        criteria={criterion: found.name for criterion, found in text.criteria.items()},
        rating=session.rating,
    )
