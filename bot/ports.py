"""What the runtime needs of the world, as protocols; `bootstrap.py` knows the concrete classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.effects import KeepLink, Say
from bot.core.events import Event
from bot.core.models import (
    Attempt,
    Occasion,
    Scorecard,
    Session,
    SessionSummary,
    Transcript,
    Turn,
)
from bot.core.progress import Mark
from bot.core.questions import Lang


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update as it came in: `source` names the bot or terminal, `id` is unique in it.

    `body` is the channel's own JSON; `tries` counts failed handlings, before `not_before` (UTC)
    it is not tried again.
    """

    source: str
    id: int
    chat: str
    body: str
    tries: int = 0
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What an update says: the event, the language the person's app is set to (may be empty) and
    the message whose button was pressed (empty without one)."""

    event: Event
    lang: str = ""
    pressed: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A rendered message: HTML of the small subset `b i u s code pre blockquote a`.

    `buttons` are rows of (label, action); `picture` is a file name and SVG, drawn when it is sent,
    in a message without `attachment`. For the other fields see `Say`.
    """

    html: str
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()
    replace: bool = False
    onto: str = ""
    slot: str = ""
    attachment: tuple[str, str] | None = None
    picture: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One call to the channel, as kept in the outbox; `body` is the channel's own JSON."""

    id: int
    chat: str
    body: str


@dataclass(frozen=True, slots=True)
class Handled:
    """All that handling one update changes; it is saved whole or not at all.

    `before` is the session as it was loaded (None: the chat had none), `after` as it is now (None:
    do not save one). `erase` removes every trace of the chat first. `failure` is the traceback of
    an update that is put aside. A new one of the `links` takes the place of the chat's earlier.
    """

    update: Incoming
    before: Session | None
    after: Session | None
    turns: tuple[Turn, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    bodies: tuple[str, ...] = ()
    erase: bool = False
    failure: str = ""
    links: tuple[KeepLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Alarm:
    """When the time of a chat's session is up; `source` is where it was last saved from."""

    chat: str
    at: datetime
    source: str


class StoreError(Exception):
    """The store cannot be used; the message says what is wrong and what to do.

    `lasting`: trying again later is of no use, this piece of data cannot be read.
    """

    def __init__(self, text: str, *, lasting: bool = False) -> None:
        super().__init__(text)
        self.lasting = lasting


class VersionConflict(Exception):
    """Somebody else saved this chat's session in between: load it again."""


class TooManyCodes(Exception):
    """So many wrong codes were given lately that none is taken for a while."""


class RetryLater(Exception):
    """The channel could not send now; try again after `seconds` (None: as you see fit)."""

    def __init__(self, seconds: float | None = None) -> None:
        super().__init__(f"retry after {seconds} s")
        self.seconds = seconds


class Refused(Exception):
    """The channel will never take this message (the person blocked the bot, say)."""


class Store(Protocol):
    """Keeps everything. Coroutines return when the change is on disk; reads are immediate."""

    async def accept(self, updates: Sequence[Incoming]) -> list[Incoming]:
        """Write updates to the inbox; returns those that were new, in order."""

    def pending(self, source: str) -> list[Incoming]:
        """The unhandled updates of a source, oldest first."""

    def session(self, chat: str) -> Session | None:
        """The chat's current session, None before the first.

        None as well when it cannot be read any more; `save` then keeps what was stored aside.
        """

    async def save(self, handled: Handled) -> list[Outgoing]:
        """Save everything in one transaction; returns the outgoing messages with their ids.

        Raises `VersionConflict` when the session is not at `before`'s version any more.
        """

    async def put_off(self, update: Incoming) -> None:
        """Remember `tries` and `not_before` of an update whose handling failed."""

    def undelivered(self, source: str) -> list[Outgoing]:
        """The outbox of a source, oldest first."""

    async def delivered(self, outgoing: Outgoing, slot: str = "", ref: str = "") -> None:
        """Take a message out of the outbox; `ref` is remembered as the chat's `slot`."""

    def slot(self, chat: str, slot: str) -> str:
        """The message last delivered in a slot, empty without one."""

    def alarms(self, beginning: str, before: datetime) -> list[Alarm]:
        """The alarms before a time, earliest first, of chats whose names begin like this."""

    async def redeem(self, code: str) -> str | None:
        """The chat a code links to, once; None for a wrong, used or expired one.

        Case, blanks and hyphens do not matter. Raises `TooManyCodes`.
        """

    def transcripts(self, chat: str, page: int, size: int) -> tuple[list[SessionSummary], bool]:
        """A page (from 0) of past sessions with an attempt or answer, newest first; and whether
        there are more."""

    def transcript(self, chat: str, session_id: str) -> Transcript | None:
        """One session of this chat; None when there is none of that id."""

    def marks(self, chat: str) -> list[Mark]:
        """All scores of a chat, oldest first."""

    def chats(self, beginning: str) -> list[str]:
        """The chats whose names begin like this and of which anything is kept, in order."""

    def export(self, chat: str) -> str:
        """All that is kept of a chat, as indented JSON."""

    async def close(self) -> None:
        """Finish what is waiting and close the file."""


class Scorer(Protocol):
    """Scores an answer; deterministic."""

    def score(
        self,
        question_id: str,
        text: str,
        lang: Lang = "es",
        occasion: Occasion = ...,
    ) -> Scorecard:
        """The scorecard of `text` as an answer to the question, on that occasion."""


class Renderer(Protocol):
    """Turns what the core says into words."""

    def message(self, say: Say, lang: Lang) -> Message:
        """The message of a `Say` in a language."""


class Channel(Protocol):
    """A way to talk to people: Telegram, a terminal.

    `source` names it in the store, `beginning` is how the names of its chats begin.
    """

    source: str
    beginning: str

    def decode(self, update: Incoming) -> Received:
        """What an update says. Never raises on odd content: that is a `Stray` event."""

    def encode(self, chat: str, message: Message, received: Received) -> list[str]:
        """The calls that bring a message to the person, one outbox entry each."""

    async def send(self, outgoing: Outgoing) -> tuple[str, str]:
        """Carry out one outbox entry; returns (slot, message ref), empty where of no use.

        Raises `RetryLater` or `Refused`.
        """

    def busy(self, chat: str) -> None:
        """An answer nobody handed in is about to be judged: show it, where that is possible."""
