"""Who may import whom, as `docs/architecture.md` says; and the marks of the house style."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

BOT = Path(__file__).parents[1] / "bot"
FILES = sorted(BOT.rglob("*.py"))

MAY_IMPORT = {
    "core": {"core"},
    "ports": {"core"},
    "bank": {"bank", "core"},
    "scoring": {"scoring", "core"},
    "store": {"store", "core", "ports"},
    "render": {"render", "core", "ports", "quoting", "lettering"},
    "lettering": set(),
    "picture": {"resources"},
    "quoting": {"quoting", "core"},
    "intake": {"core"},
    "report": {"report", "core", "render", "quoting"},
    "delivery": {"ports"},
    "alarms": {"core", "ports"},
    "runtime": {"core", "ports", "delivery", "alarms"},
    "channels": {"channels", "core", "ports", "runtime", "alarms", "render", "intake", "picture"},
}
HOMES = {
    "telegram": "channels/telegram/",
    "aiohttp": "channels/telegram/",
    "prompt_toolkit": "channels/terminal/",
    "rich": "channels/terminal/",
    "sqlite_utils": "store/",
    "sqlite3": "store/",
    "rapidfuzz": "scoring/",
    "Stemmer": "scoring/",
    "babel": "render.py",
    "jinja2": "render.py",
    "resvg_py": "picture.py",
    "pydantic_settings": "settings.py",
}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "bot":
                yield from (f"bot.{alias.name}" for alias in node.names)


def area(path: Path) -> str:
    return path.relative_to(BOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(BOT)))
def test_imports_go_one_way(path: Path) -> None:
    allowed = MAY_IMPORT.get(area(path))
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("bot.")}
    assert allowed is None or ours <= allowed


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(BOT)))
def test_a_package_has_one_home(path: Path) -> None:
    where = str(path.relative_to(BOT))
    for name in imports(path):
        home = HOMES.get(name.split(".")[0])
        assert home is None or where.startswith(home), f"{name} in {where}"


def test_the_core_needs_the_standard_library_only() -> None:
    for path in (BOT / "core").glob("*.py"):
        outside = {name.split(".")[0] for name in imports(path)} - {"bot"}
        assert outside <= set(sys.stdlib_module_names), path
        assert not outside & {"os", "time", "logging", "sqlite3", "asyncio", "socket"}, path


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(BOT)))
def test_no_file_grows_beyond_400_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400
