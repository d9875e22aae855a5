"""How long an interview may be, and how it goes on after a pause."""

from __future__ import annotations

import pytest

from bot.core.events import Text
from bot.core.models import State
from tests.core.driver import WHOLE, Driver, names


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


@pytest.mark.parametrize("state", [State.ASKED, State.DRAFTING, State.RATING, State.FEEDBACK])
def test_a_yes_to_the_offer_goes_on_wherever_it_was_left(chat: Driver, state: State) -> None:
    chat.send("interview:3")
    chat.send(f"set:rates={'yes' if state is State.RATING else 'no'}")
    if state is not State.ASKED:
        chat.write(WHOLE)
    if state in (State.RATING, State.FEEDBACK):
        chat.send("done")
    assert chat.session.state is state
    chat.send("stop")
    assert names(chat.send("start")) == ["resume-offer"]
    assert chat.send(Text("sí", "9", "confirm"))
    assert chat.session.state is state
