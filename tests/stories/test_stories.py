"""Every story comes to the same in every channel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot import bootstrap
from bot.channels.telegram.api import Api
from bot.channels.terminal.wording import Words
from bot.channels.terminal.wording import load as load_words
from bot.resources import data_folder
from bot.settings import Settings
from tests.stories.play import STORIES, Outcome, World, load, play
from tests.stories.players import (
    Kit,
    MachinePlayer,
    TelegramPlayer,
    TerminalPlayer,
    comparable,
)
from tests.telegram.fake_api import serving
from tests.telegram.fake_bot import TOKEN, FakeBot

FILES = sorted(STORIES.glob("*/*.toml"))
ALL = ["machine", "terminal", "telegram"]


@pytest.fixture(scope="module")
def kit() -> Kit:
    """The real thing, built once."""
    settings = Settings()
    bank = bootstrap.open_bank(settings).bank
    return Kit(
        bank=bank,
        scorer=bootstrap.scorer(bank),
        renderer=bootstrap.renderer(settings),
        intake=bootstrap.intake(),
        words=Words(load_words(data_folder("prompts"), "es")),
    )


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}-{p.stem}")
async def test_a_story_comes_to_the_same_everywhere(path: Path, kit: Kit, tmp_path: Path) -> None:
    story = load(path)
    outcomes = {}
    for channel in story.get("channels", ALL):
        folder = tmp_path / channel
        folder.mkdir()
        outcomes[channel] = await _in(channel, story, kit, folder)
    first = outcomes["machine"]
    for outcome in outcomes.values():
        assert outcome.said == first.said
        assert outcome.turns == first.turns
        assert outcome.scores == first.scores
        assert comparable(outcome.session) == comparable(first.session)


async def _in(channel: str, story: dict[str, Any], kit: Kit, folder: Path) -> Outcome:
    world = World()
    if channel == "machine":
        return await play(story, MachinePlayer(kit, world), world)
    if channel == "terminal":
        return await play(story, TerminalPlayer(kit, world, folder), world)
    fake = FakeBot()
    async with serving(fake) as address, Api(TOKEN, address) as api:
        return await play(story, TelegramPlayer(kit, world, folder, api, fake), world)
