"""A question as it is put: figures and target filled in, the same for the same session."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.asking import asked, drawn, figures_of, filled, put, slots, worked_out
from bot.core.models import Preferences, Session, Target
from bot.core.questions import Derived, Fact, FactText, Figure, Operation, Question
from tests.support.banks import question, small_bank

NOBODY = Target()


def case() -> Question:
    made = question("growth-case", "growth")
    text = replace(
        made.texts["es"],
        prompt="De {users} usuarios se van {lost} %.",
        target_prompt="De los {users} de {product}, de {company}, se van {lost} %.",
    )
    figures = {"users": Figure(20_000, 90_000, 5_000), "lost": Figure(10, 40, 5)}
    return replace(made, texts={"es": text}, figures=figures)


def test_the_same_occasion_has_the_same_figures_and_another_others() -> None:
    first = asked(case(), "es", "session-1", NOBODY)
    assert first == asked(case(), "es", "session-1", NOBODY)
    assert len({asked(case(), "es", f"session-{n}", NOBODY) for n in range(20)}) > 10
    assert "{" not in first


def test_without_a_target_the_invented_product_is_asked_about() -> None:
    for target in (NOBODY, Target("Rumbo", ""), Target("", "Ruta")):
        assert asked(case(), "es", "s", target).startswith("De ")
        assert "de los" not in asked(case(), "es", "s", target).lower()


def test_with_a_target_it_is_named() -> None:
    said = asked(case(), "es", "s", Target("Rumbo", "Ruta"))
    assert "de Ruta, de Rumbo, se van" in said


def test_the_figures_are_the_same_with_a_target_and_without() -> None:
    plain = asked(case(), "es", "s", NOBODY)
    named = asked(case(), "es", "s", Target("a", "b"))
    assert [w for w in plain.split() if w.isdecimal()] == [
        w for w in named.split() if w.isdecimal()
    ]


def test_what_a_person_calls_their_company_is_not_filled_in_again() -> None:
    said = asked(case(), "es", "s", Target("{users}", "{lost} \\1"))
    assert "de {lost} \\1, de {users}," in said


def test_thousands_are_set_apart_as_the_language_does() -> None:
    one = replace(case(), figures={"users": Figure(45_000, 45_000), "lost": Figure(5, 5)})
    assert "45.000" in asked(one, "es", "s", NOBODY, ".")
    assert "45000" in asked(one, "es", "s", NOBODY)
    four = replace(one, figures={"users": Figure(4_500, 4_500), "lost": Figure(5, 5)})
    assert "4500" in asked(four, "es", "s", NOBODY, ".")


def test_a_session_puts_it_alike_every_time() -> None:
    bank = replace(small_bank(), names={"es": {"number.thousands": "."}})
    session = Session("chat", id="s-1", preferences=Preferences(target=Target("Rumbo", "Ruta")))
    first = put(case(), session, bank)
    assert first.text("es").prompt == put(case(), session, bank).text("es").prompt
    assert "Rumbo" in first.text("es").prompt
    assert ".000" in first.text("es").prompt


def full_case() -> Question:
    """The case with numbers that follow from it, facts, and the same put differently."""
    made = case()
    text = replace(
        made.texts["es"],
        prompt="De {users} usuarios se van {gone}.",
        rephrased="Tenías {users}. Te quedan {left}.",
        facts={"share": FactText("Es el {lost} %: {gone}.", ("porcentaje",))},
    )
    return replace(
        made,
        texts={"es": text},
        derived={"gone": Derived("users", "percent", "lost"), "left": LEFT},
        facts=(Fact("share"),),
    )


LEFT = Derived("users", "minus", "gone")


def test_what_is_derived_fits_what_is_drawn() -> None:
    for seed in map(str, range(20)):
        values = figures_of(full_case(), seed)
        assert values["gone"] + values["left"] == values["users"]
        assert values["gone"] == values["users"] * values["lost"] // 100  # it comes out even


def test_deriving_changes_nothing_that_is_drawn() -> None:
    assert figures_of(full_case(), "s").items() >= figures_of(case(), "s").items()


@pytest.mark.parametrize(
    ("of", "operation", "operand", "result"),
    [
        (1_000, "percent", 40, 400),
        (5, "percent", 50, 3),  # half up, not to the even
        (7, "percent", 50, 4),
        (5, "percent", 49, 2),
        (5, "percent", 0, 0),
        (5, "percent", 200, 10),
        (5, "minus", 2, 3),
        (5, "plus", 2, 7),
        (5, "over", 2, 2),
        (0, "over", 2, 0),
    ],
)
def test_working_out(of: int, operation: Operation, operand: int, result: int) -> None:
    assert worked_out(Derived("of", operation, operand), {"of": of}) == result
    assert worked_out(Derived("of", operation, "by"), {"of": of, "by": operand}) == result


def test_all_that_is_said_of_a_question_has_the_same_figures() -> None:
    bank = replace(small_bank(), names={"es": {"number.thousands": "."}})
    session = Session("chat", id="s-1")
    text = put(full_case(), session, bank).text("es")
    users, gone = [word.rstrip(".") for word in text.prompt.split() if word[0].isdecimal()]
    left = int(users.replace(".", "")) - int(gone.replace(".", ""))
    assert text.rephrased.startswith(f"Tenías {users}. Te quedan ")
    assert text.rephrased.replace(".", "").endswith(str(left))
    assert text.facts["share"].says.endswith(f"%: {gone}.")
    assert text.facts["share"].asks == ("porcentaje",)
    assert "{" not in text.prompt + text.rephrased + text.facts["share"].says


def test_filling_in_is_what_putting_does() -> None:
    session = Session("chat", id="s-1", preferences=Preferences(target=Target("Rumbo", "Ruta")))
    text = put(full_case(), session, small_bank()).text("es")
    before = full_case().text("es")
    target = session.preferences.target
    for template, said in (
        (before.target_prompt, text.prompt),
        (before.rephrased, text.rephrased),
        (before.facts["share"].says, text.facts["share"].says),
    ):
        assert filled(template, full_case(), "s-1", target, "") == said


def test_a_slot_nothing_is_known_for_stays() -> None:
    assert filled("{x} {company}", full_case(), "s", NOBODY, "") == "{x} {company}"


def test_a_question_without_slots_stays_as_it_is() -> None:
    plain = question("retention", "retention")
    assert put(plain, Session("chat"), small_bank()) is plain


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 10**5), st.text(max_size=10))
def test_a_figure_lies_where_it_may(low: int, more: int, step: int, seed: str) -> None:
    [value] = drawn({"x": Figure(low, low + more, step)}, seed).values()
    assert low <= value <= low + more
    assert (value - low) % step == 0


@given(st.text(max_size=60))
def test_any_prompt_can_be_filled_in(prompt: str) -> None:
    made = question("q", "growth")
    made = replace(made, texts={"es": replace(made.texts["es"], prompt=prompt)})
    assert asked(made, "es", "s", NOBODY) == prompt
    assert all(isinstance(slot, str) for slot in slots(prompt))
