"""How far apart things may stand, and how much each part of a story adds."""

from __future__ import annotations

import pytest

from bot.core.questions import Lexicon
from bot.scoring import rules
from bot.scoring.language import Language
from bot.scoring.reading import Reading, read
from bot.scoring.rules import COUNTED, DETAIL, ENOUGH, PLAN, TIED_NUMBER, Judged
from bot.scoring.signals import TIED, Signals, signals

TOY = Language(
    "es",
    Lexicon(
        {
            "own_past": ("hice", "medí", "probé", "me puse manos a la obra"),
            "negators": ("no",),
            "effect_phrases": ("subió",),
            "domain": ("cosa", "cosas", "registro", "ventas"),
            "percent": ("%",),
            "sequence": ("primero", "luego", "después", "finalmente"),
            "because": ("porque",),
            "contrast": ("pero",),
            "reflection": ("aprendí",),
            "fillers": ("eh",),
            "company": ("su empresa",),
            "proposals": ("haría",),
            "change_from": ("de",),
            "change_to": ("a",),
            "abstract_endings": ("ización",),
        }
    ),
)


def seen(text: str) -> tuple[Reading, Signals]:
    reading = read(text, TOY)
    return reading, signals(reading, TOY, frozenset())


def effect(text: str) -> Judged:
    return rules.effect(*seen(text), ())


def experience(text: str) -> Judged:
    return rules.experience(*seen(text), ())


def structure(*words: str) -> float:
    """The strength of some words in an answer just long enough to show a thread."""
    text = " ".join([*words, *["cosa"] * (ENOUGH - len(words))])
    return rules.structure(*seen(text), ()).strength


def clarity(text: str, hollow: int = 0) -> Judged:
    """The clarity of a text, with so many phrases that say nothing."""
    reading = read(text, TOY)
    found = signals(reading, TOY, frozenset(), [(0, 0)] * hollow)
    return rules.clarity(reading, found, ())


def apart(one: str, other: str, distance: int) -> str:
    """Two words so many words apart, in one sentence or a few."""
    return " ".join([one, *["cosa"] * (distance - 1), other])


@pytest.mark.parametrize("pair", [("hice", "subió"), ("subió", "hice")])
def test_a_result_counts_up_to_thirty_words_from_an_own_action(pair: tuple[str, str]) -> None:
    assert effect(apart(*pair, TIED)).level == 1
    assert effect(apart(*pair, TIED + 1)).level == 0


@pytest.mark.parametrize("pair", [("subió", "12"), ("12", "subió")])
def test_a_result_has_the_number_that_stands_near(pair: tuple[str, str]) -> None:
    far = ["cosa"] * (TIED_NUMBER - 1)
    near = " ".join([*far, apart(*pair, COUNTED), "hice"])
    off = " ".join([*far, apart(*pair, COUNTED + 1), "hice"])
    assert (effect(near).level, effect(off).level) == (2, 1)


def test_a_share_alone_shows_an_effect_only_near_an_own_action() -> None:
    assert effect(apart("hice", "12 %", TIED_NUMBER)).level == 1
    assert effect(apart("hice", "12 %", TIED_NUMBER + 1)).level == 0


def test_a_count_alone_shows_no_effect() -> None:
    assert effect("hice 12 cosas").level == 0


def test_the_more_is_known_of_an_effect_the_more_it_is_worth() -> None:
    steps = (
        "hice cosas y 12 %",
        "hice cosas y subió",
        "hice cosas, subió 12",
        "hice cosas, subió 12 y luego subió 15",
        "hice cosas y pasó de 12 a 15",
        "hice cosas y pasó de 12 a 15, luego de 7 a 9",
    )
    worth = [effect(text).strength for text in steps]
    assert worth == pytest.approx([0.3, 0.35, 0.7, 0.85, 0.9, 1.0])


def test_numbers_without_a_result_are_worth_six_tenths_at_most() -> None:
    assert effect("hice cosas: 12 %, 13 %, 14 %, 15 % y 16 %").strength == pytest.approx(0.6)


def test_five_own_actions_are_a_whole_story() -> None:
    assert experience("hice una cosa").strength == pytest.approx(0.2)
    assert experience("hice, medí, probé, hice, medí cosas").strength == 1
    assert experience("hice, medí, probé, hice, medí, probé, hice cosas").strength == 1


def test_what_was_not_done_is_no_experience() -> None:
    assert experience("me puse manos a la obra con una cosa").level == 1
    assert experience("no me puse manos a la obra").level == 0
    assert experience("no cosa cosa cosa hice").level == 0
    assert experience("no cosa cosa cosa cosa hice").level == 1  # too far from the "no"
    assert experience("no, hice cosas").level == 1  # another clause


def test_a_story_of_three_actions_is_whole_with_two_details() -> None:
    number = " ".join(["medí", *["cosa"] * (DETAIL - 1), "12"])
    assert experience("hice, probé, medí cosas").level == 2
    assert experience(f"hice, probé, {number}").level == 2
    assert experience(f"hice, probé, {number} y aprendí").level == 3
    off = " ".join(["medí", *["cosa"] * DETAIL, "12"])
    assert experience(f"hice, probé, {off} y aprendí").level == 2


def test_a_reasoned_plan_is_worth_a_little_of_an_experience() -> None:
    plan = "haría el registro porque sí. "
    assert experience(plan).level == 1
    assert 0 < experience(plan).strength < experience(plan * 2).strength < PLAN
    assert experience(plan * 9).strength == PLAN
    assert experience("haría el registro. " * 9).strength == 0


def test_a_transfer_is_worth_more_with_a_proposal_and_its_reason() -> None:
    def level(text: str) -> int:
        return rules.transfer(*seen(text), ()).level

    assert level("en su empresa hay un registro") == 0
    assert level("en su empresa haría un registro") == 2
    assert level("en su empresa haría un registro porque sí") == 3
    assert level("haría un registro porque sí") == 0


def test_a_proposal_for_the_company_stands_within_sixteen_words_of_it() -> None:
    def level(distance: int) -> int:
        text = f"{apart('su empresa', 'haría', distance)} registro"
        return rules.transfer(*seen(text), ()).level

    assert (level(2 * COUNTED), level(2 * COUNTED + 1)) == (2, 0)


@pytest.mark.parametrize(
    ("word", "most", "each"),
    [("luego", 3, 0.12), ("porque", 3, 0.12), ("pero", 2, 0.1), ("aprendí", 1, 0.15)],
)
def test_each_part_of_a_thread_adds_up_to_its_limit(word: str, most: int, each: float) -> None:
    begun = ("hice", "subió", "subió")
    assert structure(*begun, word) == pytest.approx(0.5 + each)
    assert structure(*begun, *[word] * most) == pytest.approx(0.5 + most * each)
    assert structure(*begun, *[word] * (most + 1)) == pytest.approx(0.5 + most * each)


def test_three_own_actions_carry_a_thread() -> None:
    begun = ("luego", "luego", "luego")
    worth = [structure(*begun, *["hice"] * actions) for actions in range(5)]
    assert worth == pytest.approx([0.25, 0.45, 0.56, 0.66, 0.66])


def test_a_thread_hardly_begun_is_none() -> None:
    assert structure("luego") == 0


def test_own_results_carry_a_thread() -> None:
    assert structure("subió") == 0
    assert structure("hice", "subió") == pytest.approx(0.1 + 0.2)
    assert structure("hice", "subió", "y", "subió") == pytest.approx(0.1 + 0.4)
    assert structure("hice", *["subió"] * 4) == pytest.approx(0.1 + 0.4)


def test_half_an_answer_shows_half_a_thread() -> None:
    half = " ".join(["hice", "subió", "subió", *["cosa"] * (ENOUGH // 2 - 3)])
    assert rules.structure(*seen(half), ()).strength == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (0, ["luego"]),
        (1, ["luego", "luego"]),
        (1, ["hice", "hice", "hice", "porque"]),
        (2, ["hice", "subió", "subió"]),
        (3, ["hice", "subió", "subió", "luego", "luego", "luego"]),
    ],
)
def test_levels_of_a_thread(level: int, words: list[str]) -> None:
    text = " ".join([*words, *["cosa"] * (ENOUGH - len(words))])
    assert rules.structure(*seen(text), ()).level == level


def test_fillers_and_abstract_words_cost_clarity() -> None:
    plain = "cosa " * 50
    assert clarity(plain).strength == 1
    assert clarity(plain + "eh " * 2).strength < 1
    assert clarity("cosa " * 98 + "optimización " * 2).strength == 1  # a few are nothing
    assert 0 < clarity("cosa " * 92 + "optimización " * 8).strength < 1
    assert clarity("cosa " * 85 + "optimización " * 15).strength == 0


def test_each_empty_phrase_costs_a_quarter_of_the_clarity() -> None:
    judged = [clarity("cosa " * 50, hollow) for hollow in range(6)]
    assert [one.strength for one in judged] == pytest.approx([1, 0.75, 0.5, 0.25, 0, 0])
    assert [one.level for one in judged] == [3, 3, 2, 1, 0, 0]
