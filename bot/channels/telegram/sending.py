"""Carries out outbox entries, and finds a way round what the Bot API refuses."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.channels.telegram.api import Api
from bot.channels.telegram.background import Background
from bot.channels.telegram.bodies import Body
from bot.channels.telegram.split import plain
from bot.picture import NotDrawn, png
from bot.ports import Outgoing, Refused, RetryLater

log = logging.getLogger(__name__)

SLOTS = ("draft",)  # all the core uses (held by a test)
FORGOTTEN = "0"  # no message has this number
UPLOAD_TIMEOUT = 120.0  # seconds

# What the Bot API says, in lower case, and what it means.
_UNCHANGED = ("is not modified",)
_NOT_EDITABLE = (
    *("message to edit not found", "can't be edited", "message_id_invalid"),
    *("message identifier is not specified", "there is no text in the message to edit"),
)
_UNREADABLE = "can't parse entities"
_NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid", "user_deactivated")

SlotLookup = Callable[[str, str], str]


class Sender:
    """Sends entries; `slot` tells which message was last sent in a slot of a chat."""

    def __init__(self, api: Api, background: Background, slot: SlotLookup) -> None:
        self._api, self._background, self._slot = api, background, slot

    async def send(self, outgoing: Outgoing) -> tuple[str, str]:
        """Carry out an entry; returns (slot, message number) to be remembered.

        A slot whose message was edited into another is remembered as `FORGOTTEN`: the next message
        of the slot must not delete it. Raises `RetryLater` or `Refused`.
        """
        body: Body = json.loads(outgoing.body)
        result = await self._try(body)
        self._tidy(outgoing.chat, body)
        if slot := body.get("slot", ""):
            return slot, _message_id(result)
        slot = self._overwritten(outgoing.chat, body)
        return slot, FORGOTTEN if slot else ""

    async def _try(self, body: Body) -> Any:
        """Make the call, in another form where the first is refused."""
        try:
            return await self._call(body)
        except NotDrawn as error:
            said, other = str(error), _without_picture(body, str(error))
        except BadRequest as error:
            said, reason = error.message, error.message.lower()
            if any(known in reason for known in _UNCHANGED):
                return None
            nobody = any(known in reason for known in _NOBODY_THERE)
            other = None if nobody else _otherwise(body, reason)
        if other is None:
            raise Refused(said)
        return await self._try(other)

    async def _call(self, body: Body) -> Any:
        try:
            return await self._api.call(body["method"], body["params"], *_upload(body))
        except RetryAfter as error:
            raise RetryLater(seconds(error)) from None
        except BadRequest:
            raise
        except (Forbidden, ChatMigrated) as error:
            raise Refused(error.message) from None
        except TelegramError:
            raise RetryLater from None

    def _tidy(self, chat: str, body: Body) -> None:
        """Take away the keyboard that was used and the message this one takes the place of."""
        number = body["params"]["chat_id"]
        if spent := body.get("spent"):
            self._background.call(
                "editMessageReplyMarkup", {"chat_id": number, "message_id": spent}
            )
        before = self._slot(chat, body["slot"]) if body.get("slot") else ""
        if before not in ("", FORGOTTEN):
            self._background.call("deleteMessage", {"chat_id": number, "message_id": int(before)})

    def _overwritten(self, chat: str, body: Body) -> str:
        """The slot whose message was edited into something else, if any."""
        edited = str(body["params"].get("message_id", ""))
        return next((slot for slot in SLOTS if edited and self._slot(chat, slot) == edited), "")


def seconds(error: RetryAfter) -> float:
    """How long a flood error says to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _upload(body: Body) -> tuple[tuple[str, str, bytes] | None, float | None]:
    """File and timeout of a call. Raises `NotDrawn`."""
    match body:
        case {"file": [name, text]}:
            return ("document", name, text.encode()), UPLOAD_TIMEOUT
        case {"picture": [name, svg]}:
            return ("photo", name, png(svg)), UPLOAD_TIMEOUT
    return None, None


def _otherwise(body: Body, reason: str) -> Body | None:
    """Another form of a call refused for `reason`: as a new message, without the picture, as plain
    text, without buttons. None when there is no form left."""
    params = dict(body["params"])
    if "picture" in body and _UNREADABLE not in reason:
        return _without_picture(body, reason)
    if body["method"] == "editMessageText" and any(known in reason for known in _NOT_EDITABLE):
        del params["message_id"]
        return body | {"method": "sendMessage", "params": params}
    if params.pop("parse_mode", None):
        for name in ("text", "caption"):
            if name in params:
                params[name] = plain(params[name])
        return body | {"params": params}
    if params.pop("reply_markup", None):
        return body | {"params": params}
    return None


def _without_picture(body: Body, reason: str) -> Body | None:
    """The words that were to go with a picture; None when they are a message of their own."""
    log.error("picture left out: %s", reason)
    params = dict(body["params"])
    if (text := params.pop("caption", None)) is None:
        return None
    rest = {key: value for key, value in body.items() if key != "picture"}
    return rest | {"method": "sendMessage", "params": params | {"text": text}}


def _message_id(result: Any) -> str:
    number = result.get("message_id") if isinstance(result, dict) else None
    return str(number) if isinstance(number, int) else ""
