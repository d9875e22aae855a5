"""Keeps the bot's token out of whatever is written down.

A Formatter, not a Filter: a filter sees a record before its arguments and its traceback are put
into words, and the token is most often in the traceback.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from urllib.parse import quote

HIDDEN = "<token>"
_ANY_TOKEN = re.compile(r"\b\d{5,20}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)


class Redactor:
    """Replaces a token, also percent-encoded or without the bot's number, by `<token>`."""

    def __init__(self, token: str) -> None:
        secret = token.partition(":")[2]
        forms = {token, quote(token, safe=""), secret if len(secret) >= 8 else ""} - {""}
        longest_first = sorted(forms, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def __call__(self, text: str) -> str:
        """`text` without the token, or any other that looks like one."""
        return _ANY_TOKEN.sub(HIDDEN, self._known.sub(HIDDEN, text))


class RedactingFormatter(logging.Formatter):
    """Formats as `inner` does, tracebacks included, and redacts what came of it."""

    def __init__(self, redact: Redactor, inner: logging.Formatter | None = None) -> None:
        super().__init__()
        self._redact, self._inner = redact, inner or logging.Formatter()

    def format(self, record: logging.LogRecord) -> str:
        """The finished line or lines, without the token."""
        return self._redact(self._inner.format(record))


def redact_logs(redact: Redactor, handlers: Iterable[logging.Handler] | None = None) -> None:
    """Make `handlers` (by default those of the root logger) write no token."""
    if handlers is None:
        handlers = [*logging.getLogger().handlers, *filter(None, [logging.lastResort])]
    for handler in handlers:
        handler.setFormatter(RedactingFormatter(redact, handler.formatter))
