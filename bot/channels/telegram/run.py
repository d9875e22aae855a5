"""Runs the Telegram bot: sets it up, polls, and leaves properly when told to."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from telegram import BotCommand
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.api import Api
from bot.channels.telegram.channel import GroupNotice, TelegramChannel
from bot.channels.telegram.errors import BadAddress
from bot.channels.telegram.pauses import Backoff
from bot.channels.telegram.polling import Poller, bad_token
from bot.channels.telegram.redact import redact_logs
from bot.channels.telegram.sending import SlotLookup, seconds
from bot.channels.telegram.updates import Intake
from bot.ports import Incoming

log = logging.getLogger(__name__)

COLLECT = 20_000, 20, 20  # objects made until the garbage collector's three rounds
# Seconds for the message in hand. The write under way, the farewell, the calls beside the inbox
# and the closing of the store may take 5 s more: under 10 in all.
GRACE = 4.0
CAUGHT = (signal.SIGTERM, signal.SIGINT)
Commands = Mapping[str, Sequence[tuple[str, str]]]


class Runner(Protocol):
    """Handles updates; what `bot.runtime.Runtime` does."""

    def left(self) -> bool:
        """Whether an earlier process left something."""

    async def start(self, caught_up: asyncio.Event) -> None:
        """Take up what was left; no time is up before all that had been sent is here."""

    async def accept(self, updates: Sequence[Incoming]) -> None:
        """Write updates down; returns when none can be lost."""

    async def stop(self, grace: float) -> None:
        """Finish what is in hand, for at most `grace` seconds."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a Telegram bot is made of.

    `address`: of the Bot API server. `slot`: the store's slots. `build`: makes the runtime, once
    the channel is known. `commands`: by language code, "" for all others, (command, description).
    """

    token: str = field(repr=False)
    address: str
    intake: Intake
    slot: SlotLookup
    build: Callable[[TelegramChannel], Runner]
    commands: Commands = field(default_factory=dict)
    group_notice: GroupNotice | None = None


async def run_telegram(plan: Plan, stop: asyncio.Event | None = None) -> None:
    """Run the bot until SIGTERM, SIGINT or `stop`; returns within 10 s of it.

    Raises `TelegramFailure` with what to say and the exit code, and whatever the runtime's
    `accept` raises.
    """
    stop = stop or asyncio.Event()
    async with Api(plan.token, plan.address) as api:
        redact_logs(api.redact)
        with _signals(stop):
            await _until(stop, _serve(plan, api))


def run(main: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine as what this process is for: in the fastest event loop there is.

    What is loaded by now stays, so the garbage collector is spared it, and called more rarely: it
    took a quarter of the CPU of a message, going over the bank again and again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT)
    with leaving(), asyncio.Runner(loop_factory=_fastest_loop()) as runner:
        runner.run(main)


def _fastest_loop() -> Callable[[], asyncio.AbstractEventLoop]:
    try:
        from uvloop import new_event_loop  # noqa: PLC0415 - not on every system
    except ImportError:
        return asyncio.new_event_loop
    return new_event_loop


async def _serve(plan: Plan, api: Api) -> None:
    """Set the bot up and poll until cancelled."""
    me = await _set_up(api)
    channel = TelegramChannel(api, me, plan.intake, plan.slot, plan.group_notice)
    runtime = plan.build(channel)
    poller = Poller(api, channel, runtime.accept)
    if runtime.left():
        await poller.begin()  # another process may be at it: what it sends is not to come twice
    async with _running(runtime, channel, poller.caught_up):
        log.info("@%s is listening", channel.username or me["id"])
        menus = asyncio.create_task(_set_menus(api, plan.commands))
        try:
            await poller.run()
        finally:
            menus.cancel()
            await asyncio.gather(menus, return_exceptions=True)


@contextlib.asynccontextmanager
async def _running(
    runtime: Runner, channel: TelegramChannel, caught_up: asyncio.Event
) -> AsyncIterator[None]:
    try:
        await runtime.start(caught_up)
        yield
    finally:
        await runtime.stop(GRACE)
        await channel.background.settle(1.0)


async def _set_up(api: Api) -> dict[str, Any]:
    """Learn who the bot is, and switch from a webhook to polling; waits for the network."""
    backoff = Backoff()
    while True:
        try:
            me = await api.call("getMe", {})
            await api.bot.delete_webhook(drop_pending_updates=False)
        except InvalidToken as error:
            raise bad_token(error) from None
        except RetryAfter as error:
            await asyncio.sleep(seconds(error))
        except TelegramError as error:
            pause = backoff.next()
            log.warning("cannot reach the Bot API (%s); again in %.1f s", error, pause)
            await asyncio.sleep(pause)
        else:
            if isinstance(me, dict) and isinstance(me.get("id"), int):
                return me
            raise BadAddress("What answers at SIMULACRO_TELEGRAM_API is no Bot API server.")


async def _set_menus(api: Api, commands: Commands) -> None:
    """Show the commands in each language's menu; the bot works without, too."""
    for language, rows in commands.items():
        menu = [BotCommand(name, description) for name, description in rows]
        try:
            await api.bot.set_my_commands(menu, language_code=language or None)
        except TelegramError as error:
            log.warning("the menu %r could not be set: %s", language, error)


async def _until(stop: asyncio.Event, main: Coroutine[Any, Any, None]) -> None:
    """Run `main` until it ends or `stop` is set; it is cancelled then, and may tidy up."""
    task = asyncio.create_task(main)
    stopped = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@contextlib.contextmanager
def leaving() -> Iterator[None]:
    """Let SIGTERM and SIGINT end the process well while there is nothing to stop yet."""
    before = {number: signal.signal(number, _leave) for number in CAUGHT}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(*_: object) -> None:
    raise SystemExit(0)


@contextlib.contextmanager
def _signals(stop: asyncio.Event) -> Iterator[None]:
    """Let SIGTERM and SIGINT set `stop` meanwhile."""
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in CAUGHT}
    try:
        for number in CAUGHT:
            loop.add_signal_handler(number, stop.set)
    except (NotImplementedError, RuntimeError):  # Windows, or not the main thread
        yield
        return
    try:
        yield
    finally:
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, handler)
