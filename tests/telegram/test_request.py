"""HTTP: python-telegram-bot's own errors, without the token in them."""

from __future__ import annotations

import asyncio
import json
import traceback

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.api import Api
from bot.channels.telegram.errors import BadAddress, BadToken
from bot.channels.telegram.redact import Redactor
from bot.channels.telegram.request import AioRequest, Call, checked
from bot.channels.telegram.sending import seconds
from tests.telegram.fake_bot import TOKEN, FakeBot, Fault


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, BadRequest),
        (401, InvalidToken),
        (403, Forbidden),
        (404, InvalidToken),
        (409, Conflict),
        (413, BadRequest),
        (500, NetworkError),
        (0, NetworkError),
    ],
)
async def test_answers_become_the_errors_of_the_library(
    api: Api, fake: FakeBot, status: int, error: type[TelegramError]
) -> None:
    fake.faults.append(Fault(status=status, description="Bad Request: so it is"))
    with pytest.raises(error):
        await api.call("getMe", {})


async def test_a_flood_says_how_long_to_wait(api: Api, fake: FakeBot) -> None:
    fake.faults.append(Fault(status=429, retry_after=3))
    with pytest.raises(RetryAfter) as raised:
        await api.call("getMe", {})
    assert seconds(raised.value) == 3


async def test_a_slow_answer_times_out(api: Api, fake: FakeBot) -> None:
    fake.faults.append(Fault(seconds=60))
    with pytest.raises(TimedOut):
        await api.call("getMe", {}, within=0.05)


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "http://nowhere.invalid"])
async def test_no_error_shows_the_token(address: str) -> None:
    async with Api(TOKEN, address) as api:
        with pytest.raises(NetworkError) as raised:
            await api.call("getMe", {})
    shown = "".join(traceback.format_exception(raised.value))
    assert TOKEN.partition(":")[2] not in shown


async def test_the_library_s_own_methods_work_through_it(api: Api, fake: FakeBot) -> None:
    assert (await api.bot.get_me()).username == "simulacro_test_bot"
    assert await api.bot.delete_webhook(drop_pending_updates=False)
    sent = await api.bot.send_document(5, b"text", filename="a.txt", caption="c")
    assert fake.of("sendDocument")[0].files == {"document": ("a.txt", "text")}
    assert sent.message_id == 1


@pytest.mark.parametrize("payload", [b"", b"[]", b"<html>", b'{"a":', b"[" * 10_000_0])
def test_an_answer_that_is_none_is_an_error_of_the_library(payload: bytes) -> None:
    with pytest.raises(TelegramError):
        AioRequest.parse_json_payload(payload)


@pytest.mark.parametrize("token", ["", "with space", "1:a/b", "1:a?b", "1:ñ", "1:a\n"])
def test_what_cannot_be_a_token_is_refused_at_once(token: str) -> None:
    with pytest.raises(BadToken):
        Api(token, "https://api.telegram.org")


@pytest.mark.parametrize("address", ["", "api.telegram.org", "ftp://x", "http://", "http://[x"])
def test_what_cannot_be_an_address_is_refused_at_once(address: str) -> None:
    with pytest.raises(BadAddress):
        Api(TOKEN, address)


async def test_a_closed_pool_is_a_network_error(server: str) -> None:
    with pytest.raises(NetworkError):
        await Api(TOKEN, server).call("getMe", {})


ODD = ["5", 1e14, [5], {"a": 1}, -0.5, True, None]


@pytest.mark.parametrize("status", [200, 400, 403, 429, 500])
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "where", ["retry_after", "migrate_to_chat_id", "parameters", "description"]
)
def test_odd_errors_are_errors_of_the_library(status: int, odd: object, where: str) -> None:
    body: dict[str, object] = {"ok": False, "error_code": status, "description": "so it is"}
    nested = where in ("retry_after", "migrate_to_chat_id")
    body |= {"parameters": {where: odd}} if nested else {where: odd}
    request = AioRequest(Redactor(TOKEN))

    async def answered(*_: object, **__: object) -> tuple[int, bytes]:
        return checked(status, json.dumps(body).encode())

    request.do_request = answered  # type: ignore[method-assign]
    with pytest.raises(TelegramError) as raised:
        asyncio.run(request.call("http://127.0.0.1/botx/getMe", Call({})))
    assert not isinstance(raised.value, RetryAfter | ChatMigrated)


def test_a_long_flood_is_asked_about_again_after_an_hour() -> None:
    body = b'{"ok":false,"error_code":429,"parameters":{"retry_after":80000}}'
    with pytest.raises(RetryAfter) as raised:
        checked(429, body)
    assert seconds(raised.value) == 3600


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"ok":false,"error_code":409,"description":"Conflict"}', 409),
        (b'{"ok":false,"error_code":500}', 500),
        (b'{"ok":false}', 502),
        (b'{"ok":"yes","result":1}', 502),
        (b'{"result":1}', 502),
        (b'{"ok":false,"error_code":200}', 502),
        (b'{"ok":false,"error_code":true}', 502),
        (b'{"error_code":"500"}', 502),
        (b"{}", 502),
        (b"[]", 502),
        (b"<html>", 502),
        (b'{"ok":true,"result":1}', 200),
        (b'{"ok": true, "result": 1}', 200),
        (b'{"result":1, "ok":  true}', 200),
    ],
)
def test_only_what_says_ok_is(body: bytes, status: int) -> None:
    assert checked(200, body)[0] == status


ODD_ADDRESSES = (
    *(
        "http://a..b:1",
        "http://[::1]x:1",
        "http://{token}:1",
        "http://127.0.0.1:1/{}",
        "http://.:1",
    ),
    *(
        "http://" + "a" * 80,
        "http://exa mple",
        "http://127.0.0.1:1\\@x",
        "http://a/b?c",
        "http://a#b",
    ),
    *("http://*:1", "http://[zz]:1", "http://a:0", "http://a:\u0661"),
)


@pytest.mark.parametrize("address", ODD_ADDRESSES)
def test_an_odd_address_is_refused_at_once(address: str) -> None:
    with pytest.raises(BadAddress, match="SIMULACRO_TELEGRAM_API"):
        Api(TOKEN, address)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "http://localhost:8081",
            "HTTP://127.0.0.1:1",
            "https://u:p@bots.example/way/",
            "http://[::1]:1",
        ),
        *("http://ñ.example", "http://bot_api:8081", "http://host."),
    ],
)
def test_an_uncommon_address_is_taken(address: str) -> None:
    Api(TOKEN, address)
