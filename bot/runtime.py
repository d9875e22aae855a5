"""From inbox to outbox: load the session, step, save all in one transaction, hand on.

One update of a chat at a time, many chats at once. What is in memory here is only a queue of what
stands in the store as well: after a kill -9, `start` takes up what was left.
"""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot import alarms
from bot.alarms import Alarms
from bot.core.effects import (
    Effect,
    Erase,
    KeepAttempt,
    KeepLink,
    KeepTurn,
    Load,
    Say,
    ScoreAnswer,
)
from bot.core.events import Event, Loaded, Scored, TimePassed
from bot.core.machine import Context, step
from bot.core.models import Attempt, Preferences, Session, Turn
from bot.core.questions import Bank
from bot.delivery import Delivery
from bot.ports import (
    Channel,
    Handled,
    Incoming,
    Outgoing,
    Received,
    Renderer,
    Scorer,
    Store,
    StoreError,
    VersionConflict,
)

log = logging.getLogger(__name__)

MAX_TRIES = 8
STORE_PAUSE = 2.0  # seconds between tries while the store cannot be written
AT_ONCE = 64  # chats; with all of a long backlog at once nothing else would get a turn
LONGEST_PAUSE = 60.0  # seconds
PAGE = 8  # past sessions a page


def _now() -> datetime:
    return datetime.now(UTC)


def backoff(tries: int) -> timedelta:
    """How long to wait after that many failures: 0.5 s, doubled each time, at most 60 s."""
    return timedelta(seconds=min(LONGEST_PAUSE, 0.5 * 2.0 ** (tries - 1)))


@dataclass(frozen=True, slots=True)
class Parts:
    """What the runtime works with; put together in `bootstrap.py`."""

    bank: Bank
    store: Store
    scorer: Scorer
    renderer: Renderer
    channel: Channel
    delivery: Delivery
    lang: str = "es"
    now: Callable[[], datetime] = _now
    seed: Callable[[], int] = lambda: random.getrandbits(32)
    token: Callable[[], str] = lambda: secrets.token_hex(5)


class Runtime:
    """Takes updates in, durably, and handles each once, the updates of a chat in order."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._queues: dict[str, deque[Incoming]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._room = asyncio.Semaphore(AT_ONCE)
        channel = parts.channel
        self._alarms = Alarms(parts.store, channel.source, channel.beginning, parts.now)
        self._clock: asyncio.Task[None] | None = None

    def left(self) -> bool:
        """Whether an earlier process left something to take up."""
        store, source = self._parts.store, self._parts.channel.source
        return bool(store.undelivered(source) or store.pending(source))

    async def start(self, caught_up: asyncio.Event | None = None) -> None:
        """Take up what an earlier process left: unhandled updates, undelivered messages, and
        alarms; from now on those are rung when they are due.

        With `caught_up` only from then on: what a person sent in time, while nobody was here to
        take it, comes before the news that time is up.
        """
        store, source = self._parts.store, self._parts.channel.source
        self._parts.delivery.put(store.undelivered(source))
        for update in store.pending(source):
            self._enqueue(update)
        self._clock = asyncio.create_task(self._watch(caught_up))

    async def accept(self, updates: Sequence[Incoming]) -> None:
        """Write updates to the inbox; when this returns, none can be lost. Repeats are dropped."""
        for update in await self._parts.store.accept(updates):
            self._enqueue(update)

    async def ring(self) -> None:
        """Ring all that is due now; returns when it was handled."""
        await self._ring()
        while self._workers:
            await asyncio.wait(self._workers)

    async def idle(self) -> None:
        """Return when nothing is left to handle or deliver."""
        while self._workers:
            await asyncio.wait(self._workers)
        await self._parts.delivery.idle()

    async def stop(self, grace: float) -> None:
        """Finish what is in hand, for at most `grace` seconds; the rest stays in the store."""
        self._stopping = True
        if self._clock is not None:
            self._clock.cancel()  # a ring it had under way is in the inbox, or due once more
            await asyncio.gather(self._clock, return_exceptions=True)
        end = asyncio.get_running_loop().time() + grace
        if self._workers:
            await asyncio.wait(self._workers, timeout=grace / 2)
        await self._parts.delivery.stop(end - asyncio.get_running_loop().time())

    async def handle(self, update: Incoming) -> list[Outgoing]:
        """Handle one update now and return what goes out; used where one person is served.

        The update is written to the inbox first. Raises what handling it raises; it then stays
        in the inbox for the next `start`.
        """
        await self._parts.store.accept([update])
        while True:
            try:
                return await self._parts.store.save(work(self._parts, update))
            except VersionConflict:
                continue  # the same person in another terminal; each try sees a newer version

    async def _watch(self, caught_up: asyncio.Event | None) -> None:
        """Ring what is due, for ever."""
        if caught_up is not None:
            await caught_up.wait()
        while True:
            try:
                await self._ring()
            except Exception:  # the store can be read or written again later
                log.exception("what is due could not be rung")
                await asyncio.sleep(STORE_PAUSE)
            else:
                await self._alarms.wait()

    async def _ring(self) -> None:
        due = self._alarms.due()
        source = self._parts.channel.source
        await self.accept([alarms.ring(alarm, source) for alarm in due])
        self._alarms.mark(due)

    def _enqueue(self, update: Incoming) -> None:
        queue = self._queues.get(update.chat)
        if queue is not None:
            queue.append(update)
            return
        self._queues[update.chat] = deque([update])
        worker = asyncio.create_task(self._serve(update.chat))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _serve(self, chat: str) -> None:
        """Handle a chat's updates, one after another, until there are none."""
        queue = self._queues[chat]
        try:
            while queue and not self._stopping:
                await self._finish(queue[0])
                queue.popleft()
        except Exception:
            # What is left stays in the inbox for the next start; the next message goes on.
            log.exception("a chat could not be served")
        finally:
            del self._queues[chat]

    async def _finish(self, update: Incoming) -> None:
        """Handle an update until it is done or put aside."""
        while not self._stopping:
            await self._wait_for(update)
            try:
                left = await self._try(update)
                if left is None:
                    return
                update = left
            except VersionConflict:
                log.info("the session of update %s was saved elsewhere: again", update.id)
            except StoreError as error:
                # A full disk or a locked file is no fault of the update: no try is counted.
                log.error("cannot save: %s", error)
                await asyncio.sleep(STORE_PAUSE)

    async def _try(self, update: Incoming) -> Incoming | None:
        """Handle an update; what comes back is to be tried again later, None is settled."""
        async with self._room:
            return update if self._stopping else await self._try_now(update)

    async def _try_now(self, update: Incoming) -> Incoming | None:
        try:
            handled = work(self._parts, update)
            self._parts.delivery.put(await self._parts.store.save(handled))
            self._alarms.saved(handled.after)
        except VersionConflict:
            raise
        except StoreError as error:
            if not error.lasting:
                raise
            return await self._failed(update, traceback.format_exc())
        except Exception:  # noqa: BLE001 - whatever it is, the chat goes on
            return await self._failed(update, traceback.format_exc())
        return None

    async def _failed(self, update: Incoming, failure: str) -> Incoming | None:
        """Book a failed try; after the last one put the update aside and tell the person."""
        tries = update.tries + 1
        if tries < MAX_TRIES:
            log.warning("update %s failed, try %d of %d", update.id, tries, MAX_TRIES)
            later = replace(update, tries=tries, not_before=self._parts.now() + backoff(tries))
            await self._parts.store.put_off(later)
            return later
        log.error("update %s put aside after %d tries:\n%s", update.id, tries, failure)
        try:
            bodies = _sorry(self._parts, update)
        except Exception:
            log.exception("nobody could be told about update %s", update.id)
            bodies = ()
        handled = Handled(update, None, None, bodies=bodies, failure=failure)
        self._parts.delivery.put(await self._parts.store.save(handled))
        return None

    async def _wait_for(self, update: Incoming) -> None:
        """Wait until an update that failed may be tried again, or the runtime stops.

        A time further off than any pause is long was set by a wrong clock, and is not waited for.
        """
        while not self._stopping and update.not_before is not None:
            left = (update.not_before - self._parts.now()).total_seconds()
            if not 0 < left <= LONGEST_PAUSE:
                return
            await asyncio.sleep(min(left, 0.2))


def work(parts: Parts, update: Incoming) -> Handled:
    """What an update comes to: the event is stepped, and so is all that comes back of it."""
    before, now = parts.store.session(update.chat), parts.now()
    if (rung := alarms.rung(update)) is None:
        return _Run(parts, update, parts.channel.decode(update), before, now).all()
    now = max(now, rung)  # it was that time, even if the clock was put back since
    if not alarms.passed(before, now):
        return Handled(update, before, None)  # answered or left in the meantime
    return _Run(parts, update, Received(TimePassed()), before, now).all()


def _sorry(parts: Parts, update: Incoming) -> tuple[str, ...]:
    session = parts.store.session(update.chat)
    lang = session.preferences.lang if session else parts.lang
    message = parts.renderer.message(Say("error"), lang)
    # As an answer to nothing: the message it is about keeps its buttons.
    return tuple(parts.channel.encode(update.chat, message, Received(Event())))


class _Run:
    """One update being worked through; collects what is to be saved."""

    def __init__(
        self,
        parts: Parts,
        update: Incoming,
        received: Received,
        before: Session | None,
        now: datetime,
    ) -> None:
        self._parts = parts
        self._update = update
        self._received = received
        self._before = before
        self._session = before or self._newcomer()
        self._context = Context(parts.bank, now, parts.seed(), parts.token())
        self._turns: list[Turn] = []
        self._attempts: dict[str, Attempt] = {}
        self._bodies: list[str] = []
        self._links: list[KeepLink] = []
        self._erase = False

    def all(self) -> Handled:
        """Step until nothing comes back any more."""
        events = deque([self._received.event])
        while events:
            done = step(self._session, events.popleft(), self._context)
            self._session = done.session
            for effect in done.effects:
                if (back := self._carry_out(effect)) is not None:
                    events.append(back)
        return Handled(
            self._update,
            self._before,
            None if self._erase else self._session,
            tuple(self._turns),
            tuple(self._attempts.values()),
            tuple(self._bodies),
            self._erase,
            links=tuple(self._links),
        )

    def _newcomer(self) -> Session:
        spoken = self._received.lang[:2].lower()
        lang = spoken if spoken in self._parts.bank.languages else self._parts.lang
        return Session(chat=self._update.chat, preferences=Preferences(lang=lang))

    def _carry_out(self, effect: Effect) -> Event | None:
        match effect:
            case Say():
                self._say(effect)
            case ScoreAnswer(question_id, text, lang, occasion):
                if isinstance(self._received.event, TimePassed):
                    self._parts.channel.busy(self._update.chat)
                return Scored(self._parts.scorer.score(question_id, text, lang, occasion))
            case Load(what, argument):
                return Loaded(what, self._load(what, argument))
            case KeepTurn(turn):
                self._turns.append(turn)
            case KeepAttempt(attempt):
                self._attempts[attempt.id] = attempt
            case KeepLink():
                self._links.append(effect)
            case Erase():
                self._erase = True
        return None

    def _say(self, say: Say) -> None:
        message = self._parts.renderer.message(say, self._session.preferences.lang)
        chat = self._update.chat
        self._bodies += self._parts.channel.encode(chat, message, self._received)
        # Only the first message acts on the one whose button was pressed.
        self._received = replace(self._received, pressed="")

    def _load(self, what: str, argument: str) -> object:
        store, chat = self._parts.store, self._update.chat
        if what == "transcripts":
            page = int(argument) if argument.isdecimal() and len(argument) < 6 else 0
            rows, more = store.transcripts(chat, page, PAGE)
            return rows, page, more
        if what == "transcript":
            return store.transcript(chat, argument)
        return store.marks(chat) if what == "progress" else store.export(chat)
