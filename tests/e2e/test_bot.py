"""The bot as a process: a whole interview against a Bot API server nobody here wrote, and how it
starts, stops and fails."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.process import BotProcess
from tests.telegram.fake_bot import TOKEN
from tests.telegram.remote import Emulator, RemoteFake
from tests.telegram.updates import Json, pressed, text

ANSWER = (
    "Lo primero fue elegir un solo dato, las clases terminadas por semana, porque si la gente "
    "termina, vuelve. En mi empresa anterior hablé con doce alumnos & cambié el <recordatorio>: "
    "pasamos de 400 a 620 clases semanales en tres meses. Con ustedes empezaría igual."
)
SHOWS = ("sendMessage", "editMessageText", "sendPhoto")


def said(call: Json) -> str:
    """The words of a message; of a picture, its caption."""
    return str(call["params"].get("text") or call["params"].get("caption") or "")


class Person:
    """Somebody at a telephone: writes, presses what is shown, waits for what is said."""

    def __init__(self, server: Emulator | RemoteFake) -> None:
        self._server = server
        self._buttons: list[tuple[str, str, int]] = []

    def write(self, words: str) -> None:
        self._server.inject(text(words))

    def press(self, label: str) -> None:
        action, number = next((a, n) for t, a, n in reversed(self._buttons) if label in t)
        self._server.inject(pressed(action, number))

    def hears(self, words: str) -> str:
        """Wait for a message that holds `words`; returns it."""
        while True:
            call = self._server.until(lambda call: call["method"] in SHOWS)
            self._see(call)
            if words in said(call):
                return said(call)

    def _see(self, call: Json) -> None:
        markup = call["params"].get("reply_markup", "{}")
        markup = json.loads(markup) if isinstance(markup, str) else markup
        number = int(call["result"]["message_id"])
        for row in markup.get("inline_keyboard", []):
            self._buttons += [(b["text"], b["callback_data"], number) for b in row]


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    with Emulator(tmp_path) as server:
        yield server


@pytest.fixture
def fake() -> Iterator[RemoteFake]:
    with RemoteFake() as server:
        yield server


def test_a_whole_interview_with_buttons_then_its_transcript(
    emulator: Emulator, tmp_path: Path
) -> None:
    with BotProcess(emulator.environment(), tmp_path) as bot:
        person = Person(emulator)
        person.write("/start")
        person.hears("Simulacro")
        person.press("Entrevista")
        person.hears("¿Para qué puesto")
        person.press("Empezar ya")
        for number in (1, 2, 3):
            person.hears(f"Pregunta {number} de 3")
            person.write(ANSWER)
            person.hears("Anotado")
            person.press("Listo")
            person.hears("un poco más a fondo")
            person.press("Ver mi nota ya")
            card = person.hears("/100")
            assert "<recordatorio>" not in card
            person.press("Siguiente" if number < 3 else "Ver el resultado")
        person.hears("Fin de la entrevista")
        person.press("Ver la transcripción")
        assert "&lt;recordatorio&gt;" in person.hears("pasamos de 400")
        assert bot.end() == 0
        wanted = (
            "setMyCommands",
            "editMessageText",
            "answerCallbackQuery",
            "sendChatAction",
            "sendPhoto",
        )
        verdict = emulator.verdict(wanted)
        assert verdict["ok"], verdict
        assert TOKEN not in bot.logged


def test_export_sends_a_file_and_delete_leaves_no_byte(emulator: Emulator, tmp_path: Path) -> None:
    with BotProcess(emulator.environment(), tmp_path) as bot:
        person = Person(emulator)
        person.write("/start q_retention")
        person.hears("retención")
        person.write("La palabra secreta es ornitorrinco.")
        person.hears("Anotado")
        person.write("/exportar")
        sent = emulator.until(lambda call: call["method"] == "sendDocument")
        [(name, content)] = sent["files"].values()
        assert name.endswith(".json")
        assert "ornitorrinco" in content
        assert TOKEN not in content
        person.write("/borrar")
        person.hears("¿Borro todo")
        person.press("Sí, borrar todo")
        emulator.until(
            lambda call: (
                call["method"] in SHOWS
                and "ornitorrinco" not in str(call)
                and "ya no queda nada" in said(call)
            )
        )
        assert bot.end() == 0
        for file in tmp_path.glob("bot.db*"):
            assert b"ornitorrinco" not in file.read_bytes(), file


def test_after_a_stop_the_person_goes_on_where_they_were(
    emulator: Emulator, tmp_path: Path
) -> None:
    with BotProcess(emulator.environment(), tmp_path) as bot:
        person = Person(emulator)
        person.write("/start q_retention")
        person.hears("retención")
        person.write("Una primera parte.")
        person.hears("3 palabras")
        bot.kill()
        person.write("Y una segunda.")
        bot.start()
        person.hears("6 palabras")
        assert bot.end() == 0


def test_sigterm_ends_it_well_and_leaves_nothing_half_done(
    fake: RemoteFake, tmp_path: Path
) -> None:
    with BotProcess(fake.environment(), tmp_path) as bot:
        fake.inject(text("/help"))
        fake.until(lambda call: call["method"] == "sendMessage")
        assert bot.end() == 0
        with sqlite3.connect(bot.database) as db:
            assert db.execute("SELECT count(*) FROM inbox WHERE done_at IS NULL").fetchone() == (
                0,
            )


def test_a_token_telegram_does_not_know_is_said_so(fake: RemoteFake, tmp_path: Path) -> None:
    wrong = "1001:some-other-token-0123456789abcdefghijk"
    with BotProcess({**fake.environment(), "TELEGRAM_BOT_TOKEN": wrong}, tmp_path) as bot:
        assert bot.wait() == 2
        assert "TELEGRAM_BOT_TOKEN" in bot.logged
        assert wrong not in bot.logged


def test_no_token_at_all_says_where_to_get_one(fake: RemoteFake, tmp_path: Path) -> None:
    with BotProcess({**fake.environment(), "TELEGRAM_BOT_TOKEN": ""}, tmp_path) as bot:
        assert bot.wait() == 2
        assert "@BotFather" in bot.logged


def test_two_pollers_on_one_token_stop_and_say_so(fake: RemoteFake, tmp_path: Path) -> None:
    with BotProcess(fake.environment(), tmp_path) as bot:
        fake.until(lambda call: call["method"] == "setMyCommands")
        description = "Conflict: terminated by other getUpdates request"
        fake.fault(method="getUpdates", status=409, description=description, times=1000)
        fake.inject(text("/help"))
        assert bot.wait() == 1
        assert "Traceback" not in bot.logged
        assert TOKEN not in bot.logged


def test_messages_survive_429_and_cuts(fake: RemoteFake, tmp_path: Path) -> None:
    fake.fault(method="sendMessage", status=429, retry_after=1, description="Too Many Requests")
    fake.fault(method="sendMessage", times=2)
    with BotProcess(fake.environment(), tmp_path) as bot:
        fake.inject(text("/help"))
        call = fake.stats("sendMessage", 4)
        assert call["calls"]["sendMessage"] == 4
        assert bot.end() == 0


def test_a_database_held_by_somebody_else_is_waited_for(fake: RemoteFake, tmp_path: Path) -> None:
    with BotProcess(fake.environment(), tmp_path) as bot:
        fake.until(lambda call: call["method"] == "setMyCommands")
        with closing(sqlite3.connect(bot.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            fake.inject(text("/help"))
            while "is held by another program" not in bot.logged:
                fake.stats("getMe", 1)
            assert fake.stats()["waiting"] == 1
        fake.until(lambda call: call["method"] == "sendMessage")
        assert bot.end() == 0


def test_sigterm_with_the_database_held_ends_it_well_within_ten_seconds(
    fake: RemoteFake, tmp_path: Path
) -> None:
    with BotProcess(fake.environment(), tmp_path) as bot:
        Person(fake).write("/help")
        fake.until(lambda call: call["method"] == "sendMessage")
        with closing(sqlite3.connect(bot.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            asked = fake.stats()["calls"]["getUpdates"]
            fake.inject(text("/help"))
            fake.stats("getUpdates", asked + 1)
            began = time.monotonic()
            assert bot.end() == 0
            assert time.monotonic() - began < 10
