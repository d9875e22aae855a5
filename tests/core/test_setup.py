"""Setting an interview up by buttons, and telling where one applies."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import briefing, setup
from bot.core.events import Text
from bot.core.models import Interviewer, Manner, Preferences, State, Target
from tests.core.driver import WHOLE, Driver, buttons, names
from tests.support.banks import rich_bank

BANK = rich_bank()


def press(chat: Driver, ending: str) -> None:
    """Press the button of the last message whose action ends so."""
    found = [action for action in buttons(chat.said[-1:]).values() if action.endswith(ending)]
    assert len(found) == 1, (ending, chat.said[-1])
    chat.send(found[0])


def test_five_choices_then_where_one_applies_then_the_first_question(rich: Driver) -> None:
    rich.send("interview")
    for step, choice in enumerate(("product-operations", "graduate", "on-the-spot", "3", "real")):
        said = rich.said[-1]
        assert (said.template, said.replace, said.data["step"]) == (
            "setup",
            True,
            setup.STEPS[step],
        )
        wanted = f"{'.' if step else ':'}{choice}"
        rows = [b.action for row in said.buttons for b in row if b.action.endswith(wanted)]
        rich.send(rows[0])
    assert rich.said[-1].template == "brief"
    rich.send("skip")
    assert (rich.said[-1].template, rich.said[-1].data["before"]) == ("question", "real")
    chosen = rich.session.preferences
    assert (chosen.role, chosen.level) == ("product-operations", "graduate")
    assert (chosen.interviewer, chosen.length) == (Interviewer.ON_THE_SPOT, 3)
    assert (rich.session.manner, len(rich.session.plan)) == (Manner.REAL, 3)


def test_the_way_back_leads_to_the_choice_before(rich: Driver) -> None:
    rich.send("interview:any.graduate")
    assert rich.said[-1].data["step"] == "interviewer"
    back = [row[-1].action for row in rich.said[-1].buttons if row[-1].label == "back"]
    rich.send(back[0])
    assert rich.said[-1].data["step"] == "level"
    assert rich.said[-1].data["made"] == {"role": ""}
    rich.send("interview")
    assert "back" not in buttons(rich.said[-1:])


def test_quick_start_is_offered_once_and_then_like_last_time(rich: Driver) -> None:
    [first] = rich.send("interview")
    assert (first.buttons[0][0].label, first.buttons[0][0].action) == (
        "setup-now",
        "interview:now",
    )
    assert names(rich.send("interview:now")) == ["question"]
    assert (len(rich.session.plan), rich.session.manner) == (3, Manner.COACH)
    rich.send("finish")
    [again] = rich.send("interview")
    assert again.buttons[0][0].label == "setup-last"
    assert again.buttons[0][0].data["count"] == 3
    assert names(rich.send("interview:last")) == ["question"]


def test_like_last_time_without_a_last_time_is_a_choice(rich: Driver) -> None:
    assert names(rich.send("interview:last")) == ["setup"]


@pytest.mark.parametrize(
    ("typed", "length", "manner"),
    [
        ("5 real", 5, Manner.REAL),
        ("3", 3, Manner.COACH),
        ("8 COACH", 8, Manner.COACH),
        ("1", 1, Manner.COACH),
    ],
)
def test_an_interview_may_be_typed(rich: Driver, typed: str, length: int, manner: Manner) -> None:
    rich.send(f"interview:{typed}")
    assert (len(rich.session.plan), rich.session.manner) == (min(length, 7), manner)
    assert rich.session.state is State.ASKED


@pytest.mark.parametrize("odd", ["0", "9", "²", "5 unreal", "x", "-1", "king.any", "any.any.x"])
def test_what_cannot_be_chosen_is_asked(rich: Driver, odd: str) -> None:
    assert names(rich.send(f"interview:{odd}")) == ["setup"]
    assert rich.session.state is State.IDLE


@given(choices=st.text(st.sampled_from("any.graduate358real coach mixed"), max_size=60))
@settings(max_examples=200, deadline=None)
def test_choices_are_settled_or_leave_a_step_open(choices: str) -> None:
    settled = setup.settled(choices, Preferences(), BANK)
    made = setup.chosen(choices, BANK)
    assert len(made) <= len(setup.STEPS)
    if settled is None:
        assert len(made) < len(setup.STEPS)
    else:
        assert 1 <= settled.length <= max(setup.LENGTHS)


def test_choosing_in_the_middle_of_something_touches_nothing_of_it(rich: Driver) -> None:
    rich.send("practice:retention")
    rich.write("goal!")
    rich.send("interview")
    rich.send("interview:any.any.mixed.3")
    assert (rich.session.state, rich.session.draft[0].text) == (State.DRAFTING, "goal!")
    assert names(rich.send("interview:any.any.mixed.3.real")) == ["abandon"]
    assert names(rich.send("confirm")) == ["question"]
    assert rich.session.manner is Manner.REAL


# --- where one applies ------------------------------------------------------------------------


def briefed(chat: Driver, *things: str) -> Target:
    """Set an interview up, tell these things, and return what is known then."""
    chat.send("interview:any.any.mixed.3.coach")
    for thing in things:
        chat.write(thing)
    return chat.session.preferences.target


def test_the_target_is_asked_one_thing_at_a_time_and_kept_for_good(rich: Driver) -> None:
    target = briefed(
        rich, "Rumbo", "Ruta", "estudiantes", "mapas sin anuncios", "viajes por semana"
    )
    assert target == Target(
        "Rumbo", "Ruta", "estudiantes", "mapas sin anuncios", "viajes por semana"
    )
    asked = [say.data["thing"] for say in rich.said if say.template == "brief"]
    assert asked == list(briefing.THINGS)
    assert rich.said[-1].template == "question"
    rich.send("finish")
    assert names(rich.send("interview:any.any.mixed.3.coach")) == ["question"]
    assert rich.session.preferences.target == target


def test_company_and_product_may_come_in_one(rich: Driver) -> None:
    briefed(rich, "Rumbo, Ruta")
    assert rich.said[-1].data["thing"] == "users"


def test_without_a_company_nothing_more_is_asked(rich: Driver) -> None:
    rich.send("interview:any.any.mixed.3.coach")
    assert names(rich.send("skip")) == ["question"]
    rich.send("finish")
    assert names(rich.send("interview:any.any.mixed.3.coach")) == ["question"]


@pytest.mark.parametrize(
    "nothing", [Text("-"), Text("no", reply="decline"), Text(" , "), Text("/")]
)
def test_no_is_no_company(rich: Driver, nothing: Text) -> None:
    rich.send("interview:any.any.mixed.3.coach")
    assert names(rich.send(nothing)) == ["question"]
    assert rich.session.preferences.target == Target()


def test_a_name_after_nothing_but_a_comma_is_the_company(rich: Driver) -> None:
    assert briefed(rich, ", Ruta") == Target("Ruta")


def test_what_is_too_long_is_asked_again(rich: Driver) -> None:
    briefed(rich, "x" * 41)
    assert (rich.said[-1].data["thing"], rich.said[-1].data["too_long"]) == ("company", True)
    for said in ("Rumbo", "Ruta", "x" * 121):
        rich.write(said)
    assert (rich.said[-1].data["thing"], rich.said[-1].data["too_long"]) == ("users", True)


def test_enough_ends_it_and_the_company_stands_for_its_product(rich: Driver) -> None:
    briefed(rich, "Rumbo")
    rich.send("skip")
    assert "enough" in buttons(rich.said[-1:])
    assert names(rich.send(buttons(rich.said[-1:])["enough"])) == ["question"]
    assert rich.session.preferences.target == Target("Rumbo", "Rumbo")


def test_repeat_says_the_thing_in_hand_again(rich: Driver) -> None:
    briefed(rich, "Rumbo, Ruta")
    [again] = rich.send("repeat")
    assert (again.template, again.data["thing"]) == ("brief", "users")


def test_what_was_told_of_another_company_is_forgotten(rich: Driver) -> None:
    briefed(rich, "Rumbo, Ruta", "estudiantes", "mapas", "viajes")
    rich.send("finish")
    rich.send("brief")
    rich.write("Faro")
    rich.send("finish")
    assert rich.session.preferences.target == Target("Faro", "Faro")
    assert rich.session.state is State.IDLE


def test_the_same_company_told_again_keeps_what_is_known(rich: Driver) -> None:
    known = briefed(rich, "Rumbo, Ruta", "estudiantes", "mapas", "viajes")
    rich.send("finish")
    rich.send("brief")
    rich.write("Rumbo")
    rich.send("finish")
    assert rich.session.preferences.target == known


def test_names_given_by_command_while_they_are_asked_are_taken(rich: Driver) -> None:
    rich.send("interview:any.any.mixed.3.coach")
    assert names(rich.send("target:Rumbo, Ruta")) == ["target", "brief"]
    assert rich.said[-1].data["thing"] == "users"
    rich.write("estudiantes")
    assert rich.session.preferences.target == Target("Rumbo", "Ruta", "estudiantes")


def test_a_case_is_put_about_the_target(rich: Driver) -> None:
    rich.send("target:Rumbo, Ruta")
    [asked] = rich.send("practice:growth-case")
    assert "Rumbo" in asked.data["prompt"]
    assert asked.data["target"] == Target("Rumbo", "Ruta")
    rich.answer(WHOLE)
    assert rich.said[-1].template == "scorecard"


def test_what_came_of_an_interview_is_shown_before_the_target_is_asked(rich: Driver) -> None:
    rich.send("interview:now")  # without the target
    while not rich.session.last:
        rich.answer(WHOLE)
        rich.send("next")
    rich.answer(WHOLE)
    said = rich.send("interview:any.any.mixed.3.coach")
    assert names(said) == ["summary", "brief"]
    assert said[0].data["answered"] == 3


def test_a_dash_ends_the_asking_and_the_command_alone_asks_on(rich: Driver) -> None:
    rich.send("interview:any.any.mixed.3.coach")
    assert names(rich.send("target")) == ["brief"]
    assert names(rich.send("target:-")) == ["target", "question"]
    assert rich.session.preferences.target == Target()


def test_a_dash_while_the_target_alone_is_asked_says_that_it_is_forgotten(rich: Driver) -> None:
    rich.send("target")
    rich.write("Rumbo")
    [said] = rich.send("target:-")
    assert (said.template, said.data["forgotten"]) == ("target", True)
    assert rich.session.state is State.IDLE
    assert rich.session.preferences.target == Target()
