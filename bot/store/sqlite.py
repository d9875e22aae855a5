"""The store in one SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType

from bot.core.models import Session, SessionSummary, Transcript
from bot.core.progress import Mark
from bot.ports import Alarm, Handled, Incoming, Outgoing, StoreError
from bot.store.codec import Codec, Row, time_in, time_out
from bot.store.errors import explain, primary_code
from bot.store.links import EXPIRED, Redeem
from bot.store.opening import connect_reader, connect_writer, prepare_file
from bot.store.review import Review
from bot.store.saving import Delivered, PutOff, Save, accepted
from bot.store.writer import Writer

PATIENCE = 5.0  # seconds to wait for another process that writes
KEPT_DONE = timedelta(hours=72)  # Telegram repeats an update for at most 24 hours
FORGET_EVERY = timedelta(hours=1)
KEPT_ASIDE = timedelta(days=30)  # an update that could not be handled, with its text

SESSION = "SELECT body FROM sessions WHERE chat = ? AND current = 1"
PENDING = """
SELECT source, id, chat, body, tries, not_before FROM inbox INDEXED BY inbox_chat
WHERE chat IS NOT NULL AND source = ? AND done_at IS NULL ORDER BY seq
"""
UNDELIVERED = "SELECT id, chat, body FROM outbox WHERE source = ? ORDER BY id"
ALARMS = """
SELECT chat, alarm, alarm_by FROM sessions INDEXED BY sessions_alarm
WHERE alarm IS NOT NULL AND current = 1 AND alarm < ? AND chat >= ? AND chat < ? ORDER BY alarm
"""
SLOT = "SELECT ref FROM slots WHERE chat = ? AND slot = ?"
KEEPS_CHATS = ("inbox", "outbox", "slots", "sessions")
CHATS = " UNION ".join(
    f"SELECT chat FROM {table} WHERE chat >= ? AND chat < ?" for table in KEEPS_CHATS
)
STALE = """
FROM inbox WHERE done_at < ? AND (failure IS NULL OR done_at < ?)
"""


def open_store(
    path: str | Path,
    *,
    patience: float = PATIENCE,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> SqliteStore:
    """Open the database file, made when it is not there. Needs no event loop yet.

    `patience` is for how many seconds to wait for another process that writes. Raises
    `StoreError` when the file cannot be used.
    """
    file = Path(path).expanduser()
    prepare_file(file)
    writing = connect_writer(file, patience)
    try:
        _prune(writing, now())
        reading = connect_reader(file, patience)
    except sqlite3.Error as error:
        writing.close()
        raise explain(error, file) from error
    writer = Writer(writing, file, patience)
    writer.recall()
    return SqliteStore(file, reading, writer, now)


class SqliteStore:
    """See `bot.ports.Store`; besides, what the command line asks of all chats.

    All writing goes through the writer's thread, in transactions shared by all who wait. Reading
    happens at once, on a connection of its own that never waits for the writer. Several processes
    may have the same file open.

    Saving an update that was handled before changes nothing and returns no messages. A value that
    cannot be stored raises `ValueError`, what is wrong with the file `StoreError`.
    """

    def __init__(
        self,
        path: Path,
        reading: sqlite3.Connection,
        writer: Writer,
        now: Callable[[], datetime],
    ) -> None:
        self.path = path
        self._reading = reading
        self._writer = writer
        self._now = now
        self._forget_at = now() + FORGET_EVERY  # the opening has just done it
        self._codec = Codec()
        self._review = Review(self._query, self._codec)

    async def __aenter__(self) -> SqliteStore:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Finish what is waiting and close the file."""
        await self._writer.close()
        self._reading.close()

    # --- the inbox ------------------------------------------------------------------------

    async def accept(self, updates: Sequence[Incoming]) -> list[Incoming]:
        """Write updates to the inbox; returns those that were new, in order."""
        if not updates:
            return []
        if (now := self._now()) >= self._forget_at:
            # Before: once the updates are in, nothing may fail that would have them sent again.
            self._forget_at = now + FORGET_EVERY
            await self._writer.run(_Forget(now))
        return await self._writer.run(accepted(updates))

    def pending(self, source: str) -> list[Incoming]:
        """The unhandled updates of a source, in the order they came."""
        return [_incoming(row) for row in self._query(PENDING, (source,))]

    async def put_off(self, update: Incoming) -> None:
        """Remember `tries` and `not_before` of an update whose handling failed."""
        await self._writer.run(PutOff(update))

    # --- the session ----------------------------------------------------------------------

    def session(self, chat: str) -> Session | None:
        """The chat's current session, None before the first.

        None as well when it cannot be read any more; `save` then keeps what was stored aside.
        """
        found = self._query(SESSION, (chat,))
        try:
            return self._codec.session_in(found[0][0]) if found else None
        except StoreError:
            return None  # `Save` tells of it

    async def save(self, handled: Handled) -> list[Outgoing]:
        """Save everything in one transaction; returns the outgoing messages with their ids.

        Raises `VersionConflict` when the session is not at `before`'s version any more.
        """
        job = Save(handled, self._codec, self._now())
        return await self._writer.run(job, sweep=handled.erase)

    # --- the outbox -----------------------------------------------------------------------

    def undelivered(self, source: str) -> list[Outgoing]:
        """The outbox of a source, oldest first."""
        return [Outgoing(*row) for row in self._query(UNDELIVERED, (source,))]

    async def delivered(self, outgoing: Outgoing, slot: str = "", ref: str = "") -> None:
        """Take a message out of the outbox; `ref` is remembered as the chat's `slot`."""
        await self._writer.run(Delivered(outgoing, slot, ref))

    def slot(self, chat: str, slot: str) -> str:
        """The message last delivered in a slot, empty without one."""
        found = self._query(SLOT, (chat, slot))
        return str(found[0][0]) if found else ""

    # --- the clock, and links -------------------------------------------------------------

    def alarms(self, beginning: str, before: datetime) -> list[Alarm]:
        """The alarms before a time, earliest first, of chats whose names begin like this."""
        found = self._query(ALARMS, (time_out(before), *_within(beginning)))
        return [Alarm(chat, time_in(at), source) for chat, at, source in found]

    async def redeem(self, code: str) -> str | None:
        """The chat a code links to, once; None for a wrong, used or expired one.

        Case, blanks and hyphens do not matter. Raises `TooManyCodes`.
        """
        return await self._writer.run(Redeem(code, self._now()))

    # --- review ---------------------------------------------------------------------------

    def transcripts(self, chat: str, page: int, size: int) -> tuple[list[SessionSummary], bool]:
        """A page (from 0) of past sessions with an attempt or answer, newest first; and whether
        there are more."""
        with self._snapshot():
            return self._review.page(chat, page, size)

    def transcript(self, chat: str, session_id: str) -> Transcript | None:
        """One session of this chat; None when there is none of that id."""
        with self._snapshot():
            return self._review.transcript(chat, session_id)

    def marks(self, chat: str) -> list[Mark]:
        """All scores of a chat, oldest first."""
        return self._review.marks(chat)

    def chats(self, beginning: str) -> list[str]:
        """The chats whose names begin like this and of which anything is kept, in order."""
        found = self._query(CHATS, _within(beginning) * len(KEEPS_CHATS))
        return [str(chat) for (chat,) in found]

    def export(self, chat: str) -> str:
        """All that is kept of a chat, as indented JSON."""
        with self._snapshot():
            return self._review.export(chat)

    def all_transcripts(self, page: int, size: int) -> tuple[list[SessionSummary], bool]:
        """A page (from 0) of the past sessions of all chats, newest first, as `transcripts`."""
        with self._snapshot():
            return self._review.page_of_all(page, size)

    def find_transcript(self, session_id: str) -> Transcript | None:
        """The session of any chat by its id or the beginning of it, None when there is none.

        Raises `ValueError` when that fits several.
        """
        with self._snapshot():
            return self._review.find(session_id)

    # --- reading --------------------------------------------------------------------------

    def _query(self, statement: str, values: Sequence[object]) -> list[Row]:
        try:
            # All rows at once: a half-read result would hold up the emptying of the WAL.
            return self._reading.execute(statement, values).fetchall()
        except Exception as error:
            raise explain(error, self.path) from error

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """Let all queries inside see the same state of things."""
        self._query("BEGIN", ())
        try:
            yield
        finally:
            self._query("COMMIT", ())


def _within(beginning: str) -> tuple[str, str]:
    """The bounds, from and below, of the names that begin like this."""
    return beginning, beginning + "\U0010ffff"


def _incoming(row: Row) -> Incoming:
    source, id_, chat, body, tries, not_before = row
    later = time_in(not_before) if not_before else None
    return Incoming(source, id_, chat, body, tries, later)


class _Forget:
    """Forget updates handled long ago and codes nobody used; a job of the writer."""

    def __init__(self, now: datetime) -> None:
        self._limits, self._now = _stale_before(now), time_out(now)

    def __call__(self, connection: sqlite3.Connection) -> None:
        connection.execute(f"DELETE {STALE}", self._limits)
        connection.execute(EXPIRED, (self._now,))


def _stale_before(now: datetime) -> tuple[str, str]:
    return time_out(now - KEPT_DONE), time_out(now - KEPT_ASIDE)


def _prune(connection: sqlite3.Connection, now: datetime) -> None:
    """Forget updates handled long ago; with another process writing, the next opening will."""
    limits = _stale_before(now)
    if not connection.execute(f"SELECT 1 {STALE} LIMIT 1", limits).fetchall():
        return
    (waiting,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute(f"DELETE {STALE}", limits)
    except sqlite3.OperationalError as error:
        if primary_code(error) != sqlite3.SQLITE_BUSY:
            raise
    finally:
        connection.execute(f"PRAGMA busy_timeout = {waiting}")
