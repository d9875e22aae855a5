"""What every store keeps to about time: alarms, and codes that expire."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.effects import KeepLink
from bot.core.models import Manner, Session, State
from bot.ports import Alarm, Handled, Store, TooManyCodes, VersionConflict
from tests.store.samples import NOW, session, stored, update

DUE = NOW + timedelta(seconds=60)
FAR = NOW + timedelta(days=1)


def timed(chat: str = "ana", id_: str = "s1", minutes: int = 0) -> Session:
    """A session whose alarm is a minute after `NOW`, and so many minutes."""
    asked_at = NOW + timedelta(minutes=minutes)
    of = session(id_, chat)
    return replace(of, manner=Manner.REAL, state=State.ASKED, asked_at=asked_at, limit=60)


class Moving:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self):  # type: ignore[no-untyped-def]
        return self.time

    def move(self, **by: int) -> None:
        self.time += timedelta(**by)


class AlarmContract:
    """An alarm is saved with its session, and goes with it."""

    async def test_there_are_none_at_first(self, store: Store) -> None:
        await store.save(Handled(update(1), None, session()))
        assert store.alarms("", FAR) == []

    async def test_it_is_saved_with_the_session(self, store: Store) -> None:
        await store.save(Handled(update(1), None, timed()))
        assert store.alarms("ana", FAR) == [Alarm("ana", DUE, "bot")]

    async def test_it_moves_with_the_session(self, store: Store) -> None:
        await store.save(Handled(update(1), None, timed()))
        later = replace(stored(store), reminded=1)
        await store.save(Handled(update(1, source="term"), stored(store), later))
        assert store.alarms("", FAR) == [Alarm("ana", NOW + timedelta(seconds=90), "term")]

    @pytest.mark.parametrize(
        "change", [{"state": State.FEEDBACK}, {"manner": Manner.COACH}, {"asked_at": None}]
    )
    async def test_it_goes_when_nothing_is_awaited(
        self, store: Store, change: dict[str, object]
    ) -> None:
        await store.save(Handled(update(1), None, timed()))
        after = replace(stored(store), **change)  # type: ignore[arg-type]
        await store.save(Handled(update(2), stored(store), after))
        assert store.alarms("", FAR) == []

    async def test_a_new_session_has_its_own(self, store: Store) -> None:
        await store.save(Handled(update(1), None, timed()))
        await store.save(Handled(update(2), stored(store), timed(id_="s2", minutes=5)))
        assert [alarm.at for alarm in store.alarms("", FAR)] == [DUE + timedelta(minutes=5)]
        await store.save(Handled(update(3), stored(store), session("s3")))
        assert store.alarms("", FAR) == []

    async def test_it_goes_with_what_is_erased(self, store: Store) -> None:
        await store.save(Handled(update(1), None, timed()))
        await store.save(Handled(update(2), stored(store), None, erase=True))
        assert store.alarms("", FAR) == []

    async def test_a_refused_save_changes_none(self, store: Store) -> None:
        await store.save(Handled(update(1), None, timed()))
        old = stored(store)
        await store.save(Handled(update(2), old, old))
        with pytest.raises(VersionConflict):
            await store.save(Handled(update(3), old, replace(old, reminded=2)))
        assert store.alarms("", FAR) == [Alarm("ana", DUE, "bot")]

    async def test_an_update_put_aside_leaves_it(self, store: Store) -> None:
        await store.save(Handled(update(1), None, timed()))
        await store.save(Handled(update(2), None, None, failure="Traceback"))
        assert store.alarms("", FAR) == [Alarm("ana", DUE, "bot")]

    async def test_the_earliest_of_the_chats_asked_for_come_first(self, store: Store) -> None:
        for number, (chat, minutes) in enumerate({"tg:1": 9, "term:1": 0, "tg:2": 5}.items()):
            one = timed(chat, f"s{number}", minutes)
            await store.save(Handled(update(number, chat), None, one))
        assert [alarm.chat for alarm in store.alarms("tg:", FAR)] == ["tg:2", "tg:1"]
        before = DUE + timedelta(minutes=9)
        assert [alarm.chat for alarm in store.alarms("tg:", before)] == ["tg:2"]


class LinkContract:
    """A code leads to one chat, once, until it expires. The store's clock is `clock`."""

    async def test_a_code_leads_to_its_chat_once(self, store: Store) -> None:
        await store.save(linked("ABCD-2345"))
        assert await store.redeem("ABCD-2345") == "ana"
        assert await store.redeem("ABCD-2345") is None

    @pytest.mark.parametrize(
        "typed", ["abcd2345", " AbCd 2345\n", "ab-cd–23‑45", "ＡＢＣＤ２３４５"]
    )
    async def test_case_blanks_and_hyphens_do_not_matter(self, store: Store, typed: str) -> None:
        await store.save(linked("ABCD-2345"))
        assert await store.redeem(typed) == "ana"

    @pytest.mark.parametrize(
        "typed", ["", "-", "ABCD-2346", "ABCD", "ABCD-2345-6", "\ud800", "' OR 1"]
    )
    async def test_a_wrong_code_leads_nowhere(self, store: Store, typed: str) -> None:
        await store.save(linked("ABCD-2345"))
        assert await store.redeem(typed) is None
        assert await store.redeem("ABCD-2345") == "ana"

    async def test_a_new_code_takes_the_place_of_the_old(self, store: Store) -> None:
        await store.save(linked("first"))
        await store.save(linked("second", 2, before=stored(store)))
        assert await store.redeem("first") is None
        assert await store.redeem("second") == "ana"

    async def test_codes_of_others_stay(self, store: Store) -> None:
        await store.save(linked("first"))
        await store.save(linked("second", 2, chat="eva"))
        assert await store.redeem("first") == "ana"
        assert await store.redeem("second") == "eva"

    async def test_a_code_expires(self, store: Store, clock: Moving) -> None:
        await store.save(linked("code"))
        clock.move(minutes=10)
        assert await store.redeem("code") is None

    async def test_until_then_it_is_good(self, store: Store, clock: Moving) -> None:
        await store.save(linked("code"))
        clock.move(minutes=9, seconds=59)
        assert await store.redeem("code") == "ana"

    async def test_it_goes_with_what_is_erased(self, store: Store) -> None:
        await store.save(linked("code"))
        await store.save(Handled(update(2), stored(store), None, erase=True))
        assert await store.redeem("code") is None

    async def test_it_is_not_part_of_what_is_exported(self, store: Store) -> None:
        await store.save(linked("SECRETCODE"))
        assert "secretcode" not in json.dumps(store.export("ana")).lower()

    @pytest.mark.parametrize("code", ["", "- -"])
    async def test_a_code_of_nothing_is_refused(self, store: Store, code: str) -> None:
        with pytest.raises(ValueError, match="code"):
            await store.save(linked(code))

    async def test_after_five_wrong_codes_none_is_taken_for_a_while(
        self, store: Store, clock: Moving
    ) -> None:
        await store.save(linked("right", until=FAR))
        for number in range(5):
            clock.move(minutes=1)
            assert await store.redeem(f"wrong{number}") is None
        for minutes in (0, 9):
            clock.move(minutes=minutes)
            with pytest.raises(TooManyCodes):
                await store.redeem("right")
        clock.move(minutes=1)
        assert await store.redeem("right") == "ana"

    async def test_the_count_begins_anew_after_the_pause(
        self, store: Store, clock: Moving
    ) -> None:
        for _ in range(5):
            await store.redeem("wrong")
        clock.move(minutes=10)
        for _ in range(5):
            assert await store.redeem("wrong") is None
        with pytest.raises(TooManyCodes):
            await store.redeem("wrong")

    async def test_wrong_codes_now_and_then_are_no_trouble(
        self, store: Store, clock: Moving
    ) -> None:
        for _ in range(12):
            clock.move(minutes=3)
            assert await store.redeem("wrong") is None

    async def test_a_clock_put_back_locks_nobody_out(self, store: Store, clock: Moving) -> None:
        clock.move(days=400)
        for _ in range(5):
            await store.redeem("wrong")
        clock.move(days=-400)
        await store.save(linked("right"))
        assert await store.redeem("right") == "ana"


def linked(
    code: str,
    number: int = 1,
    chat: str = "ana",
    before: Session | None = None,
    until: object = NOW + timedelta(minutes=10),
) -> Handled:
    """An update that lets a code lead to a chat, for ten minutes."""
    after = before or session(f"s-{chat}", chat)
    link = KeepLink(code, until)  # type: ignore[arg-type]
    return Handled(update(number, chat), before, after, links=(link,))


class ClockContract(AlarmContract, LinkContract):
    """Both."""
