"""One thread that writes: all that waits goes to disk in one transaction (group commit).

A commit has to wait for the disk (`synchronous=FULL`), whatever it holds. So the jobs that came in
while the last commit was under way share the next one. Each has a savepoint of its own: one that
fails takes nothing but itself back.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from bot.ports import StoreError
from bot.store.errors import explain
from bot.store.sweeper import Sweeper

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], Any]

MOST = 256  # jobs in one transaction; beyond it the saving per job no longer grows
CLOSING = 1.5  # seconds closing may wait for what is under way


class Job:
    """A piece of work, and who waits for its outcome."""

    __slots__ = ("error", "future", "loop", "sweep", "value", "work")

    def __init__(self, work: Work, sweep: bool) -> None:
        self.work = work
        self.sweep = sweep  # it erases: answer only when no byte is left
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()
        self.value: Any = None
        self.error: Exception | None = None

    def settle(self) -> None:
        """Hand the outcome over; runs in the loop of who waits."""
        if self.future.done():  # given up waiting
            return
        if self.error is None:
            self.future.set_result(self.value)
        else:
            self.future.set_exception(self.error)


class Writer:
    """Runs jobs on a connection of its own, in order; the thread starts with the first one."""

    def __init__(self, connection: sqlite3.Connection, path: Path, patience: float) -> None:
        self._connection = connection
        self._path = path
        self._sweeper = Sweeper(connection, patience)
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._erasing: list[Job] = []
        self._thread: threading.Thread | None = None
        self._closed = False

    async def run(self, work: Callable[[sqlite3.Connection], T], *, sweep: bool = False) -> T:
        """Do `work` in a transaction; returns its value once that is on disk.

        Raises what the work raised, a `StoreError` when the store cannot be written. Giving up
        waiting does not take the work back.
        """
        if self._closed:
            raise StoreError(f"{self._path}: was closed; open it again")
        job = Job(work, sweep)
        self._queue.put(job)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="store", daemon=True)
            self._thread.start()
        value: T = await job.future
        return value

    async def close(self) -> None:
        """Finish what waits, then close the connection.

        On a file that somebody else holds that would take too long: after `CLOSING` seconds the
        thread is left to itself, and what it has not told yet may or may not be written.
        """
        if self._closed:
            return
        if self._thread is None:
            self._closed = True
            self._connection.close()
            return
        deadline = time.monotonic() + CLOSING
        with contextlib.suppress(StoreError, TimeoutError):  # full or not, we close
            # All that came before is settled then.
            await asyncio.wait_for(self.run(_nothing), CLOSING)
        self._closed = True
        self._queue.put(None)
        self._thread.join(max(0.0, deadline - time.monotonic()))

    def recall(self) -> None:
        """Tidy up what an earlier process left; before the first job only."""
        self._sweeper.recall()

    def _work(self) -> None:
        last = False
        while not last:
            batch = self._take()
            last = None in batch
            jobs = [job for job in batch if job is not None]
            if jobs:
                self._together(jobs)
                self._hand_out(jobs)
            self._sweep(idle=not batch)
        _settle(self._erasing)  # not swept yet, but erased: the next opening sweeps
        self._connection.close()

    def _hand_out(self, jobs: list[Job]) -> None:
        """Settle the jobs; those that erased wait for the sweep."""
        erasing = [job for job in jobs if job.sweep and job.error is None]
        if erasing:
            self._sweeper.erased()
            self._erasing += erasing
        _settle([job for job in jobs if job not in erasing] if erasing else jobs)

    def _sweep(self, *, idle: bool) -> None:
        if self._sweeper.pause is not None and self._sweeper.sweep(idle=idle):
            _settle(self._erasing)
            self._erasing = []

    def _take(self) -> list[Job | None]:
        """All that waits, at least one; while a sweep is due, nothing after a pause."""
        batch: list[Job | None] = []
        try:
            batch.append(self._queue.get(timeout=self._sweeper.pause))
            while len(batch) < MOST:
                batch.append(self._queue.get_nowait())
        except queue.Empty:
            pass
        return batch

    def _together(self, jobs: list[Job]) -> None:
        """Do the jobs in one transaction; if that breaks, each in one of its own."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            _fail(jobs, error, self._path)
            return
        try:
            self._transaction(jobs)
        except sqlite3.Error as error:
            if len(jobs) == 1:
                _fail(jobs, error, self._path)
                return
            for job in jobs:
                self._together([job])

    def _transaction(self, jobs: list[Job]) -> None:
        try:
            for job in jobs:
                self._one(job)
            self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _one(self, job: Job) -> None:
        execute = self._connection.execute
        job.error = None
        execute("SAVEPOINT job")
        try:
            job.value = job.work(self._connection)
        except Exception as error:  # whatever it is, it belongs to who waits
            if not self._connection.in_transaction:
                raise  # a full disk takes back the whole transaction
            execute("ROLLBACK TO job")
            job.error = explain(error, self._path)
        execute("RELEASE job")


def _nothing(_: sqlite3.Connection) -> None:
    """A job that only waits for its turn."""


def _fail(jobs: list[Job], error: sqlite3.Error, path: Path) -> None:
    for job in jobs:
        job.error = explain(error, path)  # to each its own: it gathers a traceback


def _settle(jobs: list[Job]) -> None:
    """Tell who waits, with one call into each event loop."""
    for loop in {job.loop for job in jobs}:
        mine = [job for job in jobs if job.loop is loop]
        with contextlib.suppress(RuntimeError):  # the loop was closed: nobody waits any more
            loop.call_soon_threadsafe(_tell, mine)


def _tell(jobs: list[Job]) -> None:
    for job in jobs:
        job.settle()
