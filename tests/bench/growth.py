"""What grows: a bank of many questions, a database with many attempts."""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from bot.core.models import Session, State
from bot.ports import Handled
from bot.resources import data_folder
from bot.settings import Settings
from bot.store.codec import Codec, time_out
from bot.store.saving import ATTEMPT, TURN
from bot.store.sqlite import open_store
from tests.bench.contenders.desk import Desk, Loaded
from tests.bench.load import FIRST_CHAT, sample_answers

Row = tuple[Any, ...]
Copies = dict[str, list[str]]

VERSION = 7  # of each stored session
UPDATES = 3  # an attempt; they stay in the inbox for three days
HANDLED_BEFORE = 1_000_000_000  # their numbers, out of the way of those to come
SESSION = """
INSERT INTO sessions
(id, chat, current, answered, version, state, mode, body, started_at, ended_at)
VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?)
"""
DONE = "INSERT INTO inbox (source, id, done_at) VALUES ('tg:1001', ?, ?)"


def generate_bank(folder: Path, questions: int) -> Copies:
    """Make a bank of so many questions: the built-in one and copies of its questions.

    Returns the copies of each question.
    """
    source = data_folder("question_bank")
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("samples"))
    originals = sorted((source / "questions").glob("*/*.toml"))
    copies: Copies = {one.stem: [] for one in originals}
    for number, original in enumerate(islice(cycle(originals), questions - len(originals))):
        copies[original.stem].append(_copy(folder, original, number))
    return copies


def _copy(folder: Path, original: Path, number: int) -> str:
    """Copy a question under a new id and title; returns the id."""
    topic, id_ = original.parent.name, f"{original.stem}-{number}"
    written = re.sub(r'(?m)^id = ".*"', f'id = "{id_}"', original.read_text("utf-8"), count=1)
    (folder / "questions" / topic / f"{id_}.toml").write_text(written, "utf-8")
    for texts in (folder / "texts").iterdir():
        there = texts / topic / original.name
        if not there.is_file():
            continue  # a language that some questions have no text in
        text = there.read_text("utf-8")
        text = re.sub(r'(?m)^title = "(.*)"', rf'title = "\1 {number}"', text, count=1)
        (texts / topic / f"{id_}.toml").write_text(text, "utf-8")
    return id_


def make(database: Path) -> None:
    """Make an empty database."""
    asyncio.run(open_store(database).close())


def fill(database: Path, attempts: int, chats: int) -> None:
    """Make a database of so many practices, each with an attempt, by so many chats in turn.

    They are those a `Crowd` begins with, so that these people come back.
    """
    make(database)
    played = list(_played())
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA synchronous = OFF")
    with connection:
        for number, practice in enumerate(islice(cycle(played), attempts)):
            chat = f"tg:{FIRST_CHAT + number % chats}"
            practice.store(connection, number, chat, number >= attempts - chats)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # on disk, before anything is measured
    connection.close()


@dataclass(frozen=True)
class Practice:
    """A finished practice as rows, to be stored under many ids."""

    session: Session
    body: str
    turns: list[Row]
    attempts: list[Row]

    def store(self, connection: sqlite3.Connection, number: int, chat: str, last: bool) -> None:
        """Store it once more; `last`: it is the chat's current session."""
        id_ = f"{number:010x}"
        at = time_out(datetime.now(UTC) - timedelta(minutes=1))
        body = self.body.replace(self.session.id, id_).replace(self.session.chat, chat)
        kind = (VERSION, self.session.state, self.session.mode)
        connection.execute(SESSION, (id_, chat, last, *kind, body, at, at))
        connection.executemany(TURN, [(id_, *row[1:]) for row in self.turns])
        for chat_score_gate, row in ((row[:3], row[3:]) for row in self.attempts):
            connection.execute(ATTEMPT, (chat, *chat_score_gate[1:], id_, id_, *row[2:]))
        first = HANDLED_BEFORE + number * UPDATES
        connection.executemany(DONE, [(first + i, at) for i in range(UPDATES)])


def _played() -> Iterator[Practice]:
    """A practice with every sample answer."""
    loaded, codec = Loaded(), Codec()
    desk = Desk(Settings(bank=None), loaded)
    for question, answers in sample_answers().items():
        for answer in answers:
            loaded.loaded = None
            yield _practice(_steps(desk, loaded, question, answer), codec)


def _steps(desk: Desk, loaded: Loaded, question: str, answer: str) -> Iterator[Handled]:
    """A practice from its beginning to its end."""
    events = [desk.message(words, 1, "es") for words in (f"/practice {question}", answer, "listo")]
    for received in events:
        yield _step(desk, loaded, desk.work(1, 1, received))
    while loaded.loaded and loaded.loaded.state is State.ASKED:  # a follow-up
        yield _step(desk, loaded, desk.work(1, 1, desk.press("skip", 1, "es")))
    yield _step(desk, loaded, desk.work(1, 1, desk.press("next", 1, "es")))


def _step(desk: Desk, loaded: Loaded, handled: Handled) -> Handled:
    loaded.loaded = handled.after
    return handled


def _practice(steps: Iterator[Handled], codec: Codec) -> Practice:
    done = list(steps)
    assert done[-1].after is not None
    session = replace(done[-1].after, version=VERSION)
    latest = {attempt.id: attempt for one in done for attempt in one.attempts}
    return Practice(
        session,
        codec.session_out(session),
        [codec.turn_out(turn) for one in done for turn in one.turns],
        [("", one.card.score, one.card.gate, *codec.attempt_out(one)) for one in latest.values()],
    )
