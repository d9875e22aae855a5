"""The program as a process: fed by a pipe, or at a pseudo-terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0  # seconds until something that should appear counts as missing
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[=>78])")


def command(folder: Path, *arguments: str) -> list[str]:
    """`simulacro chat` on a database in a folder."""
    return [sys.executable, "-m", "bot", "chat", "--db", str(folder / "test.db"), *arguments]


def environment(**changes: str) -> dict[str, str]:
    """The environment of the process, without settings of whoever runs the tests."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SIMULACRO_", "NO_COLOR"))}
    path = os.defpath  # whoever runs the tests may have the program on theirs
    return kept | {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "PATH": path} | changes


def feed(
    folder: Path, content: bytes, *arguments: str, **changes: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the program with a pipe for its input and output."""
    return subprocess.run(
        command(folder, *arguments),
        input=content,
        capture_output=True,
        env=environment(**changes),
        cwd=folder,
        timeout=PATIENCE * 2,
        check=False,
    )


class Terminal:
    """The program at a pseudo-terminal of 100 columns."""

    def __init__(self, folder: Path, *arguments: str, **changes: str) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        self._process = subprocess.Popen(
            command(folder, *arguments),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment(**changes),
            cwd=folder,
            start_new_session=True,
        )
        os.close(slave)
        self._open = True
        self._unread = ""
        self.seen = ""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        self.close()

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._master, keys.encode())

    def expect(self, text: str) -> None:
        """Read on until a text appears; raises `AssertionError` when it does not."""
        until = time.monotonic() + PATIENCE
        while text not in self._unread:
            ready, _, _ = select.select([self._master], [], [], max(0, until - time.monotonic()))
            assert ready, f"{text!r} did not appear, only:\n{self._unread}"
            self._read()
        self._unread = self._unread.partition(text)[2]

    def _read(self) -> None:
        try:
            piece = os.read(self._master, 1 << 16).decode(errors="replace")
        except OSError as error:
            raise AssertionError(f"the program ended:\n{self._unread}") from error
        assert piece, f"the program ended:\n{self._unread}"
        self.seen += piece
        self._unread = _ESCAPES.sub("", self._unread + piece).replace("\r", "")

    def close(self) -> None:
        """Close the window."""
        if self._open:
            self._open = False
            os.close(self._master)

    def kill(self) -> None:
        """`kill -9`."""
        self._process.kill()
        self._process.wait()

    def signal(self, number: int) -> None:
        """Send a signal."""
        self._process.send_signal(number)

    def code(self) -> int:
        """The exit code, once the program ended."""
        return self._process.wait(PATIENCE)
