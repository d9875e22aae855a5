"""After an erasure no byte of an answer is left: not in the file, not in its WAL."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from bot.core.models import Part
from bot.ports import Handled
from bot.store import sweeper
from bot.store.sqlite import SqliteStore, open_store
from tests.store.samples import attempt, session, stored, turn, update

MARK = re.compile(rb"mark-\w+-\d{6}")


class Talk:
    """Chats that say unmistakable things."""

    def __init__(self, store: SqliteStore, seed: int = 1) -> None:
        self.store = store
        self.random = random.Random(seed)
        self.number = 0

    def says(self, chat: str) -> str:
        """A text of any length made of a mark that is used once."""
        self.number += 1
        return f"mark-{chat}-{self.number:06} " * self.random.choice((1, 3, 30, 300))

    async def change(self, chat: str) -> None:
        """Draft, turn, attempt, message and all, in this session or in a new one."""
        before = self.store.session(chat)
        new = before is None or self.random.random() < 0.3
        after = session(f"{self.number}", chat) if new or before is None else before
        after = replace(after, draft=(Part("1", self.says(chat)),), turns=after.turns + 1)
        await self.store.save(
            Handled(
                update(self.number, chat),
                before,
                after,
                (turn(after, after.turns, text=self.says(chat)),),
                (
                    attempt(
                        f"a{self.random.randrange(4)}{after.id}", after, answer=self.says(chat)
                    ),
                ),
                (self.says(chat),),
            )
        )

    async def erase(self, chat: str) -> None:
        self.number += 1
        change = Handled(update(self.number, chat), self.store.session(chat), None, erase=True)
        await self.store.save(change)


def found(path: Path) -> set[str]:
    """The chats that left a mark in any file of the database."""
    files = [path.with_name(path.name + end) for end in ("", "-wal", "-shm")]
    raw = b"".join(file.read_bytes() for file in files if file.exists())
    return {mark.decode().split("-")[1] for mark in MARK.findall(raw)}


async def test_no_byte_is_left(path: Path, store: SqliteStore) -> None:
    talk = Talk(store)
    chats = [f"c{n}" for n in range(12)]
    for _ in range(240):
        await talk.change(talk.random.choice(chats))
    assert found(path) == set(chats)
    for n, chat in enumerate(chats):
        await talk.erase(chat)
        assert found(path) == set(chats[n + 1 :])


async def test_whatever_stands_in_the_tables_goes(path: Path, store: SqliteStore) -> None:
    """Waiting updates, updates put aside with their traceback, slots."""
    await store.accept([update(n, body=f"mark-ana-00000{n}") for n in range(5)])
    aside = Handled(update(0, body="mark-ana-000000"), None, None, failure="mark-ana-000009")
    await store.save(aside)
    (sent,) = await store.save(Handled(update(1), None, session(), bodies=("mark-ana-000007",)))
    await store.delivered(sent, "mark-ana-000006", "mark-ana-000008")
    assert found(path) == {"ana"}
    await store.save(Handled(update(2), stored(store), None, erase=True))
    assert found(path) == set()


async def test_a_reader_only_holds_it_up(path: Path) -> None:
    """Who reads in another process keeps the WAL; it is emptied once that is over."""
    async with open_store(path, patience=0.1) as store:
        talk = Talk(store)
        await talk.change("ana")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT * FROM sessions").fetchall()
            await talk.erase("ana")
            assert store.session("ana") is None
            assert found(path) == {"ana"}
        await talk.change("eva")
        await talk.change("eva")  # comes after the sweep that followed the first
        assert found(path) == {"eva"}


async def test_a_large_file_is_rewritten_when_nobody_writes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeper, "AT_ONCE", 0)
    async with open_store(path) as store:
        talk = Talk(store)
        await talk.change("ana")
        await talk.erase("ana")
        assert found(path) == set()
        assert store._query("SELECT what FROM chores", ()) == [("sweep",)]
    monkeypatch.setattr(sweeper, "QUIET", 0.001)
    async with open_store(path) as store:  # takes up what was left
        await store.accept([update(900)])
        while store._query("SELECT what FROM chores", ()):
            pass  # the writer's thread is at it


class Killed(BaseException):
    """The process ends here."""


class Dying:
    """A connection that is killed when it comes to a statement that begins with `at`."""

    def __init__(self, connection: sqlite3.Connection, at: str) -> None:
        self._connection, self._at = connection, at

    def execute(self, statement: str) -> sqlite3.Cursor:
        if statement.startswith(self._at):
            raise Killed
        return self._connection.execute(statement)


STEPS = ("PRAGMA page_count", "VACUUM", "PRAGMA wal_checkpoint", "DELETE FROM chores")


@pytest.mark.parametrize("step", STEPS)
async def test_a_kill_at_any_step_is_made_up_for_at_the_next_opening(
    path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the killed process left stands in copies of its files, taken at that moment."""
    real = sweeper.Sweeper._try
    copy = path.with_name("killed.db")

    def killed(self: sweeper.Sweeper, *, idle: bool) -> None:
        living = self._connection
        self._connection = cast(sqlite3.Connection, Dying(living, step))
        try:
            real(self, idle=idle)
        except Killed:
            for end in ("", "-wal"):
                shutil.copy(path.with_name(path.name + end), path.with_name(copy.name + end))
        self._connection = living
        self._rewrite = self._truncate = False

    async with open_store(path) as store:
        talk = Talk(store)
        await talk.change("ana")
        monkeypatch.setattr(sweeper.Sweeper, "_try", killed)
        await talk.erase("ana")
    monkeypatch.undo()
    assert found(copy) == (set() if step == STEPS[-1] else {"ana"})
    async with open_store(copy):  # before anybody can be told that nothing is left
        assert found(copy) == set()
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("SELECT * FROM chores").fetchall() == []


async def test_a_rewrite_that_failed_is_tried_again_at_the_next_opening(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sweeper.Sweeper._try

    def failing(self: sweeper.Sweeper, *, idle: bool) -> None:
        if self._rewrite:
            raise sqlite3.OperationalError("disk I/O error")
        real(self, idle=idle)

    async with open_store(path) as store:
        talk = Talk(store)
        await talk.change("ana")
        monkeypatch.setattr(sweeper.Sweeper, "_try", failing)
        await talk.erase("ana")
        assert store._query("SELECT what FROM chores", ()) == [("sweep",)]
