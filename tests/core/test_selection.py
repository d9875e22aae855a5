"""Which questions an interview asks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.models import Interviewer, Preferences
from bot.core.questions import Bank, Criterion
from bot.core.selection import Wanted, choose
from tests.support.banks import question, small_bank

BANK = small_bank()


def test_the_same_seed_gives_the_same_questions_and_another_others() -> None:
    assert choose(BANK, Wanted(5, 1)) == choose(BANK, Wanted(5, 1))
    assert len({choose(BANK, Wanted(5, seed)) for seed in range(20)}) > 1


def test_introductions_are_no_interview_questions() -> None:
    assert "self-intro-graduate" not in choose(BANK, Wanted(50, 1))


def test_every_topic_comes_once_before_any_comes_twice() -> None:
    more = {f"growth-{n}": question(f"growth-{n}", "growth") for n in range(20)}
    bank = replace(BANK, questions={**more, **BANK.questions})
    for seed in range(20):
        topics = [bank.questions[name].topic for name in choose(bank, Wanted(5, seed))]
        assert len(set(topics)) == 5


def test_what_was_asked_lately_comes_last_the_longest_ago_first() -> None:
    lately = ("retention", "user-growth", "data-operations")
    assert choose(BANK, Wanted(5, 3, lately))[-3:] == lately


def test_a_small_bank_gives_what_it_has() -> None:
    assert len(choose(BANK, Wanted(8, 1))) == 5


# --- by role, level, interviewer and weakness -------------------------------------------------


def wide_bank() -> Bank:
    """Five topics of four questions for any role."""
    topics = ("growth", "retention", "data", "users", "self")
    made = {f"{t}-{n}": question(f"{t}-{n}", t) for t in topics for n in range(4)}
    return replace(BANK, questions=made)


SHARES = {"product-operations": {"retention": 4, "data": 3, "self": 1}}


def of_role(length: int, seed: int, lately: tuple[str, ...] = ()) -> tuple[str, ...]:
    preferences = Preferences(role="product-operations")
    bank = replace(wide_bank(), interviews=SHARES)
    return choose(bank, Wanted(length, seed, lately, preferences))


@pytest.mark.parametrize(
    ("length", "shares"),
    [
        (3, {"retention": 1, "data": 1, "self": 1}),
        (4, {"retention": 2, "data": 1, "self": 1}),
        (5, {"retention": 2, "data": 2, "self": 1}),
        (8, {"retention": 4, "data": 3, "self": 1}),
    ],
)
def test_a_role_has_its_topics_in_its_shares(length: int, shares: dict[str, int]) -> None:
    for seed in range(10):
        topics = Counter(name.split("-")[0] for name in of_role(length, seed))
        assert topics == shares


def test_a_role_keeps_its_shares_with_one_interviewer() -> None:
    wide = wide_bank()
    own = {
        name: replace(one, interviewers=("experience",)) if name.endswith("-1") else one
        for name, one in wide.questions.items()
    }
    bank = replace(wide, questions=own, interviews=SHARES)
    preferences = Preferences(role="product-operations", interviewer=Interviewer.EXPERIENCE)
    for seed in range(10):
        chosen = choose(bank, Wanted(5, seed, (), preferences))
        topics = Counter(name.split("-")[0] for name in chosen)
        assert topics == {"retention": 2, "data": 2, "self": 1}


def test_what_a_role_was_asked_lately_is_not_asked_while_there_is_else() -> None:
    lately = ("self-0", "self-1", "self-2", "self-3", "retention-0")
    chosen = of_role(8, 1, lately)
    assert len(chosen) == 8
    assert not set(chosen) & set(lately)


def test_a_question_suits_role_and_interviewer() -> None:
    bank = wide_bank()
    only = replace(
        bank.questions["data-1"],
        roles=("product-manager",),
        interviewers=("experience",),
    )
    bank = replace(bank, questions={**bank.questions, "data-1": only})
    for wrong in (
        Preferences(role="product-operations"),
        Preferences(interviewer=Interviewer.ON_THE_SPOT),
    ):
        assert "data-1" not in choose(bank, Wanted(50, 1, (), wrong))
    assert "data-1" in choose(bank, Wanted(50, 1))
    assert choose(bank, Wanted(50, 1, (), Preferences(role="product-manager"))) == ("data-1",)


def test_weak_criteria_come_first() -> None:
    bank = wide_bank()
    levels = {f"{name}/goal": 3 for name in bank.questions}
    levels |= {"users-2/goal": 0, "users-2/method": 0}
    for seed in range(10):
        assert choose(bank, Wanted(1, seed, levels=levels)) == ("users-2",)


def test_questions_that_share_criteria_do_not_come_together() -> None:
    bank = wide_bank()
    shared = {
        name: replace(
            bank.questions[name],
            criteria=(Criterion("goal", 100, origin="data-0"),),
        )
        for name in ("data-1", "data-2", "users-1")
    }
    bank = replace(bank, questions={**bank.questions, **shared})
    family = {"data-0", *shared}
    for seed in range(10):
        assert len(family & set(choose(bank, Wanted(8, seed)))) <= 1
    assert len(choose(bank, Wanted(20, 1))) == 20  # where nothing else is left they do


@given(st.integers(0, 60), st.integers(), st.lists(st.sampled_from(sorted(wide_bank().questions))))
def test_no_question_comes_twice(length: int, seed: int, lately: list[str]) -> None:
    chosen = choose(wide_bank(), Wanted(length, seed, tuple(lately)))
    assert len(chosen) == len(set(chosen)) == min(length, 20)
    assert chosen == choose(wide_bank(), Wanted(length, seed, tuple(lately)))


def test_a_role_does_not_fix_which_topics_a_short_interview_has() -> None:
    shares = {"product-operations": dict.fromkeys(("growth", "retention", "data", "users"), 2)}
    bank = replace(wide_bank(), interviews=shares)
    role = Preferences(role="product-operations")
    for length in (1, 3):
        chosen = [choose(bank, Wanted(length, seed, (), role)) for seed in range(40)]
        assert len({name.split("-")[0] for one in chosen for name in one}) >= 4
