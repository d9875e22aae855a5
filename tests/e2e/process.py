"""The bot as a process of its own, as it is run for people."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "bot"]
PATIENCE = 30.0  # seconds a process may take to end


class BotProcess:
    """`simulacro telegram` on a database in `folder`; its log goes to a file there.

    `command` runs another bot instead, one to compare with.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        folder: Path,
        rate: int = 1000,
        command: Sequence[str] = (*COMMAND, "telegram"),
    ) -> None:
        self._command = command
        self.log = folder / "bot.log"
        self.database = folder / "bot.db"
        self._environment = {
            **environment,
            "SIMULACRO_DATABASE": str(self.database),
            "SIMULACRO_TELEGRAM_RATE": str(rate),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; a process before must have ended."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, env=self._environment, cwd=ROOT, stderr=log, stdout=log
            )

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave no process behind, however the test went."""
        self.kill()

    def kill(self) -> None:
        """Kill -9: no farewell. One that has ended stays as it is."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def end(self) -> int:
        """SIGTERM, and wait; returns the exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(PATIENCE)

    def wait(self) -> int:
        """Wait until it ends by itself; returns the exit code."""
        assert self._process is not None
        return self._process.wait(PATIENCE)

    @property
    def pid(self) -> int:
        """The number of the process started last."""
        assert self._process is not None
        return self._process.pid

    @property
    def logged(self) -> str:
        """All it has logged so far, of every start."""
        return self.log.read_text("utf-8")
