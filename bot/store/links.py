"""Codes by which a person goes on with a chat at a terminal: one chat each, once, for a while.

Only a hash of a code is kept. What is tried is counted: a few wrong codes, and for a while none is
taken any more, so that nobody guesses one before it expires.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from datetime import datetime, timedelta
from hashlib import sha256

from bot.core.effects import KeepLink
from bot.ports import TooManyCodes
from bot.store.codec import time_out

WRONG_AT_MOST = 5
WITHIN = timedelta(minutes=10)  # so many wrong ones in this time, and none is taken as long

REPLACED = "DELETE FROM links WHERE chat = ?"
LINK = "INSERT INTO links (code_hash, chat, until) VALUES (?, ?, ?)"
EXPIRED = "DELETE FROM links WHERE until <= ?"  # without index: rows are few and do not stay
REDEEM = "DELETE FROM links WHERE code_hash = ? RETURNING chat"
WRONG = "INSERT INTO wrong_codes (at) VALUES (?)"
WRONG_SO_FAR = "SELECT count(*), max(at) FROM wrong_codes WHERE at <= ?"
# Those of the future were written while the clock was wrong.
FORGOTTEN = "DELETE FROM wrong_codes WHERE at <= ? OR at > ?"


def folded(code: str) -> str:
    """A code as it is compared: letters and digits only, without case."""
    plain = unicodedata.normalize("NFKC", code).casefold()
    return "".join(char for char in plain if char.isalnum())


def _hashed(code: str) -> str:
    return sha256(folded(code).encode()).hexdigest()


class Link:
    """Let a code lead to a chat, in place of those before; part of a job of the writer."""

    def __init__(self, chat: str, link: KeepLink, now: datetime) -> None:
        if not folded(link.code):
            raise ValueError("a code without letters and digits cannot be stored")
        self._row = _hashed(link.code), chat, time_out(link.until)
        self._now = time_out(now)

    def __call__(self, connection: sqlite3.Connection) -> None:
        """Run it."""
        connection.execute(EXPIRED, (self._now,))
        connection.execute(REPLACED, (self._row[1],))
        connection.execute(LINK, self._row)


class Redeem:
    """Use a code up; returns its chat, None when there is no such code (any more).

    A job of the writer. Raises `TooManyCodes`.
    """

    def __init__(self, code: str, now: datetime) -> None:
        self._hash = _hashed(code)
        self._now, self._since = time_out(now), time_out(now - WITHIN)

    def __call__(self, connection: sqlite3.Connection) -> str | None:
        """Run it."""
        tried, last = connection.execute(WRONG_SO_FAR, (self._now,)).fetchone()
        if tried >= WRONG_AT_MOST and last > self._since:
            raise TooManyCodes
        connection.execute(FORGOTTEN, (self._since, self._now))
        connection.execute(EXPIRED, (self._now,))
        found = connection.execute(REDEEM, (self._hash,)).fetchall()
        if not found:
            connection.execute(WRONG, (self._now,))
            return None
        return str(found[0][0])
