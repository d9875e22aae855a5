"""The same bot against a Bot API server that nobody here wrote."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.telegram.run import run_telegram
from tests.telegram.remote import Emulator, Json, RemoteFake
from tests.telegram.test_run import Started
from tests.telegram.updates import pressed, text


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    with Emulator(tmp_path) as running:
        yield running


def _replies(call: Json) -> bool:
    return bool(call["method"] == "sendMessage")


async def test_messages_and_presses_are_answered(emulator: Emulator) -> None:
    bot = Started(emulator.address)
    task = asyncio.create_task(run_telegram(bot.plan, bot.stop))
    emulator.inject(text("hola"))
    said = await asyncio.to_thread(emulator.until, _replies)
    assert said["params"]["text"] == "<b>hola</b>"
    emulator.inject(pressed("done@a", said["result"]["message_id"]))
    said = await asyncio.to_thread(emulator.until, _replies)
    assert said["params"]["text"] == "<b>Done</b>"
    bot.stop.set()
    await task
    verdict = emulator.verdict(["deleteWebhook", "setMyCommands", "answerCallbackQuery"])
    assert verdict["ok"], verdict


async def test_our_own_fake_runs_as_a_process_too() -> None:
    with RemoteFake() as server:
        bot = Started(server.address)
        task = asyncio.create_task(run_telegram(bot.plan, bot.stop))
        server.fault(method="sendMessage", status=400, description="Bad Request: markup")
        server.inject(text("hola"))
        said = await asyncio.to_thread(
            server.until, lambda call: "parse_mode" not in call["params"] and _replies(call)
        )
        assert said["params"]["text"] == "hola"
        stats = await asyncio.to_thread(server.stats, "sendMessage", 2)
        assert stats["calls"]["sendMessage"] == 2
        bot.stop.set()
        await task
