"""A chat with the bare machine, by what it offers only, and with an eye on what it does."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.core.effects import Effect, KeepAttempt, KeepTurn, Say, ScoreAnswer
from bot.core.events import Event, Scored, TimePassed, parse
from bot.core.machine import Context, step
from bot.core.models import Attempt, Preferences, Scorecard, Session, Turn
from tests.tools.simulate.material import Material
from tests.tools.simulate.setups import SEED, Setup

BEGAN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
ONLY_NAMED = 1  # the highest level of a criterion that may still be asked about


@dataclass
class FollowUp:
    """A follow-up that was put, and what its answer came to.

    `before` and `after` are what the session held, `raw` what the scorer gave the whole, None
    where nothing was handed in; `level` and `reached` those of the criterion.
    """

    question: str
    criterion: str
    level: int
    before: int
    after: int
    reached: int
    raw: int | None = None
    well: bool = False
    put: str = ""
    replied: str = ""


class Conversation:
    """One person's chat; `problems` are what should never have happened."""

    def __init__(self, material: Material, setup: Setup) -> None:
        self._material, self._setup = material, setup
        self.session = Session(chat="simulated", preferences=Preferences(lang=setup.lang))
        self.now = BEGAN
        self.events = 0
        self.said: list[Say] = []
        self.turns: list[Turn] = []
        self.attempts: dict[str, Attempt] = {}
        self.follow_ups: list[FollowUp] = []
        self.rephrased = 0
        self.problems: list[str] = []

    @property
    def summary(self) -> Say | None:
        """The result of the interview, None before its end."""
        return next((one for one in self.said if one.template == "summary"), None)

    def write(self, text: str) -> Event:
        """Send a message; returns what it was taken for."""
        event = self._material.intake.read(text, str(self.events))
        self.play(event)
        return event

    def press(self, name: str) -> None:
        """Press the newest button of an action; that there is none is a problem."""
        offered = [b.action for say in self.said for row in say.buttons for b in row]
        found = [one for one in offered if one.partition("@")[0] == name]
        if found:
            self.play(parse(found[-1]))
        else:
            self.problem(f"no button {name}")
            self.events += 1

    def wait(self, seconds: float) -> None:
        """Let time pass; alarms are heard when they are due."""
        until = self.now + timedelta(seconds=seconds)
        while (alarm := self.session.alarm) is not None and alarm <= until:
            self.now = max(self.now, alarm)
            self.play(TimePassed())
        self.now = until

    def run_out(self) -> None:
        """Let the time of what is in hand run out."""
        here = self.session.guard
        while self.session.guard == here and (alarm := self.session.alarm) is not None:
            self.now = max(self.now, alarm)
            self.play(TimePassed())

    def oversleep(self, hours: int) -> None:
        """Let an alarm be heard hours after it was due."""
        assert self.session.alarm is not None
        self.now = self.session.alarm + timedelta(hours=hours)
        self.play(TimePassed())

    def play(self, event: Event) -> None:
        """Let an event happen, and all that comes back of it."""
        events = deque([event])
        while events:
            events += self._step(events.popleft())

    def problem(self, what: str) -> None:
        """Keep what should never have happened, with where it did."""
        where = f"{self._setup.lang} {self._setup.choices} #{self._setup.number}"
        asked = self.session.plan[self.session.position : self.session.position + 1]
        self.problems.append(f"{where} {''.join(asked)} ({self.session.state.value}): {what}")

    def _step(self, event: Event) -> list[Event]:
        self.events += 1
        self.now += timedelta(seconds=1)
        token = f"s{self._setup.number}.{self.events}"
        # Whoever sits there is asked the same questions.
        context = Context(self._material.bank, self.now, SEED + self._setup.number, token)
        before = self.session
        done = step(before, event, context)
        self.session = done.session
        if isinstance(event, Scored) and before.probing is not None:
            self._judged(event.card, done.effects)
        self.rephrased += self.session.rephrased and not before.rephrased
        if len(self.session.probed) > len(before.probed):
            self._probed(before)
        return [back for effect in done.effects for back in self._carry_out(effect)]

    def _carry_out(self, effect: Effect) -> list[Event]:
        match effect:
            case Say():
                self.said.append(effect)
                if effect.template in ("stale", "unknown", "no-such-question", "withdrawn"):
                    self.problem(f"said {effect.template}")
            case ScoreAnswer(question, text, lang, occasion):
                return [Scored(self._material.scorer.score(question, text, lang, occasion))]
            case KeepTurn(turn):
                self._kept(turn)
            case KeepAttempt(attempt):
                self.attempts[attempt.id] = attempt
        return []

    def _kept(self, turn: Turn) -> None:
        """No question is asked twice, and no follow-up to the same question."""
        for old in self.turns if turn.who == "interviewer" else ():
            about = old.question_id == turn.question_id
            if about and (turn.kind == "question" or old.text == turn.text):
                self.problem(f"asked twice: {turn.text}")
        if turn.kind == "follow-up":
            self.follow_ups[-1].put = turn.text
        if turn.kind == "follow-up answer":
            self.follow_ups[-1].replied = turn.text
        self.turns.append(turn)

    def _probed(self, before: Session) -> None:
        """A follow-up was put: it is about something not said yet."""
        session, criterion = self.session, self.session.probing or ""
        card = session.card
        score = card.get(criterion) if card is not None else None
        if card is None or score is None:
            self.problem(f"asked about {criterion}, which the card does not have")
            return
        if score.level > ONLY_NAMED:
            self.problem(f"asked about {criterion}, which is at level {score.level}")
        if criterion in before.probed:
            self.problem(f"asked about {criterion} a second time")
        if not _holds(session.answer, session.quoted):
            self.problem(f"quoted what was not said: {session.quoted}")
        self.follow_ups.append(
            FollowUp(
                session.question_id,
                criterion,
                score.level,
                card.score,
                after=card.score,
                reached=score.level,
            )
        )

    def _judged(self, raw: Scorecard, effects: Sequence[Effect]) -> None:
        """An answer to a follow-up was scored: it may raise what was there, not lower it."""
        held = next(one.attempt.card for one in effects if isinstance(one, KeepAttempt))
        one = self.follow_ups[-1]
        one.raw, one.after = raw.score, held.score
        if held.score < one.before or held.gate:
            self.problem(f"a follow-up made {held.score} of {one.before}")
        score = held.get(one.criterion)
        one.reached = score.level if score is not None else 0


def _holds(answer: str, quoted: str) -> bool:
    """Whether the words quoted, but for a cut at the end, stand in the answer."""
    return " ".join(quoted.split()).rstrip("…") in " ".join(answer.split())
