"""Lays out the files of a new question, and the JSON Schemas by which editors check them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Template
from typing import get_args

from pydantic import BaseModel

from bot.bank.problems import one_of
from bot.bank.schema import (
    AttacksFile,
    BankFile,
    CommonTextFile,
    CriteriaFile,
    Kind,
    LexiconFile,
    NamesFile,
    OwnBankFile,
    QuestionFile,
    RolesFile,
    SamplesFile,
    ScoringFile,
    TextFile,
)

SCHEMAS: dict[str, type[BaseModel]] = {
    "attacks": AttacksFile,
    "bank": BankFile,
    "criteria": CriteriaFile,
    "criteria-text": CommonTextFile,
    "lexicon": LexiconFile,
    "names": NamesFile,
    "own-bank": OwnBankFile,
    "question": QuestionFile,
    "roles": RolesFile,
    "samples": SamplesFile,
    "scoring": ScoringFile,
    "text": TextFile,
}
SCHEMA_FOLDER = "schemas"
_LANG = re.compile(r"[a-z]{2}")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class LayoutError(ValueError):
    """A question cannot be laid out; the message says why."""


def write_schemas(folder: Path) -> list[Path]:
    """Writes a JSON Schema for every kind of file; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, model in SCHEMAS.items():
        path = folder / f"{name}.json"
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
        schema |= model.model_json_schema()
        path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", "utf-8")
        written.append(path)
    return written


def lay_out(bank: Path, templates: Path, langs: list[str], **values: str) -> list[Path]:
    """Writes the files of a new question into `bank`, its schemas beside them.

    `values` are `id`, `topic` and `kind`. Raises `LayoutError` for an id that cannot be, and
    where a file is there already: nothing is overwritten.
    """
    wrong = [lang for lang in langs if not _LANG.fullmatch(lang)]
    if wrong:
        raise LayoutError(f"language is {wrong[0][:60]!r}, expected two small letters, such as es")
    if values["kind"] not in get_args(Kind):
        raise LayoutError(f"kind is {values['kind'][:60]!r}, expected {one_of(get_args(Kind))}")
    for name in ("id", "topic"):
        if not _ID.fullmatch(values[name]) or len(values[name]) > 40:
            what = "at most 40 small letters, digits and single hyphens"
            raise LayoutError(f"{name} is {values[name][:60]!r}, expected {what}")
    id, topic = values["id"], values["topic"]
    wanted = {bank / "questions" / topic / f"{id}.toml": "question"}
    for lang in langs:
        wanted[bank / "texts" / lang / topic / f"{id}.toml"] = "text"
        wanted[bank / "samples" / lang / f"{id}.toml"] = "samples"
    for path in wanted:
        if path.exists():
            raise LayoutError(f"{path} is there already; choose another id, or edit that file")
    for path, template in wanted.items():
        text = (templates / f"{template}.template").read_text("utf-8")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template(text).substitute(values), "utf-8")
    write_schemas(bank / SCHEMA_FOLDER)
    return list(wanted)
