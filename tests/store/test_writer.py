"""Group commit: jobs share a transaction and nothing else. The full disk."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from bot.ports import Handled, Incoming, StoreError, VersionConflict
from bot.store import opening, sqlite, writer
from bot.store.sqlite import SqliteStore, open_store
from tests.store.samples import session, stored, turn, update


async def together(store: SqliteStore, *changes: Handled | Incoming) -> list[object]:
    """Do all in one transaction: they are in the queue before the writer begins."""
    tasks = [
        store.accept([one]) if isinstance(one, Incoming) else store.save(one) for one in changes
    ]
    return list(await asyncio.gather(*tasks, return_exceptions=True))


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of jobs in each transaction."""
    sizes: list[int] = []
    together = writer.Writer._together

    def counted(self: writer.Writer, jobs: list[writer.Job]) -> None:
        sizes.append(len(jobs))
        together(self, jobs)

    monkeypatch.setattr(writer.Writer, "_together", counted)
    return sizes


async def test_who_waits_shares_a_transaction(path: Path, commits: list[int]) -> None:
    store = open_store(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # the first job waits, so the rest comes together
        first = asyncio.create_task(store.accept([update(0)]))
        rest = [asyncio.create_task(store.accept([update(n)])) for n in range(1, 40)]
        await asyncio.sleep(0)
        other.execute("ROLLBACK")
    await asyncio.gather(first, *rest)
    await store.close()
    assert sum(commits) == 41  # and the one that closes
    assert len(commits) <= 4


async def test_a_bad_job_hurts_no_other(store: SqliteStore) -> None:
    changes: list[Handled | Incoming] = [
        Handled(update(n, f"chat{n}"), None, session(f"s{n}", f"chat{n}")) for n in range(30)
    ]
    nowhere = turn(session("none"))
    changes[7] = Handled(update(7), None, session("s7"), (nowhere,), bodies=("x",))
    changes[11] = Handled(update(11, "chat3"), None, session("s11", "chat3"), bodies=("x",))
    changes[19] = Handled(update(19), None, session("s19"), bodies=("\udfff",))
    outcome = await together(store, *changes)
    kinds = {n: type(one) for n, one in enumerate(outcome) if isinstance(one, Exception)}
    assert kinds == {7: ValueError, 11: VersionConflict, 19: ValueError}
    for n in set(range(30)) - set(kinds):
        assert stored(store, f"chat{n}").version == 1
    assert store.undelivered("bot") == []
    assert store.session("ana") is None
    await store.accept([update(n) for n in kinds])
    assert {one.id for one in store.pending("bot")} == set(kinds)


async def test_who_gave_up_waiting_hurts_nobody(store: SqliteStore) -> None:
    task = asyncio.create_task(store.accept([update(1)]))
    await asyncio.sleep(0)
    task.cancel()
    assert await store.accept([update(2)]) == [update(2)]
    with pytest.raises(asyncio.CancelledError):
        await task


def test_the_loop_of_who_waits_may_be_gone(path: Path) -> None:
    store = open_store(path)

    async def leave() -> None:
        asyncio.get_running_loop().create_task(store.accept([update(1)]))
        await asyncio.sleep(0)

    async def come_back() -> None:
        await store.accept([update(2)])
        assert [one.id for one in store.pending("bot")] == [1, 2]
        await store.close()

    asyncio.run(leave())
    asyncio.run(come_back())


# --- the full disk ------------------------------------------------------------------------------


@pytest.fixture
async def small(path: Path, monkeypatch: pytest.MonkeyPatch) -> SqliteStore:
    """A store that can grow by 40 pages only."""
    connect = opening.connect_writer

    def limited(file: Path, patience: float) -> sqlite3.Connection:
        connection = connect(file, patience)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 40}")
        return connection

    monkeypatch.setattr(sqlite, "connect_writer", limited)
    return open_store(path)


async def test_a_full_disk_fails_the_job_and_leaves_nothing_half_written(
    path: Path, small: SqliteStore
) -> None:
    great = Handled(update(1), None, session(), bodies=("x" * 100_000, "y" * 100_000))
    with pytest.raises(StoreError, match="full"):
        await small.save(great)
    assert (small.session("ana"), small.undelivered("bot")) == (None, [])
    await small.save(Handled(update(1), None, session(), bodies=("short",)))
    assert stored(small).version == 1
    await small.close()
    check(path)


async def test_what_fits_is_saved_beside_what_does_not(small: SqliteStore) -> None:
    changes = [
        Handled(update(n, f"c{n}"), None, session(f"s{n}", f"c{n}"), bodies=("b",))
        for n in range(9)
    ]
    changes[4] = Handled(update(4), None, session("great"), bodies=("x" * 300_000,))
    outcome = await together(small, *changes)
    assert [n for n, one in enumerate(outcome) if isinstance(one, StoreError)] == [4]
    assert len(small.undelivered("bot")) == 8
    await small.close()


LIMITED = """
import asyncio, resource, sys
from bot.ports import Handled, StoreError
from bot.store.sqlite import open_store
from tests.store.samples import session, update

async def fill(store):
    n = 0
    while True:
        try:
            after = session(f"s{n}", f"c{n}")
            await store.save(Handled(update(n, f"c{n}"), None, after, bodies=("x" * 900,)))
        except StoreError as error:
            print(n, error)
            return
        n += 1

async def main():
    store = open_store(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
    await fill(store)
    await store.close()

asyncio.run(main())
"""


def fill_up(path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


async def test_a_disk_that_really_takes_no_more(path: Path) -> None:
    """The kernel refuses to let any file grow; what was acknowledged before is there."""
    count, _, message = fill_up(path).partition(" ")
    assert int(count) > 10
    assert "disk" in message
    async with open_store(path) as store:
        assert len(store.undelivered("bot")) == int(count)
        await store.save(Handled(update(-1), None, session("new")))
    check(path)


def check(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


async def test_closing_does_not_wait_long_for_a_file_somebody_holds(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "CLOSING", 0.01)
    store = open_store(path, patience=0.5)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        left = asyncio.create_task(store.accept([update(1)]))
        await asyncio.sleep(0)
        began = time.monotonic()
        await store.close()
        assert time.monotonic() - began < 0.4
        with pytest.raises(StoreError):  # told all the same, once the writer gave up
            await left
    thread = store._writer._thread
    assert thread is not None
    thread.join(5)
    with pytest.raises(sqlite3.ProgrammingError):  # the writer closed what it had in use
        store._writer._connection.execute("SELECT 1")
