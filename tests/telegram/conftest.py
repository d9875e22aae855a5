"""A fake Bot API on loopback, and the channel's side of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram.api import Api
from bot.channels.telegram.channel import TelegramChannel
from tests.telegram.fake_api import serving
from tests.telegram.fake_bot import TOKEN, FakeBot
from tests.telegram.support import Slots, new_channel


@pytest.fixture
def fake() -> FakeBot:
    return FakeBot()


@pytest.fixture
async def server(fake: FakeBot) -> AsyncIterator[str]:
    """The address of the server."""
    async with serving(fake) as address:
        yield address


@pytest.fixture
async def api(server: str) -> AsyncIterator[Api]:
    async with Api(TOKEN, server) as opened:
        yield opened


@pytest.fixture
def slots() -> Slots:
    return Slots()


@pytest.fixture
async def channel(api: Api, slots: Slots) -> AsyncIterator[TelegramChannel]:
    channel = new_channel(api, slots)
    yield channel
    await channel.background.settle(5)
