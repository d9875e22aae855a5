"""Plays events against the bare machine and remembers what it said."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.core.effects import Effect, Erase, KeepAttempt, KeepTurn, Load, Say, ScoreAnswer
from bot.core.events import Event, Loaded, Scored, Text, parse
from bot.core.machine import Context, step
from bot.core.models import Attempt, Session, Turn
from bot.core.questions import Question
from tests.support.banks import small_bank
from tests.support.scorers import NameScorer

WHOLE = "goal! method! result!"  # an answer that leaves no follow-up to ask
BEGAN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


class Driver:
    """One chat; `send` takes an event or an action such as `practice:user-growth`."""

    def __init__(self) -> None:
        self.bank = small_bank()
        self.session = Session(chat="test")
        self.said: list[Say] = []
        self.turns: list[Turn] = []
        self.attempts: dict[str, Attempt] = {}
        self.erased = 0
        self._scorer = NameScorer(self.bank)
        self._steps = 0

    def send(self, event: Event | str) -> list[Say]:
        """Let an event happen, and all that comes back of it; returns what was said."""
        before = len(self.said)
        events = deque([parse(event) if isinstance(event, str) else event])
        while events:
            events.extend(self._one(events.popleft()))
        return self.said[before:]

    def write(self, text: str, ref: str = "") -> list[Say]:
        """Send a message."""
        return self.send(Text(text, ref))

    def templates(self, event: Event | str) -> list[str]:
        """The names of the templates an event leads to."""
        return [say.template for say in self.send(event)]

    def answer(self, text: str) -> list[Say]:
        """Send a whole answer and hand it in."""
        self.write(text)
        return self.send("done")

    def _one(self, event: Event) -> list[Event]:
        self._steps += 1
        now = BEGAN + timedelta(minutes=self._steps)
        context = Context(self.bank, now, seed=self._steps, token=f"t{self._steps}")
        done = step(self.session, event, context)
        self.session = done.session
        return [back for effect in done.effects for back in self._carry_out(effect)]

    def _carry_out(self, effect: Effect) -> list[Event]:
        match effect:
            case Say():
                self.said.append(effect)
            case KeepTurn(turn):
                self.turns.append(turn)
            case KeepAttempt(attempt):
                self.attempts[attempt.id] = attempt
            case Erase():
                self.erased += 1
            case ScoreAnswer(question_id, text, lang):
                return [Scored(self._scorer.score(question_id, text, lang))]
            case Load(what):
                data: Mapping[str, object] = {
                    "transcripts": ([], 0, False),
                    "progress": [],
                    "export": "{}",
                }
                return [Loaded(what, data.get(what))]
        return []


def names(said: list[Say]) -> list[str]:
    """The templates of some messages."""
    return [say.template for say in said]


def buttons(said: list[Say]) -> dict[str, str]:
    """Label -> action of all buttons of some messages."""
    return {b.label: b.action for say in said for row in say.buttons for b in row}


def without(questions: Mapping[str, Question], gone: str) -> dict[str, Question]:
    """The questions but one."""
    return {name: question for name, question in questions.items() if name != gone}
