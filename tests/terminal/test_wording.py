"""The words of the terminal."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.channels.terminal.wording import Words, load
from tests.terminal.desk import PROMPTS, WORDS
from tests.terminal.program import ROOT

SLOTS = dict.fromkeys(
    (
        *("path", "name", "reason", "count", "number", "total", "follow_up", "words", "onward"),
        "command",
    ),
    "x",
)  # all that is ever filled in
FILES = sorted(PROMPTS.glob("*/terminal.toml"))


def keys(table: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from keys(value, f"{above}{name}.")
        else:
            yield above + name


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_language_has_the_same_words_with_slots_that_are_filled(file: Path) -> None:
    table = load(PROMPTS, file.parent.name)
    assert sorted(keys(table)) == sorted(keys(load(PROMPTS, "es")))
    for key in keys(table):
        if key != "leave":
            assert Words(table).say(key, **SLOTS)


def test_no_wording_in_the_code() -> None:
    """Every string of the package is a key, a name or a docstring: none speaks Spanish."""
    for file in (ROOT / "bot/channels/terminal").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not set("áéíóúñ¿¡") & set(node.value), f"{file.name}: {node.value}"


def test_a_language_without_words_gets_another() -> None:
    assert load(PROMPTS, "xx") == load(PROMPTS, FILES[0].parent.name)


def test_a_folder_without_words_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"terminal\.toml"):
        load(tmp_path, "es")


def test_counts() -> None:
    assert [WORDS.count(n) for n in (0, 1, 2)] == ["0 palabras", "1 palabra", "2 palabras"]


def test_a_pipe_starts_without_the_editor() -> None:
    code = (
        "import sys, bot.channels.terminal.chat\n"
        "print({'rich', 'prompt_toolkit'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True, text=True
    )
    assert done.stdout.strip() == "set()"
