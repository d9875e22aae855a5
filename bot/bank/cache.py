"""Keeps what TOML files hold, by the hash of their bytes, so that nothing is parsed twice.

A table is a pure function of the bytes it was parsed from: what is found under their SHA-256 is
never stale, whatever happened to the file, and is checked against the schema like a parsed one.
Small files share one entry a bank, large ones have one each. A cache that cannot be read or
written is as good as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import time
from pathlib import Path

from bot.bank.parsing import parse

SMALL = 4_096  # bytes up to which a file goes into the shared entry
UNUSED = 60 * 86_400  # seconds after which a large entry nobody asked for goes
FORMAT = "1"  # of the entries; another one is another place

Table = dict[str, object]


class Tables:
    """Parses bytes, each content once while this object lives; without a folder keeps nothing."""

    def __init__(self, folder: Path | None = None, bank: str = "") -> None:
        """`bank` tells apart the shared entries of several banks in one folder."""
        self._folder = folder / FORMAT if folder else None
        name = hashlib.sha256(bank.encode(errors="surrogateescape")).hexdigest()[:16]
        self._shared_path = self._folder / f"{name}.json" if self._folder else None
        self._shared: Table | None = None
        self._used: Table = {}
        self._new = False

    def table(self, data: bytes, digest: bytes) -> Table:
        """The table `data` holds, `digest` being its SHA-256; raises `UnreadableError`."""
        if self._folder is None:
            return parse(data)
        key = digest.hex()
        if len(data) > SMALL:
            return self._large(self._folder / key[:2] / f"{key}.json", data)
        return self._small(key, data)

    def save(self) -> None:
        """Writes the shared entry if it changed: what was asked for since this was made."""
        if self._shared_path is None or self._shared is None:
            return
        if self._new or len(self._used) != len(self._shared):
            _write(self._shared_path, self._used)
            self._sweep()
            self._shared, self._new = dict(self._used), False

    def _small(self, key: str, data: bytes) -> Table:
        if self._shared is None:
            self._shared = _read(self._shared_path) or {}
        found = self._shared.get(key)
        if not isinstance(found, dict):
            found = parse(data)
            if not _is_plain(found):
                return found
            self._new = True
        self._used[key] = found
        return found

    def _large(self, path: Path, data: bytes) -> Table:
        found = _read(path)
        if found is None:
            found = parse(data)
            _write(path, found)
        elif _age(path) > UNUSED / 2:
            with contextlib.suppress(OSError):
                path.touch()
        return found

    def _sweep(self) -> None:
        """Large entries of files that changed long ago go; done only when the bank changed."""
        assert self._folder is not None
        for path in self._folder.glob("??/*.json"):
            if _age(path) > UNUSED:
                with contextlib.suppress(OSError):
                    path.unlink()


def _is_plain(table: Table) -> bool:
    """Whether JSON holds it: no date does it hold, nor a number of thousands of digits."""
    try:
        json.dumps(table)
    except (TypeError, ValueError):
        return False
    return True


def _sealed(table: Table) -> str:
    """A table as an entry: with a hash, so that what somebody else wrote is none."""
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    return f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}"


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0


def _read(path: Path | None) -> Table | None:
    """The table of an entry; None when there is none, or it is not as it was written."""
    try:
        if path is None or not path.is_file():
            return None
        seal, _, text = path.read_text("utf-8").partition("\n")
        if seal != hashlib.sha256(text.encode()).hexdigest():
            return None
        found = json.loads(text)
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _write(path: Path, table: Table) -> None:
    """Puts the entry in place whole or not at all, for its owner's eyes only."""
    with contextlib.suppress(OSError, TypeError, ValueError):
        text = _sealed(table)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink()
            raise
