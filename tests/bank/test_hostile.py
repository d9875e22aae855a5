"""Whatever lies in the folder, loading ends with a bank or a `BankError`."""

from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from bot.bank import schema
from bot.bank.parsing import UnreadableError, parse
from bot.bank.problems import Problem
from bot.bank.wording import problems_of
from tests.bank.conftest import FILES, QUESTION, TEXT, Folder

PATIENCE = 5.0  # seconds; what is quadratic takes minutes
TOO_DEEP = "is nested too deep, expected at most 20 levels"
NOT_TOML = ", expected `key = value` or a table"

BAD_BYTES = [
    (b"\xef\xbb\xbf", "line 1: begins with a byte order mark, expected UTF-8 without one"),
    (b"a = 1\nb = '\xff'", "line 2: is not UTF-8, expected text saved as UTF-8"),
    (b"a = '\0'", f"line 1: is not TOML (Found invalid character '\\x00'){NOT_TOML}"),
    (b"a = ", f"last line: is not TOML (Invalid value){NOT_TOML}"),
    (b"x = 1\n" * 2, f"line 2: is not TOML (Cannot overwrite a value){NOT_TOML}"),
    (b"#" * 1_000_001, "is larger than 1 MB, expected at most 1,000,000 bytes"),
    (b"a = " + b"1" * 5000, "holds a number that is too long, expected plain numbers"),
    (b"a = " + b"[" * 10_000, TOO_DEEP),
    (b"a = " + b"[" * 21 + b"]" * 21, TOO_DEEP),
    (b"a = " + b"{a=" * 300_000, TOO_DEEP),
    (b".".join([b"a"] * 400_000) + b" = 1", TOO_DEEP),
    (b"[" + b".".join([b'"a"'] * 200_000) + b"]", TOO_DEEP),
    (b'a = ["""x"""", ' + b"[" * 10_000 + b' "', TOO_DEEP),
    (b"a = ['''x'''', " + b"[" * 10_000 + b" '", TOO_DEEP),
]


@pytest.mark.parametrize(("content", "line"), BAD_BYTES, ids=range(len(BAD_BYTES)))
def test_bytes_that_are_no_table_are_told(bank: Folder, content: bytes, line: str) -> None:
    started = time.monotonic()
    assert f"{TEXT}: {line}" in bank.write(TEXT, content).problems()
    assert time.monotonic() - started < PATIENCE


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 20 + "]" * 20,
        "a = '" + "[" * 99 + "'",
        'a = "\\"' + "[" * 99 + '"',
        'a = """"' + "[" * 99 + '"""""',
        "a = '''" + "\n[" * 99 + "'''",
        "# " + "[" * 99,
        "a = '''it''s " + "." * 99 + "'''",
        "a = [" + "1.5, " * 99 + "]",
        "\n".join(f"[a{i}.b]\nc.d = 1.5" for i in range(99)),
    ],
)
def test_brackets_and_dots_in_strings_comments_and_siblings_are_not_depth(text: str) -> None:
    parse(text.encode())


@pytest.mark.parametrize("opening", ['"""', "'''", '"', "'", '"""\\"', '"\\', '""', "#"])
def test_unclosed_strings_are_refused_quickly(opening: str) -> None:
    started = time.monotonic()
    for separator in ("", "\n", "a"):
        with pytest.raises(UnreadableError):
            parse((f"={opening}{separator}" * 100_000).encode())
    assert time.monotonic() - started < PATIENCE


def test_a_link_to_itself_is_told(bank: Folder) -> None:
    bank.remove(TEXT)
    (bank.root / TEXT).symlink_to(bank.root / TEXT)
    line = f"{TEXT}: cannot be read (Too many levels of symbolic links), expected a readable file"
    assert line in bank.problems()


def test_a_link_between_folders_is_not_followed(bank: Folder) -> None:
    (bank.root / "texts/es/loop").symlink_to(bank.root)
    line = "texts/es/loop: is a link, expected a folder of its own"
    assert bank.problems() == [line]


def test_a_pipe_is_told_and_not_waited_for(bank: Folder) -> None:
    os.mkfifo(bank.remove("scoring.toml").root / "scoring.toml")
    line = "scoring.toml: cannot be read (not a regular file), expected a readable file"
    assert bank.problems() == [line]


def test_a_folder_named_like_a_file_is_told(bank: Folder) -> None:
    (bank.remove("scoring.toml").root / "scoring.toml").mkdir()
    line = "scoring.toml: cannot be read (not a regular file), expected a readable file"
    assert bank.problems() == [line]


def test_odd_keys_are_printed_harmlessly(bank: Folder) -> None:
    bank.add(TEXT, '[criteria."a\\n\\u001b"]\n')
    line = "criteria.a\\n\\x1b: is not known here, expected one of channels, effect"
    assert bank.problems() == [f"{TEXT}: {line}"]


def test_a_deep_folder_is_told(bank: Folder) -> None:
    bank.write("texts/es/growth/more/x.toml", "")
    assert bank.problems() == ["texts/es/growth/more: lies too deep, expected at most 3 folders"]


def test_odd_file_names_are_printed_harmlessly(bank: Folder) -> None:
    bank.write("questions/growth/\x1b[31m\n.toml", "x = 1")
    bank.write(os.fsdecode(b"lexicons/\xff.toml"), "x = 1")
    lines = bank.problems()
    assert any(line.startswith("questions/growth/\\x1b[31m\\n.toml: id: ") for line in lines)
    assert all(line.isprintable() for line in lines)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from(sorted(FILES)), content=st.binary(max_size=200))
def test_any_bytes_in_any_file(bank: Folder, file: str, content: bytes) -> None:
    bank.write(file, content)
    assert all(line.isprintable() for line in bank.problems() + bank.lints())
    bank.write(file, FILES[file])


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from(sorted(FILES)), data=st.data())
def test_any_slip_in_any_file(bank: Folder, file: str, data: st.DataObject) -> None:
    text = FILES[file]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 12)))
    slip = data.draw(st.text(alphabet="[]{}\"'=.,#\n\\ax1é", max_size=8))
    bank.write(file, text[:start] + slip + text[end:])
    assert all(line.isprintable() for line in bank.problems() + bank.lints())
    bank.write(file, text)


FULL = {
    QUESTION: FILES[QUESTION]
    + """
[figures.users]
from = 10
to = 90
[derived.left]
of = "users"
percent = 40
[derived.rest]
of = "users"
over = "left"
[[facts]]
id = "team"
criterion = "channels"
""",
    TEXT: FILES[TEXT].replace("primeros", "{users}, {left}, {rest}")
    + '[facts.team]\nasks = ["equipo"]\nsays = "Son {rest}."\n',
}


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from(sorted(FULL)), data=st.data())
def test_any_slip_in_figures_and_facts(bank: Folder, file: str, data: st.DataObject) -> None:
    for name, text in FULL.items():
        bank.write(name, text)
    text = FULL[file]
    start = data.draw(st.integers(text.rindex("[[" if file == TEXT else "[figures"), len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 12)))
    slip = data.draw(st.text(alphabet="[]{}\"'=.,-#\n\\ax01é", max_size=8))
    bank.write(file, text[:start] + slip + text[end:])
    assert all(line.isprintable() for line in bank.problems() + bank.lints())


def test_figures_and_facts_without_a_slip_are_sound(bank: Folder) -> None:
    for name, text in FULL.items():
        bank.write(name, text)
    assert bank.lints() == []


MODELS: list[type[BaseModel]] = [
    model
    for model in vars(schema).values()
    if isinstance(model, type) and issubclass(model, BaseModel) and model.__name__.endswith("File")
]
KEYS = st.one_of(
    st.sampled_from(
        [
            "criteria",
            "id",
            "weight",
            "rule",
            "follow_up",
            "samples",
            "kinds",
            "[key]",
            "figures",
            "derived",
            "of",
            "percent",
            "over",
            "facts",
            "asks",
            "says",
            "rephrased",
        ]
    ),
    st.text(max_size=5),
)
SCALARS = st.one_of(
    st.text(max_size=50),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(min_value=date(1, 1, 1)),
)
TABLES = st.dictionaries(
    KEYS,
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)


@settings(max_examples=500)
@given(model=st.sampled_from(MODELS), table=TABLES)
def test_every_fault_pydantic_finds_has_words(
    model: type[BaseModel], table: dict[str, object]
) -> None:
    try:
        model.model_validate(table)
    except ValidationError as error:
        for problem in problems_of("f.toml", model, table, error):
            assert isinstance(problem, Problem)
            assert ", expected " in problem.message
            assert str(problem).isprintable()


def test_a_root_that_is_a_file_is_told(tmp_path: Path) -> None:
    root = tmp_path / "bank"
    root.write_text("")
    assert Folder(root).problems() == [
        f"{root}: cannot be read (Not a directory), expected a folder"
    ]
