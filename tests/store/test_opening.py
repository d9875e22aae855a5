"""What a file can be instead of ours, and what is said about it."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import tempfile
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bot.ports import Handled, StoreError, VersionConflict
from bot.store import migrations
from bot.store.schema import LATEST
from bot.store.sqlite import open_store
from tests.store.samples import session, stored, turn, update

NOBODY = 65534


def refusal(path: Path | str) -> str:
    with pytest.raises(StoreError) as caught:
        open_store(path, patience=0.05)
    assert "\n" not in str(caught.value)
    return str(caught.value)


async def made(path: Path) -> None:
    async with open_store(path) as store:
        await store.save(Handled(update(1), None, session()))


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_folders_and_file_are_made_for_this_user_only(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        path = tmp_path / "a" / "b" / "simulacro.db"
        store = open_store(path)
    finally:
        os.umask(old)
    assert [stat.S_IMODE(p.stat().st_mode) for p in (path.parent.parent, path.parent)] == [
        0o700
    ] * 2
    files = {p.name: stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()}
    assert files == dict.fromkeys(("simulacro.db", "simulacro.db-wal", "simulacro.db-shm"), 0o600)
    asyncio.run(store.close())


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


def test_a_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot be opened" in refusal(tmp_path / "file" / "x.db")


def test_a_name_no_file_can_have(tmp_path: Path) -> None:
    assert "cannot be opened" in refusal(f"{tmp_path}/a\0b")


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\x00" + b"x" * 5000])
def test_a_file_of_something_else(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(content)
    assert "restore a backup" in refusal(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    change(path, "CREATE TABLE songs (title)")
    before = path.read_bytes()
    assert "another program" in refusal(path)
    assert path.read_bytes() == before


async def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    os.close(os.open(path, os.O_CREAT))
    async with open_store(path) as store:
        assert store.session("ana") is None


async def test_a_newer_version(path: Path) -> None:
    await made(path)
    change(path, f"PRAGMA user_version = {LATEST + 1}")
    assert "newer version" in refusal(path)
    change(path, f"PRAGMA user_version = {LATEST}")
    async with open_store(path) as store:
        assert stored(store).id == "s1"


async def test_a_change_this_version_does_not_know(path: Path) -> None:
    await made(path)
    insert = "INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('simulacro', 'm999_x')"
    change(path, insert, "PRAGMA user_version = 0")
    assert "m999_x" in refusal(path)


def spoil(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"spoilt" * (len(content) // 6))


async def test_a_damaged_page_shows_when_it_is_read(path: Path) -> None:
    await made(path)
    spoil(path)
    with pytest.raises(StoreError, match="damaged"):
        await made(path)


async def test_a_row_that_cannot_be_read_is_named(path: Path) -> None:
    await made(path)
    async with open_store(path) as store:
        of = session("s2")
        await store.save(Handled(update(2), stored(store), of, (turn(of),)))
        change(path, "UPDATE turns SET at = 'once'")
        with pytest.raises(StoreError, match="a row of turns") as raised:
            store.transcript("ana", stored(store).id)
    assert raised.value.lasting


async def test_who_loads_an_unreadable_session_meets_none_and_still_conflicts_with_a_readable_one(
    path: Path,
) -> None:
    await made(path)
    async with open_store(path) as store:
        with pytest.raises(VersionConflict):
            await store.save(Handled(update(50), None, session("s50")))
        change(path, "UPDATE sessions SET body = '{}'")
        assert store.session("ana") is None
        await store.save(Handled(update(51), None, session("s51")))
        assert stored(store).id == "s51"
        with closing(sqlite3.connect(path)) as db:
            assert db.execute("SELECT count(*) FROM sessions").fetchone() == (2,)


def test_many_open_a_new_file_at_once(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        stores = list(pool.map(lambda _: open_store(path), range(8)))
    assert {store.session("ana") for store in stores} == {None}
    for store in stores:
        asyncio.run(store.close())


def test_the_number_of_the_latest_version_is_the_number_of_migrations() -> None:
    names = migrations.names()
    assert len(names) == LATEST
    assert [name[:4] for name in names] == [f"m{n:03}" for n in range(1, LATEST + 1)]


async def test_a_held_file_is_waited_for_and_then_given_up(path: Path) -> None:
    await made(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with open_store(path, patience=0.05) as store:  # opening needs no writing
            change_ = Handled(update(2), stored(store), session("s2"))
            with pytest.raises(StoreError, match="held by another program"):
                await store.save(change_)
            other.execute("ROLLBACK")
            await store.save(change_)
            assert stored(store).id == "s2"


# --- what may not be written --------------------------------------------------------------------


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder any user can get at, other than pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def refusal_as_nobody(path: Path) -> str:
    """What a user without rights is told; root could write anyway."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking where threads run
        child = os.fork()
    if child == 0:
        try:
            if os.getuid() == 0:
                os.setuid(NOBODY)
            os.write(writing, refusal(path).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        text = said.read().decode()
    os.waitpid(child, 0)
    return text


def allow(folder: Path, its_mode: int, of_files: int) -> None:
    for file in folder.iterdir():
        file.chmod(of_files)
    folder.chmod(its_mode)


async def test_a_read_only_file(open_folder: Path) -> None:
    path = open_folder / "simulacro.db"
    await made(path)
    allow(open_folder, 0o777, 0o444)
    assert "is read-only" in refusal_as_nobody(path)


async def test_a_read_only_folder(open_folder: Path) -> None:
    path = open_folder / "simulacro.db"
    await made(path)
    allow(open_folder, 0o555, 0o666)
    assert "its folder is read-only" in refusal_as_nobody(path)


def test_a_folder_that_may_not_be_made(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    assert "cannot be opened" in refusal_as_nobody(open_folder / "new" / "simulacro.db")
