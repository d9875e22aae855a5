"""The same work in aiogram 3: its dispatcher and its client, all updates at once but those of one
chat in order; the core's work on our store, in our event loop."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ChatAction
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message, Update

from bot import bootstrap
from bot.channels.telegram.run import run
from bot.core.events import Done
from bot.ports import Outgoing, Received
from bot.settings import Settings
from bot.store.sqlite import SqliteStore
from tests.bench.contenders.desk import Desk


class Handlers:
    """What the dispatcher calls."""

    def __init__(self, bot: Bot, settings: Settings, store: SqliteStore) -> None:
        self._bot, self._store = bot, store
        self._desk = Desk(settings, store)
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def message(self, message: Message, event_update: Update) -> None:
        assert message.from_user is not None
        words, lang = message.text or "", message.from_user.language_code
        received = self._desk.message(words, message.message_id, lang)
        await self._handle(event_update.update_id, message.chat.id, received)

    async def press(self, query: CallbackQuery, event_update: Update) -> None:
        assert query.message is not None
        await query.answer()
        number, lang = query.message.message_id, query.from_user.language_code
        received = self._desk.press(query.data or "", number, lang)
        await self._handle(event_update.update_id, query.message.chat.id, received)

    async def _handle(self, number: int, chat: int, received: Received) -> None:
        async with self._turns[chat]:
            if isinstance(received.event, Done):
                await self._bot.send_chat_action(chat, ChatAction.TYPING)
            handled = self._desk.work(number, chat, received)
            for outgoing in await self._store.save(handled):
                await self._send(outgoing)

    async def _send(self, outgoing: Outgoing) -> None:
        body = json.loads(outgoing.body)
        params = body["params"]
        params["reply_markup"] = _markup(params.get("reply_markup"))
        if body["method"] == "editMessageText":
            await self._bot.edit_message_text(**params)
            await self._store.delivered(outgoing)
            return
        sent = await self._bot.send_message(**params)
        await self._store.delivered(outgoing, body.get("slot", ""), str(sent.message_id))


def _markup(keyboard: dict[str, Any] | None) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup.model_validate(keyboard) if keyboard else None


async def _serve(settings: Settings) -> None:
    server = TelegramAPIServer.from_base(settings.telegram_api)
    bot = Bot(settings.telegram_token.get_secret_value(), AiohttpSession(api=server))
    async with bootstrap.store(settings) as store:
        handlers = Handlers(bot, settings, store)
        dispatcher = Dispatcher()
        dispatcher.message()(handlers.message)
        dispatcher.callback_query()(handlers.press)
        await dispatcher.start_polling(bot)


if __name__ == "__main__":
    run(_serve(Settings()))
