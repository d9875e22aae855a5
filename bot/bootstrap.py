"""The composition root: the only place that knows which concrete parts make a Simulacro."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from bot.core.questions import Bank
from bot.resources import data_folder
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.bank import Opened
    from bot.intake import Intake
    from bot.ports import Channel, Store
    from bot.render import TemplateRenderer
    from bot.runtime import Runtime
    from bot.scoring.scorer import Scorer
    from bot.store.sqlite import SqliteStore

# What a command does not use is not imported: start-up is part of the product.


def bank_folders(settings: Settings) -> tuple[Path, Path | None]:
    """The folder of the question bank and the one laid over it, if any.

    An own folder that is a bank by itself takes the place of the built-in one.
    """
    from bot.bank import is_whole

    built_in, own = data_folder("question_bank"), settings.bank
    if own is not None and is_whole(own):
        return own, None
    return built_in, own


def open_bank(settings: Settings, *, strict: bool = False) -> Opened:
    """The question bank, and what is wrong with an own one; if `strict`, that is a `BankError`."""
    from bot.bank import open_bank as open_folders

    folder, own = bank_folders(settings)
    opened = open_folders(folder, own, user_cache_path("simulacro") / "bank", strict)
    spoken = spoken_languages()
    languages = tuple(lang for lang in opened.bank.languages if lang in spoken)
    return replace(opened, bank=replace(opened.bank, languages=languages))


def spoken_languages() -> list[str]:
    """The languages the messages are there in."""
    return sorted(path.parent.name for path in data_folder("prompts").glob("*/words.toml"))


def scorer(bank: Bank) -> Scorer:
    """The rubric scorer over a bank."""
    from bot.scoring.scorer import Scorer

    return Scorer(bank)


def renderer(settings: Settings) -> TemplateRenderer:
    """The templates of `prompts/`."""
    from bot.render import TemplateRenderer

    return TemplateRenderer(data_folder("prompts"), settings.lang)


def intake() -> Intake:
    """The commands and phrases of all languages."""
    from bot.intake import Intake

    return Intake.load(data_folder("prompts"))


def store(settings: Settings) -> SqliteStore:
    """The database; raises `StoreError` when it cannot be used."""
    from bot.store.sqlite import open_store

    return open_store(settings.database)


def runtime(
    settings: Settings,
    bank: Bank,
    store: Store,
    channel: Channel,
    *,
    per_chat: float = 1.0,
) -> Runtime:
    """A runtime that serves one channel; `per_chat` is messages a second to one chat."""
    from bot.delivery import Delivery
    from bot.runtime import Parts, Runtime

    delivery = Delivery(channel, store, settings.telegram_rate, per_chat)
    parts = Parts(
        bank, store, scorer(bank), renderer(settings), channel, delivery, lang=settings.lang
    )
    return Runtime(parts)
