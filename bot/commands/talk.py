"""`simulacro chat` and `simulacro telegram`."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot import bootstrap
from bot.cli import WrongUse
from bot.commands import known_question, read_settings, the_bank
from bot.core.effects import Say
from bot.ports import TooManyCodes
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.channels.telegram.run import Plan
    from bot.core.questions import Bank
    from bot.intake import Intake
    from bot.ports import Message
    from bot.store.sqlite import SqliteStore


def chat(options: argparse.Namespace) -> int:
    """Practise in the terminal."""
    settings = read_settings(options)
    bank = the_bank(settings, options)
    if options.question:
        known_question(bank, options.question)
    if options.lang and options.lang not in bank.languages:
        spoken = ", ".join(bank.languages)
        raise WrongUse(f"--lang {options.lang}: the bank has no such language, only {spoken}")
    _log(logging.ERROR)
    return asyncio.run(_chat(settings, bank, options))


async def _chat(settings: Settings, bank: Bank, options: argparse.Namespace) -> int:
    from bot.channels.terminal.chat import Options, make_channel, run_chat
    from bot.channels.terminal.wording import Words, load
    from bot.resources import data_folder

    prompts = data_folder("prompts")
    spoken = {lang: load(prompts, lang) for lang in bank.languages}
    words = load(prompts, options.lang or settings.lang)
    wanted = Options(options.question, options.lang or "", _history(settings))
    async with bootstrap.store(settings) as store:
        linked = "" if options.code is None else await _linked(store, options.code)
        channel = make_channel(
            bootstrap.intake(), Words(words, spoken), options.lang or "", linked
        )
        runtime = bootstrap.runtime(settings, bank, store, channel)
        return await run_chat(runtime, channel, store, wanted)


async def _linked(store: SqliteStore, code: str) -> str:
    """The chat a code leads to."""
    try:
        found = await store.redeem(code)
    except TooManyCodes:
        raise WrongUse(
            "--as: too many wrong codes; wait 10 minutes, then send /link to the bot for a new one"
        ) from None
    if found is None:
        raise WrongUse(
            "--as: this code is wrong, expired or used already; send /link to the bot for a new "
            "one. The bot and this terminal must use the same database, here it is "
            f"{store.path} (SIMULACRO_DATABASE)"
        )
    return found


def _history(settings: Settings) -> Path:
    """The file of past commands, beside the database."""
    return Path(settings.database).expanduser().with_suffix(".history")


def telegram(options: argparse.Namespace) -> int:
    """Serve the Telegram bot until it is told to stop."""
    from bot.channels.telegram.run import leaving

    with leaving():  # a SIGTERM while the bank loads ends it well, too
        return _serve(options)


def _serve(options: argparse.Namespace) -> int:
    from bot.channels.telegram.errors import TelegramFailure
    from bot.channels.telegram.run import run

    settings = read_settings(options)
    if not settings.telegram_token.get_secret_value():
        raise WrongUse(
            "TELEGRAM_BOT_TOKEN is not set; @BotFather in Telegram gives you a token for your bot"
        )
    bank = the_bank(settings, options)
    _log(logging.INFO)
    try:
        run(_telegram(settings, bank))
    except TelegramFailure as failure:
        print(f"simulacro: {failure}", file=sys.stderr)
        return failure.exit_code
    return 0


async def _telegram(settings: Settings, bank: Bank) -> None:
    from bot.channels.telegram.run import run_telegram

    async with bootstrap.store(settings) as store:
        await run_telegram(_plan(settings, bank, bootstrap.intake(), store))


def _plan(settings: Settings, bank: Bank, intake: Intake, store: SqliteStore) -> Plan:
    from bot.channels.telegram.run import Plan

    renderer = bootstrap.renderer(settings)

    def group_notice(code: str, username: str) -> Message:
        lang = code[:2] if code[:2] in bank.languages else settings.lang
        return renderer.message(Say("group", {"username": username}), lang)

    menus = {lang: intake.menu(lang) for lang in bank.languages}
    return Plan(
        token=settings.telegram_token.get_secret_value(),
        address=settings.telegram_api,
        intake=intake,
        slot=store.slot,
        build=lambda channel: bootstrap.runtime(settings, bank, store, channel),
        commands={"": menus[settings.lang if settings.lang in menus else bank.languages[0]]}
        | menus,
        group_notice=group_notice,
    )


def _log(level: int) -> None:
    """Log to standard error; what the libraries tell at INFO would name addresses."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(message)s")
    for noisy in ("httpx", "httpcore", "aiohttp", "telegram", "asyncio"):
        logging.getLogger(noisy).setLevel(max(level, logging.WARNING))
