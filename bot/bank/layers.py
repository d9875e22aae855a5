"""Two folders as one: a person's own bank laid over the built-in one.

A question file of one's own replaces the built-in question with all its texts and samples; a text
of one's own replaces that text. The files all questions share are completed, key by key, by one's
own. `bank.toml` may switch questions off.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bot.bank.cache import Tables
from bot.bank.problems import Problem, shown
from bot.bank.schema import OwnBankFile
from bot.bank.source import Source

SHARED = ("names.toml", "criteria.toml", "scoring.toml", "roles.toml")
LISTS = ("lexicons", "substance", "attacks")
EVERY = "*"


class Layers(Source):
    """The files of `root` with those of `over` on top; `without` are own files left out."""

    def __init__(
        self,
        root: Path,
        over: Path,
        tables: Tables | None = None,
        leave: tuple[str, ...] = (),
        without: Iterable[str] = (),
    ) -> None:
        super().__init__(root, tables, leave)
        self._built_in = Source(root, tables, leave)
        self._over = own = Source(over, tables, leave)
        self.outside = tuple(map(self._told, own.problems))
        left_out = frozenset(without)
        self.own = frozenset(own.files - left_out - {"bank.toml"})
        replaced = {question_of(file) for file in self.own if file.startswith("questions/")}
        self._base = frozenset(
            file for file in self.files if question_of(file) not in replaced - {None}
        )
        self.files = self._base | self.own
        self.hidden = self._switched_off() if "bank.toml" not in left_out else frozenset()
        self.problems += map(self._told, own.problems)

    def digest(self) -> str:
        """Over the files of both folders that were read until now."""
        parts = (super().digest(), self._built_in.digest(), self._over.digest())
        return hashlib.sha256("".join(parts).encode()).hexdigest()

    @property
    def own_questions(self) -> frozenset[str]:
        """The ids of the questions that have a file of their own on top."""
        return frozenset(filter(None, map(question_of, self.own)))

    def is_over(self, file: str) -> bool:
        """Whether a file lies in the own folder, left out or not."""
        return file in self._over.files

    def below(self) -> Source:
        """The built-in bank by itself."""
        return self._built_in

    def folder(self, file: str) -> Path:
        """The root a file lies under."""
        return self._over.root if file in self.own else self.root

    def name(self, file: str) -> str:
        """A file as it is told of: an own one begins with the name of its folder."""
        told = super().name(file)
        return self._label(told) if file in self.own else told

    def table(self, file: str) -> dict[str, object] | None:
        """What a file holds; a shared one, what both hold."""
        above = super().table(file)
        if file not in self.own or file not in self._base or not is_shared(file):
            return above
        below = self._built_in.table(file)
        return None if above is None or below is None else completed(below, above)

    def own_files(self, question_id: str | None = None) -> set[str]:
        """The files on top: those of a question, or all of them."""
        if question_id is None:
            return set(self.own)
        return {file for file in self.own if question_of(file) == question_id}

    def _label(self, file: str) -> str:
        return f"{self._over.root.name}/{file}"

    def _told(self, problem: Problem) -> Problem:
        return replace(problem, file=self._label(problem.file))

    def _switched_off(self) -> frozenset[str]:
        """Questions nobody is asked; others may still take words from them."""
        header = self._over.read("bank.toml", OwnBankFile)
        off = set(header.off) if header else set()
        below = {id for file in self._built_in.files if (id := question_of(file))}
        for id in sorted(off - below - {EVERY}):
            self._over.report(
                "bank.toml", "off", f"names {shown(id)}, expected a built-in question"
            )
        return frozenset(below if EVERY in off else off) - self.own_questions


def question_of(file: str) -> str | None:
    """The question a file belongs to, None for one that questions share."""
    match file.removesuffix(".toml").split("/"):
        case ["questions", _, name] | ["samples", _, name] | ["texts", _, _, name]:
            return name
    return None


def completed(below: dict[str, object], above: dict[str, object]) -> dict[str, object]:
    """The tables of `below`, those of `above` in their place, key by key and table by table."""
    whole = dict(below)
    for key, value in above.items():
        there = whole.get(key)
        both = isinstance(there, dict) and isinstance(value, dict)
        whole[key] = completed(there, value) if both else value  # type: ignore[arg-type]
    return whole


def is_shared(file: str) -> bool:
    """Whether an own file completes the built-in one instead of taking its place."""
    return file.split("/", maxsplit=1)[0] in LISTS or file.rsplit("/", 1)[-1] in SHARED
