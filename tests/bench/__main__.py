"""Usage: `make bench`, or `python -m tests.bench`. Takes about four minutes."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.resources import data_folder
from tests.bench import growing, opening, whole_path
from tests.bench.growing import Growth
from tests.bench.opening import Openings
from tests.bench.scoring import (
    WORDS,
    ScoreTimes,
    time_languages,
    time_loading,
    time_scores,
    time_worst,
)
from tests.bench.starting import chat_seconds, help_seconds
from tests.bench.table import Part, Target, number, percent, targets
from tests.bench.whole_path import ENTRANTS, Taken, tell

Started = tuple[float, float, float, float]
"""Seconds of `chat --help`, `chat` and `telegram`, and the memory of the last in MB."""

Languages = Mapping[str, tuple[float, float]]
"""Language -> median and p95 of a score in milliseconds."""

Others = tuple[float, float]
"""Milliseconds: of the worst message, of loading the bank."""

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
    languages = time_languages(data_folder("question_bank"))
    others = time_worst(data_folder("question_bank")), time_loading(data_folder("question_bank"))
    paths = {}
    for entrant in ENTRANTS:
        tell(entrant.name)
        paths[entrant.name] = whole_path.run(entrant)
    tell("opening")
    openings = opening.measure()
    growth = growing.compare()
    parts = [
        _paths(paths, scores),
        _scores(scores, languages, others),
        _starts(started),
        _openings(openings),
        _growth(growth),
    ]
    scored = _score_targets(languages, others)
    return parts, [
        *scored,
        *_path_targets(paths),
        *_start_targets(started),
        Target("5,000 questions opened, empty cache", openings.cold, 2, "s"),
        Target("5,000 questions opened, from the cache", openings.cached, 0.3, "s"),
        *_growth_targets(growth),
    ]


# --- the parts --------------------------------------------------------------------------------


def _paths(paths: Mapping[str, Taken], scores: ScoreTimes) -> Part:
    columns = ("messages/s", "CPU ms each", "at 50 ms API", "CPU ms each", "(server's)")
    part = Part("Whole path", columns)
    for name, path in paths.items():
        part.add(name, *map(number, _figures(path)))
        if path.pressed is not None:
            pressed = path.pressed
            part.add("  of which scoring", "", number(scores.a_message))
            part.add("  by buttons", number(pressed.rate), number(pressed.cpu_ms))
    return part


def _figures(path: Taken) -> Sequence[float]:
    typed, late = path.typed, path.late
    return typed.rate, typed.cpu_ms, late.rate, late.cpu_ms, typed.server_ms


def _scores(scores: ScoreTimes, languages: Languages, others: Others) -> Part:
    part = Part(f"Score, an answer of {WORDS} words", ("median ms", "p95 ms"))
    for lang, (median, p95) in languages.items():
        part.add(f"all questions in turn, {lang}", number(median), number(p95))
    part.add("the first answer to a question", number(scores.first), "")
    part.add("the worst message of 4,096 characters", number(others[0]), "")
    part.add("loading the bank", number(others[1]), "")
    return part


def _starts(started: Started) -> Part:
    part = Part("Start", ("seconds", "resident MB"))
    shown, chat, telegram, resident = started
    part.add("simulacro chat --help", number(shown), "")
    part.add("simulacro chat, first words", number(chat), "")
    part.add("simulacro telegram, first answer", number(telegram), number(resident))
    return part


def _openings(found: Openings) -> Part:
    part = Part("Opening a bank", ("empty cache s", "cached s"))
    label = f"{opening.QUESTIONS:,} questions, {found.megabytes:,.0f} MB"
    part.add(label, number(found.cold), number(found.cached))
    part.add("the built-in bank", number(found.own_cold), number(found.own_cached))
    return part


def _growth(growth: Growth) -> Part:
    little, much = growth.little, growth.much
    few, many = f"{growing.FEW:,} / 10", f"100k / {growing.QUESTIONS:,}"
    part = Part("Growth: attempts stored / questions", (few, many, "change"))
    for label, name in _GROWING:
        part.add(*_change(label, getattr(little, name), getattr(much, name)))
    part.add(*_change("score, median ms", little.scores.median, much.scores.median))
    part.add(*_change("score, p95 ms", little.scores.p95, much.scores.p95))
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


def _change(label: str, before: float, after: float) -> tuple[str, str, str, str]:
    return label, number(before), number(after), percent(after / before - 1)


# --- the targets ------------------------------------------------------------------------------


def _score_targets(languages: Languages, others: Others) -> Iterator[Target]:
    for lang, (_, p95) in languages.items():
        yield Target(f"score, p95, {lang}", p95, 5, "ms")
    yield Target("score, the worst message", others[0], 50, "ms")
    yield Target("loading the bank", others[1], 1000, "ms")


def _path_targets(paths: Mapping[str, Taken]) -> Iterator[Target]:
    ours = paths[OURS]
    yield Target("whole path, CPU a message", ours.typed.cpu_ms, 0.9, "ms")
    yield Target("messages/s at 50 ms API", ours.late.rate, 800, least=True)
    for name, times in ((TEXTBOOK, 4), (AIOGRAM, 1)):
        faster = ours.typed.rate / paths[name].typed.rate
        yield Target(f"messages/s against {name}", faster, times, "x", least=True)


def _start_targets(started: Started) -> Iterator[Target]:
    shown, chat, _, _ = started
    yield Target("chat --help", shown, 0.3, "s")
    yield Target("chat ready", chat, 1, "s")


def _growth_targets(growth: Growth) -> Iterator[Target]:
    scoring = growth.much.scores.median / growth.little.scores.median - 1
    yield Target("growth of CPU a message, load by load", 100 * growth.cpu, 10, "%")
    yield Target("growth of scoring", 100 * scoring, 10, "%")


if __name__ == "__main__":
    main()
