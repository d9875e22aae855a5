"""The nouns of Simulacro, as frozen dataclasses.

What is asked stands in `questions.py`. A `Session` is one practice or interview; an answer is an
`Attempt` with its `Scorecard`; the `Turn`s are the transcript. All times are aware UTC datetimes,
all spans are code-point offsets into the text as given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.questions import Lang

DEADLINES = (1.0, 1.5, 2.0)  # of the suggested time: a nudge, another, and on to the next


class Interviewer(StrEnum):
    """Who asks: one digs into past work, the other puts a problem to be solved now."""

    EXPERIENCE = "experience"
    ON_THE_SPOT = "on-the-spot"
    MIXED = "mixed"


class Manner(StrEnum):
    """How an interview is held: with feedback after each answer, or timed and without any."""

    COACH = "coach"
    REAL = "real"


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
    BRIEFING = "briefing"  # asked where the person applies, before an interview
    ASKED = "asked"  # a question or follow-up was put, nothing answered yet
    DRAFTING = "drafting"  # part of an answer is here
    SCORING = "scoring"  # an answer was handed in, its score is awaited
    RATING = "rating"  # the answer is complete; how good does the person think it was?
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
    """Where a person applies, "" for not told: the names of the company and of its product, who
    uses it, what they pay for, and the one number it is judged by."""

    company: str = ""
    product: str = ""
    users: str = ""
    pays: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a score depends on besides the answer: where it is told to be of use, and the part of
    it that was added to an answer scored before."""

    target: Target = Target()
    added: str = ""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person has set for all sessions.

    `role` and `level` are "" for any; `length` is 0 until an interview was set up; `rates`: own
    answers are rated before the score is shown; `briefed`: where the person applies was asked.
    """

    lang: Lang = "es"
    interviewer: Interviewer = Interviewer.MIXED
    role: str = ""
    level: str = ""
    length: int = 0
    manner: Manner = Manner.COACH
    rates: bool = False
    briefed: bool = False
    target: Target = Target()


@dataclass(frozen=True, slots=True)
class Part:
    """One message of an answer; `ref` names the message so that an edit finds it."""

    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a criterion got: `level` 0 to 3, `points` of `max`."""

    id: str
    level: int
    points: float
    max: float


@dataclass(frozen=True, slots=True)
class Result:
    """How a question of the session ended.

    `score` is the best of all tries, None when it was skipped; `first` what the first answer of
    that try was worth, before any follow-up; `reached` its criteria; `rating` the band, 1 to 5,
    the person had guessed; `seconds` were used where `limit` was suggested, follow-ups included.
    """

    question_id: str
    score: int | None = None
    first: int | None = None
    reached: tuple[Reached, ...] = ()
    rating: int | None = None
    seconds: int = 0
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """What the attempts at a question came to, in all sessions: the first score, the last, the
    best, and the points by criterion of the last."""

    first: int
    last: int
    best: int
    points: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Session:
    """A chat's current session: all that is needed to go on after a kill -9.

    `plan` are the question ids, `position` the one in hand; `draft` is the answer being written;
    `answer` what was handed in for this question (follow-up answers included); `card` its latest
    score, `first_score` the one before any follow-up, `best` the result of the best try at this
    question so far; `probing` the criterion a follow-up asks about, `probed` those asked about
    already, `quoted` the person's words it takes up; `heard` are the follow-ups of this interview
    that would sound the same at another question; `rephrased`: the question was put
    differently, because the first answer could not be judged; `revealed` are the facts of the
    case told so far, `told` the one that came with the follow-up in hand; `tries` counts the
    attempts at this question; `pending` is what the next `Confirm` would do. `manner` is that it
    was begun with; `interviewer` too, unless changed since.

    Time: `asked_at` is when what is in hand was put (moved on by pauses), for which `limit`
    seconds are suggested; `reminded` counts the nudges since; `elapsed` seconds had passed when a
    pause began; `spent` were used on earlier steps of this question, for which `allowed` were
    suggested; `overtime`: this question's time is up; `missed` counts questions in a row that ran
    out without a word; `heard_at` is when the person last did anything.

    `briefing` is what of the target is being asked, `onward` the action that follows it; `minutes`
    the length of a self-introduction; `rating` the band the person gave the answer.

    `results` are one a question left behind; `asked` the ids asked lately, `levels` the level
    each criterion reached last (`progress.py`) and `tallies` the scores by question, in other
    sessions too; `compared` is the tally the card on show is compared with.
    `version` counts the saved changes (0: not saved yet).
    """

    chat: str
    id: str = ""
    version: int = 0
    state: State = State.IDLE
    resume_to: State = State.ASKED
    preferences: Preferences = field(default_factory=Preferences)
    mode: Mode = Mode.NONE
    manner: Manner = Manner.COACH
    interviewer: Interviewer = Interviewer.MIXED
    plan: tuple[str, ...] = ()
    position: int = 0
    tries: int = 0
    draft: tuple[Part, ...] = ()
    answer: str = ""
    attempt_id: str = ""
    first_score: int | None = None
    best: Result | None = None
    card: Scorecard | None = None
    probing: str | None = None
    probed: tuple[str, ...] = ()
    quoted: str = ""
    heard: tuple[str, ...] = ()
    rephrased: bool = False
    revealed: tuple[str, ...] = ()
    told: str = ""
    rating: int | None = None
    minutes: int = 0
    asked_at: datetime | None = None
    limit: int = 0
    reminded: int = 0
    elapsed: int = 0
    spent: int = 0
    allowed: int = 0
    overtime: bool = False
    missed: int = 0
    heard_at: datetime | None = None
    briefing: str = ""
    onward: str = ""
    results: tuple[Result, ...] = ()
    asked: tuple[str, ...] = ()
    levels: Mapping[str, int] = field(default_factory=dict)
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    compared: Tally | None = None
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
        if resting in (State.IDLE, State.BRIEFING):
            return False
        return resting is not State.FEEDBACK or not self.last

    @property
    def guard(self) -> str:
        """Names this very step, so that a button of an earlier one is known as stale."""
        resting = self.resume_to if self.state is State.PAUSED else self.state
        shown = {State.FEEDBACK: ".f", State.RATING: ".r"}.get(resting, "")
        steps = len(self.probed) + self.rephrased
        return f"{self.id}.{self.position}.{self.tries}.{steps}{shown}{self.briefing[:2]}"

    @property
    def alarm(self) -> datetime | None:
        """When `TimePassed` is due: only a real interview is timed, and only while it waits."""
        waiting = self.state in (State.ASKED, State.DRAFTING, State.RATING)
        if self.manner is not Manner.REAL or not waiting or self.asked_at is None:
            return None
        return self.asked_at + timedelta(seconds=self.limit * DEADLINES[self.reminded])


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
    before any follow-up; `rating` the band, 1 to 5, the person gave it before seeing the score.
    Bank version and digest let the score be explained later.
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
    rating: int | None = None


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
