"""Messages as calls to the Bot API."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.bodies import encode
from bot.core.events import Done, Event, Hint, Next, ShowSettings
from bot.ports import Message, Received
from tests.telegram.fake_markup import fault_in_keyboard, fault_in_text
from tests.telegram.support import CHAT

NOBODY = Received(Event())
BUTTON = (("Listo", "done@g1"),)
KEYBOARD = {"inline_keyboard": [[{"text": "Listo", "callback_data": "done@g1"}]]}


def encoded(message: Message, received: Received = NOBODY) -> list[dict[str, Any]]:
    return [json.loads(body) for body in encode(CHAT, message, received)]


def test_a_message_with_buttons() -> None:
    (body,) = encoded(Message("<b>hola</b>", (BUTTON,)))
    params = {"chat_id": 2001, "text": "<b>hola</b>", "parse_mode": "HTML"}
    assert body == {"method": "sendMessage", "params": params | {"reply_markup": KEYBOARD}}


def test_a_replacing_message_edits_the_one_whose_button_was_pressed() -> None:
    (body,) = encoded(Message("hola", (BUTTON,), replace=True), Received(Done(), pressed="12"))
    assert body["method"] == "editMessageText"
    assert body["params"]["message_id"] == 12
    assert body["params"]["reply_markup"] == KEYBOARD


def test_without_a_pressed_button_there_is_nothing_to_replace() -> None:
    (body,) = encoded(Message("hola", replace=True))
    assert body["method"] == "sendMessage"


def test_of_a_long_message_the_first_part_edits_and_the_last_has_the_buttons() -> None:
    message = Message("palabra " * 1200, (BUTTON,), replace=True, slot="draft")
    bodies = encoded(message, Received(Done(guard="g1"), pressed="12"))
    methods = [body["method"] for body in bodies]
    assert methods == ["editMessageText", "sendMessage", "sendMessage"]
    assert ["reply_markup" in body["params"] for body in bodies] == [False, False, True]
    assert [body.get("slot") for body in bodies] == [None, None, "draft"]


@pytest.mark.parametrize(
    ("event", "message", "spent"),
    [
        (Next(guard="g1"), Message("x", (BUTTON,)), 12),
        (Next(guard="g1"), Message("x"), 12),
        (Next(guard="g1"), Message("x", (BUTTON,), replace=True), None),
        (Hint(guard="g1"), Message("x"), None),  # the question's other buttons are still needed
        (Hint(guard="g1"), Message("x", (BUTTON,)), 12),
        (ShowSettings(), Message("x", (BUTTON,)), None),  # a menu can be used again
    ],
)
def test_a_used_keyboard_goes_away(event: Event, message: Message, spent: int | None) -> None:
    (body,) = encoded(message, Received(event, pressed="12"))
    assert body.get("spent") == spent


def test_a_file_has_a_short_text_as_its_caption() -> None:
    (body,) = encoded(Message("<b>todo</b>", (BUTTON,), attachment=("a.json", "{}")))
    assert body["method"] == "sendDocument"
    assert body["file"] == ["a.json", "{}"]
    assert body["params"]["caption"] == "<b>todo</b>"
    assert body["params"]["reply_markup"] == KEYBOARD


def test_a_file_comes_after_a_long_text() -> None:
    bodies = encoded(Message("palabra " * 200, attachment=("a.json", "{}")))
    assert [body["method"] for body in bodies] == ["sendMessage", "sendDocument"]
    assert "caption" not in bodies[1]["params"]


def test_an_action_too_long_for_a_button_costs_the_button_only(
    caplog: pytest.LogCaptureFixture,
) -> None:
    rows = ((("A", "x" * 65),), (("B", "ñ" * 32), ("C", "")))
    with caplog.at_level(logging.ERROR):
        (body,) = encoded(Message("hola", rows))
    shown = [[b["text"] for b in row] for row in body["params"]["reply_markup"]["inline_keyboard"]]
    assert shown == [["B"]]
    assert "button left out" in caplog.text


def test_nothing_to_say_is_no_call() -> None:
    assert encoded(Message(" ")) == []


@given(st.text(), st.text(), st.text(max_size=30), st.booleans())
def test_whatever_is_said_the_calls_are_well_formed(
    html: str, label: str, action: str, replace: bool
) -> None:
    message = Message(html.replace("<", "&lt;"), (((label, action),),), replace)
    for body in encode(CHAT, message, Received(Done(), pressed="5")):
        params = json.loads(body.encode().decode())["params"]
        assert fault_in_text(params["text"], "HTML") in ("", "message text is empty")
        assert not fault_in_keyboard(params.get("reply_markup"))
