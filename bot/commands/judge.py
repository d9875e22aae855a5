"""`simulacro score` and `simulacro evaluate`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot import bootstrap
from bot.bank.problems import printable
from bot.cli import Failed, WrongUse
from bot.commands import known_question, read_settings
from bot.core import say
from bot.core.models import Bank, Scorecard, Session
from bot.scoring.batch import card_data, pair_line, score_line
from bot.scoring.evaluate import Agreement
from bot.scoring.evaluate import evaluate as agree
from bot.settings import Settings


def score(options: argparse.Namespace) -> int:
    """Score one answer, or every line of a batch."""
    settings = read_settings(options)
    bank = bootstrap.load_bank(settings)
    if options.batch:
        return _batch(bank, options.batch)
    question = known_question(bank, options.question)
    text = _read(options.file)
    card = bootstrap.scorer(bank).score(question, text, options.lang)
    if options.json:
        _print_json({"id": None, **card_data(card)})
    else:
        print(_card(settings, bank, card, text))
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """Print how well the scores agree with a panel's."""
    bank = bootstrap.load_bank(read_settings(options))
    scorer = bootstrap.scorer(bank)
    pairs = [_line(pair_line, scorer, number, line) for number, line in _lines(options.file)]
    if not pairs:
        raise Failed(f"{options.file}: there are no graded answers in it")
    found = agree(pairs)
    width = max(len(name) for name in (*found.questions, "all"))
    heading = f"{'question':{width}}    n  Pearson  Spearman  RMSE  false accepts  false rejects"
    print(heading)
    for name, row in {**found.questions, "all": found.overall}.items():
        print(f"{name:{width}}  {_figures(row)}")
    for kind, ids in (
        ("false accepts", found.overall.false_accepts),
        ("false rejects", found.overall.false_rejects),
    ):
        print(f"{kind}: {', '.join(map(printable, ids)) or 'none'}")
    return 0


def _figures(row: Agreement) -> str:
    pearson, spearman = (_number(value) for value in (row.pearson, row.spearman))
    wrong = f"{len(row.false_accepts):13d}  {len(row.false_rejects):13d}"
    return f"{row.count:3d}  {pearson:>7}  {spearman:>8}  {row.rmse:4.2f}  {wrong}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _batch(bank: Bank, file: str) -> int:
    scorer = bootstrap.scorer(bank)
    for number, line in _lines(file):
        _print_json(_line(score_line, scorer, number, line))
    return 0


def _print_json(value: Any) -> None:
    """One line of JSON; escaped where the output cannot take a character as it is."""
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        line = json.dumps(value)
    print(line, flush=True)


def _line(work: Any, scorer: Any, number: int, line: Any) -> Any:
    try:
        return work(scorer, line)
    except ValueError as error:
        raise Failed(f"line {number}: {error}") from None


def _lines(file: str) -> Iterator[tuple[int, Any]]:
    """The JSON objects of a file and their line numbers, from 1; empty lines are passed over."""
    # Not `splitlines`: JSON may hold U+2028 and its like as they are.
    for number, line in enumerate(_read(file).split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line, parse_constant=_no_number)
            except (ValueError, RecursionError):
                raise Failed(f"{file}: line {number}: is not JSON, expected an object") from None


def _no_number(name: str) -> None:
    """NaN and infinities are no JSON; they could not be written out again."""
    raise ValueError(name)


def _read(file: str | None) -> str:
    """A file, or standard input for none and `-`; anything that is not UTF-8 is marked."""
    if file in (None, "-"):
        return sys.stdin.buffer.read().decode("utf-8-sig", "replace")
    path = Path(file or "")
    if path.is_dir():
        raise WrongUse(f"{file}: is a folder, expected a file")
    return path.read_bytes().decode("utf-8-sig", "replace")


def _card(settings: Settings, bank: Bank, card: Scorecard, text: str) -> str:
    """The scorecard as the chat would show it, in plain text."""
    from bot.channels.terminal.markup import plain

    question = bank.ask(card.question_id)
    session = Session("cli", plan=(question.id,), card=card, answer=text, first_score=card.score)
    message = bootstrap.renderer(settings).message(say.scorecard(session, question), settings.lang)
    return plain(message.html)
