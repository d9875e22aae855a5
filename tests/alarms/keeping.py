"""Sessions saved and read by hand."""

from __future__ import annotations

import itertools

from bot.core.models import Session
from bot.ports import Handled, Incoming
from bot.store.sqlite import SqliteStore

NUMBERS = itertools.count(10_000)


async def keep(store: SqliteStore, *sessions: Session, source: str = "list") -> None:
    """Save sessions, each in place of what its chat had."""
    for after in sessions:
        come = Incoming(source, next(NUMBERS), after.chat, "help")
        await store.save(Handled(come, store.session(after.chat), after))


def now_of(store: SqliteStore, chat: str = "a") -> Session:
    session = store.session(chat)
    assert session is not None
    return session
