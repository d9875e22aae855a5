"""The task that waits for the next alarm; and links."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.alarms import AT_LEAST, Alarms
from bot.core.context import Context, Step
from bot.core.effects import KeepLink, Say
from bot.core.events import Event
from bot.core.models import Session, State
from bot.ports import Alarm, Incoming, StoreError
from bot.runtime import Parts, Runtime
from bot.store.sqlite import SqliteStore
from tests.alarms.keeping import keep
from tests.support.channels import ListChannel, update
from tests.support.timed import LIMIT, NOON, Clock, timed

# --- the task that waits ----------------------------------------------------------------------


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not done():  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.001)


async def test_what_is_saved_is_rung_without_being_asked(
    parts: Parts, store: SqliteStore, channel: ListChannel, clock: Clock
) -> None:
    """The task sleeps for half a minute; the alarm, due at once, wakes it."""
    runtime = Runtime(parts)
    await runtime.start()
    await asyncio.sleep(0)
    overdue = timed("a", NOON - timedelta(seconds=LIMIT))
    await keep(store, replace(overdue, state=State.PAUSED, elapsed=LIMIT))
    await runtime.accept([update(1, "resume")])
    await until(lambda: "nudge" in channel.texts("a"))
    await runtime.stop(1)


async def test_a_store_that_cannot_be_written_is_tried_again(
    parts: Parts,
    store: SqliteStore,
    channel: ListChannel,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.runtime.STORE_PAUSE", 0)
    await keep(store, timed("a"))
    clock.move(LIMIT)
    failures = [StoreError("disk full"), StoreError("disk full")]
    accept = store.accept

    async def failing(updates: list[Incoming]) -> list[Incoming]:
        if failures:
            raise failures.pop()
        return await accept(updates)

    monkeypatch.setattr(store, "accept", failing)
    runtime = Runtime(parts)
    await runtime.start()
    await until(lambda: channel.texts("a") == ["nudge"])
    await runtime.stop(1)


async def test_stopping_while_waiting_ends_the_task(parts: Parts) -> None:
    runtime = Runtime(parts)
    await runtime.start()
    await asyncio.sleep(0)
    waiting = runtime._clock
    assert waiting is not None
    assert not waiting.done()
    await runtime.stop(1)
    assert waiting.cancelled()


class Sleeps:
    """Takes the place of `asyncio.wait_for`: notes for how long, and moves the clock instead."""

    def __init__(self, clock: Clock, jump: float = 0) -> None:
        self.clock, self.jump = clock, jump
        self.seconds: list[float] = []

    async def __call__(self, waiting: object, seconds: float) -> None:
        waiting.close()  # type: ignore[attr-defined]
        self.seconds.append(seconds)
        self.clock.move(seconds + self.jump)
        self.jump = 0
        raise TimeoutError


async def slept(alarms_: Alarms) -> list[Alarm]:
    """Wait for the next alarm, as the runtime's task does."""
    while not (due := alarms_.due()):
        await alarms_.wait()
    return due


@pytest.mark.parametrize(("jump", "naps"), [(0, [30, 30]), (3600, [30]), (-5, [30, 30, 5])])
async def test_it_sleeps_until_the_next_alarm_and_a_clock_may_jump(
    store: SqliteStore,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    jump: float,
    naps: list[float],
) -> None:
    sleeps = Sleeps(clock, jump)
    await keep(store, timed("a"))
    with monkeypatch.context() as patch:
        patch.setattr(asyncio, "wait_for", sleeps)
        assert [alarm.chat for alarm in await slept(Alarms(store, "list", "", clock))] == ["a"]
    assert sleeps.seconds == naps


async def test_with_nothing_to_wait_for_it_looks_twice_a_minute(
    store: SqliteStore, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleeps = Sleeps(clock)
    waiting = Alarms(store, "list", "", clock)
    with monkeypatch.context() as patch:
        patch.setattr(asyncio, "wait_for", sleeps)
        for _ in range(4):
            assert waiting.due() == []
            await waiting.wait()
    assert sleeps.seconds == [AT_LEAST.total_seconds()] * 4


async def test_what_was_rung_and_is_not_handled_yet_keeps_nobody_awake(
    store: SqliteStore, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleeps = Sleeps(clock)
    await keep(store, timed("a"))
    clock.move(LIMIT)
    waiting = Alarms(store, "list", "", clock)
    waiting.mark(waiting.due())
    with monkeypatch.context() as patch:
        patch.setattr(asyncio, "wait_for", sleeps)
        for _ in range(3):
            assert waiting.due() == []
            await waiting.wait()
    assert sleeps.seconds == [30, 30, 30]


# --- links ------------------------------------------------------------------------------------


async def test_a_link_is_saved_with_what_is_said_of_it(
    parts: Parts, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def linking(session: Session, event: Event, context: Context) -> Step:
        until_ = context.now + timedelta(minutes=10)
        return Step(session, (KeepLink("ABCD-2345", until_), Say("linked")))

    monkeypatch.setattr("bot.runtime.step", linking)
    runtime = Runtime(parts)
    await runtime.accept([update(1, "link")])
    await runtime.idle()
    assert await store.redeem("abcd2345") == "a"
