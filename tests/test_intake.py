"""What a person writes, and what it means."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import (
    ACTIONS,
    Confirm,
    Delete,
    Done,
    Event,
    Finish,
    Help,
    Interview,
    Next,
    Practice,
    Repeat,
    Resume,
    Retry,
    ShowModel,
    Skip,
    Start,
    Stop,
    Stray,
    Text,
    Unknown,
    parse,
)
from bot.core.words import fold
from bot.intake import Command, Intake, Wording, clean

PROMPTS = Path(__file__).parents[1] / "prompts"
INTAKE = Intake.load(PROMPTS)
SPANISH = INTAKE._wordings["es"]
FROM_THE_ISSUE = (
    *("start", "practice", "interview", "intro", "transcripts", "progress", "settings"),
    *("cancel", "help", "privacy", "export", "delete"),
)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("/start", Start()),
        ("/start q_user-growth", Start("q_user-growth")),
        ("/PRACTICE", Practice()),
        ("/practice@SimulacroBot user-growth", Practice("user-growth")),
        ("  /practicar\tuser-growth  ", Practice("user-growth")),
        ("/interview 5", Interview("5")),
        ("/entrevista", Interview()),
        ("/cancelar", Stop()),
        ("/listo", Done()),
        ("/sí", Confirm()),
        ("/si", Confirm()),
        ("/ayuda por favor", Help()),
        ("/practice a@b", Practice("a b")),
        ("/nada", Unknown("/nada")),
        ("/", Unknown("/")),
    ],
)
def test_commands(text: str, event: Event) -> None:
    """In any case, with or without accents, the bot's name or an argument."""
    assert INTAKE.read(text, "7") == event


@pytest.mark.parametrize("name", FROM_THE_ISSUE)
def test_the_shared_commands_are_all_known(name: str) -> None:
    """Under their English names, in every language."""
    assert not isinstance(INTAKE.read(f"/{name}", ""), (Unknown, Text))


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("listo", Done()),
        ("¡Listo!", Done()),
        ("LISTO ✅", Done()),
        ("Ya está.", Done()),
        ("ya esta", Done()),
        ("Eso es todo…", Done()),
        ("terminé", Done()),
        ("paso", Skip()),
        ("Salta esta pregunta", Skip()),
        ("repite", Repeat()),
        ("¿Puedes repetir?", Repeat()),
        ("siguiente", Next()),
        ("Otra vez", Retry()),
        ("respuesta modelo", ShowModel()),
        ("lo dejamos aquí", Stop()),
        ("retomar", Resume()),
        ("terminar la entrevista", Finish()),
        ("borrar mis datos", Delete()),
        ("Sí, borrar todo", Confirm()),
    ],
)
def test_phrases(text: str, event: Event) -> None:
    """A phrase acts when it is the whole message."""
    assert INTAKE.read(text, "7") == event


@pytest.mark.parametrize(
    "text",
    [
        "Cuando el equipo está listo, lanzamos la prueba.",
        "Paso a paso: primero la métrica.",
        "Lo listo es medir antes.",
        "No sé mucho, pero mediría la retención",
        "sí",
        "no",
        "Hola a los usuarios nuevos les diría yo",
        "ok",
        "Retención",
        "/todo esto lo aprendí en una tienda pequeña donde vendía zapatos",
        "1/2 de los usuarios",
        "listo " * 20,
    ],
)
def test_an_answer_stays_an_answer(text: str) -> None:
    """Text that merely holds such words is never taken for a command."""
    read = INTAKE.read(text, "7")
    assert isinstance(read, Text)
    assert (read.text, read.ref) == (text.strip(), "7")


@pytest.mark.parametrize("text", ["", "  ", "\n\t", "\0", "\u200b\u200d", "\u3000"])
def test_nothing_to_read(text: str) -> None:
    """No visible character: nothing was said."""
    assert INTAKE.read(text, "7") == Stray("empty")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\0b", "ab"),
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude00", "😀"),
        ("uno\r\ndos\rtres", "uno\ndos\ntres"),
        ("\x1b[2Jhola\x9b", "[2Jhola"),
        ("\n hola\t ", "hola"),
        ("שלום 漢字", "שלום 漢字"),
        ("\u202eRumbo \u2067Ruta", "Rumbo Ruta"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    """What is left can be stored, sent and shown."""
    assert clean(text) == cleaned


def test_fold() -> None:
    """Letters and digits, no accents, no case, single blanks."""
    assert fold("  ¿Ya ESTÁ, señor?  ") == "ya esta senor"


@given(st.text(st.characters(), max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    """Whatever comes in, an event comes out, and its text can be written as UTF-8."""
    event = INTAKE.read(text, "7")
    if isinstance(event, Text):
        event.text.encode()
        assert event.text


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_a_command_with_any_argument_has_no_guard(argument: str) -> None:
    """An argument cannot pass for the guard of a button."""
    assert INTAKE.read(f"/practice {argument}", "7").guard == ""


# --- the wording ------------------------------------------------------------------------------


def test_every_command_is_an_action() -> None:
    """And every action a person may want to type has a command."""
    known = {action.partition(":")[0] for action in SPANISH.commands}
    assert known <= set(ACTIONS)
    assert set(ACTIONS) - known == {"browse", "transcript", "brief"}


@pytest.mark.parametrize("lang", INTAKE.languages)
def test_the_menu_is_fit_for_telegram(lang: str) -> None:
    """Names of [a-z0-9_], descriptions of 3 to 256 characters; each shown name is a command."""
    menu = INTAKE.menu(lang)
    assert 5 <= len(menu) <= 12
    for name, says in menu:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert 3 <= len(says) <= 256
        assert not isinstance(INTAKE.read(f"/{name}", ""), (Unknown, Text))


def test_the_menu_speaks_spanish() -> None:
    """A person sees the names of the own language."""
    assert INTAKE.menu("es")[0] == ("entrevista", "Entrevista de varias preguntas")


@pytest.mark.parametrize("action", SPANISH.commands)
def test_names_and_phrases_mean_their_action(action: str) -> None:
    """All of them, as written in the file; the shown name is among the names."""
    command = SPANISH.commands[action]
    assert command.shown in command.names or not command.names
    for text in (*(f"/{name}" for name in command.names), *command.phrases):
        assert INTAKE.read(text, "") == parse(action)


def test_a_word_with_two_meanings_is_refused() -> None:
    """Also when two languages disagree."""
    one = Wording({"done": Command(("listo",), "listo", "x")}, ())
    other = Wording({"skip": Command(("Listó",), "listo", "x")}, ())
    with pytest.raises(ValueError, match="means both done and skip"):
        Intake({"es": one, "xx": other})


@pytest.mark.parametrize("command", ["/listo", "/si", "/saltar", "/ayuda"])
def test_words_behind_a_command_that_takes_none_are_not_lost(command: str) -> None:
    said = INTAKE.read(f"{command} primero definiría la métrica principal", "7")
    assert said == Text("primero definiría la métrica principal", "7")
    assert not isinstance(INTAKE.read(f"{command} por favor", "8"), Text)


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("sí", "confirm"),
        ("Si.", "confirm"),
        ("¡Vale!", "confirm"),
        ("no", "decline"),
        ("No, gracias", "decline"),
        ("Sí, primero mediría la retención", ""),
    ],
)
def test_replies_stay_text_and_say_what_they_would_mean(text: str, reply: str) -> None:
    assert INTAKE.read(text, "7") == Text(text, "7", reply)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("cuánto presupuesto hay", True),
        ("How many of them stay", True),
        ("Hay que parar el canal caro y pasar dinero al otro.", False),
        ("What I would cut first is the expensive channel.", False),
        ("Cuantificaría el costo por canal", False),
    ],
)
def test_a_short_text_may_ask_without_a_mark_but_a_statement_never_does(
    text: str, asks: bool
) -> None:
    read = INTAKE.read(text)
    assert isinstance(read, Text)
    assert read.asks is asks
