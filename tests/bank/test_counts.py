"""A question has enough of everything, where the bank says how much that is."""

from __future__ import annotations

import pytest

from tests.bank.conftest import QUESTION, SAMPLES, TEXT, Folder

LEAST = "[least.es]\nconcepts = 2\ncolloquial = 0\nexplanations = 1\nsamples = 1\n"
MORE = '[[criteria]]\nid = "{}"\nweight = 10\n'


@pytest.fixture
def asking(bank: Folder) -> Folder:
    """The small bank, which says how much it asks for and has it: two criteria more."""
    text = (bank.root / TEXT).read_text("utf-8")
    words = text.partition("[criteria.channels]")[2].partition("[[misconceptions]]")[0]
    bank.replace(QUESTION, "weight = 60", "weight = 40").add(QUESTION, MORE.format("ways"))
    bank.add(QUESTION, MORE.format("means"))
    for name in ("ways", "means"):
        bank.add(
            TEXT, f"[criteria.{name}]{words.replace('criteria.channels', f'criteria.{name}')}"
        )
    return bank.add("bank.toml", LEAST)


def test_enough_is_enough(asking: Folder) -> None:
    assert asking.lints() == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("concepts = 2", "concepts = 3", "concepts: has 2, expected at least 3 phrases, collo"),
        ("colloquial = 0", "colloquial = 1", "colloquial: has 0, expected at least 1 everyday"),
        ("explanations = 1", "explanations = 2", "explanations: has 1, expected at least 2"),
    ],
)
def test_phrases_are_counted_by_criterion(asking: Folder, old: str, new: str, line: str) -> None:
    told = asking.replace("bank.toml", old, new).lints()
    assert len(told) == 3  # the cross-cutting one is counted nowhere
    assert told[0].startswith(f"{TEXT}: criteria.channels.{line}")


def test_what_is_taken_over_is_counted_where_it_is_from(asking: Folder) -> None:
    other = (asking.root / QUESTION).read_text("utf-8").replace("first-users", "other")
    for name in ("channels", "ways", "means"):
        other = other.replace(f'id = "{name}"\n', f'id = "{name}"\nfrom = "first-users"\n')
    asking.write(QUESTION.replace("first-users", "other"), other)
    head = (asking.root / TEXT).read_text("utf-8").partition("[criteria.channels]")[0]
    asking.write(TEXT.replace("first-users", "other"), head)
    asking.write(SAMPLES.replace("first-users", "other"), (asking.root / SAMPLES).read_bytes())
    assert asking.lints() == []
    assert len(asking.replace("bank.toml", "concepts = 2", "concepts = 3").lints()) == 3


def test_samples_are_counted(asking: Folder) -> None:
    told = asking.replace("bank.toml", "samples = 1", "samples = 2").lints()
    assert told == [f"{SAMPLES}: samples: has 1, expected at least 2 samples"]


def test_a_rubric_of_three_criteria_is_too_coarse(asking: Folder) -> None:
    asking.replace(QUESTION, MORE.format("means"), "").replace(QUESTION, "= 40", "= 45")
    asking.replace(TEXT, "[criteria.means]", "[criteria.none]")
    told = f"{QUESTION}: criteria: has 3 criteria, expected at least 4"
    assert any(line.startswith(told) for line in asking.lints())


def test_everyday_phrases_count_among_the_concepts(asking: Folder) -> None:
    text = (asking.root / TEXT).read_text("utf-8")
    asking.write(
        TEXT, text.replace("explanations =", 'colloquial = ["sale la gente"]\nexplanations =')
    )
    told = asking.replace("bank.toml", "concepts = 2", "concepts = 3").lints()
    assert told == []
