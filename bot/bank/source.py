"""The folder of a bank: finds its files, reads them under limits, gathers what is wrong."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.bank.parsing import MAX_BYTES, UnreadableError, parse
from bot.bank.problems import Problem, printable
from bot.bank.wording import problems_of

MAX_FOLDERS = 3  # texts/es/growth/: nothing of a bank lies deeper

Model = TypeVar("Model", bound=BaseModel)


class Source:
    """The `.toml` files below `root` by relative path, and the `problems` met so far.

    Listed at once, read when asked for. Hidden files and files of other kinds do not matter.
    Links are refused, except to a `.toml` file: so a walk always ends.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.files: frozenset[str] = frozenset(self._walk())
        self._hashes: dict[str, bytes] = {}

    def report(self, file: str, key_path: str, message: str) -> None:
        """Notes a problem."""
        self.problems.append(Problem(_name(file), key_path, message))

    def under(self, *folders: str) -> list[str]:
        """The files below a folder, sorted by path."""
        prefix = "/".join(folders) + "/"
        return sorted(file for file in self.files if file.startswith(prefix))

    def read(self, file: str, model: type[Model]) -> Model | None:
        """The file as `model`; None when it is absent or, its problems noted, wrong."""
        table = self._table(file) if file in self.files else None
        if table is None:
            return None
        try:
            return model.model_validate(table)
        except ValidationError as error:
            self.problems += problems_of(_name(file), model, table, error)
            return None

    def digest(self) -> str:
        """SHA-256 over path and content of every file read until now, sorted by path."""
        whole = hashlib.sha256()
        for file, content in sorted(self._hashes.items()):
            whole.update(os.fsencode(file) + b"\0" + content)
        return whole.hexdigest()

    def _table(self, file: str) -> dict[str, object] | None:
        try:
            data = _content(self.root / file)
            self._hashes[file] = hashlib.sha256(data).digest()
            return parse(data)
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
            return "folder"
        return "other"


def _content(path: Path) -> bytes:
    # Asked before it is opened: opening a named pipe would wait for ever.
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(0, "not a regular file")
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _name(path: str) -> str:
    return "/".join(map(printable, path.split("/")))
