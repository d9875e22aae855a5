"""What a question tells when asked, and how it is put differently."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bank import load_bank, open_bank
from bot.bank.coverage import coverage, printed
from bot.bank.show import show_question
from bot.core.questions import Fact, FactText
from tests.bank.conftest import FILES, QUESTION, TEXT, Folder, make_bank

FACTS = '[[facts]]\nid = "budget"\ncriterion = "channels"\n[[facts]]\nid = "team"\n'
WORDS = """\
[facts.team]
asks = ["cuántos somos", "equipo"]
says = "Son tres personas."
[facts.budget]
asks = ["presupuesto/dinero"]
says = "Hay mil dólares."
"""
LEAST = "[least.es]\nconcepts = 0\n"
SAME = "is the prompt, expected it put differently"
REPHRASED = 'rephrased = "La app está vacía. ¿De dónde sacas gente?"\n'


def told(folder: Folder) -> Folder:
    """The folder, whose question has two facts."""
    return folder.add(QUESTION, FACTS).add(TEXT, WORDS)


@pytest.fixture
def case(bank: Folder) -> Folder:
    return told(bank)


def test_facts_are_loaded_in_the_order_of_the_structure(case: Folder) -> None:
    assert case.lints() == []
    loaded = load_bank(case.root).questions["first-users"]
    assert loaded.facts == (Fact("budget", "channels"), Fact("team"))
    facts = loaded.text("es").facts
    assert list(facts) == ["budget", "team"]
    assert facts["team"] == FactText("Son tres personas.", ("cuántos somos", "equipo"))


def test_a_question_needs_no_facts(bank: Folder) -> None:
    loaded = load_bank(bank.root).questions["first-users"]
    assert loaded.facts == ()
    assert loaded.text("es").facts == {}


WRONG = [
    (QUESTION, 'id = "team"', 'id = "Team"', 'facts[Team].id: is "Team", expected an id of'),
    (QUESTION, 'id = "team"', 'id = "budget"', "facts[budget]: is there twice, expected every f"),
    (
        QUESTION,
        'criterion = "channels"',
        'criterion = "x"',
        'facts[budget].criterion: is "x", expected one of channels, effect',
    ),
    (
        QUESTION,
        'criterion = "channels"',
        'says = "x"',
        "facts[budget].says: is not known here, expected one of id, criterion",
    ),
    (
        QUESTION,
        '[[facts]]\nid = "team"\n',
        "",
        "facts.team: is not known here, expected one of budget",
    ),
    (TEXT, "[facts.team]", "[facts.tea]", "facts.team: is missing, expected its asks and says"),
    (TEXT, "[facts.team]", "[facts.tea]", "facts.tea: is not known here, expected one of budget,"),
    (
        TEXT,
        'asks = ["presupuesto/dinero"]\n',
        "",
        "facts.budget.asks: is missing, expected a l",
    ),
    (TEXT, '["presupuesto/dinero"]', "[]", "facts.budget.asks: is empty, expected a list of 1 to"),
    (TEXT, '"Hay mil dólares."', '""', "facts.budget.says: is empty, expected one line of at mo"),
    (TEXT, "Hay mil", "Hay {money}", "facts.budget.says: has the slot {money}, expected nothing"),
    (TEXT, "Hay mil", "En {company}", "facts.budget.says: has the slot {company}, expected noth"),
    (
        TEXT,
        "Hay mil dólares.",
        "x" * 301,
        "facts.budget.says: has 301 characters, expected one line of at most 300 characters",
    ),
    (TEXT, "Hay mil", "Hay\\nmil", 'facts.budget.says: is "Hay\\nmil dólares.", expected one l'),
]


@pytest.mark.parametrize(("file", "old", "new", "line"), WRONG)
def test_a_wrong_fact_is_told(case: Folder, file: str, old: str, new: str, line: str) -> None:
    found = case.replace(file, old, new).problems()
    assert any(f": {line}" in one for one in found)


def test_there_are_not_too_many_facts(bank: Folder) -> None:
    bank.add(QUESTION, "".join(f'[[facts]]\nid = "f{n}"\n' for n in range(51)))
    line = f"{QUESTION}: facts: has 51 entries, expected at most 50 tables"
    assert bank.problems()[0] == line


def test_a_fact_has_words_in_every_language(case: Folder) -> None:
    case.replace("bank.toml", '["es"]', '["es", "en"]')
    for file in ("names.toml", "criteria.toml"):
        case.write(f"texts/en/{file}", FILES[f"texts/es/{file}"])
    text = "texts/en/growth/first-users.toml"
    case.write(text, FILES[TEXT])
    line = "is missing, expected its asks and says"
    assert case.problems() == [f"{text}: facts.budget: {line}", f"{text}: facts.team: {line}"]


def test_a_figure_may_be_told_by_a_fact_alone(case: Folder) -> None:
    case.add(QUESTION, "[figures.money]\nfrom = 1\nto = 9\n")
    line = f"{TEXT}: prompt: has no slot {{money}}, expected every figure to be told"
    assert case.problems() == [line]
    assert case.replace(TEXT, "Hay mil", "Hay {money}").problems() == []


@pytest.mark.parametrize("same", ["Presupuesto/dinero", "presupuesto/dinero!"])
def test_two_facts_are_not_asked_for_alike(case: Folder, same: str) -> None:
    line = 'facts.team.asks: has "presupuesto/dinero" as facts.budget, expected it once'
    assert case.replace(TEXT, '"equipo"', f'"{same}"').lints() == [f"{TEXT}: {line}"]


def test_a_class_by_which_a_fact_is_asked_for_is_in_the_lexicon(case: Folder) -> None:
    line = 'facts.team.asks: names "@crew", expected a class of lexicons/es.toml'
    assert case.replace(TEXT, '"equipo"', '"@crew"').lints() == [f"{TEXT}: {line}"]


def test_facts_are_shown_and_counted(case: Folder) -> None:
    loaded = load_bank(case.root)
    shown = show_question(loaded, "first-users", "es")
    assert "  budget (channels): Hay mil dólares.\n  team: Son tres personas.\n" in shown
    assert coverage(loaded)["growth"]["facts"] == 1
    assert any(line.endswith(" facts") for line in printed(coverage(loaded)))


def test_without_any_facts_there_is_no_column_for_them(bank: Folder) -> None:
    assert "facts" not in coverage(load_bank(bank.root))["growth"]


def test_the_prompt_put_differently_is_loaded(bank: Folder) -> None:
    assert load_bank(bank.root).questions["first-users"].text("es").rephrased.startswith("La app")


@pytest.mark.parametrize(("least", "asked_for"), [(LEAST, True), ("", False)])
def test_it_loads_without_and_the_check_asks_for_it(
    bank: Folder, least: str, asked_for: bool
) -> None:
    bank.replace(TEXT, REPHRASED, "").add("bank.toml", least)
    assert bank.problems() == []
    line = f"{TEXT}: rephrased: is missing, expected the prompt put differently"
    assert (line in bank.lints()) is asked_for


@pytest.mark.parametrize(
    ("rephrased", "line"),
    [
        ("¿Cómo conseguirías los primeros usuarios?", SAME),
        ("como conseguirias los primeros usuarios", SAME),
        ("x" * 301, "has 301 characters, expected at most 300"),
        ("¿Y {users}?", "has the slot {users}, expected nothing"),
        ("¿Y en {company}?", "has the slot {company}, expected nothing"),
        ("", "is empty, expected text of at most 1000 characters"),
    ],
)
def test_it_is_put_differently_and_briefly(bank: Folder, rephrased: str, line: str) -> None:
    bank.replace(TEXT, REPHRASED, f'rephrased = "{rephrased}"\n')
    assert bank.lints() == [f"{TEXT}: rephrased: {line}"]


def test_it_may_hold_figures(bank: Folder) -> None:
    bank.add(QUESTION, "[figures.users]\nfrom = 1\nto = 9\n").replace(
        TEXT, "está vacía", "{users}"
    )
    bank.replace(TEXT, "los primeros", "{users}")
    assert bank.lints() == []


REFUSED = [
    ("Primeros usuarios", "title"),
    ("Piensa en dónde están.", "hint"),
    ("Después pruebo dos.", "model_answer"),
    ('name = "Canales', "criteria.channels.name"),
    ("que compares canales", "criteria.channels.looks_for"),
    ("Nombra dos canales.", "criteria.channels.advice"),
    ("¿Cuál usaste?", "criteria.channels.follow_up.experience"),
    ("Con uno solo te la juegas.", "misconceptions[one-channel].says"),
]


@pytest.mark.parametrize(("words", "key"), REFUSED)
@pytest.mark.parametrize("slot", ["{users}", "{company}", "{}", "{{x}}"])
def test_where_nothing_is_filled_in_there_are_no_slots(
    bank: Folder, words: str, key: str, slot: str
) -> None:
    bank.add(QUESTION, "[figures.users]\nfrom = 1\nto = 9\n").replace(TEXT, "primeros", "{users}")
    name = slot.strip("{}")
    line = f"{TEXT}: {key}: has the slot {{{name}}}, expected none here"
    assert bank.replace(TEXT, words, f"{words} {slot}").problems() == [line]


def test_nor_are_there_in_the_words_of_common_criteria(bank: Folder) -> None:
    file = "texts/es/criteria.toml"
    line = f"{file}: criteria.effect.advice: has the slot {{users}}, expected none here"
    assert bank.replace(file, "Di el antes", "Di {users}").problems() == [line]


def test_a_hostile_slot_is_printed_harmlessly(bank: Folder) -> None:
    bank.replace(TEXT, "Piensa", "{\\u202eno\\u202c} Piensa")
    bank.replace(TEXT, "hint =", f'target_prompt = "{{{"x" * 900}}}"\nhint =')
    lines = bank.problems()
    assert len(lines) == 2
    assert all(line.isprintable() and len(line) < 200 for line in lines)


def test_a_replacement_brings_facts_and_figures_along(tmp_path: Path) -> None:
    bank = told(make_bank(tmp_path / "built-in"))
    own = Folder(tmp_path / "own")
    one = FILES[QUESTION] + "[figures.n]\nfrom = 1\nto = 9\n[derived.m]\nof = 'n'\nplus = 1\n"
    own.write(QUESTION, one + '[[facts]]\nid = "mine"\n')
    fact = '[facts.mine]\nasks = ["x"]\nsays = "Son {m}."\n'
    own.write(TEXT, FILES[TEXT].replace("La app", "Mi app") + fact)
    found = open_bank(bank.root, own.root, tmp_path / "cache")
    assert found.problems == ()
    for loaded in (found, open_bank(bank.root, own.root, tmp_path / "cache")):
        question = loaded.bank.questions["first-users"]
        assert question.facts == (Fact("mine"),)
        assert list(question.derived) == ["m"]
        assert question.text("es").facts == {"mine": FactText("Son {m}.", ("x",))}
        assert question.text("es").rephrased.startswith("Mi app")


def test_a_text_alone_that_leaves_facts_out_is_left_out(tmp_path: Path) -> None:
    bank = told(make_bank(tmp_path / "built-in"))
    own = Folder(tmp_path / "own").write(TEXT, FILES[TEXT].replace("Primeros", "Mis"))
    found = open_bank(bank.root, own.root)
    assert len(found.problems) == 2
    assert found.bank.questions["first-users"].text("es").title == "Primeros usuarios"
