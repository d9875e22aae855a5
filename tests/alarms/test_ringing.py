"""Time that is up: rung once, whoever rings, and never forgotten."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import alarms
from bot.alarms import ELSEWHERE
from bot.core.context import Context, Step
from bot.core.events import Event
from bot.core.models import Part, Session, State
from bot.delivery import Delivery
from bot.ports import Alarm
from bot.runtime import MAX_TRIES, Parts, Runtime, work
from bot.store.sqlite import SqliteStore, open_store
from tests.alarms.keeping import keep, now_of
from tests.support.channels import ListChannel, update
from tests.support.timed import LIMIT, NOON, Clock, timed

# --- ringing ----------------------------------------------------------------------------------


async def test_nothing_is_rung_before_its_time(
    parts: Parts, store: SqliteStore, channel: ListChannel, clock: Clock
) -> None:
    await keep(store, timed("a"))
    runtime = Runtime(parts)
    clock.move(LIMIT - 0.001)
    await runtime.ring()
    assert channel.sent == []


async def test_what_is_due_is_rung_once(
    parts: Parts, store: SqliteStore, channel: ListChannel, clock: Clock
) -> None:
    await keep(store, timed("a"))
    runtime = Runtime(parts)
    clock.move(LIMIT)
    for _ in range(3):
        await runtime.ring()
    await runtime.idle()
    assert channel.texts("a") == ["nudge"]
    assert now_of(store).reminded == 1
    assert store.pending("list") == []


async def test_one_alarm_follows_the_other(
    parts: Parts, store: SqliteStore, channel: ListChannel, clock: Clock
) -> None:
    await keep(store, timed("a"))
    runtime = Runtime(parts)
    for seconds in (60, 30, 30, 60):
        clock.move(seconds)
        await runtime.ring()
    await runtime.idle()
    assert channel.texts("a") == ["nudge", "nudge", "onward", "nudge"]
    assert (now_of(store).position, now_of(store).asked_at) == (1, NOON + timedelta(seconds=120))


async def test_a_time_out_hands_in_what_there_is_of_an_answer(
    parts: Parts, store: SqliteStore, channel: ListChannel, clock: Clock
) -> None:
    answering = replace(timed("a"), state=State.DRAFTING, draft=(Part("1", "goal"),), reminded=2)
    await keep(store, answering, timed("b"))
    clock.move(2 * LIMIT)
    runtime = Runtime(parts)
    await runtime.ring()
    await runtime.idle()
    assert channel.texts("a") == ["onward"]
    assert channel.typing == ["a"]  # the others only heard a nudge


async def test_hundreds_are_rung_at_once(
    parts: Parts, store: SqliteStore, channel: ListChannel, clock: Clock
) -> None:
    await asyncio.gather(*(keep(store, timed(f"c{n}")) for n in range(300)))
    clock.move(LIMIT)
    runtime = Runtime(parts)
    await runtime.ring()
    await runtime.idle()
    assert sorted(channel.sent) == sorted((f"c{n}", "nudge") for n in range(300))


async def test_chats_of_other_channels_are_left_alone(
    parts: Parts, store: SqliteStore, channel: ListChannel, clock: Clock
) -> None:
    await keep(store, timed("tg:1"), timed("term:local"))
    channel.beginning = "tg:"
    clock.move(LIMIT)
    await Runtime(parts).ring()
    assert now_of(store, "tg:1").reminded == 1
    assert now_of(store, "term:local").reminded == 0


async def test_what_was_saved_elsewhere_is_rung_there_first(
    parts: Parts, store: SqliteStore, clock: Clock
) -> None:
    await keep(store, timed("a"), source="term")
    runtime = Runtime(parts)
    clock.move(LIMIT)
    await runtime.ring()
    assert now_of(store).reminded == 0
    clock.move(ELSEWHERE.total_seconds())
    await runtime.ring()
    assert now_of(store).reminded == 1


async def test_two_processes_ring_once(
    parts: Parts, store: SqliteStore, channel: ListChannel, clock: Clock, path: Path
) -> None:
    await keep(store, timed("a"))
    clock.move(LIMIT)
    async with open_store(path, now=clock) as other:
        elsewhere = replace(parts, store=other, delivery=Delivery(channel, other, 1000, 1000))
        both = Runtime(parts), Runtime(elsewhere)
        await asyncio.gather(*(runtime.ring() for runtime in both))
        await asyncio.gather(*(runtime.idle() for runtime in both))
    assert channel.texts("a") == ["nudge"]


# --- what came in between ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"state": State.PAUSED},
        {"reminded": 1},
        {"asked_at": NOON + timedelta(seconds=1)},
        {"id": "s2", "asked_at": None},
    ],
)
async def test_a_ring_whose_time_is_over_changes_nothing(
    parts: Parts, store: SqliteStore, channel: ListChannel, clock: Clock, change: dict[str, object]
) -> None:
    await keep(store, timed("a"))
    late = alarms.ring(Alarm("a", NOON + timedelta(seconds=LIMIT), "list"), "list")
    await keep(store, replace(timed("a"), **change))  # type: ignore[arg-type]
    before = now_of(store)
    clock.move(LIMIT)
    runtime = Runtime(parts)
    await runtime.accept([late])
    await runtime.idle()
    assert now_of(store) == before
    assert (channel.sent, store.pending("list")) == ([], [])


async def test_a_ring_leaves_no_trace_of_what_was_erased(parts: Parts, store: SqliteStore) -> None:
    late = alarms.ring(Alarm("a", NOON, "list"), "list")
    runtime = Runtime(parts)
    await runtime.accept([late])
    await runtime.idle()
    assert store.session("a") is None
    assert store.chats("a") == []


async def test_a_clock_put_back_between_ring_and_work_loses_none(
    parts: Parts, store: SqliteStore, clock: Clock
) -> None:
    await keep(store, timed("a"))
    (alarm,) = store.alarms("", NOON + timedelta(days=1))
    ring = alarms.ring(alarm, "list")
    await store.accept([ring])
    clock.move(-1000)
    await store.save(work(parts, ring))
    assert now_of(store).reminded == 1


async def test_an_alarm_that_always_fails_is_put_aside_and_rung_no_more(
    parts: Parts,
    store: SqliteStore,
    channel: ListChannel,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried = []

    def broken(session: Session, event: Event, context: Context) -> Step:
        tried.append(event)
        raise RuntimeError("a defect")

    monkeypatch.setattr("bot.runtime.step", broken)
    monkeypatch.setattr("bot.runtime.backoff", lambda tries: timedelta(0))
    await keep(store, timed("a"))
    clock.move(LIMIT)
    for _ in range(2):  # also after a restart
        runtime = Runtime(parts)
        await runtime.ring()
        await runtime.ring()
        await runtime.idle()
    assert len(tried) == MAX_TRIES
    assert channel.texts("a") == ["error"]


def test_the_number_of_a_ring_is_its_own() -> None:
    at = NOON
    one = alarms.ring(Alarm("a", at, "list"), "list")
    assert one == alarms.ring(Alarm("a", at, "elsewhere"), "list")
    others = [Alarm("b", at, ""), Alarm("a", at + timedelta(microseconds=1), "")]
    numbers = {alarms.ring(alarm, "list").id for alarm in others} | {one.id}
    assert len(numbers) == 3
    assert all(-(2**63) <= number < 0 for number in numbers)
    assert alarms.rung(one) == at
    assert alarms.rung(update(0, "help")) is None


# --- after a kill -----------------------------------------------------------------------------


async def test_a_kill_before_the_ring_is_made_up_for(
    parts: Parts, store: SqliteStore, channel: ListChannel, clock: Clock
) -> None:
    await keep(store, timed("a"))
    clock.move(100 * LIMIT)
    runtime = Runtime(parts)
    await runtime.start()
    await runtime.ring()
    await runtime.idle()
    assert "nudge" in channel.texts("a")
    await runtime.stop(1)


async def test_what_was_sent_in_time_while_nobody_was_here_comes_first(
    parts: Parts, store: SqliteStore, channel: ListChannel, clock: Clock
) -> None:
    await keep(store, timed("a"), timed("b"))
    clock.move(LIMIT)
    runtime, caught_up = Runtime(parts), asyncio.Event()
    await runtime.start(caught_up)
    await runtime.accept([update(1, "help", "c")])  # on disk: a clock would have looked by now
    await runtime.accept([update(2, "stop", "a")])
    caught_up.set()
    async with asyncio.timeout(20):
        while not channel.texts("b"):  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.01)
    await runtime.idle()
    assert channel.texts("a") == ["paused"]
    assert channel.texts("b") == ["nudge"]
    await runtime.stop(1)


async def test_a_kill_between_ring_and_work_is_made_up_for_once(
    parts: Parts, store: SqliteStore, channel: ListChannel, clock: Clock
) -> None:
    await keep(store, timed("a"))
    clock.move(LIMIT)
    (alarm,) = store.alarms("", clock() + timedelta(seconds=1))
    await store.accept([alarms.ring(alarm, "list")])
    runtime = Runtime(parts)
    await runtime.start()
    await runtime.ring()
    await runtime.idle()
    assert channel.texts("a") == ["nudge"]
    await runtime.stop(1)


RINGER = """
import asyncio, sys
from datetime import datetime
from bot import alarms
from bot.store.sqlite import open_store

async def main(path, now):
    store = open_store(path)
    (alarm,) = store.alarms("", now)
    await store.accept([alarms.ring(alarm, "list")])
    print("rung", flush=True)
    await asyncio.sleep(60)

asyncio.run(main(sys.argv[1], datetime.fromisoformat(sys.argv[2])))
"""


def ring_and_be_killed(path: Path, now: datetime) -> None:
    """A process that is killed after it has rung, before it could do any work."""
    command = [sys.executable, "-c", RINGER, str(path), now.isoformat()]
    root = Path(__file__).parents[1]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"rung\n"
        process.kill()


async def test_a_kill_9_between_ring_and_work_neither_loses_nor_doubles_it(
    parts: Parts, store: SqliteStore, channel: ListChannel, clock: Clock, path: Path
) -> None:
    await keep(store, timed("a"))
    clock.move(LIMIT)
    await asyncio.to_thread(ring_and_be_killed, path, clock() + timedelta(seconds=1))
    assert [update.chat for update in store.pending("list")] == ["a"]
    for _ in range(2):
        runtime = Runtime(parts)
        await runtime.start()
        await runtime.ring()
        await runtime.idle()
        await runtime.stop(1)
    assert channel.texts("a") == ["nudge"]
