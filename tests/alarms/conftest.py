"""A runtime on a real store, with a core that only keeps time and a clock one can move."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.effects import Say
from bot.delivery import Delivery
from bot.ports import Message
from bot.runtime import Parts
from bot.store.sqlite import SqliteStore, open_store
from tests.support import timed as core
from tests.support.banks import small_bank
from tests.support.channels import ListChannel
from tests.support.scorers import NameScorer
from tests.support.timed import Clock


class Names:
    """A renderer that says what template it was to fill."""

    def message(self, say: Say, lang: str) -> Message:
        return Message(say.template)


@pytest.fixture(autouse=True)
def timed_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.runtime.step", core.step)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "alarms.db"


@pytest.fixture
async def store(path: Path, clock: Clock) -> AsyncIterator[SqliteStore]:
    async with open_store(path, now=clock) as opened:
        yield opened


@pytest.fixture
def channel() -> ListChannel:
    return ListChannel()


@pytest.fixture
def parts(store: SqliteStore, channel: ListChannel, clock: Clock) -> Parts:
    bank = small_bank()
    delivery = Delivery(channel, store, rate=10_000, per_chat=10_000)
    return Parts(bank, store, NameScorer(bank), Names(), channel, delivery, now=clock)
