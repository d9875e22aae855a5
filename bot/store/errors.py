"""What went wrong in SQLite, said to a person: what, where, what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.ports import StoreError

_DAMAGED = "is damaged or no database; restore a backup or move the file away to start anew"
_READ_ONLY = "cannot be written; make the file and its folder writable for this user"

_ADVICE = {
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_BUSY: "is held by another program; close that program or try again",
    sqlite3.SQLITE_LOCKED: "is held by another program; close that program or try again",
    sqlite3.SQLITE_FULL: "cannot grow, the disk is full; free some space and try again",
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that its folder exists and is yours",
    sqlite3.SQLITE_IOERR: "cannot be read or written; check the disk and the space left on it",
}
_BAD_VALUE = {sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH}


def explain(error: Exception, path: Path) -> Exception:
    """What to raise instead of `error`.

    A `StoreError` when the store cannot be used; a `ValueError` when only this value cannot be
    stored (the store goes on working); anything that is not of SQLite's making comes back as is.
    """
    if isinstance(error, UnicodeEncodeError):
        return ValueError(f"text with a lone surrogate cannot be stored: {error}")
    if isinstance(error, OverflowError):
        return ValueError("a number beyond 64 bits cannot be stored")
    if not isinstance(error, sqlite3.Error):
        return error
    code = primary_code(error)
    if code in _BAD_VALUE:
        return ValueError(f"cannot be stored: {error}")
    return StoreError(f"{path}: {_ADVICE.get(code, 'cannot be used')} ({error})")


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's result code without the detail in its upper bits; 0 when there is none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
