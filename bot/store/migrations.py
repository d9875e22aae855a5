"""The tables, as numbered migrations of sqlite-utils.

Imported only when a database is new or old: sqlite-utils takes 150 ms to load. A migration that
was released is never changed; the next one is `m002_...`, and `schema.LATEST` goes up with it.
"""

from __future__ import annotations

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


@migrations()
def m001_initial(db: Database) -> None:
    """Inbox, sessions, turns, attempts, outbox, slots, and what is to be tidied up."""
    _run(db, INITIAL)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


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
