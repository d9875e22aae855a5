"""The folder of a bank: finds its files, reads them under limits, gathers what is wrong."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Self, TypeVar

from pydantic import BaseModel, ValidationError

from bot.bank.cache import Tables
from bot.bank.parsing import MAX_BYTES, UnreadableError
from bot.bank.problems import Problem, printable
from bot.bank.wording import key_path, problems_of

TODO = "TODO"  # how a text begins that a laid out file leaves to its author
UNWRITTEN = re.compile(rf"{TODO}(:|$)")
MAX_FOLDERS = 3  # texts/es/growth/: nothing of a bank lies deeper

Place = tuple[int | str, ...]
Model = TypeVar("Model", bound=BaseModel)


class Source:
    """The `.toml` files below `root` by relative path, and the `problems` met so far.

    Listed at once, read when asked for. Hidden files and files of other kinds do not matter.
    Links are refused, except to a `.toml` file: so a walk always ends.
    """

    def __init__(
        self, root: Path, tables: Tables | None = None, leave: Sequence[str] = ()
    ) -> None:
        """`tables` parses; folders of `root` in `leave` are not looked into."""
        self.root = root
        self.tables = tables or Tables()
        self.problems: list[Problem] = []
        self._leave = frozenset(leave)
        self.files: frozenset[str] = frozenset(self._walk())
        self._hashes: dict[str, bytes] = {}

    hidden: frozenset[str] = frozenset()  # questions that are switched off
    own: frozenset[str] = frozenset()  # files of a folder laid over the built-in bank

    def below(self) -> Source:
        """The built-in bank by itself, where another lies over it."""
        return self

    def aside(self) -> Self:
        """The same files, with problems of their own."""
        other = copy(self)
        other.problems = []
        return other

    def report(self, file: str, key_path: str, message: str) -> None:
        """Notes a problem."""
        self.problems.append(Problem(self.name(file), key_path, message, path=file))

    def name(self, file: str) -> str:
        """A file as it is told of."""
        return "/".join(map(printable, file.split("/")))

    def under(self, *folders: str) -> list[str]:
        """The files below a folder, sorted by path."""
        prefix = "/".join(folders) + "/"
        return sorted(file for file in self.files if file.startswith(prefix))

    def read(self, file: str, model: type[Model]) -> Model | None:
        """The file as `model`; None when it is absent or, its problems noted, wrong."""
        table = self.table(file) if file in self.files else None
        if table is None:
            return None
        try:
            return model.model_validate(table)
        except ValidationError as error:
            found = problems_of(self.name(file), model, table, error)
            self.problems += [replace(problem, path=file) for problem in found]
            return None

    def digest(self) -> str:
        """SHA-256 over path and content of every file read until now, sorted by path."""
        whole = hashlib.sha256()
        for file, content in sorted(self._hashes.items()):
            whole.update(os.fsencode(file) + b"\0" + content)
        return whole.hexdigest()

    def content(self, file: str) -> bytes:
        """The bytes of a file, which the digest covers from now on; raises `OSError`."""
        data = _content(f"{self.folder(file)}/{file}")
        self._hashes[file] = hashlib.sha256(data).digest()
        return data

    def folder(self, file: str) -> Path:  # noqa: ARG002 (it matters where there are two)
        """The root a file lies under."""
        return self.root

    def table(self, file: str) -> dict[str, object] | None:
        """What a file holds, not checked yet; None, a problem noted, when it cannot be read."""
        try:
            data = self.content(file)
            table = self.tables.table(data, self._hashes[file])
            if TODO.encode() in data:
                for place in unwritten(table):
                    self.report(file, key_path(place, table), f"is {TODO}, expected it written")
            return table
        except OSError as error:
            self.report(file, "", f"cannot be read ({error.strerror}), expected a readable file")
        except UnreadableError as refusal:
            self.report(file, refusal.place, refusal.message)
        return None

    def _walk(self) -> Iterator[str]:
        folders = [""]
        while folders:
            folder = folders.pop()
            for entry in self._entries(folder):
                path = folder + entry.name
                match self._kind(entry, path):
                    case "file":
                        yield path
                    case "folder":
                        folders.append(path + "/")

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self.root / folder) as entries:
                return [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            name = folder.rstrip("/") or str(self.root)
            self.report(name, "", f"cannot be read ({error.strerror}), expected a folder")
            return []

    def _kind(self, entry: os.DirEntry[str], path: str) -> str:
        if entry.name.endswith(".toml"):
            return "file"  # whatever it is: reading it tells
        if entry.is_symlink():
            self.report(path, "", "is a link, expected a folder of its own")
        elif entry.is_dir() and path.count("/") >= MAX_FOLDERS:
            self.report(path, "", f"lies too deep, expected at most {MAX_FOLDERS} folders")
        elif entry.is_dir():
            return "other" if path in self._leave else "folder"
        return "other"


def unwritten(value: object, place: Place = ()) -> Iterator[Place]:
    """Where in a table something is still to be written."""
    if isinstance(value, str) and UNWRITTEN.match(value.strip()):
        yield place
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from unwritten(one, (*place, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from unwritten(one, (*place, index))


def _content(path: str) -> bytes:
    # Opening a named pipe would wait for ever, were it not for O_NONBLOCK (Windows has neither).
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(0, "not a regular file")
        data = read = os.read(handle, min(found.st_size, MAX_BYTES) + 1)
        while read and len(data) <= MAX_BYTES:  # to the end, and no further than is needed
            read = os.read(handle, MAX_BYTES)
            data += read
        return data
    finally:
        os.close(handle)
