"""What the commands do; `cli.py` calls them with their options, each imports what it needs."""

from __future__ import annotations

import argparse

from pydantic import ValidationError

from bot.cli import WrongUse
from bot.core.models import Bank
from bot.settings import Settings


def read_settings(options: argparse.Namespace) -> Settings:
    """The settings, with what the options say; raises `WrongUse` for one that cannot be."""
    given = {"database": getattr(options, "db", None), "lang": getattr(options, "lang", None)}
    try:
        settings = Settings()
        chosen = {name: value for name, value in given.items() if value}
        return settings.model_copy(update=chosen)
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise WrongUse(f"SIMULACRO_{name}: {first['msg']}. See docs/settings.md") from None


def known_question(bank: Bank, question_id: str | None) -> str:
    """The id; raises `WrongUse` that names those that come close."""
    from bot.bank.show import UnknownQuestionError, show_question

    if not question_id:
        raise WrongUse("say which question: --question ID; `simulacro bank list` shows them")
    try:
        show_question(bank, question_id, bank.languages[0])
    except UnknownQuestionError as error:
        raise WrongUse(str(error)) from None
    return question_id
