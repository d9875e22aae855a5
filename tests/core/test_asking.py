"""A question as it is put: figures and target filled in, the same for the same session."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.core.asking import asked, drawn, put, slots
from bot.core.models import Preferences, Session, Target
from bot.core.questions import Figure, Question
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
