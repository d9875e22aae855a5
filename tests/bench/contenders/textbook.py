"""The same work the textbook way: stock python-telegram-bot, one update after another, state
through `asyncio.to_thread`, an answer sent when its state is saved."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ChatAction
from telegram.ext import Application, CallbackContext, TypeHandler

from bot.core.events import Done
from bot.ports import Handled, Received
from bot.settings import Settings
from tests.bench.contenders.desk import Desk, Loaded, help_httpcore
from tests.bench.contenders.tables import Tables

Context = CallbackContext[Any, Any, Any, Any]


class Textbook:
    """One handler for everything."""

    def __init__(self, settings: Settings) -> None:
        self._tables = Tables(f"{settings.database}.tables")  # tables of its own
        self._loaded = Loaded()
        self._desk = Desk(settings, self._loaded)

    async def handle(self, update: Update, context: Context) -> None:
        assert update.effective_chat is not None
        chat = update.effective_chat.id
        received = self._read(update)
        if update.callback_query is not None:
            await update.callback_query.answer()
        if isinstance(received.event, Done):
            await context.bot.send_chat_action(chat, ChatAction.TYPING)
        self._loaded.loaded = await asyncio.to_thread(self._tables.session, f"tg:{chat}")
        handled = self._desk.work(update.update_id, chat, received)
        await asyncio.to_thread(self._tables.keep, handled)
        await _send(handled, context)

    def _read(self, update: Update) -> Received:
        person, message = update.effective_user, update.effective_message
        assert person is not None
        assert message is not None
        if (query := update.callback_query) is not None:
            return self._desk.press(query.data or "", message.message_id, person.language_code)
        return self._desk.message(message.text or "", message.message_id, person.language_code)


async def _send(handled: Handled, context: Context) -> None:
    for body in map(json.loads, handled.bodies):
        params = body["params"]
        params["reply_markup"] = _markup(params.get("reply_markup"))
        if body["method"] == "editMessageText":
            await context.bot.edit_message_text(**params)
        else:
            await context.bot.send_message(**params)


def _markup(keyboard: dict[str, Any] | None) -> InlineKeyboardMarkup | None:
    if keyboard is None:
        return None
    rows = keyboard["inline_keyboard"]
    return InlineKeyboardMarkup([[InlineKeyboardButton(**one) for one in row] for row in rows])


def main() -> None:
    help_httpcore()
    settings = Settings()
    builder = Application.builder().token(settings.telegram_token.get_secret_value())
    app = builder.base_url(f"{settings.telegram_api}/bot").build()
    app.add_handler(TypeHandler(Update, Textbook(settings).handle))
    app.run_polling()


if __name__ == "__main__":
    main()
