"""What changing the store comes to, statement by statement.

Each class is a job of the writer: made in the event loop, where a value that cannot be stored
raises at once, and called with the connection inside a transaction.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.models import Session, State
from bot.ports import Handled, Incoming, Outgoing, StoreError, VersionConflict
from bot.store.codec import ATTEMPT_COLUMNS, TURN_COLUMNS, Codec, Row, time_out
from bot.store.links import Link

log = logging.getLogger(__name__)

ACCEPT = """
INSERT INTO inbox (source, id, chat, body, tries, not_before) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (source, id) DO NOTHING
"""
PUT_OFF = """
UPDATE inbox SET tries = ?, not_before = ? WHERE source = ? AND id = ? AND done_at IS NULL
"""
DONE = """
INSERT INTO inbox (source, id, chat, body, tries, done_at, failure) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (source, id) DO UPDATE
SET chat = excluded.chat, body = excluded.body, tries = excluded.tries,
    done_at = excluded.done_at, failure = excluded.failure
WHERE done_at IS NULL
"""
VERSION = "SELECT id, version FROM sessions WHERE chat = ? AND current = 1"
UPDATE = """
UPDATE sessions SET version = ?, state = ?, mode = ?, body = ?,
    ended_at = CASE WHEN ? THEN coalesce(ended_at, ?) END, alarm = ?, alarm_by = ?
WHERE id = ? AND version = ? AND chat = ? AND current = 1
"""
DEMOTE = """
UPDATE sessions SET current = 0, alarm = NULL, alarm_by = NULL, ended_at = coalesce(ended_at, ?)
WHERE id = ? AND version = ? AND chat = ? AND current = 1
"""
# What cannot be read keeps its transcript. A row of preferences leaves its key to the next one.
SET_ASIDE = """
UPDATE sessions SET current = 0, ended_at = coalesce(ended_at, ?),
    id = CASE id WHEN '@' || chat THEN '!' || hex(randomblob(8)) ELSE id END
WHERE chat = ? AND current = 1 RETURNING id
"""
BODY = "SELECT body FROM sessions WHERE chat = ? AND current = 1"
DROP_BLANK = "DELETE FROM sessions WHERE id = ? AND current = 0"
INSERT = """
INSERT INTO sessions
    (id, chat, current, version, state, mode, body, started_at, ended_at, alarm, alarm_by)
VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)
"""
ANSWERED = "UPDATE sessions SET answered = 1 WHERE id = ? AND answered = 0"
TURN = f"INSERT INTO turns ({TURN_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"
ATTEMPT = f"""
INSERT INTO attempts (chat, score, gate, {ATTEMPT_COLUMNS})
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE
SET score = excluded.score, gate = excluded.gate, lang = excluded.lang, answer = excluded.answer,
    first_score = excluded.first_score, card = excluded.card, criteria = excluded.criteria,
    title = excluded.title, at = excluded.at, bank_version = excluded.bank_version,
    bank_digest = excluded.bank_digest, rating = excluded.rating
WHERE chat = excluded.chat AND session_id = excluded.session_id
"""
SEND = "INSERT INTO outbox (source, chat, body) VALUES (?, ?, ?)"
SENT = "DELETE FROM outbox WHERE id = ?"
SLOT = """
INSERT INTO slots (chat, slot, ref) VALUES (?, ?, ?)
ON CONFLICT (chat, slot) DO UPDATE SET ref = excluded.ref
"""
ERASE = (
    # Handled updates name no chat any more; they stay, so that one that comes again is known.
    "DELETE FROM inbox WHERE chat = ?",
    "DELETE FROM outbox WHERE chat = ?",
    "DELETE FROM slots WHERE chat = ?",
    "DELETE FROM links WHERE chat = ?",
    "DELETE FROM attempts WHERE chat = ?",
    "DELETE FROM turns WHERE session_id IN (SELECT id FROM sessions WHERE chat = ?)",
    "DELETE FROM sessions WHERE chat = ?",
)
SWEEP = "INSERT OR IGNORE INTO chores (what) VALUES ('sweep')"


def row_id(session: Session) -> str:
    """A session's key; one that only holds preferences has no id of its own yet."""
    return session.id or f"@{session.chat}"


@dataclass(frozen=True, slots=True)
class Accept:
    """Write updates to the inbox; returns the new ones."""

    updates: tuple[Incoming, ...]

    def __call__(self, connection: sqlite3.Connection) -> list[Incoming]:
        """Run it."""
        return [one for one in self.updates if connection.execute(ACCEPT, _row(one)).rowcount]


def _row(update: Incoming) -> Row:
    not_before = time_out(update.not_before) if update.not_before else None
    return update.source, update.id, update.chat, update.body, update.tries, not_before


@dataclass(frozen=True, slots=True)
class PutOff:
    """Remember that handling an update failed, and when to try again."""

    update: Incoming

    def __call__(self, connection: sqlite3.Connection) -> None:
        """Run it."""
        source, id_, _, _, tries, not_before = _row(self.update)
        connection.execute(PUT_OFF, (tries, not_before, source, id_))


@dataclass(frozen=True, slots=True)
class Delivered:
    """Take a message out of the outbox and remember where it went.

    A message that is not there any more was erased: then nothing is remembered of its chat.
    """

    outgoing: Outgoing
    slot: str
    ref: str

    def __call__(self, connection: sqlite3.Connection) -> None:
        """Run it."""
        known = connection.execute(SENT, (self.outgoing.id,)).rowcount
        if known and self.slot and self.ref:
            connection.execute(SLOT, (self.outgoing.chat, self.slot, self.ref))


class Save:
    """Save all that handling one update changed; returns the outgoing messages."""

    def __init__(self, handled: Handled, codec: Codec, now: datetime) -> None:
        self._handled = handled
        self._chat = handled.update.chat
        self._now = time_out(now)
        self._codec = codec
        self._before = handled.before
        self._after = _stored(handled)
        self._body = codec.session_out(self._after) if self._after else ""
        self._alarm = _alarm(self._after, handled.update.source)
        self._links = [Link(self._chat, link, now) for link in handled.links]
        self._turns = [codec.turn_out(turn) for turn in handled.turns]
        self._attempts = [
            (self._chat, one.card.score, one.card.gate, *codec.attempt_out(one))
            for one in handled.attempts
        ]

    def __call__(self, connection: sqlite3.Connection) -> list[Outgoing]:
        """Run it."""
        if not self._done(connection):
            return []  # another process was faster; it has also sent the messages
        if self._handled.erase:
            self._erase(connection)
        elif self._before is None:
            self._first(connection)
        else:
            self._next(connection, self._before)
        self._keep(connection)
        return [self._send(connection, body) for body in self._handled.bodies]

    def _done(self, connection: sqlite3.Connection) -> bool:
        """Mark the update as handled; False when it was already."""
        update, failure = self._handled.update, self._handled.failure
        # What was put aside keeps its text, so that it can be looked into; see docs/store.md.
        chat, body = (update.chat, update.body) if failure else (None, None)
        row = (update.source, update.id, chat, body, update.tries, self._now, failure or None)
        return bool(connection.execute(DONE, row).rowcount)

    def _erase(self, connection: sqlite3.Connection) -> None:
        if self._before is not None:
            self._check(connection)
        for statement in ERASE:
            connection.execute(statement, (self._chat,))
        connection.execute(SWEEP)
        if self._after is not None:
            connection.execute(INSERT, self._inserted(self._after))

    def _first(self, connection: sqlite3.Connection) -> None:
        if self._after is not None:
            self._check(connection)
            connection.execute(INSERT, self._inserted(self._after))

    def _next(self, connection: sqlite3.Connection, before: Session) -> None:
        after = self._after
        if after is None:
            self._check(connection)
        elif row_id(before) == row_id(after):
            values = (after.version, after.state, after.mode, self._body)
            self._move(connection, UPDATE, (*values, _over(after), self._now, *self._alarm))
        else:
            self._move(connection, DEMOTE, (self._now,))
            if not before.id:
                connection.execute(DROP_BLANK, (row_id(before),))
            connection.execute(INSERT, self._inserted(after))

    def _check(self, connection: sqlite3.Connection) -> None:
        """Raise `VersionConflict` unless the stored session is the one that was loaded."""
        found = connection.execute(VERSION, (self._chat,)).fetchone()
        loaded = (row_id(self._before), self._before.version) if self._before else None
        if found != loaded and not (loaded is None and self._set_aside(connection)):
            raise VersionConflict(f"{self._chat}: stored is {found}, loaded was {loaded}")

    def _set_aside(self, connection: sqlite3.Connection) -> bool:
        """Make way if the stored session cannot be read; says whether that was so."""
        (body,) = connection.execute(BODY, (self._chat,)).fetchone()
        try:
            self._codec.session_in(body)
        except StoreError:
            found = connection.execute(SET_ASIDE, (self._now, self._chat)).fetchone()
            log.error("session %s cannot be read: kept aside, its chat begins a new one", *found)
            return True
        return False

    def _move(self, connection: sqlite3.Connection, statement: str, values: Row) -> None:
        """Change the session that was loaded; it must still be the one that is stored."""
        assert self._before is not None
        key = (row_id(self._before), self._before.version, self._chat)
        if not connection.execute(statement, (*values, *key)).rowcount:
            self._check(connection)

    def _inserted(self, after: Session) -> Row:
        started = time_out(after.started_at) if after.started_at else self._now
        ended = self._now if _over(after) else None
        key = (row_id(after), self._chat, after.version)
        return *key, after.state, after.mode, self._body, started, ended, *self._alarm

    def _keep(self, connection: sqlite3.Connection) -> None:
        """The turns and attempts, which sessions have an answer by them, and the links."""
        if self._turns:
            connection.executemany(TURN, self._turns)
        for row in self._attempts:
            if not connection.execute(ATTEMPT, row).rowcount:
                raise ValueError(f"attempt {row[3]!r} is another session's; give it a new id")
        for session_id in _answered(self._handled):
            connection.execute(ANSWERED, (session_id,))
        for link in self._links:
            link(connection)

    def _send(self, connection: sqlite3.Connection, body: str) -> Outgoing:
        row = (self._handled.update.source, self._chat, body)
        id_ = connection.execute(SEND, row).lastrowid
        assert id_ is not None
        return Outgoing(id_, self._chat, body)


def _stored(handled: Handled) -> Session | None:
    """The session as it is to be stored: one version on."""
    after, before = handled.after, handled.before
    if after is None:
        return None
    if after.chat != handled.update.chat:
        raise ValueError(f"a session of {after.chat!r} for an update of {handled.update.chat!r}")
    return replace(after, version=before.version + 1 if before else 1)


def _alarm(session: Session | None, source: str) -> Row:
    """When the session's time is up, and who saved that."""
    at = session.alarm if session else None
    return (time_out(at), source) if at else (None, None)


def _over(session: Session) -> bool:
    return session.state is State.IDLE and bool(session.id)


def _answered(handled: Handled) -> set[str]:
    spoken = {turn.session_id for turn in handled.turns if turn.who == "candidate"}
    return spoken | {attempt.session_id for attempt in handled.attempts}


def accepted(updates: Sequence[Incoming]) -> Accept:
    """The job that writes `updates`; raises `ValueError` for one that cannot be stored."""
    for one in updates:
        _storable(one)
    return Accept(tuple(updates))


def _storable(update: Incoming) -> None:
    name = f"update {update.source}/{update.id}"
    if not -(2**63) <= update.id < 2**63:
        raise ValueError(f"{name}: an id beyond 64 bits cannot be stored")
    try:
        f"{update.source}{update.chat}{update.body}".encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{name}: text with a lone surrogate cannot be stored") from error
