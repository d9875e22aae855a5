"""Tells what the tests would miss: changes the code a little, one place at a time, and runs them.

Usage: `make mutate`, or `python -m tests.tools.mutate [--count N] [--seed S] [PATHS...]`

The changes are made in a copy of the checkout. A change that fails a test, or takes far too long,
is killed; one that survives is either no change at all or a test that is missing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.tools.mutations import Mutation, mutations

ROOT = Path(__file__).parents[2]
LEFT_OUT = (".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "build", "dist")
PYTEST = ("-m", "pytest", "-x", "-q", "-p", "no:cacheprovider")
PATHS = ("bot/scoring", "bot/core/machine.py", "bot/core/moves.py")
SCORING = "tests/scoring"
SLOW = [f"{SCORING}/test_{n}.py" for n in ("attack_suite", "robustness", "growth", "agreement")]
TESTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "bot/scoring": (
        (SCORING, *(f"--ignore={file}" for file in SLOW)),
        (f"{SCORING}/test_agreement.py",),
        (f"{SCORING}/test_attack_suite.py",),
    ),
    "bot/core": (("tests/core",),),
}
"""Folder -> the tests that watch it, the quick ones first."""


class Mutant(NamedTuple):
    """A mutation and the file it is made in."""

    file: str
    mutation: Mutation

    def __str__(self) -> str:
        return f"{self.file}:{self.mutation.line}: {self.mutation.name}"


class Laboratory:
    """A copy of the checkout in which mutants are tried."""

    def __init__(self, folder: Path) -> None:
        self._root = folder / "checkout"
        shutil.copytree(ROOT, self._root, ignore=shutil.ignore_patterns(*LEFT_OUT))
        self._limits: dict[tuple[str, ...], float | None] = {}

    def pick(self, paths: Sequence[str], count: int, seed: int) -> list[Mutant]:
        """So many mutants of these files and folders, drawn by chance."""
        every = [
            Mutant(file.relative_to(self._root).as_posix(), mutation)
            for path in paths
            for file in self._files(path)
            for mutation in mutations(file.read_bytes())
        ]
        return Random(seed).sample(every, min(count, len(every)))

    def survives(self, mutant: Mutant) -> bool:
        """Whether no test notices a mutant."""
        limits = {stage: self._limit(stage) for stage in _tests(mutant.file)}
        watching = {stage: limit for stage, limit in limits.items() if limit is not None}
        if not watching:
            raise SystemExit(f"no test of {mutant.file} passes without any change")
        file = self._root / mutant.file
        sound = file.read_bytes()
        file.write_bytes(mutant.mutation.applied(sound))
        try:
            return all(self._passes(stage, limit) for stage, limit in watching.items())
        finally:
            file.write_bytes(sound)

    def _files(self, path: str) -> list[Path]:
        whole = self._root / path
        files = sorted(whole.rglob("*.py")) if whole.is_dir() else [whole]
        if not files or not all(file.is_file() for file in files):
            raise SystemExit(f"no Python file: {path}")
        return files

    def _limit(self, stage: tuple[str, ...]) -> float | None:
        """Seconds after which tests hang: several times what they need for the sound code.

        None for tests that fail for the sound code: they can tell nothing.
        """
        if stage not in self._limits:
            began = time.monotonic()
            passes = self._passes(stage, None)
            self._limits[stage] = 10 + 3 * (time.monotonic() - began) if passes else None
            if not passes:
                print(f"left out, fails without any change: {stage[0]}", flush=True)
        return self._limits[stage]

    def _passes(self, stage: tuple[str, ...], limit: float | None) -> bool:
        try:
            done = subprocess.run(
                [sys.executable, *PYTEST, *stage],
                cwd=self._root,
                env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=limit,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0


def _tests(file: str) -> tuple[tuple[str, ...], ...]:
    for folder, stages in TESTS.items():
        if file.startswith(f"{folder}/"):
            return stages
    raise SystemExit(f"no tests are known for {file}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Try the mutants one by one and print what became of them."""
    parser = argparse.ArgumentParser(prog="tests.tools.mutate", description=__doc__)
    parser.add_argument("paths", nargs="*", default=PATHS, help="files and folders to change")
    parser.add_argument("--count", type=int, default=20, help="how many changes to try")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other changes")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        laboratory = Laboratory(Path(folder))
        mutants = laboratory.pick(given.paths, given.count, given.seed)
        killed = 0
        for mutant in mutants:
            survives = laboratory.survives(mutant)
            killed += not survives
            print(f"{'SURVIVED' if survives else 'killed  '} {mutant}", flush=True)
    print(f"{killed} of {len(mutants)} killed: {100 * killed / (len(mutants) or 1):.0f} %")


if __name__ == "__main__":
    main()
