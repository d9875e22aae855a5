"""One person's conversation: each thing typed is durable and answered before the next."""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from bot import alarms
from bot.channels.terminal.channel import (
    CHAT,
    PIPE,
    SOURCE,
    TerminalChannel,
    abandoned,
    linked,
    long_ago,
)
from bot.channels.terminal.typed import Place, picked
from bot.core.events import Confirm, Event, Text
from bot.core.models import Part, Session, State
from bot.intake import clean
from bot.ports import Alarm, Handled, Incoming, Outgoing, Store, StoreError, VersionConflict

log = logging.getLogger(__name__)

MAX_TRIES = 8  # as in the runtime: then an update is put aside


def _now() -> datetime:
    return datetime.now(UTC)


class Handler(Protocol):
    """The part of the runtime a terminal needs."""

    async def handle(self, update: Incoming) -> list[Outgoing]:
        """Accept and handle one update; returns what goes out."""


class Conversation:
    """Brings what is typed to the runtime, and its messages to the screen.

    What `press`, `say` and `hand_in` raise is what handling raised; what was typed may be in the
    inbox by then (`kept`), and is tried again before the next thing is handled.
    """

    def __init__(
        self,
        handler: Handler,
        channel: TerminalChannel,
        store: Store,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._handler = handler
        self._channel = channel
        self._store = store
        self._now = now
        self._last: Incoming | None = None
        self._handled = True
        self._behind = False  # something earlier is still to be handled
        self._rung: Alarm | None = None
        self._one_at_a_time = asyncio.Lock()  # what is typed, and what time brings

    @property
    def session(self) -> Session:
        """The session as it is in the store."""
        chat = self._channel.chat
        return self._store.session(chat) or Session(chat=chat)

    @property
    def answering(self) -> bool:
        """Whether an answer is awaited."""
        return self.session.state in (State.ASKED, State.DRAFTING)

    def stands(self, guard: str) -> bool:
        """Whether an answer is still awaited at that very step."""
        return self.answering and self.session.guard == guard

    @property
    def place(self) -> Place:
        """What the next line is: while a yes or no is awaited, no answer."""
        session = self.session
        if session.pending:
            return Place.MENU
        if session.state is State.FEEDBACK:
            return Place.FEEDBACK
        resuming = any(_name(action) == "resume" for _, action in self._channel.choices)
        return Place.ANSWER if self.answering and not resuming else Place.MENU

    @property
    def onward(self) -> tuple[str, str] | None:
        """The choice (label, action) that goes on after a scorecard."""
        choices = self._channel.choices
        return next((c for c in choices if _name(c[1]) == "next"), None)

    @property
    def labels(self) -> tuple[str, ...]:
        """The choices on offer, in order."""
        return tuple(label for label, _ in self._channel.choices)

    def read(self, line: str) -> Event:
        """What a line says, without handling it; of words of leaving, `Leave`."""
        return self._channel.read(line)

    def replies(self, line: str) -> bool:
        """Whether a line says yes or no to what was just asked."""
        event = self.read(line)
        return bool(self.session.pending and isinstance(event, Text) and event.reply)

    def kept(self) -> bool:
        """Whether what was typed last is safe, though something failed: handled, or at least in
        the inbox."""
        return self._handled or self._waits()

    def _waits(self) -> bool:
        try:
            waiting = self._store.pending(SOURCE)
        except StoreError:
            return False
        return self._last is not None and self._last.id in {update.id for update in waiting}

    # --- what is typed ------------------------------------------------------------------------

    async def press(self, action: str) -> None:
        """Do an action, as a button would."""
        await self._show(await self._handle(action=action))

    async def pick(self, line: str) -> bool:
        """Do the choice a line names, by number or label; False when it names none."""
        index = picked(line, self.labels)
        if index is None:
            return False
        await self.press(self._channel.choices[index][1])
        return True

    async def say(self, text: str) -> None:
        """A line: a command, a phrase or plain text."""
        await self._show(await self._handle(text=text))

    # --- what time brings ---------------------------------------------------------------------

    def alarm_in(self) -> float | None:
        """Seconds until the time of this chat is up (0: it is), None when it is not, soon."""
        alarm, now = self._alarm(), self._now()
        if alarm is None:
            return None
        return max(0.0, (alarms.rings_at(alarm, SOURCE) - now).total_seconds())

    async def ring(self) -> None:
        """Handle and show what is due, one alarm after the other."""
        while self.alarm_in() == 0:
            alarm = self._alarm()
            assert alarm is not None
            async with self._one_at_a_time:
                outgoing = await self._take_in(alarms.ring(alarm, SOURCE))
            self._rung = alarm  # should it still stand, it is not to be rung again
            await self._show(outgoing)

    def _alarm(self) -> Alarm | None:
        mine = self._channel.chat
        soon = self._store.alarms(mine, self._now() + alarms.AT_LEAST)
        found = next((alarm for alarm in soon if alarm.chat == mine), None)
        return None if found == self._rung else found

    # --- what is typed, in pieces -------------------------------------------------------------

    def new_ref(self) -> str:
        """A name for a piece of an answer."""
        return self._channel.new_ref()

    async def draft(self, text: str, ref: str = "", guard: str = "") -> bool:
        """Add a text to the answer, without a word; False when it was not taken.

        Then it is said why. `ref`: it replaces what was kept under that name; `guard`: only at
        this step.
        """
        ref = ref or self.new_ref()
        outgoing = await self._handle(answer=text, ref=ref, guard=guard)
        taken = Part(ref, clean(text)) in self.session.draft
        await self._show(outgoing, quietly=taken)
        return taken

    async def keep(self, text: str, ref: str, guard: str) -> bool:
        """As `draft`, but never a word; says whether anything is kept under that name."""
        await self._show(await self._handle(answer=text, ref=ref, guard=guard), quietly=True)
        return ref in {part.ref for part in self.session.draft}

    async def hand_in(self, text: str, ref: str = "", guard: str = "") -> bool:
        """A whole answer; False when it was not taken."""
        if not await self.draft(text, ref, guard):
            return False
        await self.done(guard)
        return True

    async def done(self, guard: str = "") -> None:
        """Hand in what was drafted: the answer of this very step."""
        await self.press(f"done@{guard or self.session.guard}")

    async def onwards(self) -> None:
        """Leave a scorecard behind."""
        await self.press(self.onward[1] if self.onward else f"next@{self.session.guard}")

    async def begin(self, question_id: str, anew: bool) -> None:
        """Put a question; with `anew`, something unfinished is left without asking."""
        outgoing = await self._handle(action=f"practice:{question_id}")
        waiting = anew and self.awaits_confirmation
        await self._show(outgoing, quietly=waiting)
        if waiting:
            await self.press("confirm")

    async def resume(self) -> None:
        """Go on with what was paused, where nobody can be asked whether to."""
        if self.session.state is State.PAUSED:
            await self.press(f"resume@{self.session.guard}")

    @property
    def awaits_confirmation(self) -> bool:
        """Whether it was asked if what is under way shall be left; not: if all shall be erased."""
        return self.session.pending not in ("", "delete")

    async def speak(self, lang: str) -> None:
        """Change the language without a word, where a session has another."""
        session = self._store.session(self._channel.chat)
        if session is not None and session.preferences.lang != lang:
            await self._show(await self._handle(action=f"set:lang={lang}"), quietly=True)

    # --- what an earlier process left ---------------------------------------------------------

    async def catch_up(self) -> None:
        """Handle and show what an earlier process, or a failure, left behind in this chat.

        A person's own conversation also clears up, without a word, after pipes of days ago and
        after terminals that had gone on with other chats. What fails holds up what came after it
        in its chat; what goes on failing is put aside after as many tries as the runtime takes,
        and the person is told.
        """
        mine, now = self._channel.chat, time.time_ns()
        stuck: set[str] = set()
        for update in self._store.pending(SOURCE):
            if not (update.chat == mine or (mine == CHAT and _left_behind(update, now))):
                continue
            if update.chat not in stuck and not await self._settled(update):
                stuck.add(update.chat)
        left = self._store.undelivered(SOURCE)
        await self._show([one for one in left if one.chat == mine])
        if mine == CHAT:
            others = [one for one in left if abandoned(one.chat, now) or linked(one.chat)]
            await self._show(others, quietly=True)

    async def _settled(self, update: Incoming) -> bool:
        """Handle a leftover; False when it failed and is to be tried again."""
        try:
            await self._run(update)
        except StoreError:
            raise
        except Exception:  # noqa: BLE001 - whatever it is, the conversation goes on
            return await self._put_aside(update)
        return True

    async def _put_aside(self, update: Incoming) -> bool:
        """Book a failed try; after the last one put the update aside, else False."""
        again = replace(update, tries=update.tries + 1)
        if again.tries < MAX_TRIES:
            await self._store.put_off(again)
            return False
        log.warning("update %s put aside after %d tries", update.id, again.tries)
        await self._store.save(Handled(update, None, None, failure=traceback.format_exc()))
        if update.chat == self._channel.chat:
            self._channel.screen.note(self._channel.words.say("failed_aside"))
        return True

    async def _handle(self, **body: str) -> list[Outgoing]:
        async with self._one_at_a_time:
            return await self._take_in(self._channel.update(**body))

    async def _take_in(self, update: Incoming) -> list[Outgoing]:
        self._behind = self._behind or (not self._handled and self._waits())
        self._last, self._handled = update, False
        if self._behind:
            await self.catch_up()
            self._behind = False
        outgoing = await self._run(update)
        self._handled = True
        return outgoing

    async def _run(self, update: Incoming) -> list[Outgoing]:
        if self._erases(update):
            await asyncio.gather(*(self._erase(chat) for chat in self._store.chats(PIPE)))
        outgoing = await self._handler.handle(update)
        self._channel.words.speak(self.session.preferences.lang)
        return outgoing

    # --- erasing: what was piped in was the same person's -------------------------------------

    def _erases(self, update: Incoming) -> bool:
        """Whether an update is the yes to erasing all that is kept of the person."""
        session = self._store.session(update.chat)
        if update.chat != CHAT or session is None or session.pending != "delete":
            return False
        match self._channel.decode(update).event:
            case Confirm(what):
                return what in ("", "delete")
            case Text(reply=reply):
                return reply == "confirm"
        return False

    async def _erase(self, chat: str) -> None:
        update = replace(self._channel.update(), chat=chat)
        while True:
            before = self._store.session(chat)
            try:
                await self._store.save(Handled(update, before, None, erase=True))
            except VersionConflict:
                continue  # a pipe that still runs
            return

    async def _show(self, outgoing: list[Outgoing], *, quietly: bool = False) -> None:
        self._channel.begin_batch()
        for entry in outgoing:
            if not quietly:
                await self._channel.send(entry)
            await self._store.delivered(entry)


def _left_behind(update: Incoming, now: int) -> bool:
    """Whether nobody else will take an update up: it is days old, or of a pipe of days ago."""
    if not linked(update.chat):
        return abandoned(update.chat, now)
    rung = alarms.rung(update)
    return long_ago(int(rung.timestamp() * 10**9) if rung else update.id, now)


def _name(action: str) -> str:
    """`resume` of `resume@s1.0.0.0`."""
    return action.partition("@")[0].partition(":")[0]
