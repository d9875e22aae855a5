"""A bot at work: its process, its own Bot API server, and what handling a load takes."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.bench.processes import cpu_ms, resident_mb
from tests.e2e.process import COMMAND, BotProcess
from tests.telegram.remote import RemoteFake
from tests.telegram.updates import Json, text

RATE = 10_000  # messages a second the bot may send: as good as no limit
ANSWERS = "sendMessage,editMessageText"  # each update leads to exactly one of these
PATIENCE = 150.0  # seconds a load or a start may take
SETTLING = 0.25  # seconds; what is done after the last answer belongs to the load
OURS = (*COMMAND, "telegram")
_FIRST = 99_999  # a chat that only asks for help


def contender(module: str) -> tuple[str, ...]:
    """The command of a bot to compare with."""
    return sys.executable, "-m", f"tests.bench.contenders.{module}"


@dataclass(frozen=True, slots=True)
class Served:
    """What a load took: updates a second, and CPU ms an update of the bot and of the server."""

    rate: float
    cpu_ms: float
    server_ms: float


class Serving:
    """A bot with a server of its own; a context manager. `ready_s`: from start to first answer."""

    def __init__(
        self, folder: Path, command: Sequence[str] = OURS, more: Mapping[str, str] | None = None
    ) -> None:
        self._folder, self._command, self._more = folder, command, more or {}
        self._answered = 0

    def __enter__(self) -> Self:
        with ExitStack() as started:  # should the bot not answer, no process is left behind
            self._server = started.enter_context(RemoteFake(record=False))
            environment = {**self._server.environment(), **self._more}
            self._bot = BotProcess(environment, self._folder, RATE, self._command)
            self._server.inject(text("/help", _FIRST))
            began = time.perf_counter()
            started.enter_context(self._bot)
            self._until(1)
            self.ready_s = time.perf_counter() - began
            self._running = started.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    @property
    def resident_mb(self) -> float:
        """The bot's memory now."""
        return resident_mb(self._bot.pid)

    def serve(self, load: Sequence[Json], latency: float = 0) -> Served:
        """Have a load handled; `latency` is how long the API takes for each call, in seconds."""
        self._server.delay(latency)
        before, server_before = cpu_ms(self._bot.pid), cpu_ms(self._server.pid)
        began = time.perf_counter()
        self._server.inject(*load)
        self._until(len(load))
        seconds = time.perf_counter() - began
        time.sleep(SETTLING)
        return Served(
            rate=len(load) / seconds,
            cpu_ms=(cpu_ms(self._bot.pid) - before) / len(load),
            server_ms=(cpu_ms(self._server.pid) - server_before) / len(load),
        )

    def _until(self, more: int) -> None:
        """Wait until so many more updates are answered."""
        wanted = self._answered + more
        deadline = time.monotonic() + PATIENCE
        while self._answered < wanted:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{wanted - self._answered} answers missing: {self._told()}")
            counts = self._server.stats(ANSWERS, wanted)["calls"]
            self._answered = sum(counts.get(method, 0) for method in ANSWERS.split(","))

    def _told(self) -> str:
        return self._bot.logged[-2000:]
