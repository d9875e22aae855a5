"""Every kind of error has its line: `file: key path: what is wrong, what was expected`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bank.conftest import QUESTION, TEXT, Folder

ROLES = (
    "user-operations, content-operations, community-operations, product-operations, "
    "new-media-operations, product-assistant, product-manager"
)
RULES = "content, experience, effect, transfer, structure, clarity"
FIELDS = "id, topic, kind, roles, levels, interviewers, seconds, criteria, figures, derived, facts"
KINDS = "operations, experiment, case, knowledge, personal, self-intro"
LONG = "x" * 41
SPOT = "criteria.channels.follow_up.on-the-spot"

LINE = "one line of at most 40 characters"
ID = "an id of at most 40 small letters, digits and single hyphens"
WEIGHT = "a whole number from 1 to 100"
SECONDS = "a whole number from 15 to 900"
TEXT_1000 = "text of at most 1000 characters"
PHRASE = "one line of at most 500 characters"
TABLE = "`key = value` or a table"

WRONG_STRUCTURE = [
    ("weight = 60", "weight = 0", f"criteria[channels].weight: is 0, expected {WEIGHT}"),
    ("weight = 60", 'weight = "60"', f'criteria[channels].weight: is "60", expected {WEIGHT}'),
    ("weight = 60", "weight = true", f"criteria[channels].weight: is true, expected {WEIGHT}"),
    ("weight = 60", "weight = 59", "criteria: has weights that add up to 99, expected 100"),
    (
        "weight = 60",
        'weight = 60\nrule = "x"',
        f'criteria[channels].rule: is "x", expected one of {RULES}',
    ),
    ("weight = 60", "", f"criteria[channels].weight: is missing, expected {WEIGHT}"),
    (
        'id = "effect"',
        'id = "channels"',
        "criteria[channels]: is there twice, expected every criterion once",
    ),
    ('id = "effect"\n', "", f"criteria[#2].id: is missing, expected {ID}"),
    ('"product-manager"', '"chef"', f'roles[#1]: is "chef", expected one of {ROLES}'),
    ('["product-manager"]', "[]", "roles: is empty, expected a list of 1 to 50 roles"),
    ('["product-manager"]', "{}", "roles: is a table, expected a list of 1 to 50 roles"),
    (
        '"graduate"',
        "2020-01-01",
        "levels[#1]: is a date or time, expected one of graduate, experienced",
    ),
    (
        '"on-the-spot"',
        '"mixed"',
        'interviewers[#2]: is "mixed", expected one of experience, on-the-spot',
    ),
    ('"operations"', '"quiz"', f'kind: is "quiz", expected one of {KINDS}'),
    ('kind = "operations"\n', "", f"kind: is missing, expected one of {KINDS}"),
    ("seconds = 150", "seconds = 2.5", f"seconds: is 2.5, expected {SECONDS}"),
    ("seconds = 150", f"seconds = 1{'0' * 99}", f"seconds: is a huge number, expected {SECONDS}"),
    (
        "seconds = 150",
        "seconds = 150\nnote = 1",
        f"note: is not known here, expected one of {FIELDS}",
    ),
    (
        'id = "first-users"',
        'id = "other"',
        'id: is "other", expected the name of the file, "first-users"',
    ),
    (
        'topic = "growth"',
        'topic = "data"',
        'topic: is "data", expected that of the folder, "growth"',
    ),
    ('id = "first-users"', 'id = "First"', f'id: is "First", expected {ID}'),
]

WRONG_TEXT = [
    ('title = "Primeros usuarios"\n', "", f"title: is missing, expected {LINE}"),
    ('"Primeros usuarios"', f'"{LONG}"', f"title: has 41 characters, expected {LINE}"),
    ('"Primeros usuarios"', '"a\\nb"', f'title: is "a\\nb", expected {LINE}'),
    ('"Primeros usuarios"', '"a\\u0000"', f'title: is "a\\x00", expected {LINE}'),
    ('"Canales"', f'"{LONG}"', f"criteria.channels.name: has 41 characters, expected {LINE}"),
    (
        '"¿Cómo conseguirías los primeros usuarios?"',
        '" "',
        f"prompt: is empty, expected {TEXT_1000}",
    ),
    (
        '"¿Cómo conseguirías los primeros usuarios?"',
        f'"{LONG * 30}"',
        f"prompt: has 1,230 characters, expected {TEXT_1000}",
    ),
    (
        'advice = "Nombra dos canales."\n',
        "",
        "criteria.channels.advice: is missing, expected what to add",
    ),
    (
        'name = "Canales"\n',
        "",
        "criteria.channels.name: is missing, expected what the scorecard calls it",
    ),
    (
        'looks_for = "que compares canales"\n',
        "",
        "criteria.channels.looks_for: is missing, expected what a good answer has",
    ),
    (
        '["según el producto"]',
        "[]",
        "criteria.channels.explanations: is empty, expected a list of 1 to 500 phrases",
    ),
    (
        '["según el producto"]',
        "[[1]]",
        f"criteria.channels.explanations[#1]: is a list, expected {PHRASE}",
    ),
    (
        'concepts = ["canales de captación", "por dónde llega/entra la gente"]\n',
        "",
        "criteria.channels.concepts: is missing, expected phrases that name the idea",
    ),
    (
        'on-the-spot = "¿Cuál usarías?"\n',
        "",
        f"{SPOT}: is missing, expected what this interviewer asks next",
    ),
    (
        'on-the-spot = "¿Cuál usarías?"\n',
        'mixed = "x"\n',
        "criteria.channels.follow_up.mixed: is not known here, "
        "expected one of experience, on-the-spot",
    ),
    (
        'criterion = "channels"',
        'criterion = "x"',
        'misconceptions[one-channel].criterion: is "x", expected one of channels, effect',
    ),
    (
        "[[misconceptions]]",
        "[[misconceptions]]\nid = 'one-channel'\nphrases = ['x']\nsays = 'x'\n[[misconceptions]]",
        "misconceptions[one-channel]: is there twice, expected every id once",
    ),
    (
        "[[misconceptions]]",
        "[criteria.x]\n[[misconceptions]]",
        "criteria.x: is not known here, expected one of channels, effect",
    ),
    (
        "hint =",
        "title = ''\nhint =",
        f"line 4: is not TOML (Cannot overwrite a value), expected {TABLE}",
    ),
    (
        "[criteria.channels]",
        "[criteria.y]\n[criteria.channels.z]",
        "criteria.channels.z: is not known here, "
        "expected one of name, looks_for, advice, concepts, colloquial, explanations, follow_up",
    ),
]

WRONG_FILES = [
    ("bank.toml", "version = '1'", "languages: is missing, expected a list of 1 to 50 languages"),
    ("bank.toml", "version = 1\nlanguages=['es']", f"version: is 1, expected {LINE}"),
    (
        "bank.toml",
        "version = '1'\nlanguages=['ES', 'es']",
        'languages[#1]: is "ES", expected a language of two small letters',
    ),
    (
        "criteria.toml",
        "[criteria.effect]\nrule='x'",
        f'criteria.effect.rule: is "x", expected one of {RULES}',
    ),
    (
        "criteria.toml",
        "[criteria.'A b']\nrule='effect'",
        f"criteria.A b: is not known here, expected {ID}",
    ),
    ("criteria.toml", "criteria = 3", "criteria: is 3, expected a table"),
    (
        "scoring.toml",
        "[kinds.quiz]\na = 1",
        f"kinds.quiz: is not known here, expected one of {KINDS}",
    ),
    ("scoring.toml", "[bands]\ngood = 'x'", 'bands.good: is "x", expected a number'),
    ("scoring.toml", "[bands]\ngood = nan", "bands.good: is nan, expected a number"),
    (
        "scoring.toml",
        "[kinds.personal]\ncontent = 0.8\nevidnce = 0.2",
        "kinds.personal.evidnce: is unknown, expected content, evidence or form",
    ),
    (
        "substance/es.toml",
        'nan = ["de"]',
        "nan: is no number, expected how much its words say",
    ),
    (
        "substance/es.toml",
        '"1" = ["de"]\n"2" = ["de"]',
        '2: has "de" as another list, expected it once',
    ),
    (
        "scoring.toml",
        "[kinds.personal]\ncontent = 0.7\nform = 0.2",
        "kinds.personal: adds up to 0.9, expected 1",
    ),
    (
        "scoring.toml",
        "[kinds.personal]\na = true",
        "kinds.personal.a: is true, expected a number from 0 to 1",
    ),
    ("scoring.toml", "pass = 1", "pass: is 1, expected a table"),
    (
        "scoring.toml",
        "[kinds.personal]\na = 1\n[personal]\na = 2",
        "personal: is there twice, expected [kinds.personal]",
    ),
    ("lexicons/es.toml", "a = 1", "a: is 1, expected a list of 1 to 5000 words"),
    ("lexicons/es.toml", "a = ['x', '']", f"a[#2]: is empty, expected {PHRASE}"),
    ("texts/es/names.toml", "", "level.graduate: is missing, expected what it is called"),
    (
        "texts/es/names.toml",
        f"topic.growth = '{LONG}'",
        f"topic.growth: has 41 characters, expected {LINE}",
    ),
    (
        "texts/es/criteria.toml",
        "",
        "criteria.effect: is missing, expected its name, looks_for and advice",
    ),
    (
        "texts/es/criteria.toml",
        "[criteria.effect]",
        "criteria.effect.name: is missing, expected what the scorecard calls it",
    ),
    (
        "texts/es/criteria.toml",
        "[criteria.x]",
        "criteria.x: is not known here, expected one of effect",
    ),
]


@pytest.mark.parametrize(("old", "new", "line"), WRONG_STRUCTURE)
def test_a_wrong_structure_is_told(bank: Folder, old: str, new: str, line: str) -> None:
    assert f"{QUESTION}: {line}" in bank.replace(QUESTION, old, new).problems()


@pytest.mark.parametrize(("old", "new", "line"), WRONG_TEXT)
def test_a_wrong_text_is_told(bank: Folder, old: str, new: str, line: str) -> None:
    assert f"{TEXT}: {line}" in bank.replace(TEXT, old, new).problems()


@pytest.mark.parametrize(("file", "text", "line"), WRONG_FILES)
def test_other_wrong_files_are_told(bank: Folder, file: str, text: str, line: str) -> None:
    assert f"{file}: {line}" in bank.write(file, text).problems()


def test_a_criterion_without_any_words_is_told(bank: Folder) -> None:
    bank.replace(TEXT, "[criteria.channels", "[criteria.effect")
    assert (
        f"{TEXT}: criteria.channels: is missing, "
        "expected name, looks_for, advice, phrases and follow_up"
    ) in bank.problems()


def test_every_declared_language_needs_its_text(bank: Folder) -> None:
    bank.replace("bank.toml", '["es"]', '["es", "en"]')
    line = "texts/en/growth/first-users.toml: is missing, expected the text of the question"
    assert line in bank.problems()


def test_a_text_needs_its_question(bank: Folder) -> None:
    bank.write("texts/es/data/first-users.toml", "")
    assert bank.problems() == [
        "texts/es/data/first-users.toml: has no question, expected questions/data/first-users.toml"
    ]


def test_an_id_is_used_once(bank: Folder) -> None:
    bank.write("questions/data/first-users.toml", (bank.root / QUESTION).read_bytes())
    line = 'id: is "first-users" as in questions/data/first-users.toml, expected every id once'
    assert f"{QUESTION}: {line}" in bank.problems()


@pytest.mark.parametrize("file", ["extra.toml", "questions/x.toml", "texts/x.toml", "a/b.toml"])
def test_a_file_has_its_place(bank: Folder, file: str) -> None:
    assert bank.write(file, "").problems() == [f"{file}: is no file of a bank, expected none here"]


def test_the_header_is_required(bank: Folder) -> None:
    assert bank.remove("bank.toml").problems() == [
        "bank.toml: is missing, expected version and languages"
    ]


def test_a_missing_folder_is_one_problem(tmp_path: Path) -> None:
    root = tmp_path / "nowhere"
    line = f"{root}: cannot be read (No such file or directory), expected a folder"
    assert Folder(root).problems() == [line]


def test_all_problems_are_told_at_once_by_file(bank: Folder) -> None:
    bank.replace("bank.toml", '"1"', "1").write("scoring.toml", "x = 1\n")
    bank.replace(QUESTION, '"graduate"', '"x"').replace(TEXT, '"Canales"', '""')
    files = [line.split(":")[0] for line in bank.problems()]
    assert files == ["bank.toml", QUESTION, "scoring.toml", TEXT]
