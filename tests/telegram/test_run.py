"""The bot from its start to its end, against the fake API."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.errors import BadAddress, BadToken, TwoPollers
from bot.channels.telegram.polling import ALONE
from bot.channels.telegram.run import GRACE, Plan, run, run_telegram
from bot.ports import Message
from tests.telegram.fake_bot import TOKEN, FakeBot, Fault
from tests.telegram.support import Echo, PlainIntake, Slots
from tests.telegram.updates import in_group, text

COMMANDS = {"": [("start", "Begin")], "es": [("start", "Empezar"), ("help", "Ayuda")]}


def notice(lang: str, username: str) -> Message:
    return Message(f"{lang}: https://t.me/{username}")


class Started:
    """A bot under way."""

    def __init__(self, address: str) -> None:
        self.stop = asyncio.Event()
        self.runtimes: list[Echo] = []
        self.plan = Plan(TOKEN, address, PlainIntake(), Slots().slot, self.build, COMMANDS, notice)

    def build(self, channel: TelegramChannel) -> Echo:
        return self.keep(Echo(channel))

    def keep(self, runtime: Echo) -> Echo:
        self.runtimes.append(runtime)
        return runtime


@asynccontextmanager
async def started(address: str) -> AsyncIterator[Started]:
    bot = Started(address)
    task = asyncio.create_task(run_telegram(bot.plan, bot.stop))
    try:
        yield bot
    finally:
        bot.stop.set()
        await task


async def test_a_message_is_answered(server: str, fake: FakeBot) -> None:
    await fake.inject(text("hola"))
    async with started(server) as bot:
        (sent,) = await fake.until("sendMessage")
    assert sent.params["text"] == "<b>hola</b>"
    assert bot.runtimes[0].channel.source == "tg:1001"
    assert bot.runtimes[0].log == ["start", f"stop {GRACE}"]


async def test_it_sets_itself_up(server: str, fake: FakeBot) -> None:
    fake.webhook = "https://example.org"
    await fake.inject(text("sent while the webhook was set"))
    async with started(server):
        await fake.until("setMyCommands", 2)
        await fake.until("sendMessage")
    assert fake.webhook == ""
    shown = {call.params.get("language_code"): call.params for call in fake.of("setMyCommands")}
    assert set(shown) == {None, "es"}
    assert "Empezar" in shown["es"]["commands"]


async def test_a_group_is_pointed_to_the_private_chat_and_not_kept(
    server: str, fake: FakeBot
) -> None:
    await fake.inject(in_group("/start@simulacro_test_bot"), in_group("hola"))
    async with started(server) as bot:
        (sent,) = await fake.until("sendMessage")
    assert sent.params["chat_id"] == -100_777
    assert sent.params["text"] == "es: https://t.me/simulacro_test_bot"
    assert bot.runtimes[0].accepted == []


@pytest.mark.parametrize("status", [401, 404])
async def test_a_bad_token_is_exit_code_2(server: str, fake: FakeBot, status: int) -> None:
    fake.faults.append(Fault("getMe", status, "Unauthorized"))
    with pytest.raises(BadToken, match="TELEGRAM_BOT_TOKEN") as raised:
        await run_telegram(Started(server).plan)
    assert raised.value.exit_code == 2
    assert TOKEN not in str(raised.value)


async def test_a_server_of_something_else_is_said_to_be_one(server: str, fake: FakeBot) -> None:
    fake.do_getMe = lambda call: "hello"  # type: ignore[method-assign, assignment, return-value]
    with pytest.raises(BadAddress):
        await run_telegram(Started(server).plan)


async def test_no_network_at_the_start_is_waited_out(server: str, fake: FakeBot) -> None:
    fake.faults += [Fault("getMe"), Fault("deleteWebhook", 429, retry_after=0.01)]
    await fake.inject(text("hola"))
    async with started(server):
        await fake.until("sendMessage")
    assert fake.counts["getMe"] == 3


async def test_it_can_be_stopped_while_there_is_no_network(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bot = Started("http://127.0.0.1:1")
    task = asyncio.create_task(run_telegram(bot.plan, bot.stop))
    await asyncio.sleep(0)
    bot.stop.set()
    async with asyncio.timeout(5):
        await task
    assert bot.runtimes == []


async def test_a_menu_refused_is_no_reason_to_stop(
    server: str, fake: FakeBot, caplog: pytest.LogCaptureFixture
) -> None:
    fake.faults.append(Fault("setMyCommands", 400, "Bad Request: BOT_COMMAND_INVALID"))
    with caplog.at_level(logging.WARNING):
        async with started(server):
            await fake.until("setMyCommands", 2)
    assert "menu" in caplog.text


async def test_a_runtime_that_fails_to_accept_stops_the_bot(server: str, fake: FakeBot) -> None:
    bot = Started(server)

    class Full(Echo):
        async def accept(self, updates: object) -> None:
            raise OSError("disk full")

    await fake.inject(text("hola"))
    with pytest.raises(OSError, match="disk full"):
        await run_telegram(replace(bot.plan, build=Full))
    assert len(fake.updates) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_properly(server: str, fake: FakeBot, number: int) -> None:
    bot = Started(server)
    task = asyncio.create_task(run_telegram(bot.plan))
    await fake.inject(text("hola"))
    await fake.until("sendMessage")
    os.kill(os.getpid(), number)
    async with asyncio.timeout(10):
        await task
    assert bot.runtimes[0].log == ["start", f"stop {GRACE}"]


def test_a_plan_shows_no_token() -> None:
    assert TOKEN not in repr(Started("http://127.0.0.1:1").plan)


def test_the_loop_runs_what_it_is_given() -> None:
    ran = []

    async def main() -> None:
        ran.append(type(asyncio.get_running_loop()).__module__)

    run(main())
    assert ran


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_during_start_up_ends_it_well(number: int) -> None:
    before = signal.getsignal(number)

    async def main() -> None:
        os.kill(os.getpid(), number)  # while the database is being opened, say
        raise AssertionError("not reached")

    with pytest.raises(SystemExit) as raised:
        run(main())
    assert raised.value.code == 0
    assert signal.getsignal(number) is before


class Heir(Echo):
    """A runtime to which an earlier process left something."""

    def left(self) -> bool:
        return True


async def test_what_was_left_is_taken_up_once_no_other_poller_is_met(
    server: str, fake: FakeBot
) -> None:
    bot = Started(server)
    plan = replace(bot.plan, build=lambda channel: bot.keep(Heir(channel)))
    task = asyncio.create_task(run_telegram(plan, bot.stop))
    await fake.until("getUpdates", 1)
    assert int(fake.of("getUpdates")[0].params["timeout"]) >= ALONE
    await fake.until("setMyCommands", 1)
    assert bot.runtimes[0].log == ["start"]
    bot.stop.set()
    await task


async def test_a_second_poller_takes_up_nothing(server: str, fake: FakeBot) -> None:
    fake.faults.append(Fault("getUpdates", 409, "Conflict", times=100))
    bot = Started(server)
    with pytest.raises(TwoPollers):
        await run_telegram(replace(bot.plan, build=lambda channel: bot.keep(Heir(channel))))
    assert "start" not in bot.runtimes[0].log
