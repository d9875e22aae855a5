"""The token is written down nowhere."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from bot.channels.telegram.redact import Redactor, redact_logs
from tests.telegram.fake_bot import TOKEN

SECRET = TOKEN.partition(":")[2]


@pytest.mark.parametrize(
    "text",
    [
        f"GET https://api.telegram.org/bot{TOKEN}/getMe",
        f"bot{quote(TOKEN, safe='')}",
        f"only {SECRET}",
        f"{TOKEN}{TOKEN}",
        "another bot's: 987654321:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr",
    ],
)
def test_no_form_of_a_token_stays(text: str) -> None:
    shown = Redactor(TOKEN)(text)
    assert SECRET not in shown
    assert "AAbbCC" not in shown
    assert "<token>" in shown


def test_other_text_stays() -> None:
    assert Redactor(TOKEN)("at 10:30 question 3:5") == "at 10:30 question 3:5"


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    redact_logs(Redactor(TOKEN), [handler])
    logger = logging.getLogger("simulacro.test_redact")
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, out
    logger.removeHandler(handler)


def test_messages_arguments_and_tracebacks_are_redacted(
    log: tuple[logging.Logger, io.StringIO],
) -> None:
    logger, out = log
    try:
        raise RuntimeError(f"no answer from /bot{TOKEN}/getMe")
    except RuntimeError:
        logger.exception("polling %s", TOKEN)
    assert SECRET not in out.getvalue()
    assert out.getvalue().startswith("ERROR polling <token>\nTraceback")
    assert "/bot<token>/getMe" in out.getvalue()
