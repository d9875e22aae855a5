"""What every store keeps to, whatever it is made of.

A test class of a store inherits `StoreContract` and has a fixture `store`, empty and open.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.models import Result, State
from bot.core.progress import Mark
from bot.ports import Handled, Store, VersionConflict
from tests.store.erase_contract import EraseContract
from tests.store.samples import (
    BLANK,
    NOW,
    at_version,
    attempt,
    practised,
    session,
    stored,
    turn,
    update,
)


class InboxContract:
    """Updates come in once and stay until they are handled."""

    async def test_new_updates_come_back_in_order(self, store: Store) -> None:
        updates = [update(3), update(1), update(2, chat="eva")]
        assert await store.accept(updates) == updates
        assert store.pending("bot") == updates

    async def test_a_repeat_is_dropped(self, store: Store) -> None:
        await store.accept([update(1), update(5)])
        again = [update(5), update(2), update(2), update(1)]
        assert await store.accept(again) == [update(2)]
        assert await store.accept([]) == []

    async def test_a_smaller_number_that_was_never_seen_is_new(self, store: Store) -> None:
        await store.accept([update(100)])
        assert await store.accept([update(99)]) == [update(99)]

    async def test_sources_count_for_themselves(self, store: Store) -> None:
        await store.accept([update(1)])
        other = update(1, source="terminal")
        assert await store.accept([other]) == [other]
        assert store.pending("terminal") == [other]

    async def test_a_handled_update_is_known_but_not_pending(self, store: Store) -> None:
        await store.accept([update(1), update(2)])
        await store.save(Handled(update(1), None, session()))
        assert store.pending("bot") == [update(2)]
        assert await store.accept([update(1)]) == []

    async def test_a_failed_update_remembers_when_to_try_again(self, store: Store) -> None:
        await store.accept([update(1)])
        later = replace(update(1), tries=2, not_before=NOW + timedelta(seconds=4))
        await store.put_off(later)
        assert store.pending("bot") == [later]

    async def test_an_update_put_aside_is_not_pending(self, store: Store) -> None:
        await store.accept([update(1)])
        aside = Handled(update(1), None, None, bodies=("sorry",), failure="Traceback")
        (sorry,) = await store.save(aside)
        assert (store.pending("bot"), store.session("ana")) == ([], None)
        assert store.undelivered("bot") == [sorry]

    @pytest.mark.parametrize("number", [-(2**63), -1, 0, 2**53 + 1, 2**63 - 1])
    async def test_any_64_bit_number_will_do(self, store: Store, number: int) -> None:
        await store.accept([update(number)])
        assert store.pending("bot") == [update(number)]

    @pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**40])
    async def test_a_larger_number_is_refused(self, store: Store, number: int) -> None:
        with pytest.raises(ValueError, match="64 bits"):
            await store.accept([update(1), update(number)])
        assert store.pending("bot") == []
        assert await store.accept([update(1)]) == [update(1)]


class SessionContract:
    """A chat has one current session, saved only over the version that was loaded."""

    async def test_there_is_none_at_first(self, store: Store) -> None:
        assert store.session("ana") is None

    async def test_what_was_saved_is_loaded_one_version_on(self, store: Store) -> None:
        await store.save(Handled(update(1), None, session()))
        assert stored(store) == at_version(session(), 1)
        changed = replace(stored(store), answer="más")
        await store.save(Handled(update(2), stored(store), changed))
        assert stored(store) == at_version(changed, 2)

    async def test_preferences_alone_are_a_session_too(self, store: Store) -> None:
        await store.save(Handled(update(1), None, BLANK))
        assert stored(store) == at_version(BLANK, 1)
        await store.save(Handled(update(2), stored(store), session()))
        assert stored(store) == at_version(session(), 2)

    async def test_a_new_session_takes_the_place_of_the_old(self, store: Store) -> None:
        first = await practised(store, "ana", 1, session("s1"), 40)
        await practised(store, "ana", 2, session("s2", minutes=5), 50)
        assert stored(store) == at_version(session("s2", minutes=5), 2)
        rows, _ = store.transcripts("ana", 0, 10)
        assert [row.id for row in rows] == ["s2", first.id]
        assert [row.ended_at is not None for row in rows] == [False, True]

    async def test_the_last_words_of_the_old_session_go_with_the_new(self, store: Store) -> None:
        """Beginning anew in the middle of an answer keeps the draft as a turn of the old."""
        await store.save(Handled(update(1), None, session("s1")))
        turns = (turn(session("s1"), 1, text="a medias"), turn(session("s2"), 1, "interviewer"))
        await store.save(Handled(update(2), stored(store), session("s2"), turns))
        rows, _ = store.transcripts("ana", 0, 10)
        assert [row.id for row in rows] == ["s1"]

    async def test_a_finished_session_has_an_end(self, store: Store) -> None:
        first = await practised(store, "ana", 1, session(), 40)
        await store.save(Handled(update(2), first, replace(first, state=State.IDLE)))
        (row,), _ = store.transcripts("ana", 0, 10)
        assert row.ended_at is not None

    async def test_a_stale_version_is_refused(self, store: Store) -> None:
        await store.save(Handled(update(1), None, session()))
        old = stored(store)
        await store.save(Handled(update(2), old, replace(old, answer="a")))
        late = Handled(update(3), old, replace(old, answer="b"), (turn(old),), bodies=("b",))
        with pytest.raises(VersionConflict):
            await store.save(late)
        assert stored(store).answer == "a"
        assert store.undelivered("bot") == []

    async def test_a_stale_session_is_refused(self, store: Store) -> None:
        await store.save(Handled(update(1), None, session("s1")))
        old = stored(store)
        await store.save(Handled(update(2), old, session("s2")))
        for after in (replace(old, answer="b"), session("s3"), None):
            with pytest.raises(VersionConflict):
                await store.save(Handled(update(3), old, after))
        assert stored(store).id == "s2"

    async def test_a_first_save_needs_an_empty_chat(self, store: Store) -> None:
        await store.save(Handled(update(1), None, session("s1")))
        with pytest.raises(VersionConflict):
            await store.save(Handled(update(2), None, session("s2")))

    async def test_a_refused_save_leaves_the_update_pending(self, store: Store) -> None:
        await store.accept([update(1), update(2)])
        await store.save(Handled(update(1), None, session("s1")))
        with pytest.raises(VersionConflict):
            await store.save(Handled(update(2), None, session("s2")))
        assert store.pending("bot") == [update(2)]

    async def test_handling_an_update_twice_changes_nothing(self, store: Store) -> None:
        await store.save(Handled(update(1), None, session(), (turn(session()),), bodies=("a",)))
        again = Handled(update(1), stored(store), session("s2"), bodies=("a",))
        assert await store.save(again) == []
        assert stored(store) == at_version(session(), 1)
        assert len(store.undelivered("bot")) == 1

    async def test_a_session_of_another_chat_is_refused(self, store: Store) -> None:
        with pytest.raises(ValueError, match="eva"):
            await store.save(Handled(update(1), None, session(chat="eva")))

    async def test_the_id_of_another_session_is_refused(self, store: Store) -> None:
        await store.save(Handled(update(1), None, session("s1")))
        with pytest.raises(ValueError, match="cannot be stored"):
            await store.save(Handled(update(2, "eva"), None, session("s1", "eva")))

    async def test_all_at_once_keep_their_versions(self, store: Store) -> None:
        """200 saves at once on 50 chats: who comes late loads again, nothing is overwritten."""

        async def add(number: int, chat: str) -> None:
            while True:
                before = store.session(chat)
                after = before or session(f"s-{chat}", chat)
                after = replace(after, turns=after.turns + 1)
                said = turn(after, after.turns, text=str(number))
                try:
                    await store.save(Handled(update(number, chat), before, after, (said,)))
                except VersionConflict:
                    continue
                return

        await asyncio.gather(*(add(n, f"chat{n % 50}") for n in range(200)))
        for n in range(50):
            assert (stored(store, f"chat{n}").version, stored(store, f"chat{n}").turns) == (4, 4)
            found = store.transcript(f"chat{n}", f"s-chat{n}")
            assert found is not None
            assert {t.text for t in found.turns} == {str(n + i) for i in (0, 50, 100, 150)}


class OutboxContract:
    """What is to be said stays until it was said."""

    async def test_messages_wait_in_order(self, store: Store) -> None:
        first = await store.save(Handled(update(1), None, session(), bodies=("a", "b")))
        second = await store.save(
            Handled(update(2, "eva"), None, session("s2", "eva"), bodies=("c",))
        )
        assert [one.body for one in first + second] == ["a", "b", "c"]
        assert store.undelivered("bot") == first + second
        assert store.undelivered("terminal") == []

    async def test_a_delivered_message_is_gone(self, store: Store) -> None:
        a, b = await store.save(Handled(update(1), None, session(), bodies=("a", "b")))
        await store.delivered(a)
        assert store.undelivered("bot") == [b]

    async def test_an_id_is_never_given_twice(self, store: Store) -> None:
        (a,) = await store.save(Handled(update(1), None, session(), bodies=("a",)))
        await store.delivered(a)
        (b,) = await store.save(Handled(update(2), stored(store), session(), bodies=("b",)))
        assert b.id > a.id

    async def test_a_slot_holds_the_message_last_delivered_in_it(self, store: Store) -> None:
        messages = await store.save(Handled(update(1), None, session(), bodies=("a", "b", "c")))
        assert store.slot("ana", "draft") == ""
        for message, ref in zip(messages, ("17", "18", ""), strict=True):
            await store.delivered(message, "draft", ref)
        assert store.slot("ana", "draft") == "18"
        assert (store.slot("eva", "draft"), store.slot("ana", "other")) == ("", "")


class ReviewContract:
    """What was practised is found again."""

    async def test_a_session_without_an_answer_is_not_listed(self, store: Store) -> None:
        asked = turn(session(), 1, "interviewer")
        await store.save(Handled(update(1), None, session(), (asked,)))
        assert store.transcripts("ana", 0, 10) == ([], False)
        assert store.transcript("ana", "s1") is None

    async def test_a_page_is_newest_first(self, store: Store) -> None:
        for n in range(5):
            await practised(store, "ana", n, session(f"s{n}", minutes=n), 10 * n)
        rows, more = store.transcripts("ana", 0, 2)
        assert ([row.id for row in rows], more) == (["s4", "s3"], True)
        rows, more = store.transcripts("ana", 2, 2)
        assert ([row.id for row in rows], more) == (["s0"], False)
        assert store.transcripts("ana", 9, 2) == ([], False)
        assert store.transcripts("eva", 0, 2) == ([], False)

    async def test_a_summary_says_what_a_list_shows(self, store: Store) -> None:
        await practised(store, "ana", 1, session(), 40, 81)
        (row,), _ = store.transcripts("ana", 0, 1)
        assert (row.id, row.mode, row.started_at) == ("s1", session().mode, NOW)
        assert row.titles == ("Título de q0", "Título de q1")
        assert row.score == 61  # mean of 40 and 81, halves upwards, as at the end of an interview

    async def test_what_was_skipped_counts_once_an_interview_is_over(self, store: Store) -> None:
        results = (Result("q0", 40), Result("q1"))
        await practised(store, "ana", 1, session(), 40)
        over = replace(stored(store), state=State.IDLE, results=results)
        await store.save(Handled(update(2), stored(store), over))
        assert [one.score for one in store.transcripts("ana", 0, 1)[0]] == [20]

    async def test_the_card_on_show_counts_when_a_new_session_begins(self, store: Store) -> None:
        await practised(store, "ana", 1, session(), 40, 80)
        seen = replace(
            stored(store),
            state=State.FEEDBACK,
            results=(Result("q0", 40),),
            best=Result("q1", 80),
        )
        await store.save(Handled(update(2), stored(store), seen))
        await store.save(Handled(update(3), stored(store), session("s2")))
        (row,), _ = store.transcripts("ana", 0, 1)
        assert (row.ended_at is not None, row.score) == (True, 60)

    async def test_the_best_try_at_a_question_counts(self, store: Store) -> None:
        tries = tuple(attempt(f"a{n}", session(), n, minutes=n) for n in (40, 80, 60))
        await store.save(Handled(update(1), None, session(), attempts=tries))
        (row,), _ = store.transcripts("ana", 0, 1)
        assert (row.titles, row.score) == (("Título de user-growth",), 80)

    async def test_an_answer_without_score_is_listed(self, store: Store) -> None:
        await store.save(Handled(update(1), None, session(), (turn(session()),)))
        (row,), _ = store.transcripts("ana", 0, 1)
        assert (row.titles, row.score) == ((), None)

    async def test_a_transcript_is_what_was_kept(self, store: Store) -> None:
        turns = (turn(session(), 1, "interviewer"), turn(session(), 2, text="a\x00😀\u202e"))
        kept = attempt("a1", session(), answer="línea\n\x00 ſ 数据")
        await store.save(Handled(update(1), None, session(), turns, (kept,)))
        found = store.transcript("ana", "s1")
        assert found is not None
        assert (found.session_id, found.started_at) == ("s1", NOW)
        assert (found.turns, found.attempts) == (turns, (kept,))
        assert store.transcript("eva", "s1") is None

    async def test_an_attempt_of_the_same_id_is_replaced(self, store: Store) -> None:
        await store.save(
            Handled(update(1), None, session(), attempts=(attempt("a", session(), 40),))
        )
        better = attempt("a", session(), 70, answer="con más detalle", minutes=3)
        await store.save(Handled(update(2), stored(store), session(), attempts=(better,)))
        found = store.transcript("ana", "s1")
        assert found is not None
        assert found.attempts == (better,)

    async def test_an_attempt_of_somebody_else_is_not(self, store: Store) -> None:
        await practised(store, "ana", 1, session("s1"), 40)
        theirs = session("s2", "eva")
        taken = attempt("s1-0", theirs, 99)
        with pytest.raises(ValueError, match="another session"):
            await store.save(Handled(update(2, "eva"), None, theirs, attempts=(taken,)))
        assert [mark.score for mark in store.marks("ana")] == [40]

    async def test_marks_are_oldest_first(self, store: Store) -> None:
        await practised(store, "ana", 5, session("s1"), 40, 50)
        await practised(store, "ana", 1, session("s2", minutes=5), 60)
        marks = store.marks("ana")
        assert [mark.score for mark in marks] == [60, 40, 50]
        assert marks[0] == Mark("growth", "Título de q0", 60, NOW + timedelta(minutes=1), band=3)
        assert store.marks("eva") == []

    async def test_a_rating_is_kept_with_the_attempt(self, store: Store) -> None:
        rated = replace(attempt("a", session()), rating=4)
        await store.save(Handled(update(1), None, session(), attempts=(rated,)))
        found = store.transcript("ana", "s1")
        assert found is not None
        assert found.attempts == (rated,)
        assert [(mark.rating, mark.band) for mark in store.marks("ana")] == [(4, 3)]
        assert json.loads(store.export("ana"))["sessions"][0]["attempts"][0]["rating"] == 4
        again = replace(rated, rating=2)
        await store.save(Handled(update(2), stored(store), session(), attempts=(again,)))
        assert [mark.rating for mark in store.marks("ana")] == [2]

    async def test_an_export_holds_everything_of_one_chat(self, store: Store) -> None:
        await practised(store, "ana", 1, session("s1"), 40)
        await practised(store, "ana", 2, session("s2", minutes=5), 50)
        await practised(store, "eva", 3, session("s3", "eva"), 70)
        text = store.export("ana")
        kept = json.loads(text)
        assert kept["chat"] == "ana"
        assert kept["preferences"]["lang"] == "es"
        assert [one["id"] for one in kept["sessions"]] == ["s1", "s2"]
        first = kept["sessions"][0]
        assert first["turns"][0]["text"] == "Lo medí"
        assert first["draft"][0]["text"] == "Subimos la retención"
        assert first["attempts"][0]["card"]["scores"][0]["evidence"][0]["text"] == "Subimos"
        assert "retención" in text  # readable as it is
        assert text.startswith("{\n")

    async def test_an_export_of_nothing(self, store: Store) -> None:
        assert json.loads(store.export("ana"))["sessions"] == []
        await store.save(Handled(update(1), None, BLANK))
        kept = json.loads(store.export("ana"))
        assert (kept["preferences"]["lang"], kept["sessions"]) == ("en", [])


class StoreContract(InboxContract, SessionContract, OutboxContract, ReviewContract, EraseContract):
    """All of it."""
