"""Databases of earlier versions: opened, brought up to date, and gone on with."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.core.models import Part, Result, State
from bot.ports import Handled
from bot.store import migrations
from bot.store.schema import APPLICATION_ID, LATEST
from bot.store.sqlite import open_store
from tests.store.samples import attempt, stored, update

BODY = {
    "chat": "ana",
    "id": "s1",
    "version": 3,
    "state": "feedback",
    "resume_to": "asked",
    "preferences": {"lang": "es", "interviewer": "mixed", "role": "", "target": {}},
    "mode": "interview",
    "plan": ["retention", "user-growth"],
    "position": 1,
    "tries": 1,
    "draft": [{"ref": "7", "text": 'a medias, "best":null'}],
    "answer": "más",
    "attempt_id": "a1",
    "first_score": 40,
    "best": 70,
    "card": None,
    "probing": None,
    "probed": ["goal"],
    "results": [{"question_id": "retention", "score": 60}],
    "asked": ["retention"],
    "levels": {"goal": 2},
    "pending": "",
    "turns": 4,
    "started_at": "2026-01-01T00:00:00Z",
}
APPLIED = (
    'CREATE TABLE "_sqlite_migrations" (id INTEGER PRIMARY KEY, migration_set, name, applied_at)'
)
SESSION = """
INSERT INTO sessions (id, chat, current, version, state, mode, body, started_at)
VALUES (?, ?, 1, 3, 'feedback', 'interview', ?, '2026-01-01T00:00:00.000000+00:00')
"""
ATTEMPT = """
INSERT INTO attempts VALUES ('a1', 's1', 'ana', 'retention', 'growth', 'Retención', 'es', 'más',
    50, 60, NULL, '{"question_id":"retention","lang":"es","score":60,"band":3}', '{}',
    '2026-01-01T00:00:00.000000+00:00', '1', 'd')
"""


def first_version(path: Path, *bodies: Any) -> None:
    """A database as the first version left it, with a session for each body."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(APPLIED)
        db.execute(
            "INSERT INTO _sqlite_migrations VALUES (1, 'simulacro', 'm001_initial', '2026-01-01')"
        )
        db.executescript(migrations.INITIAL)
        for number, body in enumerate(bodies):
            text = body if isinstance(body, str) else json.dumps(body, separators=(",", ":"))
            chat = "ana" if not number else f"chat{number}"
            db.execute(SESSION, (f"s{number + 1}", chat, text))
        db.execute(ATTEMPT)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("PRAGMA user_version = 1")


async def test_an_unfinished_session_of_the_first_version_goes_on(path: Path) -> None:
    first_version(path, BODY)
    async with open_store(path) as store:
        session = stored(store)
        assert session.best == Result("user-growth", 70)
        assert session.results == (Result("retention", 60),)
        assert (session.state, session.version) == (State.FEEDBACK, 3)
        assert session.draft == (Part("7", 'a medias, "best":null'),)
        await store.save(Handled(update(1), session, session))
        assert stored(store).version == 4


@pytest.mark.parametrize("best", [None, 0])
async def test_the_best_score_becomes_a_result(path: Path, best: int | None) -> None:
    first_version(path, BODY | {"best": best})
    async with open_store(path) as store:
        assert stored(store).best == (None if best is None else Result("user-growth", best))


@pytest.mark.parametrize(
    "body", ["no JSON", "{}", "[]", BODY | {"position": 9}, BODY | {"plan": 1}]
)
async def test_what_cannot_be_read_is_no_hindrance(path: Path, body: Any) -> None:
    first_version(path, body, BODY | {"chat": "chat1"})
    async with open_store(path) as store:
        assert store.session("ana") is None
        assert stored(store, "chat1").best == Result("user-growth", 70)


async def test_attempts_of_the_first_version_have_no_rating(path: Path) -> None:
    first_version(path, BODY)
    async with open_store(path) as store:
        (mark,) = store.marks("ana")
        assert (mark.score, mark.band, mark.rating) == (60, 3, None)
        better = attempt("a1", stored(store))
        await store.save(Handled(update(1), stored(store), stored(store), attempts=(better,)))


async def test_all_changes_come_at_once_or_not_at_all(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_version(path, BODY)

    def fail(body: str) -> str:
        raise RuntimeError(body[:10])

    monkeypatch.setattr(migrations, "_with_result", fail)
    with pytest.raises(RuntimeError):
        open_store(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
        assert "links" not in tables
    monkeypatch.undo()
    async with open_store(path) as store:
        assert stored(store).best == Result("user-growth", 70)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (LATEST,)
