"""A message as calls to the Bot API, one outbox entry each.

An entry is a JSON object: `method` and `params` of the call; perhaps `file` (name, text) or
`picture` (name, SVG) to upload, `slot`, and `spent`: the message whose keyboard was used and goes
away.
"""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from typing import Any

from telegram.constants import InlineKeyboardButtonLimit, MessageLimit, ParseMode

from bot.channels.telegram.split import split, units
from bot.channels.telegram.updates import clean
from bot.core.events import Hint
from bot.ports import Message, Received

log = logging.getLogger(__name__)

MAX_CAPTION = int(MessageLimit.CAPTION_LENGTH)
MAX_DATA = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)  # bytes
HTML = str(ParseMode.HTML)
Body = dict[str, Any]


def chat_id(chat: str) -> int:
    """The number of a chat key such as `tg:1001`."""
    return int(chat.removeprefix("tg:"))


def encode(chat: str, message: Message, received: Received) -> list[str]:
    """The calls that bring `message` to the person who sent `received`."""
    number = chat_id(chat)
    if message.picture is not None:
        message = replace(message, replace=False)  # no text can be edited into a picture
    bodies = [_sent(number, text) for text in split(clean(message.html)) if text.strip()]
    pressed = int(received.pressed) if received.pressed else None
    if message.attachment is not None:
        bodies = _with_file(number, message.attachment, bodies)
    elif message.picture is not None:
        bodies = _with_picture(number, message.picture, bodies)
    elif message.replace and pressed is not None and bodies:
        bodies[0] = _edit(bodies[0], pressed)
    if not bodies:
        return []
    if keyboard := _keyboard(message):
        bodies[-1]["params"]["reply_markup"] = keyboard
    if message.slot:
        bodies[-1]["slot"] = message.slot
    if pressed is not None and _spent(message, received):
        bodies[-1]["spent"] = pressed
    return [json.dumps(body) for body in bodies]


def _sent(chat: int, text: str) -> Body:
    return {"method": "sendMessage", "params": {"chat_id": chat, "text": text, "parse_mode": HTML}}


def _edit(body: Body, message_id: int) -> Body:
    return {"method": "editMessageText", "params": {**body["params"], "message_id": message_id}}


def _with_file(chat: int, file: tuple[str, str], bodies: list[Body]) -> list[Body]:
    """The file with the text as its caption, or after the text where that is too long."""
    name, text = file
    params, texts = _captioned(chat, bodies)
    return [*texts, {"method": "sendDocument", "params": params, "file": [name, clean(text)]}]


def _with_picture(chat: int, picture: tuple[str, str], bodies: list[Body]) -> list[Body]:
    """The picture with the text as its caption, or before the text where that is too long."""
    params, texts = _captioned(chat, bodies)
    return [{"method": "sendPhoto", "params": params, "picture": list(picture)}, *texts]


def _captioned(chat: int, bodies: list[Body]) -> tuple[dict[str, Any], list[Body]]:
    """The parameters of an upload, with the text if it fits a caption; and the texts left."""
    if len(bodies) != 1 or units(bodies[0]["params"]["text"]) > MAX_CAPTION:
        return {"chat_id": chat}, bodies
    caption = bodies[0]["params"]["text"]
    return {"chat_id": chat, "caption": caption, "parse_mode": HTML}, []


def _keyboard(message: Message) -> dict[str, Any] | None:
    """The buttons as an inline keyboard.

    Written out, not built of `InlineKeyboardButton`: that takes 27 µs a button, and its second
    positional argument is an address to open.
    """
    rows = [[_button(*button) for button in row if _fits(button[1])] for row in message.buttons]
    rows = [row for row in rows if row]
    return {"inline_keyboard": rows} if rows else None


def _button(label: str, action: str) -> dict[str, str]:
    return {"text": clean(label).strip() or action, "callback_data": action}


def _fits(action: str) -> bool:
    fits = 0 < len(action.encode(errors="replace")) <= MAX_DATA
    if not fits:
        # Telegram would refuse the whole message for it.
        log.error("button left out, its action takes over %d bytes: %.80r", MAX_DATA, action)
    return fits


def _spent(message: Message, received: Received) -> bool:
    """Whether the keyboard with the pressed button has had its use.

    Buttons of a step have; those of menus stay. A hint leaves the question's other buttons needed,
    unless it brings new ones.
    """
    if not received.event.guard or message.replace:
        return False
    return bool(message.buttons) or not isinstance(received.event, Hint)
