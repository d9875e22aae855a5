"""How long a bank of 5,000 questions takes to open: the first time, and from the cache.

The questions are copies of the built-in ones, in all their languages and at their full size. Each
opening is a process of its own; its imports do not count. The best of three is told: what other
work on the machine adds is not the bank's.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from bot.resources import data_folder
from tests.bench.growth import generate_bank

QUESTIONS = 5_000
TRIES = 3
OPEN = """
import sys, time
from pathlib import Path
from bot.bank import open_bank
root, cache = map(Path, sys.argv[1:3])
began = time.perf_counter()
bank = open_bank(root, cache=cache).bank
taken = time.perf_counter() - began
assert len(bank.questions) >= int(sys.argv[3])
print(taken)
"""


@dataclass(frozen=True, slots=True)
class Openings:
    """Seconds: with an empty cache and a full one, of 5,000 questions and of the built-in ones."""

    cold: float
    cached: float
    own_cold: float
    own_cached: float
    megabytes: float


def measure() -> Openings:
    """Generate the bank and open it."""
    with TemporaryDirectory() as folder:
        bank, cache = Path(folder, "bank"), Path(folder, "cache")
        generate_bank(bank, QUESTIONS)
        size = sum(path.stat().st_size for path in bank.rglob("*.toml")) / 1e6
        large = _both(bank, cache, QUESTIONS)
        return Openings(*large, *_both(data_folder("question_bank"), cache, 1), size)


def _both(bank: Path, cache: Path, questions: int) -> tuple[float, float]:
    cold, cached = [], []
    for _ in range(TRIES):
        rmtree(cache, ignore_errors=True)
        cold.append(_open(bank, cache, questions))
        cached.append(_open(bank, cache, questions))
    return min(cold), min(cached)


def _open(bank: Path, cache: Path, questions: int) -> float:
    command = [sys.executable, "-c", OPEN, str(bank), str(cache), str(questions)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)
