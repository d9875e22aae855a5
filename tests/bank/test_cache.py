"""What was parsed is kept by its content: quick the second time, never stale, never in the way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank import cache, open_bank
from bot.bank.cache import Tables
from bot.bank.parsing import parse
from tests.bank.conftest import TEXT, Folder

LARGE = "x" * cache.SMALL


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The contents that were really parsed."""
    seen: list[bytes] = []

    def counting(data: bytes) -> dict[str, object]:
        seen.append(data)
        return parse(data)

    monkeypatch.setattr(cache, "parse", counting)
    return seen


def titles(bank: Folder, folder: Path) -> list[str]:
    opened = open_bank(bank.root, cache=folder).bank
    return [one.text("es").title for one in opened.questions.values()]


def test_nothing_is_parsed_twice(bank: Folder, tmp_path: Path, parsed: list[bytes]) -> None:
    bank.add(TEXT, f"# {LARGE}\n")
    titles(bank, tmp_path / "cache")
    assert parsed
    parsed.clear()
    assert titles(bank, tmp_path / "cache") == ["Primeros usuarios"]
    assert parsed == []


@pytest.mark.parametrize("filling", ["", LARGE])
def test_a_changed_file_is_never_served_stale(bank: Folder, tmp_path: Path, filling: str) -> None:
    """Also where size, time and place in the file system stay what they were."""
    bank.add(TEXT, f"# {filling}\n")
    path = bank.root / TEXT
    before = path.stat()
    assert titles(bank, tmp_path / "cache") == ["Primeros usuarios"]
    with path.open("r+b") as file:
        file.write(path.read_bytes().replace(b"Primeros usuarios", b"Ultimos usuarios!"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_ino) == (before.st_size, before.st_ino)
    assert titles(bank, tmp_path / "cache") == ["Ultimos usuarios!"]


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b'{"title": 3', b"\xff\xfe", b"null", b"{}", b'{"x": 1}', b'x\n{"x": 1}'],
)
def test_a_damaged_cache_is_as_good_as_none(bank: Folder, tmp_path: Path, damage: bytes) -> None:
    bank.add(TEXT, f"# {LARGE}\n")
    folder = tmp_path / "cache"
    titles(bank, folder)
    entries = [path for path in folder.rglob("*.json") if path.is_file()]
    assert len(entries) >= 2
    for path in entries:
        path.write_bytes(damage)
    assert titles(bank, folder) == ["Primeros usuarios"]


def test_a_cache_that_cannot_be_written_changes_nothing(bank: Folder, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    assert titles(bank, tmp_path / "cache") == ["Primeros usuarios"]


def test_entries_are_for_their_owner_only(bank: Folder, tmp_path: Path) -> None:
    titles(bank, tmp_path / "cache")
    modes = {path.stat().st_mode & 0o077 for path in (tmp_path / "cache").rglob("*.json")}
    assert modes == {0}


def test_entries_nobody_asked_for_go_when_the_bank_changes(bank: Folder, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    titles(bank.add(TEXT, f"# {LARGE}\n"), folder)
    [old] = [path for path in folder.rglob("??/*.json") if path.is_file()]
    os.utime(old, (0, 0))
    titles(bank.add(TEXT, "# more\n").add("scoring.toml", "# more\n"), folder)
    assert not old.exists()


def test_an_entry_in_use_stays(bank: Folder, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    titles(bank.add(TEXT, f"# {LARGE}\n"), folder)
    [entry] = [path for path in folder.rglob("??/*.json") if path.is_file()]
    os.utime(entry, (0, 0))
    titles(bank, folder)
    titles(bank.add("scoring.toml", "# more\n"), folder)
    assert entry.exists()


PLAIN = st.recursive(
    st.booleans() | st.integers(-(2**40), 2**40) | st.text("abc ñ中", max_size=5),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), PLAIN, max_size=4), st.booleans())
def test_what_comes_back_is_what_was_parsed(
    tmp_path_factory: pytest.TempPathFactory, table: dict[str, object], large: bool
) -> None:
    folder = tmp_path_factory.mktemp("cache")
    lines = [f"{key} = {_toml(value)}" for key, value in table.items()]
    data = "\n".join([*lines, f"# {LARGE if large else ''}"]).encode()
    for _ in range(2):
        tables = Tables(folder)
        assert tables.table(data, _digest(data)) == table
        tables.save()


@pytest.mark.parametrize("odd", [b"day = 2026-01-02", b"n = 0x" + b"F" * 4500])
def test_what_json_does_not_hold_is_read_and_keeps_nothing_else_out(
    tmp_path: Path, parsed: list[bytes], odd: bytes
) -> None:
    for _ in range(2):
        tables = Tables(tmp_path)
        assert tables.table(odd, b"1")
        assert tables.table(b"a = 1", b"2") == {"a": 1}
        tables.save()
    assert parsed == [odd, b"a = 1", odd]


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"'{value}'"
        case list():
            return f"[{', '.join(map(_toml, value))}]"
    return str(value)


def _digest(data: bytes) -> bytes:
    import hashlib

    return hashlib.sha256(data).digest()
