"""What is done beside the inbox: showing that something is written, and groups."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.telegram.api import Api
from bot.channels.telegram.channel import TelegramChannel
from bot.intake import Command, Intake, Wording
from bot.ports import Message
from tests.telegram.fake_bot import FakeBot
from tests.telegram.support import ME, Slots
from tests.telegram.updates import edited, in_group, message, pressed, text

NAMES = {"es": "empezar", "en": "begin", "zh": "开始"}


def begins(name: str) -> Wording:
    start = Command(("start", name), name, "", (name,))
    return Wording({"start": start, "done": Command(("done",), "done", "")}, ())


INTAKE = Intake({lang: begins(name) for lang, name in NAMES.items()})


def notice(code: str, username: str) -> Message:
    return Message(f"{code}: @{username}")


@pytest.fixture
async def channel(api: Api) -> AsyncIterator[TelegramChannel]:
    channel = TelegramChannel(api, ME, INTAKE, Slots().slot, notice)
    yield channel
    await channel.background.settle(5)


def by(update: dict[str, Any], lang: str | None) -> dict[str, Any]:
    """The update as sent by somebody whose app is in that language."""
    person = {"id": 5, "is_bot": False} | ({"language_code": lang} if lang else {})
    return {"message": update["message"] | {"from": person}}


@pytest.mark.parametrize(
    "words",
    [
        "/start",
        "/start@simulacro_test_bot",
        "/START@Simulacro_Test_Bot q_retention",
        "/empezar",
        "/begin@simulacro_test_bot",
        "/开始",
    ],
)
@pytest.mark.parametrize("lang", ["es", "en", "zh-hans", None])
async def test_a_start_in_a_group_points_to_the_private_chat_in_the_sender_s_language(
    channel: TelegramChannel, fake: FakeBot, words: str, lang: str | None
) -> None:
    update = {"update_id": 1} | by(in_group(words), lang)
    assert channel.admit(update) is None
    channel.greet(update)
    await channel.background.settle(5)
    (sent,) = fake.of("sendMessage")
    assert sent.params["chat_id"] == -100_777
    assert sent.params["text"] == f"{lang or ''}: @simulacro_test_bot"


@pytest.mark.parametrize(
    "update",
    [
        in_group("/start@another_bot"),
        in_group("/begin@another_bot"),
        in_group("/listo"),
        in_group("empezar"),
        in_group("hola /start"),
        in_group("/"),
        in_group("/@simulacro_test_bot"),
        in_group("/done", "group"),
        in_group("/start", "channel"),
        {"message": message(photo=[]) | {"chat": {"id": -1, "type": "group"}}},
        {"edited_message": in_group("/start")["message"]},
        {"channel_post": in_group("/start")["message"]},
        {"my_chat_member": {"chat": {"id": -1, "type": "group"}, "from": {"id": 5}}},
        {"callback_query": {"id": "1", "data": "start", "message": in_group("/start")["message"]}},
    ],
)
async def test_all_else_in_a_group_is_neither_answered_nor_kept(
    channel: TelegramChannel, fake: FakeBot, update: dict[str, Any]
) -> None:
    update = {"update_id": 1} | update
    assert channel.admit(update) is None
    channel.greet(update)
    await channel.background.settle(5)
    assert fake.of("sendMessage") == fake.of("sendChatAction") == []


@pytest.mark.parametrize("update", [text("/done"), pressed("done@g1", 5)])
async def test_an_answer_handed_in_shows_that_something_is_written(
    channel: TelegramChannel, fake: FakeBot, update: dict[str, Any]
) -> None:
    channel.greet({"update_id": 1} | update)
    await channel.background.settle(5)
    (sent,) = fake.of("sendChatAction")
    assert sent.params == {"chat_id": 2001, "action": "typing"}


@pytest.mark.parametrize("update", [text("hola"), edited("/done", 5), pressed("next@g1", 5)])
async def test_nothing_is_shown_for_what_is_answered_at_once(
    channel: TelegramChannel, fake: FakeBot, update: dict[str, Any]
) -> None:
    channel.greet({"update_id": 1} | update)
    await channel.background.settle(5)
    assert fake.of("sendChatAction") == []


async def test_a_time_out_that_hands_in_shows_it_too(
    channel: TelegramChannel, fake: FakeBot
) -> None:
    channel.busy("tg:2001")
    await channel.background.settle(5)
    (sent,) = fake.of("sendChatAction")
    assert sent.params == {"chat_id": 2001, "action": "typing"}
