"""The nouns of Simulacro, as frozen dataclasses.

What is asked stands in `questions.py`. A `Session` is one practice or interview; an answer is an
`Attempt` with its `Scorecard`; the `Turn`s are the transcript. All times are aware UTC datetimes,
all spans are code-point offsets into the text as given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.questions import Lang


class Interviewer(StrEnum):
    """Who asks: one digs into past work, the other puts a problem to be solved now."""

    EXPERIENCE = "experience"
    ON_THE_SPOT = "on-the-spot"
    MIXED = "mixed"


# --- scoring ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that earned something: `text` is the answer's `[start:end]`, exactly.

    `phrase` is what of the bank it matched, `similarity` how well (0 to 1).
    """

    start: int
    end: int
    text: str
    phrase: str = ""
    similarity: float = 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """What one criterion earned: `level` 0 to 3, `points` of `max` (the criterion's weight)."""

    id: str
    level: int
    points: float
    max: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Error:
    """A misconception found in the answer, with the words that show it."""

    id: str
    says: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """What one part of the judgement (`content`, `evidence`, `form`) gave to the overall score.

    `hollow` and `errors` take points away and have a `max` of 0. All shares of a card add up to
    its score.
    """

    name: str
    points: int
    max: int


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The whole judgement of one answer.

    `score` is 0 to 100; `gate` names why the answer could not be judged, else None; `band` is 1
    (does not answer) to 5 (outstanding); `missing` is the criterion that would raise the score
    most and `would_be` the score with it; `shares` are what the score adds up from; `hollow` are
    the words that sound well and say nothing; `said` are the sentences that say most, `talk` the
    one that says least, if it says nothing; `denials`, where there are any, those by which the
    answer takes back or denies what it says, for which its score is capped.
    """

    question_id: str
    lang: Lang
    score: int
    band: int
    gate: str | None = None
    scores: tuple[Score, ...] = ()
    missing: str | None = None
    would_be: int | None = None
    errors: tuple[Error, ...] = ()
    shares: tuple[Share, ...] = ()
    hollow: tuple[Evidence, ...] = ()
    said: tuple[Evidence, ...] = ()
    talk: tuple[Evidence, ...] = ()
    denials: tuple[Evidence, ...] = ()

    def get(self, criterion_id: str) -> Score | None:
        """The score of a criterion, None when the card has none (a gate)."""
        return next((s for s in self.scores if s.id == criterion_id), None)


# --- the person's side ------------------------------------------------------------------------


class State(StrEnum):
    """Where a conversation stands; see the table in `machine.py`."""

    IDLE = "idle"  # nothing under way
    ASKED = "asked"  # a question or follow-up was put, nothing answered yet
    DRAFTING = "drafting"  # part of an answer is here
    SCORING = "scoring"  # an answer was handed in, its score is awaited
    FEEDBACK = "feedback"  # the scorecard was shown
    PAUSED = "paused"  # left on the way, can be resumed


class Mode(StrEnum):
    """What kind of session it is."""

    NONE = "none"
    PRACTICE = "practice"
    INTERVIEW = "interview"
    INTRO = "intro"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a person applies: the names of the company and of its product, "" for not told."""

    company: str = ""
    product: str = ""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person has set for all sessions; `role` is "" for any."""

    lang: Lang = "es"
    interviewer: Interviewer = Interviewer.MIXED
    role: str = ""
    target: Target = Target()


@dataclass(frozen=True, slots=True)
class Part:
    """One message of an answer; `ref` names the message so that an edit finds it."""

    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """How a question of the session ended: its score, or None when it was skipped."""

    question_id: str
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A chat's current session: all that is needed to go on after a kill -9.

    `plan` are the question ids, `position` the one in hand; `draft` is the answer being written;
    `answer` what was handed in for this question (follow-up answers included); `card` its latest
    score, `first_score` the one before any follow-up, `best` the highest of all tries at this
    question; `probing` the criterion a follow-up asks about, `probed` those asked about already;
    `tries` counts the attempts at this question; `pending` is what the next `Confirm` would do.
    `results` are one a question left behind; `asked` the ids asked lately and `levels` the level
    each criterion reached last (`progress.py`), in other sessions too.
    `version` counts the saved changes (0: not saved yet).
    """

    chat: str
    id: str = ""
    version: int = 0
    state: State = State.IDLE
    resume_to: State = State.ASKED
    preferences: Preferences = field(default_factory=Preferences)
    mode: Mode = Mode.NONE
    plan: tuple[str, ...] = ()
    position: int = 0
    tries: int = 0
    draft: tuple[Part, ...] = ()
    answer: str = ""
    attempt_id: str = ""
    first_score: int | None = None
    best: int | None = None
    card: Scorecard | None = None
    probing: str | None = None
    probed: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()
    asked: tuple[str, ...] = ()
    levels: Mapping[str, int] = field(default_factory=dict)
    pending: str = ""
    turns: int = 0
    started_at: datetime | None = None

    @property
    def question_id(self) -> str:
        """The id of the question in hand; raises `IndexError` when none is."""
        return self.plan[self.position]

    @property
    def last(self) -> bool:
        """Whether the question in hand is the plan's last."""
        return self.position + 1 >= len(self.plan)

    @property
    def unfinished(self) -> bool:
        """Whether something would be left undone by beginning anew."""
        resting = self.resume_to if self.state is State.PAUSED else self.state
        return resting is not State.IDLE and not (resting is State.FEEDBACK and self.last)

    @property
    def guard(self) -> str:
        """Names this very step, so that a button of an earlier one is known as stale."""
        resting = self.resume_to if self.state is State.PAUSED else self.state
        shown = ".f" if resting is State.FEEDBACK else ""
        return f"{self.id}.{self.position}.{self.tries}.{len(self.probed)}{shown}"


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of a transcript; `who` is `interviewer` or `candidate`, `kind` what was said."""

    session_id: str
    number: int
    who: str
    kind: str
    question_id: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """An answer to a question with its scorecard, as kept.

    `answer` is the text that was scored, follow-up answers appended; `first_score` the score
    before any follow-up. Bank version and digest let the score be explained later.
    """

    id: str
    session_id: str
    question_id: str
    topic: str
    title: str
    lang: Lang
    answer: str
    first_score: int
    card: Scorecard
    at: datetime
    bank_version: str
    bank_digest: str
    criteria: Mapping[str, str] = field(default_factory=dict)  # id -> name, as it was then


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A past session as a list shows it; `score` is the mean of its questions, None without."""

    id: str
    mode: Mode
    started_at: datetime
    ended_at: datetime | None
    titles: tuple[str, ...]
    score: int | None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A session to review: what was said, and the attempts with their scorecards."""

    session_id: str
    mode: Mode
    started_at: datetime
    turns: tuple[Turn, ...]
    attempts: tuple[Attempt, ...]
