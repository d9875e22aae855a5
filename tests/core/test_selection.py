"""Which questions an interview asks."""

from __future__ import annotations

from dataclasses import replace

from bot.core.selection import choose
from tests.support.banks import question, small_bank

BANK = small_bank()


def test_the_same_seed_gives_the_same_questions_and_another_others() -> None:
    assert choose(BANK, 5, 1) == choose(BANK, 5, 1)
    assert len({choose(BANK, 5, seed) for seed in range(20)}) > 1


def test_introductions_are_no_interview_questions() -> None:
    assert "self-intro-graduate" not in choose(BANK, 50, 1)


def test_every_topic_comes_once_before_any_comes_twice() -> None:
    more = {f"growth-{n}": question(f"growth-{n}", "growth") for n in range(20)}
    bank = replace(BANK, questions={**more, **BANK.questions})
    for seed in range(20):
        topics = [bank.questions[name].topic for name in choose(bank, 5, seed)]
        assert len(set(topics)) == 5


def test_what_was_asked_lately_comes_last_the_longest_ago_first() -> None:
    lately = ("retention", "user-growth", "data-operations")
    assert choose(BANK, 5, 3, lately)[-3:] == lately


def test_a_small_bank_gives_what_it_has() -> None:
    assert len(choose(BANK, 8, 1)) == 5
