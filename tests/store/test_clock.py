"""The SQLite store keeps the contract about time."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.ports import Handled
from bot.store.sqlite import SqliteStore, open_store
from tests.store.clock_contract import ClockContract, Moving, linked, timed
from tests.store.samples import session, stored, update


@pytest.fixture
def clock() -> Moving:
    return Moving()


@pytest.fixture
async def store(path: Path, clock: Moving) -> AsyncIterator[SqliteStore]:
    async with open_store(path, now=clock) as store:
        yield store


class TestSqliteClock(ClockContract):
    pass


def files(path: Path) -> list[Path]:
    return [path, path.with_name(path.name + "-wal")]


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(query).fetchall()


async def test_the_code_itself_stands_nowhere_in_the_file(path: Path, store: SqliteStore) -> None:
    await store.save(linked("WXYZ-7777"))
    found = b"".join(file.read_bytes() for file in files(path))
    assert b"7777" not in found
    assert b"wxyz" not in found.lower()


async def test_only_one_of_many_at_once_gets_in(path: Path, store: SqliteStore) -> None:
    await store.save(linked("code"))
    async with open_store(path, now=store._now) as other:
        tries = [one.redeem("code") for one in (store, other, store, other)]
        found = await asyncio.gather(*tries)
    assert sorted(map(str, found)) == ["None", "None", "None", "ana"]


async def test_expired_codes_are_cleared_away(
    path: Path, store: SqliteStore, clock: Moving
) -> None:
    await store.save(linked("code"))
    clock.move(hours=2)
    await store.accept([update(2)])
    assert rows(path, "SELECT * FROM links") == []


async def test_a_code_given_to_another_chat_already_is_refused(store: SqliteStore) -> None:
    await store.save(linked("code"))
    with pytest.raises(ValueError, match="cannot be stored"):
        await store.save(linked("CODE", 2, chat="eva"))
    assert await store.redeem("code") == "ana"


async def test_a_session_left_behind_keeps_no_alarm(path: Path, store: SqliteStore) -> None:
    await store.save(Handled(update(1), None, timed()))
    await store.save(Handled(update(2), stored(store), session("s2")))
    assert rows(path, "SELECT count(*) FROM sessions WHERE alarm IS NOT NULL") == [(0,)]


async def test_alarms_survive_a_restart(path: Path, store: SqliteStore, clock: Moving) -> None:
    await store.save(Handled(update(1), None, timed()))
    async with open_store(path) as again:
        before = clock() + timedelta(days=1)
        assert again.alarms("", before) == store.alarms("", before) != []
