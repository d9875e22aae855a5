"""How long an interview may be."""

from __future__ import annotations

import pytest

from tests.core.driver import Driver, names


def test_three_lengths_are_offered(chat: Driver) -> None:
    [choice] = chat.send("interview:any.any.mixed")
    offered = [button.action for row in choice.buttons for button in row]
    begun = "interview:any.any.mixed"
    assert offered == [*(f"{begun}.{n}" for n in (3, 5, 8)), "interview:any.any"]


@pytest.mark.parametrize("length", ["1", "3", "5", "8"])
def test_every_length_up_to_the_longest_begins(chat: Driver, length: str) -> None:
    assert names(chat.send(f"interview:{length}")) == ["question"]


def test_mixed_interviewers_take_turns_to_the_end(chat: Driver) -> None:
    chat.send("interview:3")
    probes = []
    for _ in range(3):
        probes.append(chat.answer("nada")[0].data["probe"])
        chat.send("skip")
        chat.send("next")
    assert ["hiciste" in probe for probe in probes] == [True, False, True]
