"""After an erasure: sees to it that no byte of it is left in the file or its WAL.

`secure_delete` overwrites what is deleted where it stands. Two kinds of copies it does not reach:
those in the WAL, until a checkpoint truncates it, and those SQLite leaves in unused parts of pages
when it once moved rows to a neighbouring page (seen once in some 200 erasures). The second kind
only goes away with `VACUUM`, which rewrites the file. A large file is rewritten when nobody
writes. That all this is due stands in the table `chores` until all of it was done, so that a kill
does not make it forgotten: the next opening begins with it.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import time

from bot.store.errors import primary_code

log = logging.getLogger(__name__)

AT_ONCE = 32 * 1024 * 1024  # bytes, 0.4 s; a larger file is rewritten when nobody writes
RETRY = 0.05  # seconds between tries while somebody waits for the erasure
QUIET = 60.0  # seconds without a job after which nobody is taken to write
HINDRANCE = 250  # milliseconds one try may wait for readers, and other writers for it


class Sweeper:
    """Belongs to the writer's thread, uses its connection between transactions."""

    def __init__(self, connection: sqlite3.Connection, patience: float) -> None:
        self._connection = connection
        self._patience = patience
        self._rewrite = False  # the file is to be rewritten
        self._truncate = False  # the WAL is to be emptied
        self._rewritten = False  # the chore goes once the WAL is empty, too
        self._large = False
        self._deadline: float | None = None  # until when somebody waits for it

    @property
    def pause(self) -> float | None:
        """Seconds after which to call `sweep` even if no job came; None: no need."""
        if not (self._rewrite or self._truncate):
            return None
        return QUIET if self._deadline is None else RETRY

    def recall(self) -> None:
        """Do what an earlier process left, as far as it is done at once."""
        with contextlib.suppress(sqlite3.Error):  # a damaged file shows at the first job
            found = self._connection.execute("SELECT 1 FROM chores WHERE what = 'sweep'")
            self._rewrite = self._truncate = bool(found.fetchall())
        if self._rewrite:
            self.sweep(idle=False)

    def erased(self) -> None:
        """An erasure was committed, and somebody waits for its last byte to go."""
        self._rewrite, self._truncate, self._rewritten = True, True, False
        self._deadline = time.monotonic() + self._patience

    def sweep(self, *, idle: bool) -> bool:
        """Do what is due and possible now; says whether nobody need wait (any longer).

        `idle`: no job came during the last pause.
        """
        try:
            self._connection.execute(f"PRAGMA busy_timeout = {HINDRANCE}")
            self._try(idle=idle and self._deadline is None)
        except sqlite3.Error as error:
            self._hindered(error)
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {int(self._patience * 1000)}")
        return self._over()

    def _try(self, *, idle: bool) -> None:
        execute = self._connection.execute
        self._large = self._size() > AT_ONCE
        if self._rewrite and (idle or not self._large):
            execute("VACUUM")
            self._rewrite, self._truncate, self._rewritten = False, True, True
        if self._truncate:
            busy, _, _ = execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self._truncate = bool(busy)
        if self._rewritten and not self._truncate:
            self._rewritten = False  # should this fail, the next opening rewrites once more
            execute("DELETE FROM chores WHERE what = 'sweep'")

    def _hindered(self, error: sqlite3.Error) -> None:
        if primary_code(error) == sqlite3.SQLITE_BUSY:
            return
        # Erased it is; a copy in an unused part of the file stays until the next opening.
        log.warning("the file could not be rewritten after an erasure: %s", error)
        self._rewrite = False

    def _over(self) -> bool:
        """Whether it is done, as far as it is done at once, or has been waited for too long."""
        done = not self._truncate and (not self._rewrite or self._large)
        if done or (self._deadline is not None and time.monotonic() >= self._deadline):
            self._deadline = None
        return self._deadline is None

    def _size(self) -> int:
        (pages,) = self._connection.execute("PRAGMA page_count").fetchone()
        (size,) = self._connection.execute("PRAGMA page_size").fetchone()
        return int(pages) * int(size)
