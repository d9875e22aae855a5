"""Makers of updates, as the Bot API sends them; `update_id` is left to the server."""

from __future__ import annotations

import itertools
from typing import Any

Json = dict[str, Any]
ANA = 2001
_numbers = itertools.count(5001)


def message(chat: int = ANA, lang: str = "es", **content: Any) -> Json:
    """A message by the person whose private chat it is."""
    person = {"id": chat, "is_bot": False, "first_name": "Ana", "language_code": lang}
    return {
        "message_id": next(_numbers),
        "from": person,
        "chat": {"id": chat, "type": "private", "first_name": "Ana"},
        "date": 1_700_000_000,
    } | content


def text(words: str, chat: int = ANA, **content: Any) -> Json:
    return {"message": message(chat, text=words, **content)}


def edited(words: str, message_id: int, chat: int = ANA) -> Json:
    return {"edited_message": message(chat, text=words, message_id=message_id)}


def pressed(data: str, message_id: int, chat: int = ANA) -> Json:
    """A press on a button of the bot's message."""
    shown = message(chat, message_id=message_id, text="...")
    query = {"id": str(next(_numbers)), "chat_instance": "1", "data": data, "message": shown}
    return {"callback_query": query | {"from": shown["from"]}}


def in_group(words: str, kind: str = "supergroup") -> Json:
    return {"message": message(text=words) | {"chat": {"id": -100_777, "type": kind}}}


def album(group: str) -> Json:
    """A picture of an album."""
    return {"message": message(media_group_id=group, photo=[])}
