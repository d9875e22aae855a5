"""A bank is opened quickly: a text is read when it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bank import BankError, open_bank, opening
from bot.bank.source import Source
from tests.bank.conftest import FILES, QUESTION, TEXT, Folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files whose content was looked at."""
    seen: list[str] = []
    table = Source.table

    def noting(self: Source, file: str) -> dict[str, object] | None:
        seen.append(file)
        return table(self, file)

    monkeypatch.setattr(Source, "table", noting)
    return seen


def test_a_text_is_read_once_and_when_asked_for(bank: Folder, read: list[str]) -> None:
    question = open_bank(bank.root).bank.ask("first-users")
    assert TEXT not in read
    assert question.text("es").title == "Primeros usuarios"
    assert question.text("es").prompt
    assert read.count(TEXT) == 1


def test_which_languages_there_are_is_known_without_reading(bank: Folder, read: list[str]) -> None:
    texts = open_bank(bank.root).bank.ask("first-users").texts
    assert (list(texts), len(texts), "es" in texts, "zh" in texts) == (["es"], 1, True, False)
    assert texts.get("zh") is None
    assert TEXT not in [file for file in read if file == TEXT][1:]


def test_an_error_in_a_text_is_told_when_it_is_asked_for(bank: Folder) -> None:
    question = open_bank(bank.replace(TEXT, "prompt", "promt").root).bank.ask("first-users")
    with pytest.raises(BankError, match="promt: is not known here"):
        question.text("es")


def test_an_error_in_the_structure_is_told_at_once(bank: Folder) -> None:
    with pytest.raises(BankError, match="add up to 101"):
        open_bank(bank.replace(QUESTION, "weight = 60", "weight = 61").root)


def test_a_missing_text_of_a_declared_language_is_an_error(bank: Folder) -> None:
    texts = open_bank(bank.remove(TEXT).root).bank.ask("first-users").texts
    with pytest.raises(BankError, match="is missing, expected the text"):
        texts["es"]


def test_the_digest_covers_texts_nobody_asked_for(bank: Folder) -> None:
    before = open_bank(bank.root).bank.digest
    assert open_bank(bank.root).bank.digest == before
    assert open_bank(bank.add(TEXT, "# more\n").root).bank.digest != before


def test_in_a_very_large_bank_no_text_is_read_to_begin_with(
    bank: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MANY", 0)
    before = open_bank(bank.root).bank
    after = open_bank(bank.add(TEXT, "# more\n").root).bank
    assert before.digest == after.digest
    assert after.ask("first-users").text("es").title == "Primeros usuarios"


def test_samples_are_not_even_listed(bank: Folder, tmp_path: Path) -> None:
    bank.write("samples/es/deep/er/still.toml", FILES[TEXT])
    assert list(open_bank(bank.root).bank.questions) == ["first-users"]
