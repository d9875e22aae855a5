"""No update is let go of before it is in the inbox, whatever the server does."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.channels.telegram import polling
from bot.channels.telegram.api import Api
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.errors import BadToken, TwoPollers
from bot.channels.telegram.pauses import CONFLICT_MEMORY, Backoff, Conflicts
from bot.channels.telegram.polling import ALONE, Poller
from bot.ports import Incoming, StoreError
from tests.telegram.fake_bot import FakeBot, Fault
from tests.telegram.updates import album, in_group, pressed, text


class Inbox:
    """Keeps what it accepts; `gate` holds it up, `failure` makes it fail."""

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.entered, self.gate = asyncio.Event(), asyncio.Event()
        self.gate.set()
        self.failure: Exception | None = None
        self.hiccups: list[StoreError] = []

    async def accept(self, updates: Sequence[Incoming]) -> None:
        self.entered.set()
        await self.gate.wait()
        if self.failure is not None:
            raise self.failure
        if self.hiccups:
            raise self.hiccups.pop()
        self.ids += [update.id for update in updates]


class Clock:
    """Time passes by sleeping, and takes none."""

    def __init__(self) -> None:
        self.now = 0.0
        self.naps: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)

    def __call__(self) -> float:
        return self.now


class Rig:
    """A poller and what it works with."""

    def __init__(self, api: Api, channel: TelegramChannel) -> None:
        self.inbox, self.clock = Inbox(), Clock()
        clock = self.clock
        self.poller = Poller(api, channel, self.inbox.accept, clock.sleep, clock)

    async def __aenter__(self) -> Rig:
        self.task = asyncio.create_task(self.poller.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


@pytest.fixture
def rig(api: Api, channel: TelegramChannel) -> Rig:
    return Rig(api, channel)


async def test_updates_are_taken_in_order_and_let_go_of(rig: Rig, fake: FakeBot) -> None:
    await fake.inject(*(text(str(n)) for n in range(250)))
    async with rig:
        await fake.until("getUpdates", 3)
        await fake.inject(text("the poll that takes this one lets go of those before"))
        await fake.until("getUpdates", 4)
        assert [update["update_id"] for update in fake.updates] == [251]
        assert rig.inbox.ids[:250] == list(range(1, 251))


async def test_it_has_caught_up_once_nothing_waits_any_more(rig: Rig, fake: FakeBot) -> None:
    await fake.inject(*(text(str(n)) for n in range(150)))
    async with rig:
        async with asyncio.timeout(20):
            await rig.poller.caught_up.wait()
        assert len(rig.inbox.ids) == 150
        assert [call.params["timeout"] for call in fake.of("getUpdates")][:2] == [0, 0]
        await fake.until("getUpdates", 3)
        assert fake.of("getUpdates")[2].params["timeout"] > 0


async def test_nothing_is_let_go_of_before_it_is_accepted(
    rig: Rig, fake: FakeBot, api: Api
) -> None:
    rig.inbox.gate.clear()
    await fake.inject(text("hola"))
    async with rig:
        await rig.inbox.entered.wait()
        for _ in range(3):  # time enough for a poll too early
            await api.call("getMe", {})
        assert len(fake.updates) == 1
        assert fake.counts["getUpdates"] == 1
        rig.inbox.gate.set()


async def test_a_failing_inbox_stops_polling_and_loses_nothing(rig: Rig, fake: FakeBot) -> None:
    rig.inbox.failure = OSError("disk full")
    await fake.inject(text("hola"))
    with pytest.raises(OSError, match="disk full"):
        await rig.poller.run()
    assert len(fake.updates) == 1


async def test_a_store_that_cannot_be_written_is_waited_for(
    rig: Rig, fake: FakeBot, caplog: pytest.LogCaptureFixture
) -> None:
    rig.inbox.hiccups = [StoreError("the disk is full")] * 50
    await fake.inject(text("hola"), album("1"), album("1"))
    async with rig:
        while rig.inbox.hiccups:
            assert len(fake.updates) == 3
            assert fake.counts["getUpdates"] <= 1
            await asyncio.sleep(0)
        await fake.inject(text("after"))
        await fake.until("getUpdates", 2)
    assert rig.inbox.ids[:2] == [1, 2]  # of the album only the first, also at the last try
    assert len(rig.clock.naps) == 50
    assert "the disk is full" in caplog.text


@pytest.mark.parametrize("failing", [True, False])
async def test_told_to_stop_it_does_not_wait_long_for_a_store_that_cannot_be_written(
    rig: Rig, fake: FakeBot, monkeypatch: pytest.MonkeyPatch, failing: bool
) -> None:
    monkeypatch.setattr(polling, "LAST_WRITE", 0.01)
    rig.inbox.gate.clear()
    rig.inbox.hiccups = [StoreError("locked")]
    await fake.inject(text("hola"))
    async with rig:
        await rig.inbox.entered.wait()
        rig.task.cancel()
        if failing:
            rig.inbox.gate.set()
        with pytest.raises(asyncio.CancelledError):
            await rig.task
    assert len(fake.updates) == 1


async def test_a_quiet_beginning_is_waited_for_and_takes_nothing(rig: Rig, fake: FakeBot) -> None:
    fake.faults.append(Fault("getUpdates", 409, "Conflict", times=2))
    await fake.inject(text("hola"))
    await rig.poller.begin()
    assert rig.inbox.ids == []
    assert len(fake.updates) == 1
    assert rig.clock.now > CONFLICT_MEMORY


async def test_a_beginning_without_another_poll_is_short(rig: Rig, fake: FakeBot) -> None:
    await fake.inject(text("hola"))
    await rig.poller.begin()
    assert ALONE <= rig.clock.now < 2 * ALONE


async def test_another_poller_is_told_of_at_the_beginning(rig: Rig, fake: FakeBot) -> None:
    fake.faults.append(Fault("getUpdates", 409, "Conflict", times=100))
    with pytest.raises(TwoPollers):
        await rig.poller.begin()


async def test_told_to_stop_it_finishes_the_batch_in_hand_and_says_so(
    rig: Rig, fake: FakeBot
) -> None:
    rig.inbox.gate.clear()
    await fake.inject(text("hola"))
    async with rig:
        await rig.inbox.entered.wait()
        rig.task.cancel()
        rig.inbox.gate.set()
        with pytest.raises(asyncio.CancelledError):
            await rig.task
    assert rig.inbox.ids == [1]
    assert fake.updates == []


async def test_what_is_of_no_use_is_let_go_of_unkept(rig: Rig, fake: FakeBot) -> None:
    await fake.inject(in_group("hola"), in_group("/start"), text("hola"))
    async with rig:
        await rig.inbox.entered.wait()
        await fake.inject(text("x"))
        await fake.until("getUpdates", 2)
        assert [update["update_id"] for update in fake.updates] == [4]
        assert rig.inbox.ids[:1] == [3]


async def test_a_press_is_answered_at_once(rig: Rig, fake: FakeBot) -> None:
    await fake.inject(pressed("done@g1", 5), pressed("next@g1", 5))
    async with rig:
        await fake.until("answerCallbackQuery", 2)
        await fake.until("sendChatAction", 1)
    assert fake.of("sendChatAction")[0].params == {"chat_id": 2001, "action": "typing"}
    assert fake.counts["sendChatAction"] == 1


@pytest.mark.parametrize(
    "fault",
    [Fault(times=3), Fault(status=502, times=3), Fault(times=3, late=True)],
)
async def test_a_cut_network_is_waited_for(rig: Rig, fake: FakeBot, fault: Fault) -> None:
    fault.method = "getUpdates"
    fake.faults.append(fault)
    await fake.inject(text("hola"))
    async with rig:
        await rig.inbox.entered.wait()
    assert rig.inbox.ids == [1]
    assert len(rig.clock.naps) == 3
    assert rig.clock.naps == sorted(rig.clock.naps)


async def test_a_flood_is_waited_for_as_long_as_told(rig: Rig, fake: FakeBot) -> None:
    fake.faults.append(Fault("getUpdates", 429, retry_after=17))
    await fake.inject(text("hola"))
    async with rig:
        await rig.inbox.entered.wait()
    assert rig.clock.naps == [17.0]


async def test_one_conflict_may_be_a_poll_of_our_own_left_over(rig: Rig, fake: FakeBot) -> None:
    fake.faults.append(Fault("getUpdates", 409, "Conflict", times=2))
    await fake.inject(text("hola"))
    async with rig:
        await rig.inbox.entered.wait()
    assert rig.inbox.ids == [1]


async def test_two_pollers_are_told_of_within_ten_seconds(rig: Rig, fake: FakeBot) -> None:
    fake.faults.append(Fault("getUpdates", 409, "Conflict", times=100))
    with pytest.raises(TwoPollers, match="Another process") as raised:
        await rig.poller.run()
    assert rig.clock.now < 10
    assert raised.value.exit_code == 1


async def test_two_real_pollers_do_not_both_go_on(
    rig: Rig, api: Api, channel: TelegramChannel
) -> None:
    other = Rig(api, channel)
    async with rig, other:
        done, _ = await asyncio.wait(
            {rig.task, other.task}, timeout=20, return_when=asyncio.FIRST_COMPLETED
        )
        assert [type(task.exception()) for task in done] == [TwoPollers] * len(done)
        assert done
    assert min(rig.clock.now, other.clock.now) < 10


async def test_a_token_withdrawn_stops_the_bot(rig: Rig, fake: FakeBot) -> None:
    fake.faults.append(Fault("getUpdates", 401, "Unauthorized"))
    with pytest.raises(BadToken) as raised:
        await rig.poller.run()
    assert raised.value.exit_code == 2


async def test_updates_without_numbers_are_no_busy_loop(rig: Rig, fake: FakeBot) -> None:
    fake.updates.append({"update_id": None, "message": {}})
    async with rig:
        await fake.until("getUpdates", 2)
    assert rig.clock.naps


def test_pauses_double_up_to_a_bound_and_begin_anew() -> None:
    backoff = Backoff(jitter=lambda: 1.0)
    assert [backoff.next() for _ in range(8)] == [0.5, 1, 2, 4, 8, 16, 20, 20]
    backoff.reset()
    assert backoff.next() == 0.5
    assert Backoff(jitter=lambda: 0.0).next() == 0.25


@pytest.mark.parametrize(
    ("times", "pauses"),
    [
        ((0, 0.25, 0.5, 1, 2, 3), [0.25, 0.25, 0.5, 1, 1, None]),
        ((0, 20, 40, 60), [0.25] * 4),  # now and then: never two at once for long
        ((0, 9, 9.5), [0.25, None, None]),
    ],
)
def test_conflicts(times: tuple[float, ...], pauses: list[float | None]) -> None:
    conflicts = Conflicts()
    assert [conflicts.pause(now) for now in times] == pauses
