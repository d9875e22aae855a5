"""The SQLite store keeps the contract, and what the command line asks of it."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.ports import Handled, StoreError
from bot.store.sqlite import SqliteStore, open_store
from tests.store.contract import StoreContract
from tests.store.samples import attempt, practised, session, stored, turn, update


class TestSqliteStore(StoreContract):
    pass


def test_it_is_opened_before_there_is_an_event_loop(path: Path) -> None:
    store = open_store(path)
    assert store.session("ana") is None
    asyncio.run(_use_and_close(store))


async def _use_and_close(store: SqliteStore) -> None:
    await store.save(Handled(update(1), None, session()))
    assert stored(store).id == "s1"
    await store.close()


async def test_closing_twice_is_no_error_but_using_it_is(path: Path) -> None:
    async with open_store(path) as store:
        await store.accept([update(1)])
    await store.close()
    with pytest.raises(StoreError, match="closed"):
        await store.accept([update(2)])
    with pytest.raises(StoreError, match="closed"):
        store.session("ana")


async def test_closing_finishes_what_waits(path: Path) -> None:
    store = open_store(path)
    tasks = [asyncio.create_task(store.accept([update(n)])) for n in range(50)]
    await asyncio.sleep(0)  # each has put its job into the queue
    await store.close()
    await asyncio.gather(*tasks)
    async with open_store(path) as again:
        assert len(again.pending("bot")) == 50


async def test_two_have_the_file_open(path: Path, store: SqliteStore) -> None:
    async with open_store(path) as other:
        await store.save(Handled(update(1), None, session("s1")))
        assert stored(other).id == "s1"
        await other.save(Handled(update(2), stored(other), session("s2")))
        assert stored(store).id == "s2"


async def test_all_transcripts_are_of_all_chats(store: SqliteStore) -> None:
    for n, chat in enumerate(("ana", "eva", "luz")):
        await practised(store, chat, n, session(f"s{n}", chat, minutes=n), 50)
    rows, more = store.all_transcripts(0, 2)
    assert ([row.id for row in rows], more) == (["s2", "s1"], True)
    rows, more = store.all_transcripts(1, 2)
    assert ([row.id for row in rows], more) == (["s0"], False)


@pytest.mark.parametrize(
    ("asked", "found"),
    [("ab12", "ab12"), ("ab12f", "ab12f"), ("c", "c0"), ("ab13", None), ("", None), ("%", None)],
)
async def test_a_transcript_is_found_by_the_beginning_of_its_id(
    store: SqliteStore, asked: str, found: str | None
) -> None:
    for n, name in enumerate(("ab12", "ab12f", "c0")):
        await practised(store, "ana", n, session(name, minutes=n), 50)
    transcript = store.find_transcript(asked)
    assert (transcript.session_id if transcript else None) == found


async def test_a_beginning_that_fits_several_is_named(store: SqliteStore) -> None:
    for n, name in enumerate(("ab1", "ab2")):
        await practised(store, "ana", n, session(name, minutes=n), 50)
    with pytest.raises(ValueError, match="ab1, ab2"):
        store.find_transcript("ab")


async def test_old_handled_updates_are_forgotten_at_opening(path: Path) -> None:
    """Handled ones after 72 hours, those put aside after 30 days, unhandled ones never."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    updates = [update(n, "ana") for n in (1, 2, 3)]
    async with open_store(path, now=lambda: start) as store:
        await store.accept(updates)
        await store.save(Handled(update(1), None, session()))
        await store.save(Handled(update(2), None, None, failure="Traceback"))
    known = {71: [], 73: [1], 24 * 29: [1], 24 * 31: [1, 2]}
    for hours, forgotten in known.items():
        async with open_store(path, now=partial(start.__add__, timedelta(hours=hours))) as store:
            found = store._query("SELECT id FROM inbox", ())
            assert {id_ for (id_,) in found} == {1, 2, 3} - set(forgotten)
            assert store.pending("bot") == [update(3)]


async def test_old_handled_updates_are_forgotten_while_it_runs(path: Path) -> None:
    """A bot that runs for months keeps no more than one that is started every day."""
    times = [datetime(2026, 1, 1, tzinfo=UTC)]
    async with open_store(path, now=lambda: times[-1]) as store:
        await store.accept([update(1), update(2)])
        await store.save(Handled(update(1), None, session()))
        for hours, left in {71: {1, 2, 73}, 73: {2, 73, 75}}.items():
            times.append(times[0] + timedelta(hours=hours))
            await store.accept([update(hours + 2)])
            found = store._query("SELECT id FROM inbox", ())
            assert {id_ for (id_,) in found} == left


async def test_a_handled_update_keeps_no_text(store: SqliteStore) -> None:
    await store.accept([update(1, body="secret")])
    await store.save(Handled(update(1, body="secret"), None, session()))
    assert store._query("SELECT chat, body FROM inbox", ()) == [(None, None)]


async def test_one_put_aside_keeps_its_text_to_look_into(store: SqliteStore) -> None:
    await store.accept([update(1, body="odd")])
    await store.save(Handled(update(1, body="odd"), None, None, failure="Traceback"))
    assert store._query("SELECT body, failure FROM inbox", ()) == [("odd", "Traceback")]


async def test_a_lone_surrogate_is_refused_and_hurts_nobody(store: SqliteStore) -> None:
    bad = "\ud800"
    changes = [
        Handled(update(1), None, session(), (turn(session(), text=bad),)),
        Handled(update(1), None, session(), attempts=(attempt("a", session(), answer=bad),)),
        Handled(update(1), None, session(), bodies=(bad,)),
        Handled(update(1), None, None, failure=bad),
        Handled(update(1), None, replace(session(), answer=bad)),
    ]
    for change in changes:
        with pytest.raises(ValueError, match="surrogate"):
            await store.save(change)
    with pytest.raises(ValueError, match="surrogate"):
        await store.accept([update(1, body=bad)])
    assert store.session("ana") is None
    with pytest.raises(ValueError, match="surrogate"):
        store.session(bad)


async def test_sqlite_utils_is_only_loaded_for_migrations(path: Path, store: SqliteStore) -> None:
    """It takes 150 ms."""
    script = f"""
import sys
from dataclasses import replace
from bot.store.sqlite import open_store
open_store({str(path)!r})
assert "sqlite_utils" not in sys.modules
"""
    root = Path(__file__).parents[2]
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", script, cwd=root)
    assert await process.wait() == 0
