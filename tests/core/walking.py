"""What must hold at every step of any conversation, whatever a person does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.core.context import Context, Step
from bot.core.effects import KeepTurn, Say
from bot.core.events import Event, Scored, Text, TimePassed, parse
from bot.core.machine import step
from bot.core.models import Manner, Session, State
from bot.core.questions import Bank
from bot.store.codec import Codec
from tests.core.driver import WHOLE, Driver
from tests.support.banks import rich_bank

WAITING = (State.ASKED, State.DRAFTING)
TELLING = ("scorecard", "hint", "example", "model-answer", "summary")
FOLLOWED = 2  # times at most, a question
DEEP = 4  # steps within which every message leads somewhere
CODEC = Codec()
BANK = rich_bank(("es", "en", "zh"))


def kind_of(say: Say) -> str:
    """The template of a message, with what tells its kinds apart."""
    kinds = [str(say.data[key]) for key in ("why", "before") if isinstance(say.data.get(key), str)]
    return "/".join((say.template, str(say.data.get("manner", "")), *kinds)).rstrip("/")


def resting(session: Session) -> State:
    """The state, of a pause the one to go on with."""
    return session.resume_to if session.state is State.PAUSED else session.state


def asked_thing(session: Session) -> tuple[object, ...]:
    """What a person is being asked: two of these must have two guards."""
    shown = resting(session) if resting(session) in (State.RATING, State.FEEDBACK) else ""
    probing = session.probing if shown == "" else None
    step_ = (session.id, session.position, session.tries, probing, session.rephrased, shown)
    return (*step_, session.briefing)


class Walker(Driver):
    """A driver that checks each step and takes each again from what the store gives back."""

    def __init__(self) -> None:
        super().__init__(BANK)
        self.guards: dict[str, tuple[object, ...]] = {}

    def step(self, event: Event, context: Context) -> Step:
        before = self.session
        after = super().step(event, context)
        read = CODEC.session_in(CODEC.session_out(before))
        assert read == before
        assert step(read, event, context) == after, "it diverges after a restart"
        check_course(before, event, after)
        check_time(before, event, after, context)
        check_real(before, after)
        self._check_guard(after.session)
        return after

    def _check_guard(self, session: Session) -> None:
        if session.state in (State.IDLE, State.SCORING):
            return
        asked = asked_thing(session)
        assert self.guards.setdefault(session.guard, asked) == asked


# --- one step ---------------------------------------------------------------------------------


def check_course(before: Session, event: Event, after: Step) -> None:
    """What was earned stays, and only what was left out is asked about."""
    session = after.session
    if session.id == before.id:
        assert session.results[: len(before.results)] == before.results
        if (session.position, session.tries) == (before.position, before.tries):
            assert before.first_score in (None, session.first_score)
        if session.position == before.position and before.best is not None:
            assert session.best is not None
            assert (session.best.score or 0) >= (before.best.score or 0)
    if session.probing and session.probing != before.probing:
        assert isinstance(event, Scored)
        assert session.card is not None
        score = session.card.get(session.probing)
        assert score is not None
        assert score.level <= 1, "a follow-up on what was said already"
        assert session.probing not in before.probed
    assert len(session.revealed) == len(set(session.revealed))


def check_time(before: Session, event: Event, after: Step, context: Context) -> None:
    """Only a real interview that waits is timed; an alarm that rang does not ring again."""
    session = after.session
    if session.alarm is not None:
        assert session.manner is Manner.REAL
        assert session.state in (*WAITING, State.RATING)
    if session.manner is Manner.REAL and session.state in WAITING:
        assert session.alarm is not None
    if not isinstance(event, TimePassed):
        return
    if before.alarm is None or context.now < before.alarm:
        assert after == Step(before)
    else:
        assert session.alarm is None or session.alarm > context.now
        assert any(isinstance(one, Say) for one in after.effects) or (
            session.state is State.SCORING
        )


def check_real(before: Session, after: Step) -> None:
    """A real interview says nothing of scores before its end, and gives no help."""
    session = after.session
    if before.manner is not Manner.REAL or session.id != before.id or not before.unfinished:
        return
    ended = session.state is State.IDLE
    for say in after.effects:
        if not isinstance(say, Say) or say.template == "chart":
            continue
        assert say.template not in TELLING or (ended and say.template == "summary")
        if say.template == "gate":
            assert say.data["differently"]
            assert say.data["manner"] == "real"
        labels = {button.label for row in say.buttons for button in row}
        assert labels.isdisjoint({"hint", "model", "retry", "easier"})


# --- the whole conversation -------------------------------------------------------------------


def check_turns(chat: Driver) -> None:
    """No question twice but by trying again; two follow-ups at most, none twice."""
    by_session: dict[str, list[KeepTurn]] = {}
    for effect in chat.effects:
        if isinstance(effect, KeepTurn):
            by_session.setdefault(effect.turn.session_id, []).append(effect)
    mine = [one.turn for one in by_session.get(chat.session.id, [])]
    assert [turn.number for turn in mine] == list(range(1, len(mine) + 1))
    asked = [turn.question_id for turn in mine if turn.kind == "question"]
    distinct = list(dict.fromkeys(asked))
    assert distinct == list(chat.session.plan[: len(distinct)])
    groups: list[list[str]] = []
    for turn in mine:
        if turn.kind == "question":
            groups.append([])
        if turn.kind in ("follow-up", "rephrased"):
            groups[-1].append(turn.text if turn.kind == "follow-up" else "rephrased")
    for said in groups:
        assert len(said) == len(set(said))
        assert len(said) - said.count("rephrased") <= FOLLOWED


def check_way_on(chat: Driver) -> None:
    """A button of the last message, or something written, leads on within a few steps."""
    found = _leads_on(chat.session, _actions(chat.said[-1:]), chat, DEEP)
    assert found, f"a dead end: {chat.session.state}, {chat.said[-1:]}"


def _leads_on(session: Session, actions: list[str], chat: Driver, deep: int) -> bool:
    if deep == 0:
        return False
    events: Iterator[Event] = iter((Text(WHOLE, "way-on"), *map(parse, actions)))
    for event in events:
        context = Context(chat.bank, chat.now, seed=chat.steps, token="way-on")
        after = step(session, event, context)
        if (after.session.state, after.session.guard) != (session.state, session.guard):
            return True
        said = [one for one in after.effects if isinstance(one, Say)]
        fresh = [one for one in _actions(said) if one not in actions]
        if fresh and _leads_on(after.session, fresh, chat, deep - 1):
            return True
    return False


def _actions(said: list[Say]) -> list[str]:
    """What the buttons of messages do; to delete everything is no way on."""
    found = [button.action for say in said for row in say.buttons for button in row]
    return [one for one in found if "delete" not in one]


def bring_to_its_end(session: Session, chat: Driver) -> int:
    """Answer whatever is asked until the session ends; how many steps it took."""
    chat = replace_session(chat, session)
    for number in range(200):
        state = chat.session.state
        if state is State.IDLE:
            return number
        if state is State.BRIEFING:
            chat.send(f"finish@{chat.session.guard}")
        elif state is State.PAUSED:
            chat.send("resume")
        elif state is State.RATING:
            chat.send("rate:3")
        elif state is State.FEEDBACK:
            chat.send("next")
        elif state is State.DRAFTING:
            chat.send("done")
        else:
            chat.write(WHOLE)
    raise AssertionError(f"it never ends: {chat.session.state}")


def replace_session(chat: Driver, session: Session) -> Driver:
    """Another driver that goes on with a session."""
    other = Driver(chat.bank, chat.pace)
    other.now, other.session = chat.now, replace(session)
    other.steps = chat.steps
    return other


def bank_without(question_id: str) -> Bank:
    """The bank of a walk, one question taken out."""
    left = {name: one for name, one in BANK.questions.items() if name != question_id}
    return replace(BANK, questions=left)
