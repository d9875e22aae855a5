"""Files of answers: one, or one JSON object a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.cli import Failed, WrongUse


def judge_line(work: Any, scorer: Any, number: int, line: Any) -> Any:
    """What `work` makes of a line; a bad one is told with its number."""
    try:
        return work(scorer, line)
    except ValueError as error:
        raise Failed(f"line {number}: {error}") from None


def json_lines(file: str) -> Iterator[tuple[int, Any]]:
    """The JSON objects of a file and their line numbers, from 1; empty lines are passed over."""
    # Not `splitlines`: JSON may hold U+2028 and its like as they are.
    for number, line in enumerate(read_input(file).split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line, parse_constant=_no_number, parse_float=_finite)
            except (ValueError, RecursionError):
                raise Failed(f"{file}: line {number}: is not JSON, expected an object") from None


def _finite(digits: str) -> float:
    """A number; one too large for it could not be written out again."""
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise ValueError(digits)
    return value


def _no_number(name: str) -> None:
    """NaN and infinities are no JSON; they could not be written out again."""
    raise ValueError(name)


def read_input(file: str | None) -> str:
    """A file, or standard input for none and `-`; anything that is not UTF-8 is marked."""
    if file in (None, "-"):
        return sys.stdin.buffer.read().decode("utf-8-sig", "replace")
    path = Path(file or "")
    if path.is_dir():
        raise WrongUse(f"{file}: is a folder, expected a file")
    return path.read_bytes().decode("utf-8-sig", "replace")
