"""`simulacro bank schema`, `bank new` and `bank try`: for those who write questions."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot import bootstrap
from bot.bank.authoring import LayoutError, lay_out, write_schemas
from bot.cli import WrongUse
from bot.commands import known_question, read_settings, the_bank
from bot.commands.trying import Trying, attend
from bot.resources import data_folder


def schema(options: argparse.Namespace) -> int:
    """Write the JSON Schemas of all files of a bank into a folder."""
    for path in write_schemas(options.folder):
        print(path)
    return 0


def new(options: argparse.Namespace) -> int:
    """Lay out the files of a new question in an own bank."""
    settings = read_settings(options)
    folder: Path | None = options.bank or settings.bank
    if folder is None:
        raise WrongUse("say where: --bank FOLDER, or set SIMULACRO_BANK to your own folder")
    if options.id in bootstrap.open_bank(settings).bank.questions:
        raise WrongUse(f"there is a question {options.id} already; choose another id")
    templates = data_folder("question_bank") / "templates"
    langs = options.langs or [settings.lang]
    try:
        written = lay_out(
            folder, templates, langs, id=options.id, topic=options.topic, kind=options.kind
        )
    except LayoutError as error:
        raise WrongUse(str(error)) from None
    for path in written:
        print(path)
    print(f"Write what says TODO, then: simulacro bank check {folder}")
    return 0


def try_(options: argparse.Namespace) -> int:
    """Score answers as they are pasted, and again whenever the question's files are saved."""
    settings = read_settings(options)
    question = known_question(the_bank(settings, options), options.id)
    trying = Trying(
        lambda: bootstrap.open_bank(settings), bootstrap.scorer, question, options.expected
    )
    attend(trying, sys.stdin, sys.stdout)
    return 0
