"""Time that is up while a person types, or between two lines."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from bot.channels.terminal.channel import CHAT, SOURCE, pipe_chat
from bot.channels.terminal.conversation import Conversation
from bot.channels.terminal.editor import Editor, Prompt, Typed
from bot.channels.terminal.interactive import Bar, Interactive
from bot.channels.terminal.piped import Piped
from bot.core.context import Context, Step
from bot.core.effects import Say
from bot.core.events import Event, TimePassed
from bot.core.models import Session, State
from bot.ports import Handled, Incoming, Message, StoreError
from tests.support import timed as core
from tests.support.timed import LIMIT, Clock, timed
from tests.terminal.desk import RENDERER, WORDS, Desk, Failing, sit_down
from tests.terminal.sitting import CTRL_D, ENTER, HAND_IN, Piece, drafts, in_pieces, sit

SOON = 0.02  # seconds before the alarm: an editor looks that often


class Renderer:
    """The real one, which does not know what the small core says."""

    def message(self, say: Say, lang: str) -> Message:
        small = say.template in ("nudge", "onward")
        return Message(say.template) if small else RENDERER.message(say, lang)


@pytest.fixture(autouse=True)
def timed_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.runtime.step", core.step)


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def keep(desk: Desk, session: Session, number: int = 1) -> None:
    come = Incoming(SOURCE, number, session.chat, "{}")
    await desk.store.save(Handled(come, None, session))


@pytest.fixture
async def desk(tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    """A question of a real interview was put a minute ago, less a moment."""
    desk = sit_down(tmp_path, CHAT, clock, Renderer())
    await keep(desk, timed(CHAT))
    clock.move(LIMIT - SOON)
    yield desk
    await desk.store.close()


def passing(desk: Desk, clock: Clock, seconds: float, shown: str) -> Callable[[], Awaitable[None]]:
    """Time that passes, until something was shown because of it."""

    async def pass_() -> None:
        clock.move(seconds)
        async with asyncio.timeout(20):
            while shown not in desk.paper.shown:  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0.001)

    return pass_


async def last_call(desk: Desk) -> None:
    """Two nudges were given already."""
    session = replace(desk.session, reminded=2)
    before = desk.store.session(CHAT)
    await desk.store.save(Handled(Incoming(SOURCE, 2, CHAT, "{}"), before, session))


# --- at the editor ----------------------------------------------------------------------------


async def test_a_nudge_leaves_what_is_typed_alone(desk: Desk, clock: Clock) -> None:
    nudge = passing(desk, clock, SOON, "nudge")
    await in_pieces(desk, "/repetir" + ENTER, "goal! met", nudge, "hod!", question=None)
    assert drafts(desk) == ["goal! method!"]
    assert desk.paper.shown.count("nudge") == 1
    assert desk.session.reminded == 1


async def test_what_is_kept_of_the_text_in_the_editor_is_not_counted_twice(desk: Desk) -> None:
    await desk.talk.draft("dos palabras", "r1")
    await desk.talk.draft("una", "r2")
    assert "3 palabras" in Bar(desk.talk, WORDS, "r1")("dos palabras", False)


async def test_what_stands_in_the_editor_counts_when_time_is_up(desk: Desk, clock: Clock) -> None:
    await last_call(desk)
    clock.move(LIMIT)
    onward = passing(desk, clock, SOON, "onward")
    keys: list[Piece] = ["/repetir" + ENTER, f"goal!{ENTER}meth", onward, "result!"]
    await in_pieces(desk, *keys, question=None)
    assert desk.session.answer == "goal!\nmeth"
    assert desk.session.position == 1
    assert drafts(desk) == ["result!"]  # the next answer began in an empty editor


async def test_what_was_kept_of_a_session_that_pauses_leaves_the_editor(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pausing(session: Session, event: Event, context: Context) -> Step:
        if not isinstance(event, TimePassed):
            return core.step(session, event, context)
        paused = replace(session, state=State.PAUSED, resume_to=session.state)
        return Step(paused, (Say("nudge"),))

    monkeypatch.setattr("bot.runtime.step", pausing)
    nudge = passing(desk, clock, SOON, "nudge")
    await in_pieces(desk, "/repetir" + ENTER, "goal!", nudge, "/ayuda" + ENTER, question=None)
    assert drafts(desk) == ["goal!"]
    assert desk.session.state is State.PAUSED
    assert "/practicar" in desk.paper.text  # what /ayuda says


async def test_what_is_no_answer_stays_in_the_editor(desk: Desk, clock: Clock) -> None:
    await last_call(desk)
    clock.move(LIMIT)
    onward = passing(desk, clock, SOON, "onward")
    await in_pieces(desk, "/repetir" + ENTER, "/ayu", onward, "da" + ENTER, question=None)
    assert desk.session.answer == ""
    assert "/practicar" in desk.paper.text  # what /ayuda says


async def test_the_answer_after_it_is_that_of_the_new_question(desk: Desk, clock: Clock) -> None:
    await last_call(desk)
    clock.move(LIMIT)
    onward = passing(desk, clock, SOON, "onward")
    await in_pieces(desk, "/repetir" + ENTER, onward, "method!" + HAND_IN, question=None)
    assert WORDS.say("elsewhere") not in desk.paper.shown
    assert desk.session.position == 2


async def test_what_was_due_before_is_handled_first(desk: Desk, clock: Clock) -> None:
    clock.move(SOON)
    await sit(desk, CTRL_D, None)
    assert desk.paper.shown[0] == "nudge"
    await sit(desk, CTRL_D, None)
    assert desk.paper.shown.count("nudge") == 1


async def test_what_cannot_be_rung_costs_nothing_typed(
    desk: Desk, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    failing = Failing(desk.runtime, desk.store, [])

    def begin(pipe: object, editor: Editor) -> None:
        async def go() -> None:
            pipe.send_text("goal! ")  # type: ignore[attr-defined]
            while editor.text != "goal! ":  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0.001)
            failing.errors = [StoreError("full"), StoreError("full")]
            clock.move(SOON)
            while failing.errors:  # noqa: ASYNC110
                await asyncio.sleep(0.001)
            pipe.send_text("method!" + CTRL_D)  # type: ignore[attr-defined]

        typing.append(asyncio.create_task(go()))

    typing: list[asyncio.Task[None]] = []
    await sit(desk, "/repetir" + ENTER, None, handler=failing, first=begin)
    await asyncio.gather(*typing)
    assert drafts(desk) == ["goal! method!"]
    assert "what is due could not be handled" in caplog.text


class Slow:
    """An editor whose text was handed over, but not yet taken, when time was up."""

    def __init__(self, text: str, meanwhile: Callable[[], Awaitable[None]]) -> None:
        self.text, self._typed = text, text
        self._meanwhile = meanwhile
        self.asking = False
        self.shown: list[str] = []

    @asynccontextmanager
    async def aside(self) -> AsyncIterator[None]:
        yield

    def renew(self, prompt: Prompt, *, clear: bool) -> None:
        self.text = "" if clear else self.text

    async def ask(self, prompt: Prompt, text: str = "") -> Typed:
        self.shown.append(text)
        if len(self.shown) > 1:
            raise KeyboardInterrupt
        await self._meanwhile()
        return Typed(self._typed)


@pytest.mark.parametrize(
    ("typed", "answer", "again"), [("goal!", "goal!", ""), ("/pista", "", "/pista")]
)
async def test_enter_at_the_very_moment(
    desk: Desk, clock: Clock, typed: str, answer: str, again: str
) -> None:
    await last_call(desk)
    clock.move(LIMIT)
    editor = Slow(typed, passing(desk, clock, SOON, "onward"))
    await desk.talk.press("repeat")
    at_desk = Interactive(desk.talk, cast(Editor, editor), desk.paper, WORDS)
    while await at_desk._turn():
        pass
    assert desk.session.answer == answer
    assert (desk.session.position, desk.session.state) == (1, State.ASKED)
    assert editor.shown == ["", again]


# --- line by line -----------------------------------------------------------------------------


async def spoken(clock: Clock, seconds: float) -> AsyncIterator[str]:
    """Two lines; time passes between them."""
    yield "goal!"
    clock.move(seconds)
    yield "method!"


@pytest.mark.parametrize("unattended", [True, False])
async def test_what_was_written_till_then_is_the_answer(
    tmp_path: Path, clock: Clock, unattended: bool
) -> None:
    desk = sit_down(tmp_path, pipe_chat(), clock, Renderer())
    await keep(desk, replace(timed(desk.channel.chat), reminded=2))
    piped = Piped(desk.talk, blank_ends=True, unattended=unattended)
    assert await piped.run(spoken(clock, 2 * LIMIT))
    assert "onward" in desk.paper.shown
    assert desk.session.position == (2 if unattended else 1)
    assert [part.text for part in desk.session.draft] == ([] if unattended else ["method!"])
    assert "goal!" in desk.session.answer or unattended
    await desk.store.close()


async def test_a_nudge_between_two_lines_parts_no_answer(tmp_path: Path, clock: Clock) -> None:
    desk = sit_down(tmp_path, pipe_chat(), clock, Renderer())
    await keep(desk, timed(desk.channel.chat))
    await Piped(desk.talk, blank_ends=True, unattended=False).run(spoken(clock, LIMIT))
    assert desk.paper.shown[0] == "nudge"
    assert [part.text for part in desk.session.draft] == ["goal!", "method!"]
    await desk.store.close()


async def test_several_that_are_due_are_handled_in_turn(desk: Desk, clock: Clock) -> None:
    clock.move(LIMIT)
    await desk.talk.ring()
    assert desk.paper.shown == ["nudge", "nudge"]
    assert desk.talk.alarm_in() == pytest.approx(SOON)
    clock.move(SOON)
    await desk.talk.ring()
    assert desk.talk.alarm_in() is None  # in a minute only
    assert desk.session.position == 1


async def test_the_alarm_of_another_chat_is_none_of_its_business(
    tmp_path: Path, clock: Clock
) -> None:
    desk = sit_down(tmp_path, "tg:5", clock, Renderer())
    await keep(desk, timed("tg:51"))
    clock.move(LIMIT)
    assert desk.talk.alarm_in() is None
    await desk.store.close()


async def test_a_core_that_leaves_an_alarm_standing_is_asked_once(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "bot.runtime.step", lambda session, event, context: Step(session, (Say("nudge"),))
    )
    clock.move(LIMIT)
    await desk.talk.ring()
    assert desk.paper.shown == ["nudge"]


async def test_a_ring_that_failed_is_handled_before_what_is_typed_next(
    desk: Desk, clock: Clock
) -> None:
    clock.move(SOON)
    failing = Failing(desk.runtime, desk.store, [RuntimeError("once")])
    talk = Conversation(failing, desk.channel, desk.store, clock)
    with pytest.raises(RuntimeError):
        await talk.ring()
    assert await talk.draft("goal!")
    assert desk.paper.shown == ["nudge"]
    assert desk.session.reminded == 1
