"""What updates mean, and which are not kept at all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.telegram.api import Api
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.updates import decode, incoming
from bot.core.events import Done, Edited, Event, Practice, Start, Stray, Text, Unknown
from bot.ports import Incoming, Received
from tests.telegram.support import PlainIntake, new_channel
from tests.telegram.updates import edited, in_group, message, pressed, text

SOURCE = "tg:1"


def kept(update: dict[str, Any], number: int = 7) -> Incoming | None:
    return incoming({"update_id": number} | update, SOURCE)


def read(update: dict[str, Any]) -> Received:
    found = kept(update)
    assert found is not None
    return decode(found.body, PlainIntake())


def test_a_message_is_kept_with_its_number_and_chat() -> None:
    found = kept(text("hola"))
    assert found is not None
    assert (found.source, found.id, found.chat) == (SOURCE, 7, "tg:2001")


def test_a_text_goes_through_the_intake_with_the_number_of_its_message() -> None:
    assert read(text("hola", message_id=12)) == Received(Text("hola", "12"), "es")


@pytest.mark.parametrize(
    ("said", "event"),
    [
        ("/start q_retention", Start("q_retention")),
        ("/start@simulacro_test_bot q_retention", Start("q_retention")),
        ("listo", Done()),
        ("a@b.org", Text("a@b.org", "1")),
        ("  ", Stray("empty")),
        ("\0", Stray("empty")),
        ("so\0la \ud83d vez", Text("sola \ufffd vez", "1")),
        ("😀", Text("😀", "1")),
    ],
)
def test_texts(said: str, event: Event) -> None:
    assert read(text(said, message_id=1)).event == event


def test_an_edit_names_the_message_it_changes() -> None:
    assert read(edited("mejor", 12)).event == Edited("mejor", "12")


def test_an_edit_is_cleaned_as_a_message_is() -> None:
    assert read(edited("\u202eme\x1b[2Jjor\r\n", 12)).event == Edited("me[2Jjor", "12")


def test_a_press_names_the_message_with_the_button() -> None:
    found = read(pressed("practice:retention", 12))
    assert found == Received(Practice("retention"), "es", "12")
    assert read(pressed("done@g1", 12)).event == Done(guard="g1")


def test_a_message_out_of_reach_is_not_to_be_edited() -> None:
    update = pressed("next", 12)
    update["callback_query"]["message"]["date"] = 0
    assert read(update).pressed == ""


def test_a_press_without_data_is_unknown() -> None:
    update = pressed("", 12)
    del update["callback_query"]["data"]
    assert read(update).event == Unknown()


@pytest.mark.parametrize("kind", ["sticker", "photo", "voice", "video", "location", "poll"])
def test_what_holds_no_text_is_stray_of_its_kind(kind: str) -> None:
    assert read({"message": message() | {kind: {}}}).event == Stray(kind)


def test_a_gif_is_no_document_and_a_caption_no_answer() -> None:
    assert read({"message": message(animation={}, document={})}).event == Stray("animation")
    assert read({"message": message(photo=[], caption="hola")}).event == Stray("photo")


def test_what_nobody_knows_is_other() -> None:
    assert read({"message": message(hologram={})}).event == Stray("other")


@pytest.mark.parametrize(
    "update",
    [
        in_group("/start"),
        in_group("hola", "group"),
        {"message": message(pinned_message={})},
        {"edited_message": message(location={})},
        {"message": message(text="x") | {"from": {"id": 5, "is_bot": True}}},
        {"channel_post": message(text="x")},
        {"message": {"text": "nobody's"}},
        {"callback_query": {"id": "1", "from": {"id": 5}, "data": "next"}},
    ],
)
def test_what_is_of_no_use_is_not_kept(update: dict[str, Any]) -> None:
    assert kept(update) is None


@pytest.mark.parametrize("number", [-1, 2**63, "7", None, 1.5])
def test_an_update_needs_a_number_the_store_can_hold(number: Any) -> None:
    assert incoming({"update_id": number} | text("hola"), SOURCE) is None


def test_numbers_over_2_to_the_53_are_exact() -> None:
    found = kept(text("hola", chat=2**53 + 1, message_id=2**60 + 1), 2**62 + 1)
    assert found is not None
    assert (found.id, found.chat) == (2**62 + 1, f"tg:{2**53 + 1}")
    assert decode(found.body, PlainIntake()).event == Text("hola", str(2**60 + 1))


def test_what_is_kept_can_be_stored_as_utf_8() -> None:
    found = kept(text("\ud800 y \0"))
    assert found is not None
    assert "\0" not in found.body.encode().decode()


def test_an_album_is_kept_once(channel: TelegramChannel) -> None:
    album = [message(photo=[], media_group_id="m1") for _ in range(3)]
    found = [channel.admit({"update_id": n, "message": m}) for n, m in enumerate(album)]
    assert [one is not None for one in found] == [True, False, False]


KEYS = st.sampled_from(
    [
        *("update_id", "message", "edited_message", "callback_query", "chat", "from", "id"),
        *("type", "text", "data", "message_id", "date", "is_bot", "language_code", "photo"),
    ]
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)
CHAT = st.fixed_dictionaries({"id": st.integers(1) | JUNK}, optional={"type": JUNK})
SHAPED = st.fixed_dictionaries(
    {"update_id": st.integers(0, 2**62)},
    optional={
        kind: st.fixed_dictionaries(
            {"chat": CHAT},
            optional={"from": JUNK, "text": st.text() | JUNK, "message_id": JUNK, "data": JUNK},
        )
        for kind in ("message", "edited_message")
    }
    | {"callback_query": JUNK},
)


@given(JUNK | SHAPED)
@example({"update_id": 1, "message": {"chat": {"id": 5, "type": []}, "text": "\udfff"}})
@example({"update_id": 1, "callback_query": {"message": {"chat": {"id": 5}}, "data": "\ud800"}})
def test_no_update_is_odd_enough_to_raise(update: Any) -> None:
    found = incoming(update, SOURCE)
    if found is not None:
        received = decode(found.body, PlainIntake())
        assert isinstance(received.event, Event)
        json.dumps(received.lang).encode()


@given(st.text())
def test_no_body_is_odd_enough_to_raise(body: str) -> None:
    assert isinstance(decode(body, PlainIntake()).event, Event)


@pytest.mark.parametrize("update", [None, 3, {"callback_query": 5}, {"message": {"chat": 1}}])
async def test_greeting_takes_anything(api: Api, update: Any) -> None:
    channel = new_channel(api)
    channel.greet(update)
    await channel.background.settle(5)
