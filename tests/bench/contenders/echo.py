"""The plainest bot: stock python-telegram-bot, one message after another, echoed."""

from __future__ import annotations

from telegram import Update
from telegram.ext import Application, CallbackContext, MessageHandler, filters

from bot.settings import Settings
from tests.bench.contenders.desk import help_httpcore


async def echo(update: Update, context: CallbackContext) -> None:  # type: ignore[type-arg]
    message = update.effective_message
    assert message is not None
    await message.reply_text(message.text or "")


def main() -> None:
    help_httpcore()
    settings = Settings()
    builder = Application.builder().token(settings.telegram_token.get_secret_value())
    app = builder.base_url(f"{settings.telegram_api}/bot").build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.run_polling()


if __name__ == "__main__":
    main()
