"""A question of one's own: laid out, checked by editors, told of until it is written."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from bot.bank import open_bank
from bot.bank.authoring import SCHEMAS, LayoutError, lay_out, write_schemas
from bot.bank.figures import OPERATIONS
from bot.bank.lint import check_bank

BUILT_IN = Path(__file__).parents[2] / "question_bank"
TEMPLATES = BUILT_IN / "templates"
QUESTION = {"id": "mine", "topic": "growth", "kind": "operations"}


def test_a_new_question_is_valid_but_for_what_is_to_be_written(tmp_path: Path) -> None:
    own = tmp_path / "own"
    written = lay_out(own, TEMPLATES, ["es"], **QUESTION)
    assert [str(path.relative_to(own)) for path in written] == [
        "questions/growth/mine.toml",
        "texts/es/growth/mine.toml",
        "samples/es/mine.toml",
    ]
    problems = check_bank(BUILT_IN, own=own).problems
    assert problems
    assert {one.message for one in problems} == {"is TODO, expected it written"}


def test_what_is_not_written_is_asked_of_nobody(tmp_path: Path) -> None:
    lay_out(tmp_path / "own", TEMPLATES, ["es"], **QUESTION)
    found = open_bank(BUILT_IN, tmp_path / "own")
    assert "mine" not in found.bank.questions
    assert "user-growth" in found.bank.questions


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    lay_out(tmp_path, TEMPLATES, ["es"], **QUESTION)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.toml")}
    with pytest.raises(LayoutError, match="is there already"):
        lay_out(tmp_path, TEMPLATES, ["en", "es"], **QUESTION)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.toml")} == before


@pytest.mark.parametrize("name", ["../x", "Mine", "", "a b", "x" * 41, "a--b", "ñ", "mine\n"])
@pytest.mark.parametrize("key", ["id", "topic"])
def test_an_id_that_cannot_be_writes_nothing(tmp_path: Path, key: str, name: str) -> None:
    with pytest.raises(LayoutError, match=f"{key} is"):
        lay_out(tmp_path / "own", TEMPLATES, ["es"], **{**QUESTION, key: name})
    assert not (tmp_path / "own").exists()


@pytest.mark.parametrize("lang", ["../../evil", "es,en", "ES", ""])
def test_a_language_that_cannot_be_writes_nothing(tmp_path: Path, lang: str) -> None:
    with pytest.raises(LayoutError, match="language is"):
        lay_out(tmp_path / "own", TEMPLATES, ["es", lang], **QUESTION)
    assert not (tmp_path / "own").exists()


def test_a_kind_that_cannot_be_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"kind is .*expected one of operations"):
        lay_out(tmp_path / "own", TEMPLATES, ["es"], **{**QUESTION, "kind": 'x"\nid = "y'})
    assert not (tmp_path / "own").exists()


def test_every_kind_of_file_has_a_schema_an_editor_can_use(tmp_path: Path) -> None:
    for path in write_schemas(tmp_path):
        schema = json.loads(path.read_text("utf-8"))
        assert schema["$schema"].startswith("https://json-schema.org/")
        assert path.stem in SCHEMAS
    question = json.loads((tmp_path / "question.json").read_text("utf-8"))
    assert question["additionalProperties"] is False
    assert "from" in question["$defs"]["CriterionEntry"]["properties"]
    assert set(question["$defs"]["DerivedEntry"]["properties"]) == {"of", *OPERATIONS}
    assert set(question["properties"]) >= {"figures", "derived", "facts"}
    text = json.loads((tmp_path / "text.json").read_text("utf-8"))
    assert set(text["properties"]) >= {"rephrased", "facts"}
    assert "rephrased" not in text["required"]


def test_an_operand_is_a_number_or_a_name_to_an_editor(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    question = json.loads((tmp_path / "question.json").read_text("utf-8"))
    operand = json.dumps(question["$defs"]["DerivedEntry"]["properties"]["percent"])
    assert '"type": "integer"' in operand
    assert '"type": "string"' in operand


def test_what_a_template_shows_as_an_example_is_sound(tmp_path: Path) -> None:
    """With the marks before its lines taken away."""
    own = tmp_path / "own"
    for path in lay_out(own, TEMPLATES, ["es"], **QUESTION)[:2]:
        path.write_text(re.sub(r"(?m)^# (?=\[|\w+ = )", "", path.read_text("utf-8")), "utf-8")
    problems = check_bank(BUILT_IN, own=own).problems
    assert {one.message for one in problems} == {
        "is TODO, expected it written",
        "has no slot {spent}, expected every derived figure to be told",
    }


def test_the_schema_named_in_a_file_lies_where_it_says(tmp_path: Path) -> None:
    for path in lay_out(tmp_path, TEMPLATES, ["es", "en"], **QUESTION):
        first = path.read_text("utf-8").splitlines()[0]
        assert (path.parent / first.removeprefix("#:schema ")).resolve().is_file()
        tomllib.loads(path.read_text("utf-8"))
