"""What a person is told to type to go on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.channels.terminal.invocation import invocation
from tests.terminal.program import ROOT


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder, nothing on PATH, called by a path."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    monkeypatch.setattr(sys, "argv", [".venv/bin/simulacro", "chat"])


def test_a_command_on_the_path(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "simulacro").touch(0o755)
    assert invocation() == "simulacro chat"


def test_in_the_folder_of_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert invocation() == "make run"
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:x")
    assert invocation() == ".venv/bin/simulacro chat"


@pytest.mark.parametrize("makefile", [None, b"all:\n\techo \xff\n"])
def test_elsewhere_by_its_path(tmp_path: Path, makefile: bytes | None) -> None:
    if makefile:
        (tmp_path / "Makefile").write_bytes(makefile)
    assert invocation() == ".venv/bin/simulacro chat"


def test_a_path_with_blanks_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/mis cosas/simulacro"])
    assert invocation() == "'/mis cosas/simulacro' chat"


def test_run_as_a_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/x/bot/__main__.py"])
    assert invocation().endswith(" -m bot chat")
