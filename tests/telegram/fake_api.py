"""A small Bot API server that can misbehave: 429, 409, 400 on markup, cuts, slow answers.

In a test: `async with serving(FakeBot()) as address`. As a process of its own, also for benches:

    python -m tests.telegram.fake_api --port 0 --latency 0.05

It prints `{"address": ...}` when it is ready; `remote.RemoteFake` starts and drives it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import asdict

from aiohttp import web

from tests.telegram.fake_bot import TOKEN, Called, Cut, FakeBot, Fault, Json, Refusal

LONGEST_WAIT = 30.0  # seconds a control call may wait for something to happen


class FakeApi:
    """Serves one bot; `latency` seconds go by before every answer."""

    def __init__(self, bot: FakeBot, latency: float = 0) -> None:
        self.bot, self.latency = bot, latency

    def app(self) -> web.Application:
        app = web.Application(client_max_size=2**26)
        app.router.add_post("/bot{token}/{method}", self.handle)
        app.router.add_post("/control/updates", self.inject)
        app.router.add_post("/control/faults", self.add_fault)
        app.router.add_post("/control/latency", self.delay)
        app.router.add_get("/control/calls", self.calls)
        app.router.add_get("/control/stats", self.stats)
        return app

    async def handle(self, request: web.Request) -> web.StreamResponse:
        call = await _read(request)
        if self.latency:
            await asyncio.sleep(self.latency)
        try:
            if request.match_info["token"] != self.bot.token:
                raise Refusal(401, "Unauthorized")
            result = await self._with_fault(call)
        except Refusal as refusal:
            return _refused(refusal)
        except Cut:
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        finally:
            await self.bot.called(call)
        return web.json_response({"ok": True, "result": result})

    async def _with_fault(self, call: Called) -> object:
        fault = self.bot.fault_for(call.method)
        if fault is None:
            return await self.bot.answer(call)
        if fault.late:
            await self.bot.answer(call)
        if fault.seconds:
            await asyncio.sleep(fault.seconds)
            if not fault.status:
                return await self.bot.answer(call)
        if fault.status:
            raise Refusal(fault.status, fault.description, fault.retry_after)
        raise Cut

    # --- control ---

    async def inject(self, request: web.Request) -> web.Response:
        """`[update, ...]` in, their numbers out."""
        return web.json_response(await self.bot.inject(*await request.json()))

    async def add_fault(self, request: web.Request) -> web.Response:
        self.bot.faults.append(Fault(**await request.json()))
        return web.json_response(True)

    async def delay(self, request: web.Request) -> web.Response:
        """Change the latency, in seconds."""
        self.latency = float(await request.json())
        return web.json_response(True)

    async def calls(self, request: web.Request) -> web.Response:
        """The calls after the first `after`, as soon as there are any."""
        after = int(request.query.get("after", 0))
        bot = self.bot
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_WAIT), bot.changed:
                await bot.changed.wait_for(lambda: len(bot.calls) > after)
        return web.json_response([asdict(call) for call in bot.calls[after:]])

    async def stats(self, request: web.Request) -> web.Response:
        """Calls by method and waiting updates, once `method` was called `count` times.

        Several methods, parted by commas, count together.
        """
        bot, query = self.bot, request.query
        methods, count = query.get("method", "").split(","), int(query.get("count", 0))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_WAIT), bot.changed:
                await bot.changed.wait_for(
                    lambda: sum(bot.counts[one] for one in methods) >= count
                )
        return web.json_response({"calls": dict(bot.counts), "waiting": len(bot.updates)})


async def _read(request: web.Request) -> Called:
    method = request.match_info["method"]
    if request.content_type == "application/json":
        return Called(method, await request.json())
    params: Json = {}
    files: dict[str, tuple[str, str]] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = (value.filename, value.file.read().decode(errors="surrogateescape"))
        else:
            params[name] = value
    return Called(method, params, files)


def _refused(refusal: Refusal) -> web.Response:
    body: Json = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    if refusal.retry_after is not None:
        body["parameters"] = {"retry_after": refusal.retry_after}
    return web.json_response(body, status=refusal.status)


@contextlib.asynccontextmanager
async def serving(bot: FakeBot, port: int = 0, latency: float = 0) -> AsyncIterator[str]:
    """Serve a bot on loopback; yields the server's address."""
    app = FakeApi(bot, latency).app()
    # Cancelled handlers: a poll whose caller has gone must not wait on and take the next updates.
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        number = runner.addresses[0][1]
        yield f"http://127.0.0.1:{number}"
    finally:
        await runner.cleanup()


async def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0, help="seconds before each answer")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--no-record", action="store_true", help="count calls, keep none")
    args = parser.parse_args()
    bot = FakeBot(args.token, record=not args.no_record)
    async with serving(bot, args.port, args.latency) as address:
        print(json.dumps({"address": address}), flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_main())
