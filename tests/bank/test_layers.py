"""A bank of one's own laid over the built-in one: it adds, replaces and switches off."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.bank import BankError, is_whole, open_bank
from bot.bank.lint import check_bank
from bot.core.questions import Bank
from tests.bank.conftest import FILES, QUESTION, SAMPLES, TEXT, Folder, make_bank

MINE = "questions/growth/mine.toml"
MY_TEXT = "texts/es/growth/mine.toml"


@pytest.fixture
def own(tmp_path: Path) -> Folder:
    """An own bank with one question, `mine`."""
    folder = Folder(tmp_path / "own")
    folder.root.mkdir()
    folder.write(MINE, FILES[QUESTION].replace('"first-users"', '"mine"'))
    return folder.write(MY_TEXT, FILES[TEXT].replace("Primeros usuarios", "La mía"))


@pytest.fixture
def bank(tmp_path: Path) -> Folder:
    return make_bank(tmp_path / "built-in")


def opened(bank: Folder, own: Folder) -> Bank:
    found = open_bank(bank.root, own.root)
    assert found.problems == ()
    return found.bank


def problems(bank: Folder, own: Folder) -> list[str]:
    return [str(one) for one in open_bank(bank.root, own.root).problems]


def test_a_question_is_added(bank: Folder, own: Folder) -> None:
    questions = opened(bank, own).questions
    assert list(questions) == ["first-users", "mine"]
    assert questions["mine"].text("es").title == "La mía"


def test_a_question_is_replaced_with_all_its_texts(bank: Folder, own: Folder) -> None:
    bank.replace("bank.toml", '["es"]', '["es", "en"]')
    for file in ("names.toml", "criteria.toml"):
        bank.write(f"texts/en/{file}", FILES[f"texts/es/{file}"])
    bank.write("texts/en/growth/first-users.toml", FILES[TEXT])
    bank.write("lexicons/en.toml", FILES["lexicons/es.toml"])
    own.write(QUESTION, FILES[QUESTION]).write(TEXT, FILES[TEXT].replace("Primeros", "Mis"))
    question = opened(bank, own).questions["first-users"]
    assert {lang: one.title for lang, one in question.texts.items()} == {"es": "Mis usuarios"}


def test_a_question_is_replaced_from_another_topic(bank: Folder, own: Folder) -> None:
    moved = FILES[QUESTION].replace('"growth"', '"users"')
    own.write("questions/users/first-users.toml", moved)
    own.write("texts/es/users/first-users.toml", FILES[TEXT])
    own.write("texts/es/names.toml", 'topic.users = "Usuarios"\n')
    loaded = opened(bank, own)
    assert loaded.questions["first-users"].topic == "users"
    assert loaded.names["es"]["topic.growth"] == "Crecimiento"  # names are completed
    assert loaded.names["es"]["topic.users"] == "Usuarios"


def test_a_text_alone_is_replaced(bank: Folder, own: Folder) -> None:
    own.write(TEXT, FILES[TEXT].replace("Primeros", "Mis"))
    assert opened(bank, own).questions["first-users"].text("es").title == "Mis usuarios"


@pytest.mark.parametrize(("off", "left"), [('"first-users"', ["mine"]), ('"*"', ["mine"])])
def test_questions_are_switched_off(bank: Folder, own: Folder, off: str, left: list[str]) -> None:
    own.write("bank.toml", f"off = [{off}]\n")
    assert list(opened(bank, own).questions) == left


def test_words_may_be_taken_over_from_a_question_that_is_off(bank: Folder, own: Folder) -> None:
    entry = 'id = "channels"\nfrom = "first-users"\n'
    own.replace(MINE, 'id = "channels"\n', entry).write("bank.toml", 'off = ["first-users"]\n')
    own.write(MY_TEXT, FILES[TEXT].partition("[criteria.channels]")[0])
    question = opened(bank, own).questions["mine"]
    assert question.text("es").criteria["channels"].concepts[0] == "canales de captación"
    assert [one.id for one in question.text("es").misconceptions] == ["one-channel"]


BUILT_IN = Path(__file__).parents[2] / "question_bank"


def test_switching_off_leaves_own_questions_and_roles(own: Folder) -> None:
    """Of the real bank: fewer are left than `roles.toml` asks for."""
    own.write("bank.toml", 'off = ["*"]\n')
    found = open_bank(BUILT_IN, own.root)
    assert found.problems == ()
    assert list(found.bank.questions) == ["mine"]
    assert all(count == 0 for one in found.bank.interviews.values() for count in one.values())


def test_a_replacement_in_one_language_leaves_the_others_their_words(own: Folder) -> None:
    """Built-in questions take words from it in languages it does not speak."""
    for file in ("questions/growth/user-growth.toml", "texts/es/growth/user-growth.toml"):
        own.write(file, (BUILT_IN / file).read_text("utf-8"))
    found = open_bank(BUILT_IN, own.root)
    assert found.problems == ()
    assert list(found.bank.questions["user-growth"].texts) == ["es"]
    forms = [one for one in found.bank.questions if one.startswith("user-growth-")]
    assert forms
    assert all(text.title for one in forms for text in found.bank.questions[one].texts.values())


def test_the_digest_covers_what_is_switched_off_and_what_is_completed(
    bank: Folder, own: Folder
) -> None:
    own.write("scoring.toml", "[bands]\ngood = 61\n")
    before = opened(bank, own).digest
    bank.replace("scoring.toml", "0.75", "0.70").replace("scoring.toml", "0.25", "0.30")
    between = opened(bank, own).digest
    own.write("bank.toml", 'off = ["first-users"]\n')
    assert len({before, between, opened(bank, own).digest}) == 3


WRONG = [
    (MINE, "weight = 60", "weight = 61", "own/questions/growth/mine.toml: criteria:"),
    (MY_TEXT, 'title = "La mía"', "", "own/texts/es/growth/mine.toml: title: is missing"),
    (MY_TEXT, "prompt", "promt", "own/texts/es/growth/mine.toml: promt: is not known"),
    (MINE, 'topic = "growth"', 'topic = "x"', "own/questions/growth/mine.toml: topic:"),
    (MINE, 'id = "mine"', "id = [", "own/questions/growth/mine.toml: line 2"),
]


@pytest.mark.parametrize(("file", "old", "new", "line"), WRONG)
def test_an_error_leaves_out_what_it_concerns(
    bank: Folder, own: Folder, file: str, old: str, new: str, line: str
) -> None:
    own.write("questions/growth/other.toml", FILES[QUESTION].replace("first-users", "other"))
    own.write("texts/es/growth/other.toml", FILES[TEXT])
    own.replace(file, old, new)
    found = open_bank(bank.root, own.root)
    assert list(found.bank.questions) == ["first-users", "other"]
    assert any(str(one).startswith(line) for one in found.problems)


def test_the_built_in_question_comes_back_when_its_replacement_is_wrong(
    bank: Folder, own: Folder
) -> None:
    own.write(QUESTION, FILES[QUESTION]).write(TEXT, 'title = "Mis usuarios"\n')
    found = open_bank(bank.root, own.root)
    assert found.bank.questions["first-users"].text("es").title == "Primeros usuarios"
    assert found.problems


def test_what_takes_words_over_from_a_replaced_question_keeps_it_in(
    bank: Folder, own: Folder
) -> None:
    """A replacement without the criterion others need is itself what is left out."""
    bank.write("questions/growth/more.toml", FILES[QUESTION].replace("first-users", "more"))
    bank.replace("questions/growth/more.toml", 'id = "channels"\n', TAKEN)
    bank.write("texts/es/growth/more.toml", FILES[TEXT].partition("[criteria.channels]")[0])
    own.write(QUESTION, FILES[QUESTION].replace('"channels"', '"ways"'))
    own.write(TEXT, FILES[TEXT].replace("channels", "ways").replace("Primeros", "Mis"))
    found = open_bank(bank.root, own.root)
    assert list(found.bank.questions) == ["first-users", "mine", "more"]
    assert found.bank.questions["first-users"].text("es").title == "Primeros usuarios"
    assert found.bank.questions["more"].text("es").criteria["channels"].name == "Canales"


TAKEN = 'id = "channels"\nfrom = "first-users"\n'


def test_a_topic_needs_a_name(bank: Folder, own: Folder) -> None:
    own.write("questions/mine/new.toml", FILES[QUESTION].replace('"growth"', '"mine"'))
    own.replace("questions/mine/new.toml", "first-users", "new")
    own.write("texts/es/mine/new.toml", FILES[TEXT])
    assert problems(bank, own) == [
        'own/questions/mine/new.toml: topic: has no name for "mine", '
        "expected topic.mine in texts/es/names.toml"
    ]


def test_an_own_question_speaks_one_language_at_least(bank: Folder, own: Folder) -> None:
    own.remove(MY_TEXT)
    line = "own/questions/growth/mine.toml: has no text, expected texts/es/growth/mine.toml"
    assert problems(bank, own) == [line]


def test_a_wrong_shared_file_is_left_out_alone(bank: Folder, own: Folder) -> None:
    own.write("scoring.toml", "[kinds.operations]\ncontent = 9\n")
    found = open_bank(bank.root, own.root)
    assert list(found.bank.questions) == ["first-users", "mine"]
    assert found.bank.weights["operations"] == {"content": 0.75, "form": 0.25}
    assert [one.file for one in found.problems] == ["own/scoring.toml"]


def test_what_is_switched_off_must_exist(bank: Folder, own: Folder) -> None:
    own.write("bank.toml", 'off = ["nobody"]\n')
    assert problems(bank, own) == [
        'own/bank.toml: off: names "nobody", expected a built-in question'
    ]


def test_asked_to_be_strict_an_error_stops(bank: Folder, own: Folder) -> None:
    own.write(MY_TEXT, "")
    with pytest.raises(BankError, match=r"own/texts/es/growth/mine\.toml: title"):
        open_bank(bank.root, own.root, strict=True)


def test_an_error_of_the_built_in_bank_always_stops(bank: Folder, own: Folder) -> None:
    bank.replace(QUESTION, "weight = 60", "weight = 61")
    for over in (None, own.root):
        with pytest.raises(BankError, match="weights that add up to 101"):
            open_bank(bank.root, over)


def test_a_folder_with_lists_and_weights_of_its_own_is_a_bank_by_itself(
    bank: Folder, own: Folder
) -> None:
    assert is_whole(bank.root)
    assert not is_whole(own.root)


def test_the_check_tells_of_the_own_folder_only(bank: Folder, own: Folder) -> None:
    bank.replace(SAMPLES, "min = 60", "min = 101")
    own.replace(MY_TEXT, '"según el producto"', '"según el producto", "Según el producto"')
    found = check_bank(bank.root, own=own.root).problems
    assert [one.file for one in found] == ["own/texts/es/growth/mine.toml"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.sampled_from(
        [
            MINE,
            MY_TEXT,
            QUESTION,
            TEXT,
            "bank.toml",
            "scoring.toml",
            "roles.toml",
            "texts/es/names.toml",
            "lexicons/es.toml",
            "criteria.toml",
        ]
    ),
    st.binary(max_size=60) | st.sampled_from([b"off = 3", b"[a]", b"x = 1\nx = 2", b"[roles]"]),
)
def test_no_file_of_ones_own_stops_the_built_in_bank(
    tmp_path_factory: pytest.TempPathFactory, file: str, content: bytes
) -> None:
    root = tmp_path_factory.mktemp("banks")
    bank, own = make_bank(root / "built-in"), Folder(root / "own")
    own.write(MINE, FILES[QUESTION].replace('"first-users"', '"mine"'))
    own.write(MY_TEXT, FILES[TEXT]).write(file, content)
    found = open_bank(bank.root, own.root).bank.questions
    assert "first-users" in found
    assert all(one.text("es").title for one in found.values())
