"""A valid bank becomes the core's dataclasses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.bank import BankError, load_bank
from bot.core.questions import Criterion, CriterionText, Misconception, Rule
from tests.bank.conftest import QUESTION, SAMPLES, TEXT, Folder, make_bank


def test_a_question_keeps_what_its_file_says(bank: Folder) -> None:
    question = load_bank(bank.root).ask("first-users")
    assert question.topic == "growth"
    assert question.kind == "operations"
    assert question.roles == ("product-manager",)
    assert question.levels == ("graduate",)
    assert question.interviewers == ("experience", "on-the-spot")
    assert question.seconds == 150


def test_rules_come_from_the_common_criteria_else_are_content(bank: Folder) -> None:
    assert load_bank(bank.root).ask("first-users").criteria == (
        Criterion("channels", 60, Rule.CONTENT),
        Criterion("effect", 40, Rule.EFFECT),
    )


def test_a_question_may_set_the_rule_of_a_common_criterion(bank: Folder) -> None:
    bank.replace(QUESTION, "weight = 40", 'weight = 40\nrule = "clarity"')
    assert load_bank(bank.root).ask("first-users").criterion("effect").rule is Rule.CLARITY


def test_texts_lose_the_white_space_around_them(bank: Folder) -> None:
    text = load_bank(bank.root).ask("first-users").text("es")
    assert text.model_answer == "Primero miro los canales.\nDespués pruebo dos."


def test_a_criterion_has_its_words(bank: Folder) -> None:
    assert load_bank(bank.root).ask("first-users").text("es").criteria["channels"] == (
        CriterionText(
            name="Canales",
            looks_for="que compares canales",
            advice="Nombra dos canales.",
            follow_ups={"experience": "¿Cuál usaste?", "on-the-spot": "¿Cuál usarías?"},
            concepts=("canales de captación", "por dónde llega/entra la gente"),
            explanations=("según el producto",),
        )
    )


def test_a_question_overrides_single_words_of_a_common_criterion(bank: Folder) -> None:
    bank.add(TEXT, '[criteria.effect]\nadvice = "Otro."\nfollow_up.experience = "¿Y?"\n')
    effect = load_bank(bank.root).ask("first-users").text("es").criteria["effect"]
    assert effect.name == "Efecto"
    assert effect.advice == "Otro."
    assert effect.concepts == ("pasamos de",)
    assert effect.follow_ups == {"experience": "¿Y?", "on-the-spot": "¿Qué esperas?"}


def test_misconceptions_are_read(bank: Folder) -> None:
    assert load_bank(bank.root).ask("first-users").text("es").misconceptions == (
        Misconception("one-channel", ("un solo canal",), "Con uno solo te la juegas.", "channels"),
    )


def test_weights_hold_kinds_and_other_tables_by_name(bank: Folder) -> None:
    assert load_bank(bank.root).weights == {
        "operations": {"content": 0.75, "form": 0.25},
        "bands": {"good": 60.0},
    }


def test_lexicons_and_names_are_read(bank: Folder) -> None:
    loaded = load_bank(bank.root)
    assert loaded.lexicons["es"].get("function") == ("el", "la")
    assert loaded.names["es"]["topic.growth"] == "Crecimiento"


@pytest.mark.parametrize("file", ["scoring.toml", "lexicons/es.toml", SAMPLES])
def test_some_files_may_be_absent(bank: Folder, file: str) -> None:
    assert bank.remove(file).problems() == []


def test_a_language_that_is_not_declared_is_left_alone(bank: Folder) -> None:
    bank.write("texts/fr/growth/first-users.toml", "not yet")
    assert load_bank(bank.root).languages == ("es",)


def test_hidden_and_other_files_are_left_alone(bank: Folder) -> None:
    bank.write("README.md", b"\xff").write(".git/x.toml", b"\0").write("texts/.x.toml", "[")
    assert bank.problems() == []


def test_the_digest_depends_on_nothing_but_the_files(bank: Folder, tmp_path: Path) -> None:
    again = make_bank(tmp_path / "elsewhere")
    assert load_bank(bank.root / "elsewhere").digest == load_bank(again.root).digest
    assert len(load_bank(again.root).digest) == 64


def test_the_digest_changes_with_every_byte_that_matters(bank: Folder) -> None:
    before = load_bank(bank.root).digest
    assert load_bank(bank.add(TEXT, "# seen\n").root).digest != before


def test_samples_do_not_change_the_digest(bank: Folder) -> None:
    before = load_bank(bank.root).digest
    assert load_bank(bank.add(SAMPLES, "# unseen\n").root).digest == before


def test_a_bank_error_holds_the_problems(bank: Folder) -> None:
    with pytest.raises(BankError) as caught:
        load_bank(bank.remove(TEXT).root)
    (problem,) = caught.value.problems
    assert (problem.file, problem.key_path) == (TEXT, "")


def test_importing_the_package_brings_pydantic_and_nothing_more() -> None:
    script = "import sys; old = {*sys.modules}; import bot.bank; print(*{*sys.modules} - old)"
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    packages = {name.split(".")[0] for name in done.stdout.split() if not name.startswith("_")}
    assert packages - sys.stdlib_module_names <= {
        "annotated_types",
        "bot",
        "pydantic",
        "pydantic_core",
        "typing_extensions",
        "typing_inspection",
    }


def test_a_partial_language_has_texts_of_some_questions(bank: Folder) -> None:
    bank.write("bank.toml", 'version = "1"\nlanguages = ["es"]\npartial = ["en"]\n')
    bank.write(TEXT.replace("/es/", "/en/"), (bank.root / TEXT).read_bytes())
    bank.write("texts/en/criteria.toml", (bank.root / "texts/es/criteria.toml").read_bytes())
    loaded = load_bank(bank.root)
    assert loaded.languages == ("es",)
    assert list(loaded.ask("first-users").texts) == ["es", "en"]
