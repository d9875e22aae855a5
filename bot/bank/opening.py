"""Opens the bank for use: quickly, from a cache, and whatever is wrong with a folder of one's own.

The built-in bank is checked by `bank check`, in CI too: here only the structure of its questions
is read, and a text when it is first asked for. A folder laid over it is read in full, unless it
is very large; what is wrong with it is left out and told.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from bot.bank.cache import Tables
from bot.bank.layers import Layers, is_shared, question_of
from bot.bank.loading import Reading
from bot.bank.problems import BankError, Problem
from bot.bank.source import Source
from bot.core.questions import Bank

UNUSED = ("samples", "attacks")  # folders nobody practises with
MANY = 200  # questions from which texts are neither read nor digested beforehand


@dataclass(frozen=True, slots=True)
class Opened:
    """A bank, and what is wrong with the folder laid over it; none of that is in the bank."""

    bank: Bank
    problems: tuple[Problem, ...] = ()


def is_whole(folder: Path) -> bool:
    """Whether a folder is a bank by itself, not one to be laid over the built-in bank."""
    return (folder / "scoring.toml").is_file() and (folder / "lexicons").is_dir()


def open_bank(
    root: Path, own: Path | None = None, cache: Path | None = None, strict: bool = False
) -> Opened:
    """The bank in `root`, with the folder `own` laid over it.

    `cache` is a folder parsed files are kept in. Raises `BankError` for what is wrong with
    `root` and, if `strict`, with `own`.
    """
    tables = Tables(cache, f"{root}\n{own}")
    with _uncollected():
        opened = _opened(root, own, tables, strict)
        if len(opened.bank.questions) > MANY:
            gc.freeze()  # nor to be gone over later
    tables.save()
    return opened


def _opened(root: Path, own: Path | None, tables: Tables, strict: bool) -> Opened:
    told: list[Problem] = []
    left_out: set[str] = set()
    while True:
        source = _source(root, own, tables, left_out)
        reading = Reading(source)
        if source.own:
            reading.check_places()
        bank = reading.bank(later=_later(source, reading))
        bank = replace(bank, digest=_digest(reading, bank))
        faulty = _faulty(source, reading) - left_out
        if strict or not faulty:
            break
        told += source.problems
        left_out |= faulty
    if source.problems and (strict or not _is_outside(source)):
        raise BankError(source.problems)
    return Opened(bank, tuple(dict.fromkeys([*told, *source.problems])))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without garbage collection: in a bank nothing is garbage, and to look takes as long."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _source(root: Path, own: Path | None, tables: Tables, left_out: set[str]) -> Source:
    if own is None:
        return Source(root, tables, UNUSED)
    return Layers(root, own, tables, UNUSED, left_out)


def _later(source: Source, reading: Reading) -> Callable[[str], bool]:
    """Which questions' texts wait until they are asked for: not own ones, nor what needs these."""
    own = source.own_questions if isinstance(source, Layers) else frozenset()
    if len(own) > MANY:
        return lambda _: True
    needing = {
        id
        for id, file in reading.files.items()
        if own & {id, *(entry.origin for entry in file.criteria)}
    }
    return lambda question_id: question_id not in needing


def _is_outside(source: Source) -> bool:
    """Whether all that is wrong lies in the own folder, where it is no file of a bank."""
    return isinstance(source, Layers) and set(source.problems) <= set(source.outside)


def _faulty(source: Source, reading: Reading) -> set[str]:
    """The own files to be left out for the problems there are, a question's all together."""
    if not isinstance(source, Layers):
        return set()
    found: set[str] = set()
    for problem in source.problems:
        if problem not in source.outside:
            found |= _blamed(problem, source, reading)
    return found


def _blamed(problem: Problem, source: Layers, reading: Reading) -> set[str]:
    """Own files because of which there is a problem; of a built-in file, what it depends on."""
    question = question_of(problem.path)
    if source.is_over(problem.path) and problem.file != problem.path:
        return source.own_files(question) if question else {problem.path}
    if shared := {file for file in source.own if is_shared(file)}:
        return shared
    asked = reading.files.get(question or "")
    origins = {entry.origin for entry in asked.criteria} if asked else set()
    return set().union(*(source.own_files(one) for one in origins if one)) or source.own_files()


def _digest(reading: Reading, bank: Bank) -> str:
    """Over all files a score can depend on; in a very large bank over those read until now."""
    if len(bank.questions) <= MANY:
        for question_id in reading.files:
            for path in reading.text_files(question_id).values():
                with suppress(OSError):
                    reading.source.content(path)
    return reading.source.digest()
