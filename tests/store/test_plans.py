"""No query walks through a table that grows: all stay flat however much is stored."""

from __future__ import annotations

import pytest

from bot.store import links, review, saving, sqlite
from bot.store.sqlite import SqliteStore

SEARCHED = {
    name: statement
    for module in (links, review, saving, sqlite)
    for name, statement in vars(module).items()
    if name.isupper()
    and isinstance(statement, str)
    and ("SELECT" in statement or "WHERE" in statement)
} | {f"ERASE {n}": statement for n, statement in enumerate(saving.ERASE)}
FRAGMENTS = {"SUMMARY", "STALE", "ATTEMPT_COLUMNS", "TURN_COLUMNS"}

SHORT = {
    "PAGE_OF_ALL": "SCAN sessions USING INDEX sessions_all_past",  # in order, to the page's end
    "WRONG_SO_FAR": "SCAN wrong_codes",  # likewise
    "FORGOTTEN": "SCAN wrong_codes",
    "UNDELIVERED": "SCAN outbox",  # only what waits
    "ERASE 1": "SCAN outbox",
    "CHATS": "SCAN outbox",
    "RESULTS": "SCAN one VIRTUAL TABLE INDEX 3:",  # the few questions of one session
    "EXPIRED": "SCAN links",  # only those of a few minutes
}


def plan(store: SqliteStore, statement: str) -> str:
    values = [None] * statement.count("?")
    rows = store._query(f"EXPLAIN QUERY PLAN {statement}", values)
    return "; ".join(row[-1] for row in rows)


@pytest.mark.parametrize("name", sorted(SEARCHED.keys() - FRAGMENTS))
async def test_it_is_searched_by_an_index(store: SqliteStore, name: str) -> None:
    steps = plan(store, SEARCHED[name])
    scans = [step for step in steps.split("; ") if step.startswith("SCAN")]
    assert scans == ([SHORT[name]] if name in SHORT else [])


@pytest.mark.parametrize("name", ["PAGE", "PAGE_OF_ALL", "MARKS", "TURNS", "UNDELIVERED"])
async def test_it_comes_in_order_without_sorting(store: SqliteStore, name: str) -> None:
    assert "TEMP B-TREE" not in plan(store, SEARCHED[name])
