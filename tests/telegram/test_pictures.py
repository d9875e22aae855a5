"""A message with a picture: as a photo with its words, or at least its words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram.api import Api
from bot.channels.telegram.bodies import encode
from bot.channels.telegram.channel import TelegramChannel
from bot.core.events import Event, Next
from bot.picture import png
from bot.ports import Message, Received, Refused
from tests.render.charts import chart
from tests.render.samples import RENDERER
from tests.telegram.fake_bot import TOKEN, FakeBot, Fault
from tests.telegram.remote import Emulator
from tests.telegram.support import CHAT, new_channel, outgoing

SVG = RENDERER.voice("es").picture("interview", chart("es", 3))
PICTURE = ("simulacro-interview.png", SVG)
BUTTON = (("Listo", "done@g1"),)
SAID = Message("<b>nota</b>", (BUTTON,), picture=PICTURE)
LONG = Message("palabra " * 200, (BUTTON,), picture=PICTURE)


def encoded(message: Message, received: Received = Received(Event())) -> list[dict[str, Any]]:  # noqa: B008
    return [json.loads(body) for body in encode(CHAT, message, received)]


async def send(channel: TelegramChannel, message: Message) -> None:
    for body in encode(CHAT, message, Received(Event())):
        await channel.send(outgoing(body))


def test_a_short_text_is_the_caption_and_the_picture_stays_small_until_it_is_sent() -> None:
    (body,) = encoded(SAID)
    assert body["method"] == "sendPhoto"
    assert body["picture"] == ["simulacro-interview.png", SVG]
    assert body["params"]["caption"] == "<b>nota</b>"
    assert "reply_markup" in body["params"]


def test_a_long_text_follows_with_the_buttons() -> None:
    photo, text = encoded(LONG)
    assert (photo["method"], text["method"]) == ("sendPhoto", "sendMessage")
    assert photo["params"] == {"chat_id": 2001}
    assert "reply_markup" in text["params"]


def test_a_picture_without_words() -> None:
    (body,) = encoded(Message("", picture=PICTURE))
    assert body["params"] == {"chat_id": 2001}


def test_it_is_always_a_new_message_and_the_used_keyboard_goes() -> None:
    message = Message("nota", (BUTTON,), replace=True, picture=PICTURE)
    (body,) = encoded(message, Received(Next(guard="g1"), pressed="12"))
    assert body["method"] == "sendPhoto"
    assert body["spent"] == 12


async def test_it_is_drawn_when_it_is_sent(channel: TelegramChannel, fake: FakeBot) -> None:
    await send(channel, SAID)
    (call,) = fake.of("sendPhoto")
    name, content = call.files["photo"]
    assert name == "simulacro-interview.png"
    assert content.encode(errors="surrogateescape") == png(SVG)


@pytest.mark.parametrize(
    "reason", ["IMAGE_PROCESS_FAILED", "PHOTO_INVALID_DIMENSIONS", "CHAT_SEND_PHOTOS_FORBIDDEN"]
)
async def test_a_refused_picture_leaves_the_words_and_buttons(
    channel: TelegramChannel, fake: FakeBot, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    fake.faults.append(Fault("sendPhoto", 400, f"Bad Request: {reason}"))
    await send(channel, SAID)
    (call,) = fake.of("sendMessage")
    assert call.params["text"] == "<b>nota</b>"
    assert "reply_markup" in call.params
    assert "picture left out" in caplog.text


async def test_a_picture_that_cannot_be_drawn_leaves_the_words(
    channel: TelegramChannel, fake: FakeBot, caplog: pytest.LogCaptureFixture
) -> None:
    await send(channel, Message("<b>nota</b>", (BUTTON,), picture=("a.png", "<svg")))
    assert fake.of("sendPhoto") == []
    assert [call.params["text"] for call in fake.of("sendMessage")] == ["<b>nota</b>"]
    assert "picture left out" in caplog.text


async def test_of_a_refused_picture_without_words_nothing_is_left(
    channel: TelegramChannel, fake: FakeBot
) -> None:
    fake.faults.append(Fault("sendPhoto", 400, "Bad Request: IMAGE_PROCESS_FAILED"))
    photo, text = encode(CHAT, LONG, Received(Event()))
    with pytest.raises(Refused):
        await channel.send(outgoing(photo))
    await channel.send(outgoing(text))
    assert len(fake.of("sendMessage")) == 1


async def test_refused_markup_of_a_caption_keeps_the_picture(
    channel: TelegramChannel, fake: FakeBot
) -> None:
    await send(channel, Message("<b>sin &lt;fin&gt;", picture=PICTURE))
    assert [message.get("caption") for message in fake.messages.values()] == ["sin <fin>"]


async def test_a_message_cannot_take_the_place_of_a_picture(
    channel: TelegramChannel, fake: FakeBot
) -> None:
    await send(channel, SAID)
    (body,) = encode(CHAT, Message("menú", replace=True), Received(Event(), pressed="1"))
    await channel.send(outgoing(body))
    assert [message.get("text") for message in fake.messages.values()] == [None, "menú"]


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    with Emulator(tmp_path) as running:
        yield running


async def test_a_server_nobody_here_wrote_takes_it(emulator: Emulator) -> None:
    async with Api(TOKEN, emulator.address) as api:
        channel = new_channel(api)
        await send(channel, SAID)
        await send(channel, LONG)
    photo = emulator.until(lambda call: call["method"] == "sendPhoto")
    assert photo["files"]["photo"][1].encode(errors="surrogateescape") == png(SVG)
    assert emulator.verdict(["sendPhoto", "sendMessage"])["ok"]
