"""Starts `lo-bot-api-emulator` on a free port: `python -m tests.telegram.emulator_server JOURNAL`.

Nothing of its checks is changed. Added are what it lacks: a user name in `getMe`, and a way to
read what was sent (its journal holds no texts): `GET /__fixture/sent?after=N` answers as soon as
there is anything after the first N.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from typing import Any

from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator  # type: ignore[import-untyped]

LONGEST_WAIT = 30.0


class Emulator(LoBotApiEmulator):  # type: ignore[misc]
    """The emulator, with a memory of what was sent."""

    def __init__(self, journal: str) -> None:
        super().__init__(journal=journal, enable_control=True)
        self.sent: list[dict[str, Any]] = []
        self.changed = asyncio.Event()

    def validate(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        result = super().validate(method, fields, uploads)
        if method == "getMe":
            result["username"] = "simulacro_test_bot"
        if method != "getUpdates":
            files = {name: (f["filename"], _text(f["data"])) for name, f in uploads.items()}
            self.sent.append(
                {"method": method, "params": dict(fields), "files": files, "result": result}
            )
            self.changed.set()
            self.changed = asyncio.Event()
        return result

    def app(self) -> web.Application:
        app: web.Application = super().app()
        app.router.add_get("/__fixture/sent", self.show)
        return app

    async def show(self, request: web.Request) -> web.Response:
        after = int(request.query["after"])
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_WAIT):
                while len(self.sent) <= after:
                    await self.changed.wait()
        return web.json_response(self.sent[after:])


def _text(data: bytes) -> str:
    return data.decode(errors="surrogateescape")  # a picture can be had back from it


async def _main(journal: str) -> None:
    runner = web.AppRunner(Emulator(journal).app(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(json.dumps({"address": f"http://127.0.0.1:{runner.addresses[0][1]}"}), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_main(sys.argv[1]))
