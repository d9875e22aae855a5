"""Samples are read by language and question."""

from __future__ import annotations

import pytest

from bot.bank import BankError
from bot.bank.samples import load_samples
from bot.core.questions import Sample
from tests.bank.conftest import SAMPLES, Folder


def test_samples_keep_what_their_file_says(bank: Folder) -> None:
    assert load_samples(bank.root) == {
        ("es", "first-users"): (
            Sample("good", "spoken", 60, 100, ("channels", "effect"), "Primero miré los canales."),
        )
    }


def test_wrong_samples_are_told(bank: Folder) -> None:
    with pytest.raises(BankError) as caught:
        load_samples(bank.replace(SAMPLES, 'name = "good"', "name = 3").root)
    line = f"{SAMPLES}: samples[#1].name: is 3, expected one line of at most 40 characters"
    assert str(caught.value) == line
