"""What the commands do; `cli.py` calls them with their options, each imports what it needs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pydantic import ValidationError

from bot import bootstrap
from bot.cli import WrongUse
from bot.core.questions import Bank
from bot.settings import Settings

TOLD = 5  # problems of an own bank that are told when it is opened
LEFT_OUT = "what this concerns in your bank is left out; `simulacro bank check` tells more"


def read_settings(options: argparse.Namespace) -> Settings:
    """The settings, with what the options say; raises `WrongUse` for one that cannot be."""
    given = {"database": getattr(options, "db", None), "lang": getattr(options, "lang", None)}
    try:
        settings = Settings()
        chosen = {name: value for name, value in given.items() if value}
        return _possible(settings.model_copy(update=chosen))
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise WrongUse(f"SIMULACRO_{name}: {first['msg']}. See docs/settings.md") from None


def _possible(settings: Settings) -> Settings:
    """The settings, if there is such a language and the database can be a file."""
    spoken = bootstrap.spoken_languages()
    if settings.lang not in spoken:
        raise WrongUse(f"the language is {settings.lang!r}, expected one of: {', '.join(spoken)}")
    database = settings.database
    if "://" in database or database == ":memory:":
        raise WrongUse(f"database {database.partition('://')[0]!r}: expected the path of a file")
    try:
        path = Path(database).expanduser()
    except RuntimeError:
        raise WrongUse(f"database {database!r}: there is no such user") from None
    if path.is_dir():
        raise WrongUse(f"database {database!r}: is a folder, expected a file")
    return settings


def the_bank(settings: Settings, options: argparse.Namespace) -> Bank:
    """The question bank; what is wrong with a folder of one's own is told and left out."""
    opened = bootstrap.open_bank(settings, strict=getattr(options, "strict", False))
    for problem in opened.problems[:TOLD]:
        print(f"simulacro: {problem}", file=sys.stderr)
    if len(opened.problems) > TOLD:
        print(f"simulacro: and {len(opened.problems) - TOLD} more", file=sys.stderr)
    if opened.problems:
        print(f"simulacro: {LEFT_OUT}", file=sys.stderr)
    return opened.bank


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
