"""The outbox reaches the people: in order, at the right pace, whatever the channel says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest

from bot.delivery import BURST, Delivery, Pace
from bot.ports import Handled, Outgoing, Refused, RetryLater, Store, StoreError
from bot.store.sqlite import SqliteStore, open_store
from tests.support.channels import ListChannel, update


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    async with open_store(tmp_path / "delivery.db") as opened:
        yield opened


async def written(store: SqliteStore, *texts: str) -> list[Outgoing]:
    """Outbox entries of chat `a`."""
    bodies = tuple(f'"{text}"' for text in texts)
    return await store.save(Handled(update(1, "-"), None, None, bodies=bodies))


class Forgetful:
    """A store that cannot book the first delivery."""

    def __init__(self, store: SqliteStore) -> None:
        self._store, self._failed = store, False

    async def delivered(self, outgoing: Outgoing, slot: str = "", ref: str = "") -> None:
        if not self._failed:
            self._failed = True
            raise StoreError("locked")
        await self._store.delivered(outgoing, slot, ref)


@pytest.mark.parametrize("failure", [RetryLater(0), RetryLater(0.01), RuntimeError("a surprise")])
async def test_order_is_kept_through_failures(store: SqliteStore, failure: Exception) -> None:
    channel = ListChannel()
    channel.failures.append(failure)
    delivery = Delivery(channel, store, rate=1000, per_chat=1000)
    delivery.put(await written(store, "one", "two", "three"))
    await delivery.idle()
    assert channel.texts("a") == ["one", "two", "three"]
    assert store.undelivered("list") == []


async def test_a_message_whose_booking_fails_is_not_sent_twice(store: SqliteStore) -> None:
    channel = ListChannel()
    delivery = Delivery(channel, cast(Store, Forgetful(store)), rate=1000, per_chat=1000)
    delivery.put(await written(store, "one"))
    await delivery.idle()
    assert channel.texts("a") == ["one"]
    assert store.undelivered("list") == []


async def test_what_is_refused_for_good_does_not_hold_up_the_rest(store: SqliteStore) -> None:
    channel = ListChannel()
    channel.failures.append(Refused("blocked"))
    delivery = Delivery(channel, store)
    delivery.put(await written(store, "one", "two"))
    await delivery.idle()
    assert channel.texts("a") == ["two"]
    assert store.undelivered("list") == []


async def test_what_was_not_sent_when_it_stops_stays_in_the_outbox(store: SqliteStore) -> None:
    channel = ListChannel()
    channel.failures.append(RetryLater(3600))
    delivery = Delivery(channel, store)
    delivery.put(await written(store, "one"))
    await delivery.stop(0.01)
    assert [one.body for one in store.undelivered("list")] == ['"one"']


def test_a_chat_gets_a_burst_and_then_one_a_second() -> None:
    pace = Pace(rate=1, burst=BURST, now=100)
    waits = [pace.wait(100) for _ in range(BURST + 3)]
    assert waits == [0] * BURST + [1, 2, 3]
    assert pace.wait(110) == 0


def test_all_chats_together_keep_to_the_rate() -> None:
    pace = Pace(rate=30, burst=30, now=0)
    waits = [pace.wait(0) for _ in range(60)]
    assert waits[29] == 0
    assert waits[-1] == pytest.approx(1)


def test_a_pace_that_was_not_used_lately_can_be_forgotten() -> None:
    pace = Pace(rate=1, burst=BURST, now=0)
    pace.wait(0)
    assert not pace.full(0.5)
    assert pace.full(1)
