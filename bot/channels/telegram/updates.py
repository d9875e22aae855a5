"""What an update means. Nothing here raises, whatever the update holds.

Updates are read as the plain JSON they are: building python-telegram-bot's `Update` objects costs
0.12 ms each, ten times all that is done here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Protocol, TypeGuard

from bot.core.events import Edited, Event, Stray, Unknown, parse
from bot.intake import clean as legible
from bot.ports import Incoming, Received

Json = Mapping[str, Any]
BEGINNING = "tg:"  # of the names of chats
KINDS = ("message", "edited_message", "callback_query")
LARGEST_ID = 2**63 - 2  # what the store can hold, and the offset after it
_NOTHING: Json = {}
_LONE = re.compile("[\ud800-\udfff]")
_ADDRESSED = re.compile(r"(/\w+)@\w+")

# Of what a message may hold, in the order that tells most: a GIF comes as a document as well.
_STRAYS = (
    *("sticker", "photo", "voice", "animation", "video", "video_note", "audio", "document"),
    *("location", "contact", "poll"),
)
# Notes by Telegram itself; to answer them would only puzzle.
_SERVICE = (
    *("pinned_message", "message_auto_delete_timer_changed", "chat_background_set"),
    *("write_access_allowed", "connected_website", "users_shared", "chat_shared", "gift"),
    *("boost_added", "new_chat_members", "left_chat_member", "proximity_alert_triggered"),
)


class Intake(Protocol):
    """Reads what a person wrote."""

    def read(self, text: str, ref: str) -> Event:
        """The event of a message: a command, a phrase such as "listo", or a text."""


def clean(text: str) -> str:
    """A text that can be stored and sent: no NUL, U+FFFD in place of lone surrogates."""
    return _LONE.sub("\ufffd", text.replace("\0", ""))


def update_id(update: object) -> int | None:
    """The number of an update, None when it has none."""
    number = part(update).get("update_id")
    return number if isinstance(number, int) and 0 <= number <= LARGEST_ID else None


def incoming(update: object, source: str) -> Incoming | None:
    """An update as it goes into the inbox; None: of no use, it is not kept.

    Of no use is all that comes from groups, channels and other bots, notes by Telegram itself, and
    edits that hold no text (a moving location edits its message all the time).
    """
    number = update_id(update)
    kind, content = _content(update)
    chat = _private_chat(kind, content)
    if number is None or chat is None or part(content.get("from")).get("is_bot") is True:
        return None
    if kind == "edited_message" and not isinstance(content.get("text"), str):
        return None
    if kind == "message" and any(key in content for key in _SERVICE):
        return None
    return Incoming(source, number, f"{BEGINNING}{chat}", json.dumps(update))


def decode(body: str, intake: Intake) -> Received:
    """What an update of the inbox says."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return Received(Stray("other"))
    kind, content = _content(update)
    lang = clean(_text(part(content.get("from")).get("language_code")))[:35]
    if kind == "callback_query":
        return _pressed(content, lang)
    if _private_chat(kind, content) is None:
        return Received(Stray("group"), lang)
    return Received(_event(kind, content, intake), lang)


def part(value: object) -> Json:
    """`value` where it is an object, else an empty one."""
    return value if isinstance(value, dict) else _NOTHING


def _event(kind: str, content: Json, intake: Intake) -> Event:
    text = content.get("text")
    ref = _ref(content)
    if isinstance(text, str):
        text = clean(text)
        if not text.strip():
            return Stray("empty")
        if kind == "edited_message":
            return Edited(legible(text), ref)
        return intake.read(_ADDRESSED.sub(r"\1", text, count=1) if text[0] == "/" else text, ref)
    return Stray(next((key for key in _STRAYS if key in content), "other"))


def _pressed(query: Json, lang: str) -> Received:
    message = part(query.get("message"))
    data = query.get("data")
    event = parse(clean(data)) if isinstance(data, str) else Unknown()
    # A message too old to be reached comes with date 0 and can no longer be edited.
    reachable = message.get("date") != 0
    return Received(event, lang, _ref(message) if reachable else "")


def _content(update: object) -> tuple[str, Json]:
    """The kind of an update and what it holds."""
    whole = part(update)
    for kind in KINDS:
        if isinstance(content := whole.get(kind), dict):
            return kind, content
    return "", _NOTHING


def _private_chat(kind: str, content: Json) -> int | None:
    """The number of the private chat something comes from, None when it is from elsewhere."""
    message = part(content.get("message")) if kind == "callback_query" else content
    chat = part(message.get("chat"))
    number = chat.get("id")
    private = chat.get("type", "private") == "private"
    return number if private and _is_id(number) and number > 0 else None


def _ref(message: Json) -> str:
    number = message.get("message_id")
    return str(number) if _is_id(number) else ""


def _is_id(value: object) -> TypeGuard[int]:
    return type(value) is int and abs(value) < 2**63


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
