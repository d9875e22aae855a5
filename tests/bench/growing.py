"""Ours with little and with much: two bots side by side, loaded in turn.

In turn, because a shared machine is now fast, now slow: what drifts must drift for both.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.resources import data_folder
from tests.bench.growth import Copies, fill, generate_bank
from tests.bench.load import Crowd, by_buttons
from tests.bench.scoring import ScoreTimes, time_scores
from tests.bench.serving import Served, Serving
from tests.bench.starting import chat_seconds
from tests.bench.whole_path import LATENCY, WARM_UP, tell

FEW, MANY = 3_000, 100_000  # attempts stored
FEW_CHATS, MANY_CHATS = 3_000, 10_000
QUESTIONS = 5_000
PRACTISED = 3  # copies of each question the crowd practises
ROUNDS = 5
CHATS = 150  # a round


@dataclass
class Side:
    """A bot with its crowd, and what its loads took."""

    bot: Serving
    crowd: Crowd
    typed: list[Served]
    late: list[Served]
    pressed: list[Served]

    @property
    def taken(self) -> list[float]:
        """CPU ms a message of every load."""
        return [one.cpu_ms for one in (*self.typed, *self.pressed, *self.late)]

    def play(self) -> None:
        """A round: by words, by buttons, by words with latency."""
        self.typed.append(self.bot.serve(self.crowd.load(CHATS)))
        self.pressed.append(self.bot.serve(self.crowd.load(CHATS, by_buttons)))
        self.late.append(self.bot.serve(self.crowd.load(CHATS), LATENCY))


@dataclass(frozen=True, slots=True)
class Figures:
    """One side's medians. `scores` of the whole bank, `ready_s` and `chat_s` of the start."""

    rate: float
    rate_late: float
    cpu_ms: float
    cpu_ms_late: float
    cpu_ms_pressed: float
    resident_mb: float
    ready_s: float
    chat_s: float
    scores: ScoreTimes


@dataclass(frozen=True, slots=True)
class Growth:
    """Both sides, and how much more CPU a message takes with much (0.1: a tenth more).

    The median over pairs of loads that followed each other, so that drift is in both.
    """

    little: Figures
    much: Figures
    cpu: float


def compare() -> Growth:
    """Load both sides in turn."""
    with TemporaryDirectory() as temporary, ExitStack() as running:
        little, much = Path(temporary) / "little", Path(temporary) / "much"
        for folder in (little, much):
            folder.mkdir()
        tell(f"storing {MANY:,} attempts, writing {QUESTIONS:,} questions")
        fill(little / "bot.db", FEW, FEW_CHATS)
        fill(much / "bot.db", MANY, MANY_CHATS)
        bank = much / "bank"
        copies = generate_bank(bank, QUESTIONS)
        practised = {question: ids[:PRACTISED] for question, ids in copies.items()}
        tell("starting with them")
        sides = (
            _side(running, little, data_folder("question_bank"), {}),
            _side(running, much, bank, practised),
        )
        tell("little and much in turn")
        for _ in range(ROUNDS):
            for side in sides:
                side.play()
        tell("scoring and chatting with them")
        return Growth(
            _figures(sides[0], little, data_folder("question_bank"), {}),
            _figures(sides[1], much, bank, practised),
            _median([b / a - 1 for a, b in zip(*(side.taken for side in sides), strict=True)]),
        )


def _side(running: ExitStack, folder: Path, bank: Path, practised: Copies) -> Side:
    bot = running.enter_context(Serving(folder, more={"SIMULACRO_BANK": str(bank)}))
    side = Side(bot, Crowd(practised), [], [], [])
    bot.serve(side.crowd.load(WARM_UP))
    return side


def _figures(side: Side, folder: Path, bank: Path, practised: Copies) -> Figures:
    more = {"SIMULACRO_BANK": str(bank), "SIMULACRO_DATABASE": str(folder / "bot.db")}
    with ThreadPoolExecutor() as beside:  # it takes another process: one core is left for us
        chat = beside.submit(chat_seconds, folder, 1, more)
        scores = time_scores(bank, practised)
    return Figures(
        rate=_median([one.rate for one in side.typed]),
        rate_late=_median([one.rate for one in side.late]),
        cpu_ms=_median([one.cpu_ms for one in side.typed]),
        cpu_ms_late=_median([one.cpu_ms for one in side.late]),
        cpu_ms_pressed=_median([one.cpu_ms for one in side.pressed]),
        resident_mb=side.bot.resident_mb,
        ready_s=side.bot.ready_s,
        chat_s=chat.result(),
        scores=scores,
    )


def _median(figures: Sequence[float]) -> float:
    return statistics.median(figures)
