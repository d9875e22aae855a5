"""A whole interview, from its set-up to its summary."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.events import Text, Unsure, parse
from bot.core.models import Result, State
from tests.tools.simulate.candidates import Candidate, Reply
from tests.tools.simulate.conversation import Conversation, FollowUp
from tests.tools.simulate.material import TARGETS, Material
from tests.tools.simulate.setups import Kind, Setup, Trouble

BEGINNING, A_QUESTION = 20, 40  # events that lead to an end, at most
SLEPT = 2  # hours


@dataclass(frozen=True)
class Outcome:
    """What came of an interview; `first` is its score before any follow-up."""

    kind: Kind
    setup: Setup
    score: int
    first: int
    results: tuple[Result, ...]
    answers: tuple[tuple[str, int, str | None, str], ...]  # question, score, gate, text
    follow_ups: tuple[FollowUp, ...]
    problems: tuple[str, ...]
    events: int
    rephrased: int


def hold(material: Material, setup: Setup, kind: Kind) -> Outcome:
    """An interview with a candidate of a kind."""
    sitting = _Sitting(material, setup, kind)
    talk = sitting.talk
    limit = BEGINNING + A_QUESTION * setup.length
    sitting.begin()
    while talk.summary is None and talk.events < limit:
        sitting.go_on()
    data = talk.summary.data if talk.summary else {}
    if not data:
        talk.problem(f"no end within {limit} events")
    results = talk.session.results
    if data and len(results) != setup.length:
        talk.problem(f"{len(results)} questions instead of {setup.length}")
    return Outcome(
        kind,
        setup,
        data.get("mean") or 0,
        data.get("first_mean") or 0,
        results,
        tuple(
            (a.question_id, a.card.score, a.card.gate, a.answer) for a in talk.attempts.values()
        ),
        tuple(talk.follow_ups),
        tuple(talk.problems),
        talk.events,
        talk.rephrased,
    )


class _Sitting:
    """A candidate and a conversation."""

    def __init__(self, material: Material, setup: Setup, kind: Kind) -> None:
        self._setup = setup
        self._candidate = Candidate(kind, setup, material)
        self.talk = Conversation(material, setup)
        self._silent = {Trouble.SILENT: 1, Trouble.ABSENT: 2}.get(setup.trouble, 0)
        self._late = setup.trouble is Trouble.LATE
        self._slept = setup.trouble is not Trouble.INTERRUPTED

    def begin(self) -> None:
        """Choose the interview; whether one rates oneself was set before."""
        if self._setup.rates:
            self.talk.play(parse("set:rates=yes"))
        self.talk.play(parse(f"interview:{self._setup.choices}"))

    def go_on(self) -> None:
        """Do the one thing the interview waits for."""
        match self.talk.session.state:
            case State.BRIEFING:
                self._tell_target()
            case State.ASKED:
                self._answer()
            case State.DRAFTING if self._late and not self.talk.session.probing:
                self._late = False
                self.talk.run_out()
            case State.DRAFTING:
                self.talk.press("done")
            case State.RATING:
                rating = self._candidate.rating
                self.talk.press(f"rate:{rating}" if rating else "skip")
            case State.FEEDBACK:
                self.talk.press("next")
            case State.PAUSED:
                self.talk.press("resume")
            case _:
                self.talk.problem("nothing to be done")
                self.talk.events += 1

    @property
    def _asked(self) -> str:
        """What the interviewer said last."""
        return next(turn.text for turn in self.talk.turns[::-1] if turn.who == "interviewer")

    def _tell_target(self) -> None:
        if not self._setup.targeted:
            self.talk.press("skip")
            return
        target = TARGETS[self._setup.lang]
        self.talk.write(getattr(target, self.talk.session.briefing))

    def _answer(self) -> None:
        session = self.talk.session
        if session.probing:
            reply = self._to_follow_up()
        elif self._silent:
            self._silent -= 1
            self.talk.run_out()
            return
        elif not self._slept:
            self._slept = True
            self.talk.oversleep(SLEPT)
            return
        else:
            reply = self._candidate.answer(session.question_id, self._asked)
        self._say(reply)

    def _to_follow_up(self) -> Reply:
        session = self.talk.session
        reply = self._candidate.follow_up(
            session.question_id, session.probing or "", self._asked, session.answer
        )
        self.talk.follow_ups[-1].well = reply.well
        return reply

    def _say(self, reply: Reply) -> None:
        """Send the messages of a reply, spread over the time it takes."""
        if not reply.messages:
            self.talk.press("skip")
            return
        pause = self.talk.session.limit * self._candidate.pace / len(reply.messages)
        for message in reply.messages:
            self.talk.wait(pause)
            taken = self.talk.write(message)
            if not isinstance(taken, Unsure if reply.unsure else Text):
                self.talk.problem(f"an answer taken for {type(taken).__name__}: {message[:60]}")
