"""The whole path, ours and that of others, each alone on the machine with its server."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.growth import fill, make
from tests.bench.load import Crowd, by_buttons
from tests.bench.serving import OURS, Served, Serving, contender

LATENCY = 0.05  # seconds the API takes for each call, in the second load
WARM_UP = 60  # chats
STARTS = 3
KNOWN = 6_000  # chats that have practised before


@dataclass(frozen=True, slots=True)
class Entrant:
    """A bot, and how many chats it is given without latency and with: slow ones get fewer."""

    name: str
    command: Sequence[str]
    chats: int
    chats_late: int
    buttons: bool = False


ENTRANTS = (
    Entrant("simulacro telegram", OURS, 1500, 1500, buttons=True),
    Entrant("aiogram, same work", contender("with_aiogram"), 600, 600),
    Entrant("textbook, same work", contender("textbook"), 200, 20),
    Entrant("python-telegram-bot, echo only", contender("echo"), 600, 30),
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What an entrant took: without latency, with it, and by buttons (ours only)."""

    typed: Served
    late: Served
    pressed: Served | None


def run(entrant: Entrant) -> Taken:
    """Have an entrant serve its loads, after a warm-up."""
    with TemporaryDirectory() as folder:
        fill(Path(folder) / "bot.db", KNOWN, KNOWN)
        with Serving(Path(folder), entrant.command) as bot:
            crowd = Crowd()
            bot.serve(crowd.load(WARM_UP))
            return Taken(
                typed=bot.serve(crowd.load(entrant.chats)),
                late=bot.serve(crowd.load(entrant.chats_late), LATENCY),
                pressed=bot.serve(crowd.load(500, by_buttons)) if entrant.buttons else None,
            )


def start() -> tuple[float, float]:
    """Seconds until `simulacro telegram` has answered a first message, the best of some starts,
    and its memory then, in MB."""
    return min(_start() for _ in range(STARTS))


def _start() -> tuple[float, float]:
    with TemporaryDirectory() as folder:
        make(Path(folder) / "bot.db")
        with Serving(Path(folder)) as bot:
            return bot.ready_s, bot.resident_mb


def tell(words: str) -> None:
    """Say on standard error what is going on."""
    print(f"... {words}", file=sys.stderr, flush=True)
