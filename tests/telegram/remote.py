"""Bot API servers as processes of their own, for tests and benches of the whole bot.

    with RemoteFake() as server:                     # our own, which can misbehave
        bot = BotProcess(server.environment(), tmp_path)
        bot.start()
        server.inject(text("/start"))
        server.until(lambda call: "hola" in call["params"].get("text", ""))

`Emulator` is used alike, and is nobody of ours: `lo-bot-api-emulator`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self
from urllib.request import Request, urlopen

from tests.telegram.fake_bot import TOKEN

ROOT = Path(__file__).parents[2]
Json = dict[str, Any]
TIMEOUT = 40.0  # seconds a control call may take; the servers answer after 30


class Remote:
    """A server in a subprocess; a context manager. Texts it was sent can be waited for."""

    calls_path = ""

    def __init__(self, module: str, *arguments: str) -> None:
        self._command = [sys.executable, "-m", module, *arguments]
        self.token = TOKEN
        self.calls: list[Json] = []
        self._read = 0

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, stdout=subprocess.PIPE, cwd=ROOT, text=True
        )
        assert self._process.stdout is not None
        self.address = str(json.loads(self._process.stdout.readline())["address"])
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def environment(self) -> dict[str, str]:
        """What a bot process needs to find this server."""
        return os.environ | {
            "TELEGRAM_BOT_TOKEN": self.token,
            "SIMULACRO_TELEGRAM_API": self.address,
        }

    def until(self, wanted: Callable[[Json], bool]) -> Json:
        """The next call that is wanted: waits for it, and skips those before it.

        A call is `{"method", "params", "files"}`. Raises `TimeoutError` after 30 quiet seconds.
        """
        while True:
            while self._read < len(self.calls):
                self._read += 1
                if wanted(self.calls[self._read - 1]):
                    return self.calls[self._read - 1]
            more = self.ask(f"{self.calls_path}?after={len(self.calls)}")
            if not more:
                raise TimeoutError(f"nothing more after {self.calls[-3:]}")
            self.calls += more

    def ask(self, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.address + path, data, {"Content-Type": "application/json"})
        with urlopen(request, timeout=TIMEOUT) as answer:
            return json.load(answer)


class RemoteFake(Remote):
    """The project's own fake, see `fake_api`."""

    calls_path = "/control/calls"

    def __init__(self, latency: float = 0, record: bool = True) -> None:
        keep = [] if record else ["--no-record"]
        super().__init__("tests.telegram.fake_api", "--latency", str(latency), *keep)

    def inject(self, *updates: Json) -> list[int]:
        return list(self.ask("/control/updates", updates))

    def fault(self, **fault: object) -> None:
        """See `fake_bot.Fault`."""
        self.ask("/control/faults", fault)

    def delay(self, latency: float) -> None:
        """Let so many seconds go by before every answer from now on."""
        self.ask("/control/latency", latency)

    def stats(self, method: str = "", count: int = 0) -> Json:
        """Calls by method and waiting updates, once `method` (or several, parted by commas) was
        called `count` times in all (or after 30 s)."""
        stats: Json = self.ask(f"/control/stats?method={method}&count={count}")
        return stats


class Emulator(Remote):
    """`lo-bot-api-emulator`, with its journal in `folder`."""

    calls_path = "/__fixture/sent"

    def __init__(self, folder: Path) -> None:
        self.journal = folder / "requests.jsonl"
        super().__init__("tests.telegram.emulator_server", str(self.journal))

    def inject(self, *updates: Json) -> list[int]:
        """It takes messages and presses, no edited messages."""
        sent = [{"token": self.token, "update": update} for update in updates]
        return [self.ask("/__fixture/updates", one)["result"]["update_id"] for one in sent]

    def verdict(self, methods: Sequence[str] = ()) -> Json:
        """Its own judgement of all requests: `{"ok": bool, ...}`."""
        command = [sys.executable, "-c", "from lo_bot_api_emulator import main; main()", "verdict"]
        asked = [word for method in methods for word in ("--require-method", method)]
        done = subprocess.run(
            [*command, str(self.journal), "--require-response", *asked],
            capture_output=True,
            text=True,
            check=False,
        )
        verdict: Json = json.loads(done.stdout)
        return verdict
