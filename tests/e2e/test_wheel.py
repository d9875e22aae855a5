"""The wheel, installed into an environment of its own, holds an interview."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = (
    "/entrevista 3\n"
    "Empezaría por medir cuántos vuelven a la semana, porque ahí se ve si el producto sirve.\n\n"
    "/saltar\n/saltar\n/saltar\n"
)


def run(*command: str, cwd: Path, data: str = "") -> str:
    """Run a command that must succeed, without our settings; returns its output."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("SIMULACRO_", "PYTHON"))}
    done = subprocess.run(
        command, cwd=cwd, env=clean, input=data, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    run(*build, "--outdir", str(folder), cwd=ROOT)
    [built] = folder.glob("*.whl")
    return built


def test_the_wheel_carries_bank_and_prompts_and_nothing_of_the_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "bot/_data/question_bank/bank.toml" in names
    assert "bot/_data/prompts/es/welcome.j2" in names
    fonts = {"regular.otf", "bold.otf", "widths.json", "OFL.txt"}
    assert {f"bot/_data/prompts/pictures/fonts/{name}" for name in fonts} <= set(names)
    assert not [name for name in names if name.startswith(("tests/", "question_bank/"))]


def test_installed_in_a_clean_environment_it_holds_an_interview(
    wheel: Path, tmp_path: Path
) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    program = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(program / "python"), "-m", "pip", "install", "--quiet"]
    pinned = ["--require-hashes", "-r", str(ROOT / "requirements.txt")]
    run(*pip, *pinned, cwd=tmp_path)
    run(*pip, "--no-deps", str(wheel), cwd=tmp_path)
    database = str(tmp_path / "own.db")
    said = run(str(program / "simulacro"), "chat", "--db", database, cwd=tmp_path, data=SCRIPT)
    assert "Pregunta 1 de 3" in said
    assert "/100" in said
    listed = run(str(program / "simulacro"), "transcripts", "list", "--db", database, cwd=tmp_path)
    assert "interview" in listed
