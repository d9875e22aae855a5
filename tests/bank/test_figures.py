"""Numbers derived from those drawn: what they may be, and what is said of those that may not."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bank import load_bank
from bot.bank.figures import HIGHEST, OPERATIONS, derived, figures
from bot.bank.schema import QuestionFile
from bot.core.asking import figures_of
from bot.core.questions import Derived
from tests.bank.conftest import FILES, QUESTION, TEXT, Folder
from tests.support.banks import question

USERS = "[figures.users]\nfrom = 1000\nto = 9000\nstep = 500\n"
LEFT = '[derived.left]\nof = "users"\npercent = 40\n'
NEVER = (
    "may come to less than 0, over 10^12 or a division by 0, expected figures for which it never "
    "does"
)
OPERAND = "a whole number from 0 to 1000000000, or the name of one that is drawn or derived before"


@pytest.fixture
def case(bank: Folder) -> Folder:
    """The small bank, whose question has a figure and what is left of it."""
    bank.add(QUESTION, USERS + LEFT)
    return bank.replace(TEXT, "los primeros usuarios?", "a {left} de {users}?")


def test_a_derived_figure_is_loaded(case: Folder) -> None:
    assert case.lints() == []
    loaded = load_bank(case.root).questions["first-users"]
    assert loaded.derived == {"left": Derived("users", "percent", 40)}


def test_the_order_of_the_file_is_that_of_working_out(case: Folder) -> None:
    case.add(QUESTION, '[derived.a]\nof = "left"\nminus = 10\n[derived.b]\nof="a"\nplus="left"\n')
    case.replace(TEXT, "{left}", "{left} {b}")
    assert case.problems() == []
    loaded = load_bank(case.root).questions["first-users"]
    assert list(loaded.derived) == ["left", "a", "b"]


WRONG = [
    ("percent = 40", "", "derived.left: has none, expected exactly one of percent, minus, plus"),
    (
        "percent = 40",
        "percent = 40\nover = 2",
        "derived.left: has percent and over, expected exactly one of percent, minus, plus, over",
    ),
    ('"users"\npercent', '"lost"\npercent', 'left.of: is "lost", expected one of users'),
    ("percent = 40", 'percent = "left"', 'left.percent: is "left", expected one of users'),
    ("percent = 40", "minus = 1001", f"derived.left: {NEVER}"),
    ("percent = 40", "over = 0", f"derived.left: {NEVER}"),
    ("percent = 40", "percent = -1", f"left.percent: is -1, expected {OPERAND}"),
    ("percent = 40", "percent = 2.5", f"left.percent: is 2.5, expected {OPERAND}"),
    ("percent = 40", "percent = true", f"left.percent: is true, expected {OPERAND}"),
    ("percent = 40", "percent = [1]", f"left.percent: is a list, expected {OPERAND}"),
    ("percent = 40", f"plus = 1{'0' * 99}", f"left.plus: is a huge number, expected {OPERAND}"),
    ("percent = 40", "times = 2", "left.times: is not known here, expected one of of, percent"),
    ('of = "users"\n', "", "derived.left.of: is missing, expected a name of small letters"),
    (
        "[derived.left]",
        "[derived.users]",
        "derived.users: is the name of something else, expected one of its own",
    ),
    (
        "[derived.left]",
        "[derived.company]",
        "derived.company: is the name of something else, expected one of its own",
    ),
    (
        "[figures.users]",
        "[figures.product]",
        "figures.product: is what a target names, expected a name of its own",
    ),
    ("from = 1000", "from = 9001", "figures.users: has from above to, expected it the other way"),
]


@pytest.mark.parametrize(("old", "new", "line"), WRONG)
def test_what_cannot_be_derived_is_told(case: Folder, old: str, new: str, line: str) -> None:
    told = [one for one in case.replace(QUESTION, old, new).problems() if line in one]
    assert len(told) == 1
    assert told[0].startswith(f"{QUESTION}: ")


def test_one_slip_is_told_once_and_not_by_all_that_hangs_on_it(case: Folder) -> None:
    case.add(QUESTION, '[derived.rest]\nof = "users"\nminus = "left"\n')
    case.replace(QUESTION, "percent = 40", 'percent = "lots"').replace(TEXT, "{left}", "{rest}")
    assert case.problems() == [
        f'{QUESTION}: derived.left.percent: is "lots", expected one of users'
    ]


def test_a_later_one_is_not_known_yet(case: Folder) -> None:
    case.replace(QUESTION, LEFT, '[derived.a]\nof = "left"\nplus = 1\n' + LEFT)
    told = f'{QUESTION}: derived.a.of: is "left", expected one of users'
    assert told in case.problems()


def test_parts_of_one_number_are_not_taken_for_numbers_of_their_own(case: Folder) -> None:
    """Drawn apart, 1,000 less 40 % of 9,000 would be too little."""
    case.add(QUESTION, '[derived.rest]\nof = "users"\nminus = "left"\n')
    assert case.replace(TEXT, "{left}", "{rest}").problems() == []


@pytest.mark.parametrize(("step", "sound"), [(500, True), (1, False)])
def test_where_there_is_too_much_to_try_the_ends_settle_it(
    case: Folder, step: int, sound: bool
) -> None:
    case.add(QUESTION, '[derived.rest]\nof = "users"\nminus = "left"\n')
    case.replace(TEXT, "{left}", "{rest}").replace(QUESTION, "step = 500", f"step = {step}")
    assert (case.problems() == []) is sound


def test_a_divisor_is_never_zero(case: Folder) -> None:
    more = (
        '[derived.far]\nof = "users"\nminus = 1000\n[derived.left]\nof = "users"\nover = "far"\n'
    )
    case.replace(QUESTION, LEFT, more)
    assert f"{QUESTION}: derived.left: {NEVER}" in case.problems()
    case.replace(QUESTION, "minus = 1000", "minus = 999")
    assert case.problems() == []


def test_a_chain_of_squares_is_stopped_before_it_is_worked_out(case: Folder) -> None:
    chain = "".join(
        f'[derived.d{n}]\nof = "{before}"\npercent = "{before}"\n'
        for n, before in enumerate(["users", *(f"d{n}" for n in range(45))])
    )
    told = case.add(QUESTION, chain).problems()
    assert [one for one in told if NEVER in one] == [f"{QUESTION}: derived.d2: {NEVER}"]


def test_there_are_not_too_many(case: Folder) -> None:
    case.add(QUESTION, "".join(f'[derived.d{n}]\nof = "users"\nplus = 1\n' for n in range(50)))
    assert f"{QUESTION}: derived: is a table, expected at most 50 tables" in case.problems()


def test_every_number_is_told(case: Folder) -> None:
    case.replace(TEXT, "a {left} de {users}", "a muchos")
    assert sorted(case.problems()) == [
        f"{TEXT}: prompt: has no slot {{left}}, expected every derived figure to be told",
        f"{TEXT}: prompt: has no slot {{users}}, expected every figure to be told",
    ]


def test_a_figure_may_be_told_by_what_follows_from_it(case: Folder) -> None:
    assert case.replace(TEXT, "a {left} de {users}", "a {left}").problems() == []


NAMES = ["a", "b", "c", "d", "e", "f"]
PARTS = st.one_of(st.sampled_from(NAMES), st.integers(0, 200))
DERIVED = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(OPERATIONS), PARTS), min_size=1, max_size=4
)
FIGURES = st.lists(
    st.tuples(st.integers(0, 500), st.integers(-5, 500), st.integers(1, 90)),
    min_size=1,
    max_size=2,
)


@settings(max_examples=300)
@given(ranges=FIGURES, entries=DERIVED, seeds=st.lists(st.text(max_size=5), min_size=5))
def test_what_is_taken_in_comes_to_something_sensible(
    ranges: list[tuple[int, int, int]], entries: list[tuple[str, str, str | int]], seeds: list[str]
) -> None:
    """Whatever may be written: what is found sound can be worked out, whatever is drawn."""
    table = {
        "figures": {
            name: {"from": low, "to": max(low + more, 0), "step": step}
            for name, (low, more, step) in zip("ab", ranges, strict=False)
        },
        "derived": {
            name: {"of": of, operation: operand}
            for name, (of, operation, operand) in zip("cdef", entries, strict=False)
        },
    }
    file = QuestionFile.model_validate(tomllib.loads(FILES[QUESTION]) | table)
    told: list[str] = []
    sound = derived(file, lambda key, message: told.append(f"{key}: {message}"))
    drawable = {
        name: one for name, one in figures(file, lambda *_: None).items() if one.low <= one.high
    }
    assert told or len(sound) == len(entries) or len(drawable) < len(ranges)
    made = replace(question("q", "growth"), figures=drawable, derived=sound)
    for seed in seeds:
        assert all(0 <= value <= HIGHEST for value in figures_of(made, seed).values())
