"""What erasing a chat comes to in every store; part of `StoreContract`."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.ports import Handled, Outgoing, Store, VersionConflict
from tests.store.samples import (
    BLANK,
    at_version,
    practised,
    session,
    stored,
    update,
)


class EraseContract:
    """Nothing of an erased chat is left, everything of the others is."""

    async def test_every_trace_goes(self, store: Store) -> None:
        await store.accept([update(1), update(2), update(3), update(9, "eva")])
        await practised(store, "eva", 4, session("e1", "eva"), 70)
        await practised(store, "ana", 1, session("s1"), 40)
        (sent,) = await store.save(Handled(update(5), stored(store), session(), bodies=("b",)))
        await store.delivered(sent, "draft", "17")
        await store.save(Handled(update(6), stored(store), session(), bodies=("b",)))
        (bye,) = await store.save(
            Handled(update(2), stored(store), None, bodies=("bye",), erase=True)
        )
        assert store.session("ana") is None
        assert (store.marks("ana"), store.slot("ana", "draft")) == ([], "")
        assert store.transcripts("ana", 0, 9) == ([], False)
        assert store.transcript("ana", "s1") is None
        assert json.loads(store.export("ana")) == {
            "chat": "ana",
            "preferences": None,
            "sessions": [],
            "links": [],
        }
        assert store.undelivered("bot") == [bye]
        assert store.pending("bot") == [update(9, "eva")]
        assert [mark.score for mark in store.marks("eva")] == [70]

    async def test_handled_updates_stay_known(self, store: Store) -> None:
        await store.accept([update(1), update(2)])
        await store.save(Handled(update(1), None, session()))
        await store.save(Handled(update(2), stored(store), None, erase=True))
        assert await store.accept([update(1), update(2)]) == []

    async def test_preferences_may_stay(self, store: Store) -> None:
        await store.save(Handled(update(1), None, session()))
        await store.save(Handled(update(2), stored(store), BLANK, erase=True))
        assert stored(store) == at_version(BLANK, 2)

    async def test_a_stale_erasure_is_refused(self, store: Store) -> None:
        await store.save(Handled(update(1), None, session()))
        old = stored(store)
        await store.save(Handled(update(2), old, replace(old, answer="a")))
        with pytest.raises(VersionConflict):
            await store.save(Handled(update(3), old, None, erase=True))
        assert stored(store).answer == "a"

    async def test_an_erased_message_leaves_no_slot_behind(self, store: Store) -> None:
        """A message may be on its way while its chat is erased."""
        (sent,) = await store.save(Handled(update(1), None, session(), bodies=("a",)))
        await store.save(Handled(update(2), stored(store), None, erase=True))
        await store.delivered(sent, "draft", "17")
        assert store.slot("ana", "draft") == ""

    async def test_a_chat_without_anything_can_be_erased(self, store: Store) -> None:
        out = await store.save(Handled(update(1), None, None, bodies=("bye",), erase=True))
        assert out == [Outgoing(out[0].id, "ana", "bye")]

    async def test_chats_are_found_by_how_their_names_begin(self, store: Store) -> None:
        assert store.chats("") == []
        await store.save(Handled(update(1), None, session()))
        assert (store.chats("an"), store.chats("_n"), store.chats("ana2")) == (["ana"], [], [])
        await store.save(Handled(update(2), stored(store), None, erase=True))
        assert store.chats("an") == []
