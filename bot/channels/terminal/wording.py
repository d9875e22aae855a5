"""What only the terminal says, from `prompts/<lang>/terminal.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class Words:
    """The terminal's words in the language spoken; raises `KeyError` for a key the file lacks.

    `table` is that of the first language, `others` all by language. `leave` is what a person
    types to leave, in lower case and whatever language.
    """

    def __init__(
        self, table: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]] | None = None
    ) -> None:
        self._table = table
        self._others = others or {}
        tables = (table, *self._others.values())
        self.leave = frozenset(str(word).lower() for one in tables for word in one["leave"])

    def speak(self, lang: str) -> None:
        """From now on in this language, where it is known."""
        self._table = self._others.get(lang, self._table)

    def say(self, key: str, **slots: object) -> str:
        """The text of `key` (`toolbar.menu`) with its slots filled."""
        found: Any = self._table
        for name in key.split("."):
            found = found[name]
        return str(found).format(**slots)

    def count(self, number: int) -> str:
        """A number of words: "1 palabra", "84 palabras"."""
        return self.say("words.one" if number == 1 else "words.other", count=number)


def load(prompts: Path, lang: str) -> Mapping[str, Any]:
    """The table of a language; of a language without one, the first that has it.

    Raises `FileNotFoundError` when none has.
    """
    for path in (prompts / lang / "terminal.toml", *sorted(prompts.glob("*/terminal.toml"))):
        if path.is_file():
            return tomllib.loads(path.read_text("utf-8"))
    raise FileNotFoundError(f"{prompts}: no <lang>/terminal.toml in it; install it again")
