"""Answers tried on a question while its author edits it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TextIO

from bot.bank import BankError, Opened
from bot.core.models import Score, Scorecard

if TYPE_CHECKING:
    from bot.core.questions import Bank
    from bot.scoring.scorer import Scorer

END = "."  # a line that ends an answer
LOOK = 1.0  # seconds between two looks at the files
QUOTES = 3  # quotes of a criterion
ASK = f"Paste an answer; a line with only “{END}” ends it. Ctrl-D leaves."


class Trying:
    """Scores answers to a question; knows when the bank's files have changed."""

    def __init__(
        self,
        open_bank: Callable[[], Opened],
        make_scorer: Callable[[Bank], Scorer],
        question: str,
        lang: str,
    ) -> None:
        """`open_bank` reads the bank anew each time; its digest tells whether it changed."""
        self._open = open_bank
        self._make = make_scorer
        self._question, self._lang = question, lang
        self._opened = open_bank()
        self._opened.bank.ask(question).text(lang)  # now, before anybody edits it
        self._scorer = make_scorer(self._opened.bank)
        self._answer = ""
        self._before: Scorecard | None = None

    def answer(self, text: str) -> list[str]:
        """The lines that tell how an answer scores and why."""
        self._answer, self._before = text, None
        return self._told()

    def look(self) -> list[str]:
        """What to tell now that the files may have changed: nothing if they have not."""
        try:
            opened = self._open()
            if (opened.bank.digest, opened.problems) == self._state():
                self._error = ""
                return []
            told = [str(problem) for problem in opened.problems]
            if self._question not in opened.bank.questions:
                return self._once("\n".join(told))
            opened.bank.ask(self._question).text(self._lang)  # a text is read when asked for
        except BankError as error:
            return self._once(str(error))
        self._opened, self._scorer = opened, self._make(opened.bank)
        self._error = ""
        return ["— saved —", *told, *(self._told() if self._answer else [])]

    _error = ""

    def _once(self, error: str) -> list[str]:
        """An error is told when it is new: half-written files are read again and again."""
        if error == self._error:
            return []
        self._error = error
        return error.splitlines()

    def _state(self) -> tuple[str, object]:
        return self._opened.bank.digest, self._opened.problems

    def _told(self) -> list[str]:
        card = self._scorer.score(self._question, self._answer, self._lang)
        lines = list(_lines(card, self._before))
        self._before = card
        return lines


def _lines(card: Scorecard, before: Scorecard | None) -> Iterator[str]:
    change = f" ({card.score - before.score:+d})" if before else ""
    yield f"{card.score}/100{change}" + (f"  gate: {card.gate}" if card.gate else "")
    for score in card.scores:
        yield from _criterion(score, before.get(score.id) if before else None)
    for error in card.errors:
        for evidence in error.evidence:
            yield f"  wrong  {error.id}: “{evidence.text}” <- {evidence.phrase}"
    for share in card.shares:
        yield f"  {share.name:<10} {share.points:>4}" + (f" of {share.max}" if share.max else "")


def _criterion(score: Score, before: Score | None) -> Iterator[str]:
    change = score.points - before.points if before else 0
    moved = f"  ({change:+g})" if change else ""
    yield f"  level {score.level}  {score.id:<28} {score.points:>4g} of {score.max:g}{moved}"
    for evidence in score.evidence[:QUOTES]:
        by = f" <- {evidence.phrase}" if evidence.phrase else ""
        yield f"           “{evidence.text}”{by}"


def attend(trying: Trying, given: TextIO, told: TextIO) -> None:
    """Reads answers until the end of input; meanwhile tells when saved files change a score."""
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in given:
            lines.put(line)
        lines.put("")

    threading.Thread(target=read, daemon=True).start()
    print(ASK, file=told, flush=True)
    answer: list[str] = []
    while True:
        try:
            line = lines.get(timeout=LOOK)
        except queue.Empty:
            _print(trying.look(), told)
            continue
        if line and line.strip() != END:
            answer.append(line)
            continue
        if text := "".join(answer).strip():
            _print(trying.look(), told)
            _print(trying.answer(text), told)
            answer.clear()
        if not line:
            return


def _print(lines: list[str], told: TextIO) -> None:
    for line in lines:
        print(line, file=told)
    told.flush()
