"""What typed lines mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.terminal.typed import enter_hands_over, is_command, picked, split
from tests.terminal.desk import INTAKE

read = INTAKE.read


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("1", 0),
        (" 3 ", 2),
        ("4", None),
        ("0", None),
        ("-1", None),
        ("1.", None),
        ("", None),
        ("²", None),
        ("٣", None),
        ("1 2", None),
        ("0001", None),
        ("9" * 5000, None),
    ],
)
def test_a_lone_number_picks(text: str, index: int | None) -> None:
    assert picked(text, ["Uno", "Dos", "Tres"]) == index


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("3", 0),
        ("5", 1),
        ("8", 2),
        ("1", 0),
        ("2", 1),
        ("4", None),
        ("3 preguntas", 0),
        (" 8 PREGUNTAS. ", 2),
        ("preguntas", None),
    ],
)
def test_a_number_that_a_label_says_picks_that_label(text: str, index: int | None) -> None:
    assert picked(text, ["3 preguntas", "5 preguntas", "8 preguntas"]) == index


@pytest.mark.parametrize(
    "text", ["repetir la pregunta", "¡Repetir la PREGUNTA!", "pista", "Pistá"]
)
def test_a_label_picks_whatever_its_case_accents_and_emoji(text: str) -> None:
    assert picked(text, ["Repetir la pregunta", "💡 Pista"]) is not None


@pytest.mark.parametrize("text", ["Igual", "", "·", "uno\nigual", "x" * 5_000])
def test_what_names_no_label_or_two_picks_nothing(text: str) -> None:
    assert picked(text, ["Igual", "igual", "🎲", "x" * 5_000]) is None


def test_in_a_list_of_days_a_number_is_a_place() -> None:
    assert picked("2", ["2 de mayo de 2026 · Retención · 74", "1 de mayo de 2026", "Más →"]) == 1


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/listo", True),
        ("Listo.", True),
        ("repite la pregunta", True),
        ("/nada", True),
        ("Primero mido la retención.", False),
        ("listo\nmás", False),
    ],
)
def test_commands(text: str, command: bool) -> None:
    assert is_command(text, read) is command


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("una respuesta", ("una respuesta", "")),
        ("/pista", ("", "/pista")),
        ("\n\nlisto", ("", "listo")),
        ("uno\ndos\n/listo", ("uno\ndos", "/listo")),
        ("uno\n\nlisto\n", ("uno", "listo")),
        ("uno\n/pista", ("uno", "/pista")),
        ("uno\n/etc/passwd", ("uno\n/etc/passwd", "")),
        ("uno\nrepetir", ("uno\nrepetir", "")),  # below an answer a phrase may be part of it
        ("/listo\nuno", ("/listo\nuno", "")),
    ],
)
def test_the_last_line_may_be_a_command(text: str, parts: tuple[str, str]) -> None:
    assert split(text, read) == parts


@given(st.text())
def test_no_word_is_lost_in_splitting(text: str) -> None:
    answer, command = split(text, read)
    assert (answer + command).split() == text.split()


def enter(text: str, *, at_end: bool = True, ahead: str = "") -> bool:
    return enter_hands_over(
        text, at_end=at_end, labels=["Pista", "Saltar", "Otra cosa"], read=read, ahead=ahead
    )


@pytest.mark.parametrize(
    "text", ["texto\n", "texto\n\nmás\n  ", "/pista", "/nada", "listo", "2", "otra cosa"]
)
def test_enter_hands_over(text: str) -> None:
    assert enter(text)


@pytest.mark.parametrize("text", ["", "\n", "  ", "texto", "texto\nmás", "7", "1\n2", "a\n\nb"])
def test_enter_begins_a_new_line(text: str) -> None:
    assert not enter(text)


def test_enter_in_the_middle_of_a_text_never_hands_it_over() -> None:
    assert not enter("uno\n\n", at_end=False)


@pytest.mark.parametrize("text", ["uno\n", "uno\nlisto", "2", "listo"])
def test_an_unmarked_paste_does_not_hand_itself_in(text: str) -> None:
    assert not enter(text, ahead="\nun párrafo más\n")


@pytest.mark.parametrize("ahead", ["\n\n", "1\n", "/salir\n", ""])
def test_typing_ahead_is_no_paste(ahead: str) -> None:
    assert enter("uno\n", ahead=ahead)
