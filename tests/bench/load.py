"""What people send during a bench: many chats, each practising one question."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.bank.samples import load_samples
from bot.resources import data_folder
from tests.telegram.updates import Json, pressed, text

STEPS = 3  # updates a chat: begin, answer, hand in
FEWEST, MOST = 60, 200  # words of an answer
FIRST_CHAT = 100_000

Script = Callable[[int, str, str], list[Json]]
"""(chat, question id, answer) to the updates of that chat, in order."""


def typed(chat: int, question: str, answer: str) -> list[Json]:
    """A practice by commands and words."""
    return [text(f"/practice {question}", chat), text(answer, chat), text("listo", chat)]


def by_buttons(chat: int, question: str, answer: str) -> list[Json]:
    """A practice by buttons. The press that hands in carries no guard: the id in it is the
    bot's secret."""
    begin = pressed(f"practice:{question}", 1, chat)
    return [begin, text(answer, chat), pressed("done", 2, chat)]


def sample_answers() -> dict[str, list[str]]:
    """The bank's Spanish sample answers of 60 to 200 words, by question."""
    found = {}
    for (lang, question), samples in load_samples(data_folder("question_bank")).items():
        fitting = [one.text for one in samples if FEWEST <= len(one.text.split()) <= MOST]
        if lang == "es" and fitting:
            found[question] = fitting
    return found


@dataclass
class Crowd:
    """Makes loads; no chat comes twice.

    `questions` gives for an id of the bank's own those the crowd practises instead: its copies in
    a generated bank.
    """

    questions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    _chats: Iterator[int] = field(default_factory=lambda: itertools.count(FIRST_CHAT))
    _rng: random.Random = field(default_factory=lambda: random.Random(2))
    _answers: Mapping[str, Sequence[str]] = field(default_factory=sample_answers)

    def load(self, chats: int, script: Script = typed) -> list[Json]:
        """The updates of so many chats, the chats mixed, each chat's own in order."""
        practices = itertools.islice(self._practices(), chats)
        scripts = {chat: script(chat, *what) for what, chat in zip(practices, self._chats)}  # noqa: B905 - endless
        order = [chat for chat in scripts for _ in range(STEPS)]
        self._rng.shuffle(order)
        return [scripts[chat].pop(0) for chat in order]

    def _practices(self) -> Iterator[tuple[str, str]]:
        """(question id, answer), all questions in turn."""
        for number in itertools.count():
            for question, answers in self._answers.items():
                ids = self.questions.get(question, [question])
                yield ids[number % len(ids)], answers[number % len(answers)]
