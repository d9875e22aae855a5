"""kill -9 at any moment: what was acknowledged is there, and nothing is there by halves."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.sqlite import SqliteStore, open_store
from tests.store.samples import stored
from tests.store.saver import CHATS

KILLS = 5


def save_until_killed(path: Path, lines: int) -> dict[str, int]:
    """Let a process save, kill it after so many lines; returns what it acknowledged."""
    command = [sys.executable, "-m", "tests.store.saver", str(path)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        said += process.stdout.read().splitlines(keepends=True)
    whole = [line.split() for line in said if line.endswith("\n")]
    return {chat: int(version) for chat, version in whole}


def check(store: SqliteStore, chat: str, acknowledged: int) -> None:
    session = stored(store, chat)
    assert acknowledged <= session.version <= acknowledged + 1  # one may not have been told yet
    transcript = store.transcript(chat, session.id)
    assert transcript is not None
    answers = [f"answer {n}" for n in range(1, session.version + 1)]
    assert [turn.text for turn in transcript.turns] == answers
    assert sorted(one.answer for one in transcript.attempts) == sorted(answers)
    assert [one.body for one in store.undelivered("bot") if one.chat == chat] == answers
    assert session.answer == answers[-1]


@pytest.mark.parametrize("seed", [1, 2])
async def test_what_was_acknowledged_survives(path: Path, seed: int) -> None:
    moments = random.Random(seed)
    acknowledged: dict[str, int] = {}
    for _ in range(KILLS):
        acknowledged |= save_until_killed(path, moments.randrange(CHATS, 400))
        async with open_store(path) as store:
            for chat, version in acknowledged.items():
                check(store, chat, version)
