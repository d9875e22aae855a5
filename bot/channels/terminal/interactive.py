"""The interview with a person at a terminal."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from bot.alarms import AT_LEAST
from bot.channels.terminal.channel import linked
from bot.channels.terminal.conversation import Conversation
from bot.channels.terminal.drafts import Draft
from bot.channels.terminal.editor import Editor, Prompt, Typed
from bot.channels.terminal.invocation import invocation
from bot.channels.terminal.screen import Screen
from bot.channels.terminal.typed import Leave, Place, is_no_answer, split
from bot.channels.terminal.wording import Words
from bot.core.events import Done
from bot.core.facts import is_question
from bot.core.models import Manner, Mode, Session, State
from bot.ports import StoreError

log = logging.getLogger(__name__)


class Bar:
    """The bottom line: where the interview stands, and what ends the typing.

    `ref` names what is kept of the text that stands in the editor; that is not to count twice.
    """

    def __init__(self, talk: Conversation, words: Words, ref: str = "") -> None:
        self._words = words
        session = talk.session
        before = tuple(part for part in session.draft if part.ref != ref)
        self._session = replace(session, draft=before)
        self._place = talk.place
        self._onward = talk.onward

    def __call__(self, text: str, thrown: bool) -> str:
        """The line for the text typed so far."""
        if thrown and not text:
            return self._words.say("toolbar.thrown")
        if self._place is Place.ANSWER:
            return self._answer(0 if text.startswith("/") else len(text.split()))
        if self._place is Place.FEEDBACK and self._onward:
            return self._words.say("toolbar.feedback", onward=self._onward[0])
        return self._words.say("toolbar.menu")

    def _answer(self, typed: int) -> str:
        session = self._session
        kept = sum(len(part.text.split()) for part in session.draft)
        return self._words.say(
            f"toolbar.{_situation(session, typed)}",
            number=session.position + 1,
            total=len(session.plan),
            follow_up=len(session.probed),
            words=self._words.count(kept + typed),
        )


def _situation(session: Session, typed: int) -> str:
    if session.draft and not typed:
        return "drafted"
    if session.probing:
        return "follow_up"
    if session.manner is Manner.REAL:
        return "real"  # which gives no hints
    return "interview" if session.mode is Mode.INTERVIEW else "question"


class Interactive:
    """Asks, answers, and leaves nothing behind that was typed."""

    def __init__(
        self, conversation: Conversation, editor: Editor, screen: Screen, words: Words
    ) -> None:
        self._talk = conversation
        self._editor = editor
        self._screen = screen
        self._words = words
        self._draft = Draft(conversation)
        self._prompt = self._new_prompt()
        self._left = False
        self._overtaken = False  # time was up for what was just typed, before it was handled
        self._taken = False  # it was taken along as it stood
        self._text = ""  # what goes back into the editor, because it could not be taken

    async def run(self, question: str | None) -> None:
        """Converse until the person leaves; `question` is put at once."""
        try:
            with _leaving_at_signals(self._editor):
                await self._open(question)
                while await self._turn():
                    pass
            self._farewell()
        except OSError as error:
            log.info("the terminal is gone: %s", error)

    async def _open(self, question: str | None) -> None:
        await self._talk.catch_up()
        await self._look()
        if question:
            await self._talk.begin(question, anew=False)
        else:
            await self._talk.press("start")

    async def _turn(self) -> bool:
        """One thing typed; False when the person leaves."""
        self._draft.begin(again=bool(self._text))
        self._prompt, self._overtaken = self._new_prompt(), False
        try:
            typed = await self._ask()
        except KeyboardInterrupt:
            return False
        except (EOFError, OSError):  # OSError: the terminal is gone
            if not self._overtaken:
                await self._keep(self._editor.text, self._prompt)
            return False
        if self._overtaken:
            self._text = "" if self._taken else typed.text
        else:
            await self._take(typed, self._prompt)
        return not self._left

    def _new_prompt(self) -> Prompt:
        bar = Bar(self._talk, self._words, self._draft.ref)
        return Prompt(self._talk.place, self._talk.labels, bar, self._draft.keep)

    async def _ask(self) -> Typed:
        over = asyncio.Event()
        watch = asyncio.create_task(self._watch(over))
        try:
            return await self._editor.ask(self._prompt, self._text)
        finally:
            over.set()
            await watch
            await self._draft.settle()

    # --- time that is up meanwhile ------------------------------------------------------------

    async def _watch(self, over: asyncio.Event) -> None:
        """Handle what is due while the person types, until the prompt is `over`."""
        nap = self._nap()
        while not over.is_set():
            try:
                await asyncio.wait_for(over.wait(), nap)
            except TimeoutError:
                nap = await self._look()

    async def _look(self) -> float:
        """Ring if it is time to; returns the seconds till the next look."""
        try:
            if self._talk.alarm_in() == 0:
                async with self._editor.aside():
                    await self._ring()
        except Exception as error:  # what is typed still stands in the editor
            log.warning("what is due could not be handled", exc_info=error)
            return AT_LEAST.total_seconds()
        return self._nap()

    def _nap(self) -> float:
        left = self._talk.alarm_in()
        return AT_LEAST.total_seconds() if left is None else left

    async def _ring(self) -> None:
        """What was typed so far counts; taken along as the answer, it leaves the editor."""
        prompt, text, guard = self._prompt, self._editor.text, self._draft.guard
        if prompt.place is Place.ANSWER and not is_no_answer(text, prompt.labels, self._talk.read):
            self._draft.keep(text)
            await self._draft.settle()
        await self._talk.ring()
        moved = not self._talk.stands(guard)
        self._taken = moved and self._draft.kept
        if moved:
            self._draft.begin(again=False)
        self._overtaken = moved and not self._editor.asking
        self._prompt = self._new_prompt()
        self._editor.renew(self._prompt, clear=self._taken)

    async def _take(self, typed: Typed, prompt: Prompt) -> None:
        """Do what was typed; if that fails, say so and keep it."""
        self._text = ""
        try:
            await self._do(typed, prompt)
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - what was typed must not go with it
            self._failed(typed.text, error)

    async def _do(self, typed: Typed, prompt: Prompt) -> None:
        text = typed.text.strip("\n")
        if is_no_answer(text, prompt.labels, self._talk.read):
            await self._draft.drop()
        if not text.strip():
            await self._nothing(typed.whole, prompt.place)
        elif await self._talk.pick(text):
            return
        elif prompt.place is Place.ANSWER:
            await self._unless_elsewhere(text)
        else:
            await self._line(text)

    async def _nothing(self, whole: bool, place: Place) -> None:
        """Enter alone goes on after a scorecard; Alt+Enter hands in what was drafted."""
        if place is Place.FEEDBACK and self._talk.onward:
            await self._talk.onwards()
        elif whole and self._talk.session.state is State.DRAFTING:
            await self._talk.done(self._draft.guard)

    async def _unless_elsewhere(self, text: str) -> None:
        """An answer, or a command, belongs to the step it was typed at."""
        leaving = isinstance(self._talk.read(text), Leave)
        if leaving or self._talk.stands(self._draft.guard):
            await self._answer(text)
            return
        self._text = text
        self._screen.note(self._words.say("elsewhere"))
        await self._talk.press("repeat")

    async def _answer(self, text: str) -> None:
        answer, command = split(text, self._talk.read)
        if is_question(answer):  # perhaps for something the interviewer knows: it is sent alone
            await self._draft.drop()
            await self._talk.say(answer)
            if command:
                await self._line(command)
        elif answer and (not command or isinstance(self._talk.read(command), Done)):
            await self._whole(answer)
        elif not answer or await self._talk.draft(answer, *self._place):
            await self._line(command)
        else:
            self._text = text

    async def _line(self, line: str) -> None:
        if isinstance(self._talk.read(line), Leave):
            self._left = True
        else:
            await self._talk.say(line)

    async def _whole(self, answer: str) -> None:
        if not await self._talk.hand_in(answer, *self._place):
            self._text = answer  # too long: to be shortened

    def _failed(self, text: str, error: Exception) -> None:
        log.warning("what was typed could not be handled", exc_info=error)
        kept = self._talk.kept()
        self._text = "" if kept else text
        if isinstance(error, StoreError):
            self._screen.note(str(error))
        self._screen.note(self._words.say("failed_kept" if kept else "failed"))

    async def _keep(self, text: str, prompt: Prompt) -> None:
        """Leaving in the middle of an answer: what is typed becomes part of it."""
        text = text.strip()
        if prompt.place is not Place.ANSWER or is_no_answer(text, prompt.labels, self._talk.read):
            await self._draft.drop()
            return
        try:
            await self._talk.draft(text, *self._place)
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - leaving goes on
            self._failed(text, error)

    @property
    def _place(self) -> tuple[str, str]:
        return self._draft.ref, self._draft.guard

    def _farewell(self) -> None:
        session = self._talk.session
        key = "left.drafted" if session.draft else "left.unfinished"
        key = "left.linked" if linked(session.chat) else key
        key = key if session.unfinished else "left.done"
        self._screen.note(self._words.say(key, command=invocation()))


@contextmanager
def _leaving_at_signals(editor: Editor) -> Iterator[None]:
    """A closed window or a `kill` ends the prompt as Ctrl-D does, so nothing typed is lost; so
    does Ctrl-C between two prompts, once what is in hand is finished."""
    loop = asyncio.get_running_loop()
    caught = []
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        with suppress(AttributeError, NotImplementedError, ValueError, RuntimeError):
            number = getattr(signal, name)
            loop.add_signal_handler(number, editor.leave)
            caught.append(number)
    try:
        yield
    finally:
        for number in caught:
            loop.remove_signal_handler(number)
