"""Every story comes to the same in every channel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import bootstrap
from bot.channels.terminal.wording import Words
from bot.channels.terminal.wording import load as load_words
from bot.resources import data_folder
from bot.settings import Settings
from tests.stories.play import STORIES, Outcome, World, load, play
from tests.stories.players import DEFAULT, Kit, MachinePlayer, TerminalPlayer, comparable
from tests.stories.telegram import EmulatorPlayer, ListeningApi, TelegramPlayer
from tests.telegram.fake_api import serving
from tests.telegram.fake_bot import TOKEN, FakeBot
from tests.telegram.remote import Emulator

LANGUAGES = bootstrap.spoken_languages()
FILES = sorted(STORIES.glob("*/*.toml"))
ALL = ["machine", "terminal", "telegram", "emulator"]
FIRST_CHAT = 3001  # of those at the emulator, one a story

# What the stories of every language show, with what it takes.
SITUATIONS = {
    "coach": "a whole interview with advice after each answer",
    "real": "a whole interview with silence until the end",
    "experience": "an interviewer who goes into what was done",
    "on-the-spot": "an interviewer who puts cases",
    "recovered": "a follow-up whose answer raises the score, shown apart from the first",
    "not-recovered": "a follow-up whose answer brings nothing",
    "quoted": "a follow-up that takes up the person's own words",
    "gated": "an answer that cannot be judged, then a good one to the question put differently",
    "resumed": "left off, the process ends, and on where it was; a question long ago is recalled",
    "language": "another language in mid-interview, the question said again in it",
    "stale": "buttons of a step long over",
    "two-messages": "an answer in two messages",
    "edited": "a message of the answer is changed",
    "time": "two nudges, then on with what was written",
    "absent": "nobody there: paused",
    "interrupted": "the process was away when time was up",
    "rated": "the own rating before the score",
    "facts": "a case with a fact asked for, and one that is not known",
    "manners": "greetings, thanks, help and their like are no answers; what contains them is",
    "target": "company and product told at the set-up, and used in the question",
    "last-time": "an interview as last time",
    "introduction": "a self-introduction of one minute with its airtime",
    "retry": "the same question again, with what changed",
    "link": "a code to go on at a terminal",
}


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
        words=_words(DEFAULT),
    )


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """One server for all stories; in the end it tells whether it had anything to object to."""
    with Emulator(tmp_path_factory.mktemp("emulator")) as running:
        yield running
        verdict = running.verdict() if running.journal.exists() else {"ok": True}
    assert verdict["ok"], verdict


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}-{p.stem}")
async def test_a_story_comes_to_the_same_everywhere(
    path: Path, kit: Kit, emulator: Emulator, tmp_path: Path
) -> None:
    story = load(path)
    own = _kit_of(story, path.parent.name, kit)
    outcomes = {}
    for channel in story.get("channels", ALL):
        folder = tmp_path / channel
        folder.mkdir()
        number = FIRST_CHAT + FILES.index(path)
        outcomes[channel] = await _in(channel, story, own, folder, emulator, number)
    first = outcomes["machine"]
    for outcome in outcomes.values():
        assert outcome.said == first.said
        assert outcome.turns == first.turns
        assert outcome.scores == first.scores
        assert comparable(outcome.session) == comparable(first.session)


def _kit_of(story: dict[str, Any], folder: str, kit: Kit) -> Kit:
    """The kit in the story's language, with the questions it names."""
    bank, names = kit.bank, story.get("questions", kit.bank.questions)
    return replace(
        kit,
        bank=replace(bank, questions={name: bank.questions[name] for name in names}),
        words=_words(folder),
        lang=story["lang"],
    )


def _words(lang: str) -> Words:
    return Words(load_words(data_folder("prompts"), lang))


async def _in(
    channel: str, story: dict[str, Any], kit: Kit, folder: Path, emulator: Emulator, chat: int
) -> Outcome:
    world = World()
    if channel == "machine":
        return await play(story, MachinePlayer(kit, world), world)
    if channel == "terminal":
        return await play(story, TerminalPlayer(kit, world, folder), world)
    if channel == "emulator":
        async with ListeningApi(TOKEN, emulator.address) as api:
            there = EmulatorPlayer(kit, world, folder, api, emulator, chat)
            return await play(story, there, world)
    async with serving(FakeBot()) as address, ListeningApi(TOKEN, address) as api:
        return await play(story, TelegramPlayer(kit, world, folder, api), world)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_has_at_least_twelve_stories(lang: str) -> None:
    assert len(list((STORIES / lang).glob("*.toml"))) >= 12


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_stories_of_a_language_show_all_situations(lang: str) -> None:
    shown = [load(path).get("shows", []) for path in (STORIES / lang).glob("*.toml")]
    assert {name for names in shown for name in names} == set(SITUATIONS)
