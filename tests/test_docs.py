"""The docs are true: links lead somewhere, commands exist, what is printed is what is played."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.tools.readme import page

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_links_and_paths_lead_somewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert "://" in target or (path.parent / target).exists(), target
    for target in re.findall(r"`((?:bot|tests|docs|prompts|question_bank)/[\w./-]*)`", text):
        assert (ROOT / target).exists(), target


def test_the_transcript_of_the_readme_is_what_is_played() -> None:
    assert (ROOT / "README.md").read_text("utf-8") == page(), "run `make docs`"


def test_every_make_target_named_in_the_docs_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = {name for p in PAGES for name in re.findall(r"\bmake ([a-z]+)\b`", p.read_text())}
    assert named
    for name in named:
        assert re.search(rf"^{name}:", makefile, re.MULTILINE), name


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "settings.md").read_text("utf-8")
    for name, field in Settings.model_fields.items():
        variable = field.validation_alias or f"SIMULACRO_{name.upper()}"
        assert f"`{variable}`" in text


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    names = re.findall(r'^    "([a-z-]+)[>=]', project, re.MULTILINE)
    assert len(names) > 15
    for name in names:
        assert name in text, name


def test_no_requirements_file_names_an_address() -> None:
    for path in ROOT.glob("requirements*.txt"):
        assert "://" not in path.read_text("utf-8")
        assert not re.search(r"^--", path.read_text("utf-8"), re.MULTILINE), "options name indexes"
