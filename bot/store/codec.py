"""Sessions, turns and attempts as rows and JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from math import isfinite
from typing import Any, TypeVar

from pydantic import TypeAdapter

from bot.core.models import Attempt, Result, Scorecard, Session, Turn
from bot.ports import StoreError

T = TypeVar("T")
Row = tuple[Any, ...]

TURN_COLUMNS = "session_id, number, who, kind, question_id, text, at"
ATTEMPT_COLUMNS = (
    "id, session_id, question_id, topic, title, lang, answer, first_score,"
    " card, criteria, at, bank_version, bank_digest, rating"
)


class Codec:
    """Turns dataclasses into what the columns hold. Its adapters are built when first needed.

    What cannot be written (a lone surrogate, a time without zone) is a `ValueError`; what cannot
    be read back is a `StoreError` that names the table.
    """

    def session_out(self, session: Session) -> str:
        """A session as JSON."""
        return _dump(self._sessions, session, _of_session(session))

    def session_in(self, body: str) -> Session:
        """A session from its JSON."""
        return _load("sessions", self._sessions.validate_json, body)

    def turn_out(self, turn: Turn) -> Row:
        """A turn as TURN_COLUMNS."""
        said = (turn.who, turn.kind, turn.question_id, turn.text)
        return turn.session_id, turn.number, *said, time_out(turn.at)

    def turn_in(self, row: Row) -> Turn:
        """A turn from TURN_COLUMNS."""
        return _load("turns", _turn, row)

    def attempt_out(self, attempt: Attempt) -> Row:
        """An attempt as ATTEMPT_COLUMNS."""
        return (
            attempt.id,
            attempt.session_id,
            attempt.question_id,
            attempt.topic,
            attempt.title,
            attempt.lang,
            attempt.answer,
            attempt.first_score,
            _dump(self._cards, attempt.card, _numbers(attempt.card)),
            json.dumps(dict(attempt.criteria), ensure_ascii=False),
            time_out(attempt.at),
            attempt.bank_version,
            attempt.bank_digest,
            attempt.rating,
        )

    def attempt_in(self, row: Row) -> Attempt:
        """An attempt from ATTEMPT_COLUMNS."""
        return _load("attempts", self._attempt, row)

    def _attempt(self, row: Row) -> Attempt:
        id_, session_id, question_id, topic, title, lang, answer, first_score = row[:8]
        card, criteria, at, bank_version, bank_digest, rating = row[8:]
        return Attempt(
            id=id_,
            session_id=session_id,
            question_id=question_id,
            topic=topic,
            title=title,
            lang=lang,
            answer=answer,
            first_score=first_score,
            card=self._cards.validate_json(card),
            criteria=json.loads(criteria),
            at=time_in(at),
            bank_version=bank_version,
            bank_digest=bank_digest,
            rating=rating,
        )

    @cached_property
    def _sessions(self) -> TypeAdapter[Session]:
        return TypeAdapter(Session)

    @cached_property
    def _cards(self) -> TypeAdapter[Scorecard]:
        return TypeAdapter(Scorecard)


def time_out(time: datetime) -> str:
    """A time as UTC text of one width, so that its order is the order in time."""
    if time.tzinfo is None:
        raise ValueError(f"a time without zone cannot be stored: {time}")
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def time_in(text: str) -> datetime:
    """A time from its text."""
    return datetime.fromisoformat(text)


def _turn(row: Row) -> Turn:
    session_id, number, who, kind, question_id, text, at = row
    return Turn(session_id, number, who, kind, question_id, text, time_in(at))


def _dump(adapter: TypeAdapter[T], value: T, numbers: Iterable[float]) -> str:
    """The JSON of `value`, which holds `numbers`; what could not be read back is refused here.

    Of all a value may hold by its types, that is a number without end: JSON has none. To look for
    those takes a tenth of the time that reading everything back took.
    """
    try:
        if not all(map(isfinite, numbers)):
            raise ValueError("a number in it is infinite or none")
        body = adapter.dump_json(value, warnings=False)
    except ValueError as error:
        raise ValueError(f"{type(value).__name__} cannot be stored: {error}") from error
    return body.decode()


def _of_session(session: Session) -> Iterator[float]:
    """Every number of a session that may be a fraction."""
    if session.card is not None:
        yield from _numbers(session.card)
    for result in (*session.results, *((session.best,) if session.best else ())):
        yield from _of_result(result)
    for tally in (*session.tallies.values(), *((session.compared,) if session.compared else ())):
        yield from tally.points.values()


def _of_result(result: Result) -> Iterator[float]:
    for reached in result.reached:
        yield reached.points
        yield reached.max


def _numbers(card: Scorecard) -> Iterator[float]:
    """Every number of a card that may be a fraction."""
    for score in card.scores:
        yield score.points
        yield score.max
        yield from (one.similarity for one in score.evidence)
    for error in card.errors:
        yield from (one.similarity for one in error.evidence)
    yield from (one.similarity for one in card.hollow)


def _load(table: str, read: Callable[[Any], T], stored: object) -> T:
    try:
        return read(stored)
    except (ValueError, TypeError) as error:
        raise StoreError(
            f"a row of {table} cannot be read: {error}; restore a backup or erase that chat",
            lasting=True,
        ) from error
