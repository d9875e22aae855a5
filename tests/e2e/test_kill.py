"""Kill -9 at random moments: everything acknowledged is there, once and in order.

300 updates of 30 chats. In CI with 5 kills; `make soak` runs it with 20.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.process import BotProcess
from tests.telegram.remote import RemoteFake
from tests.telegram.updates import Json, text

KILLS = int(os.environ.get("SIMULACRO_KILLS", "5"))
CHATS = range(2001, 2031)
PARTS = 8  # messages of the answer; with the command and "listo" ten updates a chat


def updates() -> list[Json]:
    """Ten updates a chat, the chats mixed, each chat's own in order."""
    script = ["/practice user-growth", *(f"parte {n} de {{}}" for n in range(PARTS)), "listo"]
    waiting = {chat: [words.format(chat) for words in script] for chat in CHATS}
    rng = random.Random(KILLS)
    mixed = []
    while waiting:
        chat = rng.choice(list(waiting))
        mixed.append(text(waiting[chat].pop(0), chat))
        if not waiting[chat]:
            del waiting[chat]
    return mixed


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, RemoteFake]]:
    """The database and the server after all updates were handled, with all the kills."""
    folder = tmp_path_factory.mktemp("kill")
    rng = random.Random(KILLS)
    everything = updates()
    with RemoteFake() as server, BotProcess(server.environment(), folder) as bot:
        # Each kill comes after a random number of further calls of a random kind, while more
        # updates come in: in the middle of taking, handling and sending.
        share = -(-len(everything) // (KILLS + 1))
        for start in range(0, len(everything), share):
            counts = server.stats()["calls"]
            server.inject(*everything[start : start + share])
            if start + share < len(everything):
                method = rng.choice(["getUpdates", "sendMessage", "sendMessage", "sendMessage"])
                more = 1 if method == "getUpdates" else rng.randrange(1, max(2, share // 3))
                server.stats(method, counts.get(method, 0) + more)
                bot.kill()
                bot.start()
        for chat in CHATS:
            _until_scored(server, chat)
        assert bot.end() == 0
        server.calls += server.ask(f"{server.calls_path}?after={len(server.calls)}")
        yield bot.database, server


def _until_scored(server: RemoteFake, chat: int) -> None:
    """Wait until a chat has heard what follows "listo"."""
    server._read = 0
    server.until(
        lambda call: (
            str(call["params"].get("chat_id")) == str(chat)
            and call["method"] in ("sendMessage", "editMessageText")
            and any(word in call["params"].get("text", "") for word in ("/100", "fondo", "de 100"))
        )
    )


def test_every_update_is_handled_once(played: tuple[Path, RemoteFake]) -> None:
    with sqlite3.connect(played[0]) as db:
        rows = db.execute("SELECT done_at, failure FROM inbox").fetchall()
    assert len(rows) == len(CHATS) * (PARTS + 2)
    assert all(done and not failure for done, failure in rows)


def test_each_chat_is_in_order_and_no_part_of_an_answer_is_lost(
    played: tuple[Path, RemoteFake],
) -> None:
    with sqlite3.connect(played[0]) as db:
        answers = dict(db.execute("SELECT chat, answer FROM attempts").fetchall())
    for chat in CHATS:
        expected = "\n\n".join(f"parte {n} de {chat}" for n in range(PARTS))
        assert answers[f"tg:{chat}"] == expected


def test_a_kill_repeats_at_most_the_one_send_of_a_chat_it_cut_short(
    played: tuple[Path, RemoteFake],
) -> None:
    """A message that was being sent may come twice; no chat gets more than one such at a kill."""
    sent: dict[int, list[str]] = {chat: [] for chat in CHATS}
    for call in played[1].calls:
        if call["method"] in ("sendMessage", "editMessageText"):
            sent[int(call["params"]["chat_id"])].append(call["params"]["text"])
    repeated = {chat: len(texts) - len(set(texts)) for chat, texts in sent.items()}
    print(json.dumps({"kills": KILLS, "repeated, most of a chat": max(repeated.values())}))
    assert max(repeated.values()) <= KILLS
    for texts in sent.values():
        in_order = list(dict.fromkeys(texts))
        assert in_order[0].startswith("<b>Crecimiento de usuarios</b>")
        counted = [text for text in in_order if text.startswith("Anotado")]
        assert len(counted) == PARTS
        assert counted == sorted(counted, key=lambda text: int(text.split()[2]))
