"""Looking back: past sessions, one of them, the scores, everything of a chat."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bot.core.models import Attempt, Mode, SessionSummary, Transcript, Turn
from bot.core.progress import Mark
from bot.core.results import mean
from bot.store.codec import ATTEMPT_COLUMNS, TURN_COLUMNS, Codec, Row, time_in

Query = Callable[[str, Sequence[object]], list[Row]]

SUMMARY = "SELECT id, mode, started_at, ended_at FROM sessions"
PAGE = f"""
{SUMMARY} WHERE chat = ? AND answered = 1 ORDER BY started_at DESC, rowid DESC LIMIT ? OFFSET ?
"""
PAGE_OF_ALL = f"""
{SUMMARY} WHERE answered = 1 ORDER BY started_at DESC, rowid DESC LIMIT ? OFFSET ?
"""
ONE = "SELECT id, mode, started_at FROM sessions WHERE id = ? AND chat = ? AND answered = 1"
BY_PREFIX = """
SELECT id, mode, started_at FROM sessions
WHERE id >= ? AND id < ? || char(1114111) AND answered = 1 ORDER BY id LIMIT 3
"""
TURNS = f"SELECT {TURN_COLUMNS} FROM turns WHERE session_id = ? ORDER BY number"
ATTEMPTS = f"SELECT {ATTEMPT_COLUMNS} FROM attempts WHERE session_id = ? ORDER BY at, rowid"
SCORES = """
SELECT question_id, title, score FROM attempts WHERE session_id = ? ORDER BY at, rowid
"""
RESULTS = """
SELECT json_extract(one.value, '$.score') FROM sessions,
    json_each(CASE WHEN json_valid(body) THEN body ELSE '{}' END, '$.results') AS one
WHERE sessions.id = ? AND ended_at IS NOT NULL
"""
# The result of the question in hand, not among the others while its card is on show or if the
# session was left there for a new one.
IN_HAND = """
SELECT json_extract(body, '$.best.score') FROM sessions
WHERE id = ? AND ended_at IS NOT NULL AND json_valid(body)
    AND json_extract(body, '$.best.score') IS NOT NULL
"""
LINKS = "SELECT until FROM links WHERE chat = ?"
MARKS = """
SELECT topic, title, score, at, rating,
    CASE WHEN json_valid(card) THEN coalesce(json_extract(card, '$.band'), 0) ELSE 0 END
FROM attempts WHERE chat = ? ORDER BY at, rowid
"""
SESSIONS = """
SELECT id, current, body, started_at, ended_at FROM sessions WHERE chat = ?
ORDER BY started_at, rowid
"""


class Review:
    """Reads what was kept. `query` runs a statement and returns its rows."""

    def __init__(self, query: Query, codec: Codec) -> None:
        self._query = query
        self._codec = codec

    def page(self, chat: str, page: int, size: int) -> tuple[list[SessionSummary], bool]:
        """A page of a chat's past sessions, newest first, and whether there are more."""
        return self._summaries(PAGE, (chat,), page, size)

    def page_of_all(self, page: int, size: int) -> tuple[list[SessionSummary], bool]:
        """The same of all chats."""
        return self._summaries(PAGE_OF_ALL, (), page, size)

    def transcript(self, chat: str, session_id: str) -> Transcript | None:
        """One session of a chat; None when there is none of that id."""
        found = self._query(ONE, (session_id, chat))
        return self._transcript(found[0]) if found else None

    def find(self, prefix: str) -> Transcript | None:
        """The session of any chat whose id is or begins with `prefix`.

        Raises `ValueError` when that fits several.
        """
        found = self._query(BY_PREFIX, (prefix, prefix)) if prefix else []
        if len(found) > 1 and found[0][0] != prefix:
            ids = ", ".join(row[0] for row in found)
            raise ValueError(f"several sessions begin with {prefix}: {ids}; give more of the id")
        return self._transcript(found[0]) if found else None

    def marks(self, chat: str) -> list[Mark]:
        """All scores of a chat, oldest first."""
        rows = self._query(MARKS, (chat,))
        return [
            Mark(topic, title, score, time_in(at), rating, band)
            for topic, title, score, at, rating, band in rows
        ]

    def export(self, chat: str) -> str:
        """All that is kept of a chat, as indented JSON."""
        sessions = [self._exported(row) for row in self._query(SESSIONS, (chat,))]
        current = [session for session in sessions if session.pop("current")]
        kept = {
            "chat": chat,
            "preferences": current[0].get("preferences") if current else None,
            "sessions": [session for session in sessions if session["id"]],
            "links": [{"until": until} for (until,) in self._query(LINKS, (chat,))],
        }
        return json.dumps(kept, ensure_ascii=False, indent=2)

    def _summaries(
        self, statement: str, of: Row, page: int, size: int
    ) -> tuple[list[SessionSummary], bool]:
        rows = self._query(statement, (*of, size + 1, page * size))
        return [self._summary(row) for row in rows[:size]], len(rows) > size

    def _summary(self, row: Row) -> SessionSummary:
        id_, mode, started_at, ended_at = row
        titles, scores = _by_question(self._query(SCORES, (id_,)))
        booked = [row for of in (RESULTS, IN_HAND) for row in self._query(of, (id_,))]
        if scores and booked:
            scores = [score or 0 for (score,) in booked]  # what was skipped counts, as at the end
        return SessionSummary(
            id=id_,
            mode=Mode(mode),
            started_at=time_in(started_at),
            ended_at=time_in(ended_at) if ended_at else None,
            titles=titles,
            score=mean(scores),
        )

    def _transcript(self, row: Row) -> Transcript:
        id_, mode, started_at = row
        turns, attempts = self._turns(id_), self._attempts(id_)
        return Transcript(id_, Mode(mode), time_in(started_at), turns, attempts)

    def _turns(self, session_id: str) -> tuple[Turn, ...]:
        return tuple(self._codec.turn_in(row) for row in self._query(TURNS, (session_id,)))

    def _attempts(self, session_id: str) -> tuple[Attempt, ...]:
        return tuple(self._codec.attempt_in(row) for row in self._query(ATTEMPTS, (session_id,)))

    def _exported(self, row: Row) -> dict[str, Any]:
        """The session as it stands, its transcript and its attempts."""
        key, current, body, started_at, ended_at = row
        turns, attempts = self._query(TURNS, (key,)), self._query(ATTEMPTS, (key,))
        return _exported_session(key, body) | {
            "current": current,
            "started_at": started_at,
            "ended_at": ended_at,
            "turns": list(map(_exported_turn, turns)),
            "attempts": list(map(_exported_attempt, attempts)),
        }


def _by_question(rows: Iterable[Row]) -> tuple[tuple[str, ...], list[int]]:
    """Titles in the order asked, and for each the best score of all tries at it."""
    titles: dict[str, str] = {}
    best: dict[str, int] = {}
    for question_id, title, score in rows:
        titles.setdefault(question_id, title)
        best[question_id] = max(score, best.get(question_id, 0))
    return tuple(titles.values()), list(best.values())


def _exported_session(key: str, body: str) -> dict[str, Any]:
    try:
        session = json.loads(body)
    except ValueError:
        session = None
    if isinstance(session, dict) and "id" in session:
        return session
    return {"id": key, "body": body}  # one that cannot be read goes out as it stands


def _exported_turn(row: Row) -> dict[str, Any]:
    named = dict(zip(TURN_COLUMNS.split(", "), row, strict=True))
    named.pop("session_id")
    return named


def _exported_attempt(row: Row) -> dict[str, Any]:
    named = dict(zip(ATTEMPT_COLUMNS.split(", "), row, strict=True))
    named.pop("session_id")
    return named | {name: json.loads(named[name]) for name in ("card", "criteria")}
