"""For which post and company a person prepares: set, shown and forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.context import Context, Step
from bot.core.effects import Say
from bot.core.events import parse
from bot.core.machine import step
from bot.core.models import Preferences, Session, Target
from tests.core.driver import WHOLE, Driver
from tests.support.banks import small_bank

CONTEXT = Context(small_bank(), datetime(2026, 1, 2, tzinfo=UTC))


def templates(after: Step) -> list[str]:
    """The messages of a step."""
    return [one.template for one in after.effects if isinstance(one, Say)]


@pytest.mark.parametrize(
    ("said", "company", "product"),
    [
        ("target:Rumbo, Ruta", "Rumbo", "Ruta"),
        ("target:美团，外卖", "美团", "外卖"),
        ("target:Rumbo", "Rumbo", "Rumbo"),
        ("target:Rumbo,", "Rumbo", "Rumbo"),
        ("target:Rumbo, Ruta, y más", "Rumbo", "Ruta, y más"),
        (f"target:{'x' * 99}", "", ""),
        ("target:-", "", ""),
        ("target:,Ruta", "", ""),
    ],
)
def test_a_target_is_set_shown_and_forgotten(said: str, company: str, product: str) -> None:
    after = step(Session("chat"), parse(said), CONTEXT)
    assert after.session.preferences.target == Target(company, product)
    assert templates(after) == ["target"]


def test_without_names_it_is_asked_unless_a_question_is_in_hand() -> None:
    asked = step(Session("chat"), parse("target"), CONTEXT)
    assert templates(asked) == ["brief"]
    busy = step(Session("chat"), parse("practice:retention"), CONTEXT).session
    assert templates(step(busy, parse("target"), CONTEXT))[0] == "target"


def test_a_role_is_chosen_and_only_one_there_is() -> None:
    bank = replace(CONTEXT.bank, interviews={"product-manager": {"growth": 8}})
    context = replace(CONTEXT, bank=bank)
    session = Session("chat")
    shown = step(session, parse("set:role"), context)
    assert templates(shown) == ["choose-role"]
    session = step(session, parse("set:role=product-manager"), context).session
    assert session.preferences.role == "product-manager"
    assert (
        step(session, parse("set:role=king"), context).session.preferences == session.preferences
    )
    assert step(session, parse("set:role="), context).session.preferences.role == ""


def test_deleting_forgets_where_the_person_applies() -> None:
    mine = Preferences(lang="es", role="product-manager", target=Target("Rumbo", "Ruta"))
    session = Session("chat", preferences=mine, pending="delete")
    assert step(session, parse("confirm:delete"), CONTEXT).session.preferences == Preferences()


def test_asking_for_the_target_first_does_not_swallow_what_came_of_the_last_interview() -> None:
    chat = Driver()
    chat.send("interview:now")
    while not chat.session.last:
        chat.answer(WHOLE)
        chat.send("next")
    chat.answer(WHOLE)
    summary, asked = chat.send("interview:any.any.mixed.3.coach")
    assert (summary.template, asked.template) == ("summary", "brief")
    assert len(summary.data["rows"]) == 3
