"""How long a start takes."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from tests.e2e.process import COMMAND, ROOT

CHAT = (*COMMAND, "chat")


def help_seconds(tries: int = 5) -> float:
    """`simulacro chat --help`, from start to end; the best of some tries."""
    return min(_help() for _ in range(tries))


def _help() -> float:
    began = time.perf_counter()
    subprocess.run([*CHAT, "--help"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def chat_seconds(folder: Path, tries: int = 3, more: Mapping[str, str] | None = None) -> float:
    """`simulacro chat` with a line from a pipe, until its first words; the best of some tries."""
    environment = {**os.environ, "SIMULACRO_DATABASE": str(folder / "chat.db"), **(more or {})}
    return min(_chat(environment) for _ in range(tries))


def _chat(environment: Mapping[str, str]) -> float:
    began = time.perf_counter()
    with subprocess.Popen(
        CHAT,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"/ayuda\n")
        process.stdin.close()
        if not process.stdout.read(1):
            raise RuntimeError("`simulacro chat` said nothing")
        seconds = time.perf_counter() - began
        process.stdout.read()
    return seconds
