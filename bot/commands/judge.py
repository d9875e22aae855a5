"""`simulacro score`."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from typing import Any

from bot import bootstrap
from bot.commands import known_question, read_settings, the_bank
from bot.commands.lines import json_lines, judge_line, read_input
from bot.core import say
from bot.core.asking import put
from bot.core.models import Scorecard, Session
from bot.core.questions import Bank
from bot.scoring.batch import card_data, score_line
from bot.settings import Settings


def score(options: argparse.Namespace) -> int:
    """Score one answer, or every line of a batch."""
    settings = read_settings(options)
    bank = the_bank(settings, options)
    if options.batch:
        return _batch(bank, options.batch)
    question = known_question(bank, options.question)
    text = read_input(options.file)
    card = bootstrap.scorer(bank).score(question, text, options.expected)
    if options.json:
        _print_json({"id": None, **card_data(card)})
    else:
        if sys.stdout.isatty() and card.scores:
            _print_marked(settings, bank, card, text)
        print(_card(settings, bank, card, text))
    return 0


def _batch(bank: Bank, file: str) -> int:
    scorer = bootstrap.scorer(bank)
    for number, line in json_lines(file):
        _print_json(judge_line(score_line, scorer, number, line))
    return 0


def _print_json(value: Any) -> None:
    """One line of JSON; escaped where the output cannot take a character as it is."""
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        line = json.dumps(value)
    print(line, flush=True)


def _card(settings: Settings, bank: Bank, card: Scorecard, text: str) -> str:
    """The scorecard as the chat would show it, in plain text."""
    from bot.channels.terminal.markup import plain

    session = Session("cli", plan=(card.question_id,), card=card, answer=text)
    session = replace(session, first_score=card.score)
    question = put(bank.ask(card.question_id), session, bank)
    message = bootstrap.renderer(settings).message(say.scorecard(session, question), settings.lang)
    return plain(message.html)


def _print_marked(settings: Settings, bank: Bank, card: Scorecard, text: str) -> None:
    """For a person at a terminal: the answer with what earned points in colour, and the table."""
    from bot.channels.terminal.marked import Line, Passage, print_marked
    from bot.channels.terminal.markup import clean
    from bot.report.marking import Row, pieces

    criteria = bank.ask(card.question_id).text(settings.lang).criteria
    rows = [Row(n, criteria[s.id].name, s, 0) for n, s in enumerate(card.scores)]
    print_marked(
        [
            Passage(clean(one.text), [row.number for row in one.criteria], one.error)
            for one in pieces(text, rows, [e for error in card.errors for e in error.evidence])
        ],
        [
            Line(row.name, row.score.level, f"{row.score.points:g} / {row.score.max:g}")
            for row in rows
        ],
    )
    print()
