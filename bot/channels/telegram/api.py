"""The Bot API of one bot: its address, its calls, and what is said when it does not answer."""

from __future__ import annotations

import ipaddress
import re
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from telegram import Bot

from bot.channels.telegram.errors import BadAddress, BadToken
from bot.channels.telegram.redact import Redactor
from bot.channels.telegram.request import AioRequest, Call

# No braces: python-telegram-bot would put the token in their place.
_PLAIN = re.compile(
    r"https?://(?:[^\s/?#@\\{}]+@)?(?:\[[^\s\[\]]+\]|[\w.-]+)(?::[0-9]+)?(?:/[^\s?#\\{}]*)?",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{20,}")


class Api:
    """Calls to the Bot API; an async context manager that holds the connections.

    `token` is the bot's, `address` the server's (`https://api.telegram.org`). Raises `BadToken` or
    `BadAddress` when they cannot be ones.
    """

    def __init__(self, token: str, address: str) -> None:
        if not _TOKEN.fullmatch(token):
            raise BadToken("TELEGRAM_BOT_TOKEN holds no bot token: copy it anew from @BotFather.")
        address = address.rstrip("/")
        proxy = _proxy(address)
        self.redact = Redactor(token)
        self._request = AioRequest(self.redact, proxy)
        self.bot = Bot(
            token,
            base_url=f"{address}/bot",
            base_file_url=f"{address}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )
        self._base = self.bot.base_url

    async def __aenter__(self) -> Self:
        await self._request.initialize()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._request.shutdown()

    async def call(
        self,
        method: str,
        params: dict[str, Any],
        file: tuple[str, str, bytes] | None = None,
        within: float | None = None,
    ) -> Any:
        """Call a method and return its result as parsed JSON.

        `within`: seconds the call may take. Raises `telegram.error.TelegramError`.
        """
        return await self._request.call(f"{self._base}/{method}", Call(params, file), within)


def _proxy(address: str) -> str | None:
    """The system's proxy for the server, found once: asking at every call would be dear."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
        known = bool(_PLAIN.fullmatch(address) and _host(host)) and port != 0
    except ValueError:
        known = False
    if not known:
        raise BadAddress(
            "SIMULACRO_TELEGRAM_API must be the address of a Bot API server, such as "
            "https://api.telegram.org or http://127.0.0.1:8081."
        )
    if _loopback(host) or proxy_bypass(f"{host}:{port}" if port else host):
        return None
    return getproxies().get(parts.scheme)


def _host(host: str) -> bool:
    """Whether it is a name or number of a machine; raises `ValueError` for some that are not."""
    if ":" in host:
        ipaddress.IPv6Address(host)
    return bool(host.encode("idna").strip(b".")) or ":" in host


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
