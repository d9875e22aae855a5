"""From inbox to outbox: once, in order, and on when something fails."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.effects import Say
from bot.core.models import Session, State
from bot.core.progress import Mark
from bot.delivery import Delivery
from bot.ports import Handled, Message, Outgoing, StoreError, VersionConflict
from bot.render import TemplateRenderer
from bot.resources import data_folder
from bot.runtime import AT_ONCE, MAX_TRIES, Parts, Runtime, backoff
from bot.store.sqlite import SqliteStore, open_store
from tests.support.banks import small_bank
from tests.support.channels import ListChannel, update
from tests.support.scorers import NameScorer


class Clock:
    """A clock that jumps ahead whenever it is read: waiting takes no time."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(minutes=2)
        return self.time


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    async with open_store(tmp_path / "runtime.db") as opened:
        yield opened


@pytest.fixture
def channel() -> ListChannel:
    return ListChannel()


def parts(store: SqliteStore, channel: ListChannel) -> Parts:
    bank = small_bank()
    delivery = Delivery(channel, store, rate=10_000, per_chat=10_000)
    renderer = TemplateRenderer(data_folder("prompts"))
    return Parts(bank, store, NameScorer(bank), renderer, channel, delivery, now=Clock())


async def test_each_update_is_handled_once_and_answered(
    store: SqliteStore, channel: ListChannel
) -> None:
    runtime = Runtime(parts(store, channel))
    await runtime.accept([update(1, "start"), update(1, "start"), update(2, "help")])
    await runtime.accept([update(2, "help")])
    await runtime.idle()
    assert len(channel.texts("a")) == 2
    assert store.pending("list") == []
    assert store.undelivered("list") == []


async def test_the_updates_of_a_chat_keep_their_order_while_many_chats_go_on(
    store: SqliteStore, channel: ListChannel
) -> None:
    runtime = Runtime(parts(store, channel))
    actions = ["practice:retention", "help", "privacy", "stop"]
    mixed = [
        update(4 * chat + n, action, f"c{chat}")
        for n, action in enumerate(actions)
        for chat in range(20)
    ]
    await runtime.accept(mixed)
    await runtime.idle()
    for chat in range(20):
        session = store.session(f"c{chat}")
        assert session is not None
        assert session.state is State.PAUSED
        assert "retention" in channel.texts(f"c{chat}")[0]


async def test_what_was_accepted_is_handled_after_a_restart(
    store: SqliteStore, channel: ListChannel
) -> None:
    await store.accept([update(1, "practice:retention"), update(2, "stop")])
    runtime = Runtime(parts(store, channel))
    await runtime.start()
    await runtime.idle()
    session = store.session("a")
    assert session is not None
    assert session.state is State.PAUSED


async def test_an_update_that_always_fails_is_put_aside_and_the_chat_goes_on(
    store: SqliteStore, channel: ListChannel
) -> None:
    channel.broken.add("boom")
    runtime = Runtime(parts(store, channel))
    await runtime.accept([update(1, "boom"), update(2, "help")])
    await runtime.idle()
    sorry, helped = channel.texts("a")
    assert "falló" in sorry or "fallado" in sorry
    assert "/practicar" in helped
    with sqlite3.connect(store.path) as db:
        tries, failure = db.execute("SELECT tries, failure FROM inbox WHERE id = 1").fetchone()
    assert tries == MAX_TRIES - 1
    assert "cannot decode boom" in failure


async def test_a_failure_that_passes_is_tried_again(
    store: SqliteStore, channel: ListChannel
) -> None:
    real = parts(store, channel)

    class Hiccup(NameScorer):
        left = 3

        def score(self, question_id: str, text: str, lang: str = "es", occasion: object = None):  # type: ignore[no-untyped-def]
            if self.left:
                self.left -= 1
                raise RuntimeError("not now")
            return super().score(question_id, text, lang)

    runtime = Runtime(replace(real, scorer=Hiccup(real.bank)))
    await runtime.accept([update(1, "practice:retention")])
    await runtime.idle()
    before = store.session("a")
    assert before is not None
    drafted = replace(before, state=State.DRAFTING, draft=before.draft)
    await store.save(Handled(update(99, "-"), before, drafted))
    await runtime.accept([update(2, "done")])
    await runtime.idle()
    assert len(channel.texts("a")) == 2


class Stubborn(SqliteStore):
    """A store whose next saves fail."""

    errors: list[Exception]

    async def save(self, handled: Handled) -> list[Outgoing]:
        if self.errors:
            raise self.errors.pop(0)
        return await super().save(handled)


@pytest.mark.parametrize("error", [VersionConflict("again"), StoreError("disk full")])
async def test_a_save_that_fails_is_no_fault_of_the_update(
    error: Exception,
    store: SqliteStore,
    channel: ListChannel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.runtime.STORE_PAUSE", 0)
    store.__class__ = Stubborn
    store.errors = [error, error]  # type: ignore[attr-defined]
    runtime = Runtime(parts(store, channel))
    await runtime.accept([update(1, "help")])
    await runtime.idle()
    assert len(channel.texts("a")) == 1
    with sqlite3.connect(store.path) as db:
        assert db.execute("SELECT tries FROM inbox").fetchone() == (0,)


async def test_stopping_leaves_what_is_not_begun_for_the_next_start(
    store: SqliteStore, channel: ListChannel
) -> None:
    runtime = Runtime(parts(store, channel))
    await store.accept([update(n, "help") for n in range(50)])
    await runtime.start()
    await runtime.stop(5)
    left = len(store.pending("list"))
    again = Runtime(parts(store, channel))
    await again.start()
    await again.idle()
    assert len(channel.texts("a")) == 50
    assert left > 0


async def test_erasing_is_felt_by_nobody_else(store: SqliteStore, channel: ListChannel) -> None:
    runtime = Runtime(parts(store, channel))
    for number, chat in enumerate(["a", "b"]):
        await runtime.accept([update(10 + number, "practice:retention", chat)])
    await runtime.accept([update(20, "delete"), update(21, "confirm")])
    await runtime.idle()
    assert store.session("a") is None
    kept = store.session("b")
    assert isinstance(kept, Session)


def test_the_pause_between_tries_grows_to_a_minute() -> None:
    pauses = [backoff(tries).total_seconds() for tries in range(1, 10)]
    assert pauses[:3] == [0.5, 1, 2]
    assert max(pauses) == 60


async def test_a_clock_that_was_put_back_holds_up_no_chat(
    store: SqliteStore, channel: ListChannel
) -> None:
    ahead = datetime(2027, 1, 1, tzinfo=UTC)  # when the clock was wrong
    await store.accept([replace(update(1, "help"), tries=1, not_before=ahead)])
    now = datetime(2026, 1, 1, tzinfo=UTC)
    runtime = Runtime(replace(parts(store, channel), now=lambda: now))
    await runtime.start()
    async with asyncio.timeout(5):
        await runtime.idle()
    assert len(channel.texts("a")) == 1


async def test_a_row_that_cannot_be_read_is_no_dead_end(
    store: SqliteStore, channel: ListChannel
) -> None:
    """Not tried for ever, as a full disk is: the person is told, and the chat goes on."""

    class Damaged(SqliteStore):
        def marks(self, chat: str) -> list[Mark]:
            raise StoreError("a row of attempts cannot be read", lasting=True)

    store.__class__ = Damaged
    runtime = Runtime(parts(store, channel))
    await runtime.accept([update(1, "progress"), update(2, "help")])
    async with asyncio.timeout(5):
        await runtime.idle()
    assert len(channel.texts("a")) == 2


LATER = """replace(body, '"state":"', '"state":"later-')"""


@pytest.mark.parametrize("damage", ["'{}'", "'no JSON'", LATER])
@pytest.mark.parametrize("first", ["help", "practice:retention"])
async def test_a_session_that_cannot_be_read_begins_anew(
    store: SqliteStore,
    channel: ListChannel,
    caplog: pytest.LogCaptureFixture,
    damage: str,
    first: str,
) -> None:
    runtime = Runtime(parts(store, channel))
    for turn in range(2):  # also a second time
        await runtime.accept([update(3 * turn, first)])
        await runtime.idle()
        with closing(sqlite3.connect(store.path)) as db, db:
            db.execute(f"UPDATE sessions SET body = {damage} WHERE current = 1")
        await runtime.accept([update(3 * turn + 1, "practice:retention")])
        await runtime.idle()
        session = store.session("a")
        assert session is not None
        assert session.state is not State.IDLE
    assert not any("fall" in text for text in channel.texts("a"))
    assert "cannot be read" in caplog.text
    assert json.loads(store.export("a"))["chat"] == "a"
    with closing(sqlite3.connect(store.path)) as db:
        bodies = [body for (body,) in db.execute("SELECT body FROM sessions WHERE current = 0")]
    assert len(bodies) >= 2  # set aside, not destroyed


async def test_a_session_that_cannot_be_read_can_be_erased(
    store: SqliteStore, channel: ListChannel
) -> None:
    runtime = Runtime(parts(store, channel))
    await runtime.accept([update(1, "practice:retention")])
    await runtime.idle()
    with closing(sqlite3.connect(store.path)) as db, db:
        db.execute("UPDATE sessions SET body = 'damage'")
    await runtime.accept([update(2, "delete"), update(3, "confirm")])
    await runtime.idle()
    with closing(sqlite3.connect(store.path)) as db:
        assert db.execute("SELECT count(*) FROM sessions").fetchone() == (0,)
        assert b"damage" not in store.path.read_bytes()


async def test_stopping_leaves_delivery_what_the_updates_did_not_need(
    store: SqliteStore, channel: ListChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = Runtime(parts(store, channel))
    graces: list[float] = []

    async def stop(self: Delivery, grace: float) -> None:
        graces.append(grace)

    monkeypatch.setattr(Delivery, "stop", stop)
    await runtime.stop(4)
    assert graces == [pytest.approx(4, abs=0.5)]


class Speechless:
    """A renderer without a single word."""

    def message(self, say: Say, lang: str) -> Message:
        raise FileNotFoundError("no such language")


async def test_a_chat_goes_on_even_if_nobody_could_be_told_about_a_failure(
    store: SqliteStore, channel: ListChannel
) -> None:
    real = parts(store, channel)
    runtime = Runtime(replace(real, renderer=Speechless()))
    await runtime.accept([update(1, "help"), update(2, "help")])
    await runtime.idle()
    assert store.pending("list") == []
    assert channel.sent == []


async def test_a_long_backlog_leaves_room_for_stopping(
    store: SqliteStore, channel: ListChannel
) -> None:
    """A stop is heard after at most as many updates as are handled at once."""
    await store.accept([update(n, "help", f"c{n}") for n in range(300)])
    runtime = Runtime(parts(store, channel))
    await runtime.start()
    await asyncio.sleep(0)
    await runtime.stop(5)
    assert len(store.pending("list")) >= 300 - 2 * AT_ONCE
