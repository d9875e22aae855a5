"""The tables, as numbered migrations of sqlite-utils.

Imported only when a database is new or old: sqlite-utils takes 150 ms to load. A migration that
was released is never changed; the next one is `m003_...`, and `schema.LATEST` goes up with it.
"""

from __future__ import annotations

import json
import sqlite3

from sqlite_utils import Database, Migrations

from bot.store.schema import APPLICATION_ID, LATEST

migrations = Migrations("simulacro")

INITIAL = """
CREATE TABLE inbox (
    seq INTEGER PRIMARY KEY,        -- order of arrival
    source TEXT NOT NULL,
    id INTEGER NOT NULL,
    chat TEXT,                      -- chat and body are NULL once handled
    body TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    not_before TEXT,
    done_at TEXT,
    failure TEXT,
    UNIQUE (source, id)
);
CREATE INDEX inbox_chat ON inbox (chat) WHERE chat IS NOT NULL;

CREATE TABLE sessions (
    id TEXT PRIMARY KEY NOT NULL,   -- '@' and the chat while there are only preferences
    chat TEXT NOT NULL,
    current INTEGER NOT NULL,
    answered INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    mode TEXT NOT NULL,
    body TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT
);
CREATE UNIQUE INDEX sessions_current ON sessions (chat) WHERE current = 1;
CREATE INDEX sessions_chat ON sessions (chat, started_at);
CREATE INDEX sessions_past ON sessions (chat, started_at) WHERE answered = 1;
CREATE INDEX sessions_all_past ON sessions (started_at) WHERE answered = 1;

CREATE TABLE turns (
    session_id TEXT NOT NULL REFERENCES sessions,
    number INTEGER NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    question_id TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (session_id, number)
);

CREATE TABLE attempts (
    id TEXT PRIMARY KEY NOT NULL,
    session_id TEXT NOT NULL REFERENCES sessions,
    chat TEXT NOT NULL,
    question_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    title TEXT NOT NULL,
    lang TEXT NOT NULL,
    answer TEXT NOT NULL,
    first_score INTEGER NOT NULL,
    score INTEGER NOT NULL,
    gate TEXT,
    card TEXT NOT NULL,
    criteria TEXT NOT NULL,
    at TEXT NOT NULL,
    bank_version TEXT NOT NULL,
    bank_digest TEXT NOT NULL
);
CREATE INDEX attempts_session ON attempts (session_id);
CREATE INDEX attempts_chat ON attempts (chat, at);

CREATE TABLE outbox (               -- without index: rows are few and do not stay
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    chat TEXT NOT NULL,
    body TEXT NOT NULL
);

CREATE TABLE slots (
    chat TEXT NOT NULL,
    slot TEXT NOT NULL,
    ref TEXT NOT NULL,
    PRIMARY KEY (chat, slot)
) WITHOUT ROWID;

CREATE TABLE chores (what TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID;
"""

CLOCK = """
-- when the time is up, and the source that saved this
ALTER TABLE sessions ADD COLUMN alarm TEXT;
ALTER TABLE sessions ADD COLUMN alarm_by TEXT;
CREATE INDEX sessions_alarm ON sessions (alarm, chat) WHERE alarm IS NOT NULL AND current = 1;

ALTER TABLE attempts ADD COLUMN rating INTEGER;

CREATE TABLE links (
    code_hash TEXT PRIMARY KEY NOT NULL,        -- SHA-256 of the folded code
    chat TEXT NOT NULL,
    until TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX links_chat ON links (chat);

CREATE TABLE wrong_codes (at TEXT NOT NULL);
"""

# In bodies JSON writes quotes of a text as \", so this is never part of one.
BEST = """SELECT id, body FROM sessions WHERE body NOT LIKE '%"best":null%'"""
REWRITE = "UPDATE sessions SET body = ? WHERE id = ?"


@migrations()
def m001_initial(db: Database) -> None:
    """Inbox, sessions, turns, attempts, outbox, slots, and what is to be tidied up."""
    _run(db, INITIAL)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


@migrations()
def m002_clock(db: Database) -> None:
    """Alarms, links to a terminal, ratings; the best try is a whole result instead of a score."""
    _run(db, CLOCK)
    for id_, body in db.execute(BEST).fetchall():
        if (changed := _with_result(body)) is not None:
            db.execute(REWRITE, (changed, id_))


def _with_result(body: str) -> str | None:
    """A session's body with the best score as a result; None for one that stays as it is."""
    try:
        session = json.loads(body)
        best, question_id = session["best"], session["plan"][session["position"]]
    except (ValueError, TypeError, LookupError):
        return None  # what cannot be read is set aside when its chat comes next
    if not isinstance(best, int):
        return None
    session["best"] = {"question_id": question_id, "score": best}
    return json.dumps(session, ensure_ascii=False, separators=(",", ":"))


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a database to the latest version, in the transaction the connection is in."""
    db = Database(connection)
    migrations.apply(db)
    db.execute(f"PRAGMA user_version = {LATEST}")


def unknown(connection: sqlite3.Connection) -> list[str]:
    """Migrations applied to the database that this version does not know."""
    applied = {one.name for one in migrations.applied(Database(connection))}
    return sorted(applied - set(names()))


def names() -> list[str]:
    """The migrations of this version, in order: all that an empty database lacks."""
    empty = Database(memory=True)
    try:
        return [one.name for one in migrations.pending(empty)]
    finally:
        empty.close()


def _run(db: Database, script: str) -> None:
    # Not executescript: it would commit the transaction the migration runs in.
    for statement in filter(str.strip, script.split(";\n")):
        db.execute(statement)
