"""Any order of changes leaves what a dictionary would hold."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.models import Attempt, Session, Turn
from bot.ports import Handled, VersionConflict
from bot.store.sqlite import SqliteStore, open_store
from tests.store.samples import BLANK, at_version, attempt, session, turn, update

CHATS = ("ana", "eva", "luz")
actions = st.tuples(
    st.sampled_from(CHATS),
    st.sampled_from(("new", "go on", "score", "again", "stale", "blank", "repeat", "erase")),
)


@dataclass
class Known:
    """What is known of a chat."""

    session: Session | None = None
    earlier: Session | None = None
    turns: dict[str, tuple[Turn, ...]] = field(default_factory=dict)
    attempts: dict[str, dict[str, Attempt]] = field(default_factory=dict)
    begun: list[str] = field(default_factory=list)


class Both:
    """The store and the model of it, changed alike."""

    def __init__(self, store: SqliteStore) -> None:
        self.store = store
        self.known = {chat: Known() for chat in CHATS}
        self.number = 0
        self.bodies: list[tuple[str, str]] = []
        self.last: dict[str, Handled] = {}

    async def act(self, chat: str, action: str) -> None:
        self.number += 1
        known = self.known[chat]
        change = self._change(chat, known, action)
        if change is None:
            return
        if action in ("stale", "repeat"):
            await self._refused(change, action)
            return
        sent = await self.store.save(change)
        assert [one.body for one in sent] == list(change.bodies)
        self._note(known, change)

    async def _refused(self, change: Handled, action: str) -> None:
        if action == "repeat":
            assert await self.store.save(change) == []
            return
        with pytest.raises(VersionConflict):
            await self.store.save(change)

    def _change(self, chat: str, known: Known, action: str) -> Handled | None:
        now, come = known.session, update(self.number, chat)
        say = (f"{chat} {self.number}",)
        if action == "new":
            after = session(f"{chat}-{self.number}", chat, minutes=self.number)
            return Handled(come, now, after, (turn(after),), bodies=say)
        if action == "blank":
            blank = replace(BLANK, chat=chat)
            return Handled(come, now, blank, bodies=say) if now is None else None
        if action == "erase":
            return Handled(come, now, None, bodies=say, erase=True)
        if action == "repeat":
            return self.last.get(chat)
        if now is None:
            return None
        if action == "stale":
            before = known.earlier
            return Handled(come, before, replace(now, answer="lost"), bodies=say)
        after = replace(now, turns=now.turns + 1, answer=f"{self.number}")
        if action == "go on" or not now.id:
            return Handled(come, now, after, bodies=say)
        name = f"{now.id}-{self.number if action == 'score' else 0}"
        kept = attempt(name, now, self.number, minutes=self.number)
        return Handled(come, now, after, attempts=(kept,), bodies=say)

    def _note(self, known: Known, change: Handled) -> None:
        chat = change.update.chat
        self.last[chat] = change
        if change.erase:
            self.bodies = [one for one in self.bodies if one[0] != chat]
            known.__init__()  # type: ignore[misc]
        self.bodies += [(chat, body) for body in change.bodies]
        if change.after is None:
            return
        known.earlier, before = known.session, known.session
        known.session = at_version(change.after, before.version + 1 if before else 1)
        if change.turns:
            known.turns[change.after.id] = change.turns
        for one in change.attempts:
            known.attempts.setdefault(one.session_id, {})[one.id] = one
        if change.after.id and change.after.id not in known.begun:
            known.begun.append(change.after.id)

    def compare(self) -> None:
        store = self.store
        assert [(one.chat, one.body) for one in store.undelivered("bot")] == self.bodies
        for chat, known in self.known.items():
            assert store.session(chat) == known.session
            rows, more = store.transcripts(chat, 0, 1000)
            assert ([row.id for row in rows], more) == (known.begun[::-1], False)
            for id_ in known.begun:
                found = store.transcript(chat, id_)
                assert found is not None
                assert found.turns == known.turns[id_]
                kept = sorted(known.attempts.get(id_, {}).values(), key=lambda one: one.at)
                assert found.attempts == tuple(kept)
            every = [one for kept_ in known.attempts.values() for one in kept_.values()]
            scores = [one.card.score for one in sorted(every, key=lambda one: one.at)]
            assert [mark.score for mark in store.marks(chat)] == scores


async def play(script: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "test.db"
        async with open_store(path) as store:
            both = Both(store)
            for chat, action in script:
                await both.act(chat, action)
                both.compare()
        async with open_store(path) as both.store:
            both.compare()


@settings(max_examples=40, deadline=None)
@given(st.lists(actions, max_size=25))
def test_the_store_holds_what_a_dictionary_would(script: list[tuple[str, str]]) -> None:
    asyncio.run(play(script))
