"""State kept the textbook way: records put in with sqlite-utils, each call a transaction."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlite_utils import Database
from sqlite_utils.db import NotFoundError, Table

from bot.core.models import Session
from bot.ports import Handled
from bot.store.codec import ATTEMPT_COLUMNS, TURN_COLUMNS, Codec

Record = dict[str, Any]


class Tables:
    """Three tables; to be called in a thread, one call at a time."""

    def __init__(self, path: str) -> None:
        connection = sqlite3.connect(path, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        self._db = Database(connection)
        self._codec = Codec()

    def session(self, chat: str) -> Session | None:
        """The chat's session, None without one."""
        try:
            found = self._table("sessions").get(chat)
        except NotFoundError:
            return None
        return self._codec.session_in(found["body"])

    def keep(self, handled: Handled) -> None:
        """Write down what an update changed."""
        assert handled.after is not None
        body = self._codec.session_out(handled.after)
        record = {"chat": handled.update.chat, "body": body}
        self._table("sessions").upsert(record, pk="chat")
        for turn in handled.turns:
            row = _named(TURN_COLUMNS, self._codec.turn_out(turn))
            self._table("turns").insert(row, pk=("session_id", "number"))
        for attempt in handled.attempts:
            row = _named(ATTEMPT_COLUMNS, self._codec.attempt_out(attempt))
            self._table("attempts").upsert(row, pk="id")

    def _table(self, name: str) -> Table:
        return self._db.table(name)


def _named(columns: str, row: tuple[Any, ...]) -> Record:
    return dict(zip(columns.split(", "), row, strict=True))
