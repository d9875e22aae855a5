"""Usage: `make bench`, or `python -m tests.bench`. Takes about four minutes."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.resources import data_folder
from tests.bench import growing, whole_path
from tests.bench.growing import Figures
from tests.bench.scoring import WORDS, ScoreTimes, time_scores
from tests.bench.starting import chat_seconds, help_seconds
from tests.bench.table import Part, Target, number, percent, targets
from tests.bench.whole_path import ENTRANTS, Path3, tell

OURS, AIOGRAM, TEXTBOOK, _ = (entrant.name for entrant in ENTRANTS)


def main() -> None:
    """Measure everything, print the table."""
    began = time.monotonic()
    parts, found = _measure()
    version = f"Python {platform.python_version()}, {os.cpu_count()} cores"
    print(f"Simulacro, {version}; all in one run of {time.monotonic() - began:.0f} s")
    for part in [*parts, targets(found)]:
        print("\n".join(part.lines()))


def _measure() -> tuple[list[Part], list[Target]]:
    tell("starting")
    ready_s, resident_mb = whole_path.start()
    with TemporaryDirectory() as folder:
        started = (help_seconds(), chat_seconds(Path(folder)), ready_s, resident_mb)
    tell("scoring")
    scores = time_scores(data_folder("question_bank"))
    paths = {}
    for entrant in ENTRANTS:
        tell(entrant.name)
        paths[entrant.name] = whole_path.run(entrant)
    little, much = growing.compare()
    parts = [_paths(paths, scores), _scores(scores), _starts(started), _growth(little, much)]
    return parts, [*_path_targets(paths), *_start_targets(started), *_growth_targets(little, much)]


# --- the parts --------------------------------------------------------------------------------


def _paths(paths: Mapping[str, Path3], scores: ScoreTimes) -> Part:
    columns = ("messages/s", "CPU ms each", "at 50 ms API", "CPU ms each", "(server's)")
    part = Part("Whole path", columns)
    for name, path in paths.items():
        part.add(name, *map(number, _figures(path)))
        if path.pressed is not None:
            pressed = path.pressed
            part.add("  by buttons", number(pressed.rate), number(pressed.cpu_ms), "", "")
            part.add("  of which scoring", "", number(scores.a_message), "", "")
    return part


def _figures(path: Path3) -> Sequence[float]:
    typed, late = path.typed, path.late
    return typed.rate, typed.cpu_ms, late.rate, late.cpu_ms, typed.server_ms


def _scores(scores: ScoreTimes) -> Part:
    part = Part(f"Score, an answer of {WORDS} words", ("median ms", "p95 ms"))
    part.add("all questions in turn", number(scores.median), number(scores.p95))
    part.add("the first answer to a question", number(scores.first), "")
    return part


def _starts(started: tuple[float, float, float, float]) -> Part:
    part = Part("Start", ("seconds", "resident MB"))
    shown, chat, telegram, resident = started
    part.add("simulacro chat --help", number(shown), "")
    part.add("simulacro chat, first words", number(chat), "")
    part.add("simulacro telegram, first answer", number(telegram), number(resident))
    return part


def _growth(little: Figures, much: Figures) -> Part:
    columns = (f"{growing.FEW:,} / 10", f"{growing.MANY:,} /", "")
    part = Part("Growth: attempts stored / questions", columns)
    part.columns = (columns[0], f"{growing.MANY // 1000}k / {growing.QUESTIONS:,}", "change")
    for label, name in _GROWING:
        before, after = getattr(little, name), getattr(much, name)
        part.add(label, number(before), number(after), percent(after / before - 1))
    part.add(*_row("score, median ms", little.scores.median, much.scores.median))
    part.add(*_row("score, p95 ms", little.scores.p95, much.scores.p95))
    for label, name in _LOADING:
        part.add(label, number(getattr(little, name)), number(getattr(much, name)), "")
    return part


_GROWING = (
    ("CPU ms a message", "cpu_ms"),
    ("CPU ms a message, by buttons", "cpu_ms_pressed"),
    ("CPU ms a message, at 50 ms API", "cpu_ms_late"),
    ("messages/s", "rate"),
    ("messages/s, at 50 ms API", "rate_late"),
)
_LOADING = (
    ("simulacro telegram, first answer, s", "ready_s"),
    ("simulacro chat, first words, s", "chat_s"),
    ("resident MB, in the end", "resident_mb"),
)


def _row(label: str, before: float, after: float) -> tuple[str, str, str, str]:
    return label, number(before), number(after), percent(after / before - 1)


# --- the targets ------------------------------------------------------------------------------


def _path_targets(paths: Mapping[str, Path3]) -> list[Target]:
    ours, textbook, aiogram = paths[OURS], paths[TEXTBOOK], paths[AIOGRAM]
    return [
        Target("whole path, CPU a message", ours.typed.cpu_ms, 0.9, "ms"),
        Target("messages/s at 50 ms API", ours.late.rate, 800, least=True),
        Target("times the textbook's messages/s", ours.typed.rate / textbook.typed.rate, 4, "x", least=True),
        Target("times aiogram's messages/s", ours.typed.rate / aiogram.typed.rate, 1, "x", least=True),
    ]


def _start_targets(started: tuple[float, float, float, float]) -> list[Target]:
    return [
        Target("chat --help", started[0], 0.3, "s"),
        Target("chat ready", started[1], 1, "s"),
    ]


def _growth_targets(little: Figures, much: Figures) -> list[Target]:
    return [
        Target("growth of CPU a message", 100 * (much.cpu_ms / little.cpu_ms - 1), 10, "%"),
        Target("growth of scoring", 100 * (much.scores.median / little.scores.median - 1), 10, "%"),
    ]


if __name__ == "__main__":
    main()
