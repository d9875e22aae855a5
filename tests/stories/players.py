"""The bare machine and the terminal as players of a story; Telegram stands in `telegram.py`."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.channels.terminal.channel import CHAT, TerminalChannel
from bot.channels.terminal.markup import plain
from bot.channels.terminal.screen import NumberedRows
from bot.channels.terminal.wording import Words
from bot.core.effects import Effect, KeepAttempt, KeepTurn, Load, Say, ScoreAnswer
from bot.core.events import Edited, Event, Loaded, Scored, Stray, TimePassed, parse
from bot.core.machine import Context, step
from bot.core.models import Attempt, Mode, Preferences, Session, SessionSummary, Transcript, Turn
from bot.core.progress import Mark
from bot.core.questions import Bank
from bot.delivery import Delivery
from bot.intake import Intake
from bot.ports import Channel, Renderer, Scorer, Store
from bot.runtime import Parts, Runtime
from bot.store.sqlite import SqliteStore, open_store
from tests.stories.play import Outcome, World

DEFAULT = "es"  # for whose app speaks no language of ours


@dataclass(frozen=True)
class Kit:
    """What all players share: the real bank, scorer, templates and phrases; `lang` is the language
    of the person's app, `words` those of the terminal."""

    bank: Bank
    scorer: Scorer
    renderer: Renderer
    intake: Intake
    words: Words
    lang: str = DEFAULT


class MachinePlayer:
    """Nothing but `step`; what is kept is kept in lists."""

    def __init__(self, kit: Kit, world: World) -> None:
        self._kit, self._world = kit, world
        lang = kit.lang[:2].lower()
        lang = lang if lang in kit.bank.languages else DEFAULT
        self._session = Session(chat="story", preferences=Preferences(lang=lang))
        self._turns: list[Turn] = []
        self._attempts: dict[str, Attempt] = {}
        self._buttons: list[tuple[str, str]] = []
        self._said: list[str] = []
        self._sent = 0

    async def send(self, text: str) -> list[str]:
        self._sent += 1
        return self._play(self._kit.intake.read(text, str(self._sent)))

    async def press(self, label: str, oldest: bool) -> list[str]:
        return self._play(parse(find(self._buttons, label, oldest)))

    async def stray(self, kind: str) -> list[str]:
        return self._play(Stray(kind))

    async def edit(self, text: str) -> list[str]:
        return self._play(Edited(text, str(self._sent)))

    async def stop(self) -> None:
        pass

    async def start(self) -> None:
        pass

    def alarm(self) -> datetime | None:
        return self._session.alarm

    async def ring(self) -> list[str]:
        return self._play(TimePassed())

    async def end(self) -> Outcome:
        turns = [(turn.who, turn.kind, turn.text) for turn in self._turns]
        scores = [(one.question_id, one.card.score) for one in self._attempts.values()]
        return Outcome(session=self._session, turns=turns, scores=scores)

    def _play(self, event: Event) -> list[str]:
        self._said = []
        events = deque([event])
        context = Context(
            self._kit.bank, self._world.now(), self._world.seed(), self._world.token()
        )
        while events:
            done = step(self._session, events.popleft(), context)
            self._session = done.session
            for effect in done.effects:
                events += self._carry_out(effect)
        return self._said

    def _carry_out(self, effect: Effect) -> list[Event]:
        match effect:
            case Say():
                message = self._kit.renderer.message(effect, self._session.preferences.lang)
                self._said.append(plain(message.html))
                self._buttons += [button for row in message.buttons for button in row]
            case ScoreAnswer(question, text, lang, target):
                return [Scored(self._kit.scorer.score(question, text, lang, target))]
            case KeepTurn(turn):
                self._turns.append(turn)
            case KeepAttempt(attempt):
                self._attempts[attempt.id] = attempt
            case Load(what):
                return [Loaded(what, self._loaded(what))]
        return []

    def _loaded(self, what: str) -> object:
        attempts = tuple(self._attempts.values())
        if what == "progress":
            return [
                Mark(a.topic, a.title, a.card.score, a.at, a.rating, a.card.band) for a in attempts
            ]
        first = self._turns[0]
        if what == "transcript":
            mode = self._session.mode
            return Transcript(first.session_id, mode, first.at, tuple(self._turns), attempts)
        if not attempts:
            return [], 0, False
        scores = [a.card.score for a in attempts]
        titles = tuple(dict.fromkeys(a.title for a in attempts))
        mean = round(sum(scores) / len(scores))
        mode = Mode(self._session.mode)
        ended = None if self._session.unfinished else attempts[-1].at
        return [SessionSummary(first.session_id, mode, first.at, ended, titles, mean)], 0, False


class _Paper:
    def __init__(self) -> None:
        self.shown: list[str] = []

    def message(self, html: str, rows: NumberedRows) -> None:
        self.shown.append(plain(html))

    def note(self, text: str) -> None:
        pass  # where it put a file, is of this channel only


def parts(kit: Kit, world: World, store: Store, channel: Channel) -> Parts:
    """What a runtime is made of in a story."""
    delivery = Delivery(channel, store, rate=10_000, per_chat=10_000)
    return Parts(
        kit.bank,
        store,
        kit.scorer,
        kit.renderer,
        channel,
        delivery,
        lang=DEFAULT,
        now=world.now,
        seed=world.seed,
        token=world.token,
    )


class TerminalPlayer:
    """The terminal's channel on a real database."""

    def __init__(self, kit: Kit, world: World, folder: Path) -> None:
        self._kit, self._world, self._path = kit, world, folder / "story.db"
        self._open()

    async def send(self, text: str) -> list[str]:
        return await self._play(text=text)

    async def press(self, label: str, oldest: bool) -> list[str]:
        return await self._play(action=find(self._channel.choices, label, oldest))

    async def stray(self, kind: str) -> list[str]:
        raise NotImplementedError("a terminal has no stickers")

    async def edit(self, text: str) -> list[str]:
        raise NotImplementedError("a terminal has no edits")

    async def stop(self) -> None:
        await self._store.close()

    async def start(self) -> None:
        self._open()

    def alarm(self) -> datetime | None:
        return alarm_of(self._store, CHAT)

    async def ring(self) -> list[str]:
        self._paper.shown = []
        await self._runtime.ring()
        await self._runtime.idle()
        return self._paper.shown

    async def end(self) -> Outcome:
        outcome = outcome_of(self._store, CHAT)
        await self._store.close()
        return outcome

    def _open(self) -> None:
        kit, self._paper = self._kit, _Paper()
        self._store = open_store(self._path)
        folder = self._path.parent
        self._channel = TerminalChannel(kit.intake, self._paper, kit.words, kit.lang, folder)
        self._runtime = Runtime(parts(kit, self._world, self._store, self._channel))

    async def _play(self, **body: str) -> list[str]:
        self._paper.shown = []
        for outgoing in await self._runtime.handle(self._channel.update(**body)):
            await self._channel.send(outgoing)
        return self._paper.shown


def find(buttons: Sequence[tuple[str, str]], label: str, oldest: bool = False) -> str:
    """The action of the newest (or oldest) button whose label contains `label`."""
    found = [action for text, action in buttons if label in text]
    assert found, f"no button {label!r} among {[text for text, _ in buttons]}"
    return found[0] if oldest else found[-1]


def alarm_of(store: Store, chat: str) -> datetime | None:
    """When the time of a chat's session is up."""
    session = store.session(chat)
    return session.alarm if session else None


def outcome_of(store: SqliteStore, chat: str) -> Outcome:
    """What the store holds of a chat at the end, as its export shows it."""
    kept = json.loads(store.export(chat))["sessions"]
    kept.sort(key=lambda one: one["started_at"] or "")
    return Outcome(
        session=store.session(chat),
        turns=[(t["who"], t["kind"], t["text"]) for one in kept for t in one["turns"]],
        scores=[(a["question_id"], a["card"]["score"]) for one in kept for a in one["attempts"]],
    )


def comparable(session: Session | None) -> Session | None:
    """A session without what differs by channel: chat, version, names of messages."""
    if session is None:
        return None
    draft = tuple(replace(part, ref="") for part in session.draft)
    return replace(session, chat="", version=0, draft=draft)
