"""How to start the terminal interview again, as it really works for this person."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

NAME = "simulacro"


def invocation() -> str:
    """`simulacro chat` where that is found, `make run` in the project's folder, else the path
    this program was called by."""
    if shutil.which(NAME):
        return f"{NAME} chat"
    if _makes() and not os.environ.get("TELEGRAM_BOT_TOKEN"):  # with it, `make run` serves the bot
        return "make run"
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return shlex.join([sys.executable, "-m", "bot", "chat"])
    return shlex.join([str(called), "chat"])


def _makes() -> bool:
    """Whether the Makefile of this project is in the current folder."""
    try:
        return f"/{NAME} chat" in Path("Makefile").read_text("utf-8", "replace")
    except OSError:
        return False
