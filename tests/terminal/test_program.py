"""The whole program, as a process of its own, with the real bank and scorer."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bot.store.sqlite import open_store
from tests.terminal.program import Terminal, command, environment, feed

ANSWER = (
    "Primero mediría la retención por cohortes, porque sin ella el crecimiento no dura.\n"
    "En mi empresa cambié el registro y la activación pasó del 20 % al 35 % en dos meses.\n"
)
ENTER, CTRL_C, CTRL_D = "\r", "\x03", "\x04"


def paste(text: str) -> str:
    """Keys that come, and are drawn, in one piece."""
    return f"\x1b[200~{text}\x1b[201~"


async def drafted(folder: Path) -> list[str]:
    async with open_store(folder / "test.db") as store:
        session = store.session("term:local")
        return [part.text for part in session.draft] if session else []


# --- a pipe -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        ANSWER.encode(),
        ANSWER.replace("\n", "\r\n\r\n").encode(),
        ANSWER.encode("latin-1"),
        b"\x00\xff\x1b[2J" + ANSWER.encode() + b"\n/listo\n",
    ],
    ids=["plain", "crlf", "latin-1", "junk"],
)
def test_an_answer_from_a_pipe_comes_to_its_scorecard(tmp_path: Path, content: bytes) -> None:
    done = feed(tmp_path, content, "--question", "user-growth")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"/100" in done.stdout
    assert b"\x1b" not in done.stdout
    assert b"\x00" not in done.stdout


def test_a_line_of_100_kb_is_refused_and_told(tmp_path: Path) -> None:
    done = feed(tmp_path, b"palabra " * 12_500, "--question", "user-growth")
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"/100" not in done.stdout


def test_an_empty_input_shows_how_to_begin(tmp_path: Path) -> None:
    done = feed(tmp_path, b"")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Entrevista" in done.stdout.decode()


def test_what_is_open_goes_on_in_the_next_pipe(tmp_path: Path) -> None:
    feed(tmp_path, b"", "--question", "user-growth")
    done = feed(tmp_path, ANSWER.encode())
    assert b"/100" in done.stdout


def test_the_output_may_have_a_poor_encoding(tmp_path: Path) -> None:
    done = feed(tmp_path, ANSWER.encode(), "--question", "retention", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")


def test_whoever_reads_may_go_away(tmp_path: Path) -> None:
    process = subprocess.Popen(
        command(tmp_path, "--question", "user-growth"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    with process:
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(ANSWER.encode())
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


# --- a terminal -------------------------------------------------------------------------------


def test_an_interview_at_a_terminal(tmp_path: Path) -> None:
    with Terminal(tmp_path) as terminal:
        terminal.expect("¿Con qué empezamos?")
        terminal.expect("Ctrl-D: salir")
        terminal.type("1" + ENTER)
        terminal.expect("¿Cuánto tiempo")
        terminal.expect("Ctrl-D: salir")
        terminal.type("1" + ENTER)
        terminal.expect("Pregunta 1 de 3")
        terminal.expect("Pregunta 1/3")
        terminal.type(paste(ANSWER.replace("\n", "\n\n")))
        terminal.expect("palabras")
        terminal.type(ENTER)
        terminal.expect("un poco más a fondo")
        terminal.expect("Ctrl-D: salir")
        terminal.type("1" + ENTER)
        terminal.expect("/100")
        terminal.expect("Ctrl-D: salir")
        terminal.type(ENTER)
        terminal.expect("Pregunta 2 de 3")
        terminal.expect("Ctrl-D: salir")
        terminal.type(CTRL_D)
        terminal.expect("Para seguir donde estabas: simulacro chat")
        assert terminal.code() == 0
    with Terminal(tmp_path) as terminal:
        terminal.expect("pregunta 2 de 3")
        terminal.expect("Ctrl-D: salir")
        terminal.type("1" + ENTER)
        terminal.expect("Pregunta 2 de 3")
        terminal.expect("Ctrl-D: salir")
        terminal.type(CTRL_C)
        terminal.expect("simulacro chat")
        assert terminal.code() == 0


async def test_closing_the_window_keeps_what_is_typed(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--question", "retention") as terminal:
        terminal.expect("Ctrl-D: salir")
        terminal.type(paste("a medias"))
        terminal.expect("a medias")
        terminal.close()
        assert terminal.code() == 0
    assert await drafted(tmp_path) == ["a medias"]


async def test_what_was_said_survives_a_kill(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--question", "retention") as terminal:
        terminal.expect("Ctrl-D: salir")
        terminal.type(paste("a medias"))
        terminal.expect("a medias")
        terminal.type(ENTER + "/pista" + ENTER)
        terminal.expect("💡")
        terminal.expect("Ctrl-D: salir")
        terminal.kill()
    assert await drafted(tmp_path) == ["a medias"]
    with Terminal(tmp_path) as terminal:
        terminal.expect("2 palabras")
        terminal.expect("1 Retomar")


def test_no_color(tmp_path: Path) -> None:
    with Terminal(tmp_path, NO_COLOR="1") as terminal:
        terminal.expect("Ctrl-D: salir")
        assert "\x1b[36m" not in terminal.seen
        assert "\x1b[90m" not in terminal.seen


async def test_a_simple_terminal(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--question", "retention", TERM="dumb") as terminal:
        terminal.expect("una línea vacía la entrega")
        terminal.type(ANSWER + "\n")
        terminal.expect("un poco más a fondo")
        terminal.type("una línea\n")
        terminal.type(CTRL_D)
        terminal.expect("simulacro chat")
        assert terminal.code() == 0
        assert "\x1b" not in terminal.seen
    assert await drafted(tmp_path) == ["una línea"]
