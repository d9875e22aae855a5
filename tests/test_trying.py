"""`bank try`: answers are scored as they come, and again when the files are saved."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from bot import bootstrap
from bot.bank import open_bank
from bot.cli import main
from bot.commands.trying import Trying, attend
from tests.bank.conftest import FILES, QUESTION, TEXT, Folder

BUILT_IN = Path(__file__).parents[1] / "question_bank"

ANSWER = (
    "Primero miré por dónde entraba la gente a la tienda, según el producto que buscaba. "
    "Después probé dos caminos durante una semana y me quedé con el de las vecinas."
)


@pytest.fixture
def bank(tmp_path: Path) -> Folder:
    """An own bank of one question, laid over the built-in one."""
    own = Folder(tmp_path / "own")
    return own.write(QUESTION, FILES[QUESTION]).write(TEXT, FILES[TEXT])


def trying(bank: Folder) -> Trying:
    cache = bank.root.parent / "cache"
    return Trying(
        lambda: open_bank(BUILT_IN, bank.root, cache), bootstrap.scorer, "first-users", "es"
    )


def test_it_tells_which_phrase_found_which_words(bank: Folder) -> None:
    told = "\n".join(trying(bank).answer(ANSWER))
    assert "/100" in told
    assert "dónde entraba la gente” <- por dónde llega/entra la gente" in told


def test_a_saved_file_is_scored_again_with_the_difference(bank: Folder) -> None:
    one = trying(bank)
    one.answer(ANSWER)
    assert one.look() == []
    bank.replace(TEXT, "por dónde llega/entra la gente", "de dónde saca el dinero")
    told = one.look()
    assert told[0] == "— saved —"
    assert "/100 (-" in told[1]
    assert one.look() == []


def test_a_half_written_file_is_told_of_once_and_changes_nothing(bank: Folder) -> None:
    one = trying(bank)
    bank.add(TEXT, "[criteria")
    assert "is not TOML" in one.look()[0]
    assert one.look() == []
    assert "/100" in one.answer(ANSWER)[0]


def test_answers_end_with_a_dot_or_the_end_of_input(bank: Folder) -> None:
    told = io.StringIO()
    attend(trying(bank), io.StringIO(f"{ANSWER}\n\nY más.\n.\n.\n{ANSWER}"), told)
    assert told.getvalue().count("/100") == 2


def test_an_unknown_question_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bank", "try", "user-growht"]) == 2
    assert "did you mean user-growth" in capsys.readouterr().err
