"""What makes the Telegram channel stop; each says what is wrong and what to do."""

from __future__ import annotations


class TelegramFailure(Exception):
    """The channel cannot go on; `exit_code` is what the process should end with."""

    exit_code = 1


class BadToken(TelegramFailure):
    """The Bot API does not know the token."""

    exit_code = 2


class BadAddress(TelegramFailure):
    """The address of the Bot API server is none."""

    exit_code = 2


class TwoPollers(TelegramFailure):
    """Another process takes the updates of the same bot."""
