"""Opens the file: whose it is, of which version, with which settings."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.ports import StoreError
from bot.store.errors import explain, primary_code
from bot.store.schema import APPLICATION_ID, LATEST

_OWN_BEFORE_MIGRATING = {"_sqlite_migrations", "sqlite_sequence"}


def prepare_file(path: Path) -> None:
    """Make sure there is a file we may write, in a folder we may write.

    Missing folders are made for this user only, so is the file: it holds what people said.
    Raises `StoreError`.
    """
    try:
        _make_folders(path.parent)
        if path.is_dir():
            raise StoreError(f"{path}: is a folder; name a file in it, as in {path}/simulacro.db")
        _check_writable(path)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise StoreError(
            f"{path}: cannot be opened ({reason}); name a file in a folder of your own"
        ) from error


def _make_folders(folder: Path) -> None:
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))


def _check_writable(path: Path) -> None:
    # SQLite would open such a file silently for reading only and fail at the first answer.
    folder = path.parent
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StoreError(f"{path}: its folder is read-only; make {folder} writable for this user")
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        raise StoreError(f"{path}: is read-only; make it readable and writable for this user")


def connect_writer(path: Path, patience: float) -> sqlite3.Connection:
    """The connection that writes; the tables are there and up to date.

    Raises `StoreError` when the file is damaged, another program's, or of a newer version.
    """
    connection = _connect(path, patience)
    try:
        _check_version(connection, path)
        _configure(connection, path, patience)
        if _number(connection, "user_version") < LATEST:
            _migrate(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise explain(error, path) from error
    except BaseException:
        connection.close()
        raise
    return connection


def connect_reader(path: Path, patience: float) -> sqlite3.Connection:
    """A connection that only reads; in WAL mode it never waits for the writer."""
    connection = _connect(path, patience)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _connect(path: Path, patience: float) -> sqlite3.Connection:
    # Each connection is used from one thread at a time, though not always from the one that
    # opened it. Transactions are ours to begin, hence no isolation level.
    return sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)


def _configure(connection: sqlite3.Connection, path: Path, patience: float) -> None:
    # Going over to WAL does not wait for others, so we do; afterwards it is a no-op.
    mode = patiently(lambda: _pragma(connection, "journal_mode = WAL"), patience)
    if mode != "wal":
        raise StoreError(f"{path}: this disk cannot hold it (no WAL); put it on a local disk")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def patiently(action: Callable[[], Any], patience: float) -> Any:
    """Do it again while somebody else is at it, for at most `patience` seconds."""
    deadline = time.monotonic() + patience
    while True:
        try:
            return action()
        except sqlite3.OperationalError as error:
            if primary_code(error) != sqlite3.SQLITE_BUSY or time.monotonic() >= deadline:
                raise
            time.sleep(0.01)


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("BEGIN")  # another process may be making the tables just now
    version = _number(connection, "user_version")
    ours = _number(connection, "application_id") == APPLICATION_ID
    tables = _tables(connection) - _OWN_BEFORE_MIGRATING
    connection.execute("COMMIT")
    if ours and version > LATEST:
        raise _newer(path, f"version {version}, this program knows {LATEST}")
    if not ours and (version or tables):
        raise StoreError(f"{path}: is a database of another program; name another file")


def _newer(path: Path, detail: str) -> StoreError:
    return StoreError(
        f"{path}: was written by a newer version of simulacro ({detail});"
        " update simulacro, or name another file"
    )


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    from bot.store import migrations  # noqa: PLC0415 - 150 ms, and rarely needed

    connection.execute("BEGIN IMMEDIATE")
    try:
        if unknown := migrations.unknown(connection):
            raise _newer(path, f"unknown changes: {', '.join(unknown)}")
        migrations.migrate(connection)  # does nothing if another process was faster
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _tables(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows}


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(_pragma(connection, pragma))


def _pragma(connection: sqlite3.Connection, pragma: str) -> Any:
    return connection.execute(f"PRAGMA {pragma}").fetchone()[0]
