"""The whole program, as a process of its own, with the real bank and scorer."""

from __future__ import annotations

import asyncio
import signal
import subprocess
from pathlib import Path

import pytest

from bot.core.models import Session, State
from bot.ports import Handled, Incoming
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


def begun() -> Handled:
    """An unfinished interview of the person at the terminal."""
    session = Session("term:local", "s1", state=State.ASKED, plan=("retention", "user-growth"))
    update = Incoming("term", 1, "term:local", "{}")
    return Handled(update, None, session)


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


async def test_a_pipe_begins_afresh_and_leaves_the_session_of_a_person_alone(
    tmp_path: Path,
) -> None:
    async with open_store(tmp_path / "test.db") as store:
        await store.save(begun())
        before = store.session("term:local")
    feed(tmp_path, b"", "--question", "user-growth")
    done = feed(tmp_path, ANSWER.encode(), "--question", "retention")
    assert b"/100" in done.stdout
    assert "a medias" not in feed(tmp_path, b"").stdout.decode()
    async with open_store(tmp_path / "test.db") as store:
        assert store.session("term:local") == before
        rows, _ = store.all_transcripts(0, 20)
    assert len(rows) == 1


def test_a_pipe_that_is_left_open_promises_no_resuming(tmp_path: Path) -> None:
    told = feed(tmp_path, b"", "--question", "user-growth").stdout.decode()
    assert "quedó sin terminar" in told
    assert " chat" not in told


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
        terminal.expect("¿Para qué puesto")
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
        terminal.expect("Para seguir donde estabas: ")
        terminal.expect("-m bot chat")
        assert terminal.code() == 0
    with Terminal(tmp_path) as terminal:
        terminal.expect("pregunta 2 de 3")
        terminal.expect("Ctrl-D: salir")
        terminal.type("1" + ENTER)
        terminal.expect("Pregunta 2 de 3")
        terminal.expect("Ctrl-D: salir")
        terminal.type(CTRL_C)
        terminal.expect("-m bot chat")
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


async def test_lines_ended_with_enter_survive_a_kill(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--question", "retention") as terminal:
        terminal.expect("Ctrl-D: salir")
        terminal.type("una" + ENTER)
        terminal.expect("1 palabra")
        terminal.type("dos" + ENTER)
        terminal.expect("2 palabras")
        await asyncio.sleep(0.5)
        terminal.kill()
    assert await drafted(tmp_path) == ["una\ndos"]
    with Terminal(tmp_path) as terminal:
        terminal.expect("2 palabras")
        terminal.expect("Ctrl-D: salir")
        terminal.type("1" + ENTER)
        terminal.expect("Ya guardado: 2 palabras")


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
        terminal.expect("-m bot chat")
        assert terminal.code() == 0
        assert "\x1b" not in terminal.seen
    assert await drafted(tmp_path) == ["una línea"]


@pytest.mark.parametrize("name", ["SIGHUP", "SIGTERM", "SIGKILL"])
async def test_lines_at_a_simple_terminal_survive_a_signal(tmp_path: Path, name: str) -> None:
    with Terminal(tmp_path, "--question", "retention", TERM="dumb") as terminal:
        terminal.expect("una línea vacía la entrega")
        terminal.type("una\ndos\n")
        await asyncio.sleep(1)
        terminal.signal(signal.Signals[name])
        terminal.code()
    assert await drafted(tmp_path) == ["una\ndos"]
