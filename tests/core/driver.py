"""Plays events against the bare machine and remembers what it said."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.core.effects import Effect, Erase, KeepAttempt, KeepTurn, Load, Say, ScoreAnswer
from bot.core.events import Event, Loaded, Scored, Text, TimePassed, parse
from bot.core.machine import Context, Step, step
from bot.core.models import Attempt, Session, Turn
from bot.core.questions import Bank, Question
from tests.support.banks import small_bank
from tests.support.scorers import NameScorer

WHOLE = "goal! method! result!"  # an answer that leaves no follow-up to ask
BEGAN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Driver:
    """One chat; `send` takes an event or an action such as `practice:user-growth`.

    Before every event the clock goes on by `pace`.
    """

    def __init__(self, bank: Bank | None = None, pace: timedelta = MINUTE) -> None:
        self.bank = bank or small_bank()
        self.pace = pace
        self.now = BEGAN
        self.session = Session(chat="test")
        self.said: list[Say] = []
        self.turns: list[Turn] = []
        self.attempts: dict[str, Attempt] = {}
        self.effects: list[Effect] = []
        self.erased = 0
        self.steps = 0

    def send(self, event: Event | str) -> list[Say]:
        """Let an event happen, and all that comes back of it; returns what was said."""
        before = len(self.said)
        self.now += self.pace
        context = self.context()
        events = deque([parse(event) if isinstance(event, str) else event])
        while events:
            done = self.step(events.popleft(), context)
            self.session = done.session
            for effect in done.effects:
                events.extend(self._carry_out(effect))
        return self.said[before:]

    def context(self) -> Context:
        """What the next step may know."""
        self.steps += 1
        return Context(self.bank, self.now, seed=self.steps, token=f"t{self.steps}")

    def step(self, event: Event, context: Context) -> Step:
        """One step of the machine."""
        return step(self.session, event, context)

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

    def wait(self, **span: float) -> None:
        """Let time pass without a word."""
        self.now += timedelta(**span)

    def ring(self, late: timedelta = timedelta()) -> list[Say]:
        """The alarm goes off, perhaps late; there must be one."""
        assert self.session.alarm is not None
        self.now = max(self.now, self.session.alarm + late) - self.pace
        return self.send(TimePassed())

    def _carry_out(self, effect: Effect) -> list[Event]:
        self.effects.append(effect)
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
                return [Scored(NameScorer(self.bank).score(question_id, text, lang))]
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
