"""Writes the transcript of the README by playing it: question, answer, follow-up, scorecard.

Usage: `make docs`
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BEGIN = "<!-- transcript: printed by `make docs` -->\n```text\n"
END = "```\n<!-- end of transcript -->"
ANSWER = (
    "Lo primero fue ponernos de acuerdo en un solo dato: clases terminadas por semana, porque "
    "quien termina una clase vuelve. Debajo dibujamos qué lo mueve: altas, primera clase y "
    "frecuencia. Hablé con doce alumnos y vi que se iban por miedo a no seguir el ritmo, así que "
    "propuse una clase corta de bienvenida. En tres meses pasamos de 400 a 620 clases semanales."
)


def transcript() -> str:
    """What the terminal prints for the answer, with the answer put where it was typed."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "chat", "--question", "operating-plan"],
            input=ANSWER,
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=True,
            env=os.environ | {"SIMULACRO_DATABASE": str(Path(folder) / "readme.db")},
        )
    asked, told = _cut(done.stdout)
    return f"{asked.rstrip()}\n\n› {ANSWER}\n\n{told.strip()}\n"


def _cut(said: str) -> tuple[str, str]:
    """Before and after the place where the answer was typed: the follow-up begins there."""
    paragraphs = said.split("\n\n")
    return "\n\n".join(paragraphs[:3]), "\n\n".join(paragraphs[3:])


def page() -> str:
    """The README with its transcript as it would be played now."""
    before, _, rest = README.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + transcript() + END + after


if __name__ == "__main__":
    README.write_text(page(), "utf-8")
