"""The composition root: the only place that knows which concrete parts make a Simulacro."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.models import Bank
from bot.resources import data_folder
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.intake import Intake
    from bot.ports import Channel, Store
    from bot.render import TemplateRenderer
    from bot.runtime import Runtime
    from bot.scoring.scorer import Scorer
    from bot.store.sqlite import SqliteStore

# What a command does not use is not imported: start-up is part of the product.


def bank_folder(settings: Settings) -> Path:
    """The folder of the question bank: an own one, else the built-in one."""
    return settings.bank or data_folder("question_bank")


def load_bank(settings: Settings) -> Bank:
    """The question bank; raises `BankError` with all problems found in it."""
    from bot.bank import load_bank as load

    return load(bank_folder(settings))


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
