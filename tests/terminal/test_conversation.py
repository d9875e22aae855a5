"""What happens when handling fails, and what an earlier process left."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.terminal.channel import pipe_chat
from bot.channels.terminal.conversation import MAX_TRIES, Conversation
from bot.channels.terminal.typed import Place
from bot.core.models import State
from bot.ports import Outgoing, StoreError
from tests.terminal.desk import FULL, WORDS, Desk, Failing, sit_down


async def test_an_update_that_was_never_handled_is_taken_up(desk: Desk, tmp_path: Path) -> None:
    await desk.talk.begin("user-growth", anew=False)
    await desk.store.accept([desk.channel.update(answer="goal")])
    later = sit_down(tmp_path)
    await later.talk.catch_up()
    assert [part.text for part in later.session.draft] == ["goal"]
    assert later.store.pending("term") == []
    await later.store.close()


async def test_a_message_that_was_never_shown_is_shown_once(desk: Desk, tmp_path: Path) -> None:
    await desk.runtime.handle(desk.channel.update(action="practice:user-growth"))
    later = sit_down(tmp_path)
    await later.talk.catch_up()
    assert "¿Qué harías con user-growth?" in later.paper.text
    await later.talk.catch_up()
    assert len(later.paper.shown) == 1
    await later.store.close()


async def test_leftovers_of_other_chats_are_none_of_a_pipe_s_business(
    desk: Desk, tmp_path: Path
) -> None:
    await desk.runtime.handle(desk.channel.update(action="practice:user-growth"))
    await desk.store.accept([desk.channel.update(answer="goal")])
    later = sit_down(tmp_path, pipe_chat())
    await later.talk.catch_up()
    assert later.paper.shown == []
    assert len(desk.store.pending("term")) == 1
    assert len(desk.store.undelivered("term")) == 1
    await later.store.close()


@pytest.mark.parametrize(("chat", "cleared"), [("term:pipe-4096", True), (pipe_chat(), False)])
async def test_a_person_s_start_clears_up_after_pipes_of_days_ago(
    desk: Desk, tmp_path: Path, chat: str, cleared: bool
) -> None:
    dead = sit_down(tmp_path, chat)
    await dead.runtime.handle(dead.channel.update(action="practice:user-growth"))
    await dead.store.accept([dead.channel.update(answer="goal")])
    await dead.store.close()
    await desk.talk.catch_up()
    assert desk.paper.shown == []
    assert (desk.store.pending("term") == []) == cleared
    assert (desk.store.undelivered("term") == []) == cleared


async def test_what_failed_is_handled_before_the_next_thing(desk: Desk) -> None:
    await desk.talk.begin("user-growth", anew=False)
    failing = Failing(desk.runtime, desk.store, [RuntimeError("once")])
    talk = Conversation(failing, desk.channel, desk.store)
    with pytest.raises(RuntimeError):
        await talk.draft("goal!")
    assert talk.kept()
    await talk.draft("method!")
    assert [part.text for part in talk.session.draft] == ["goal!", "method!"]


async def test_what_never_reached_the_inbox_is_not_kept(desk: Desk) -> None:
    failing = Failing(desk.runtime, desk.store, [StoreError("full")])
    failing.accepts = False
    talk = Conversation(failing, desk.channel, desk.store)
    with pytest.raises(StoreError):
        await talk.say("/ayuda")
    assert not talk.kept()


async def test_what_was_handled_but_not_booked_as_shown_is_kept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.talk.begin("user-growth", anew=False)

    async def full(outgoing: Outgoing, slot: str = "", ref: str = "") -> None:
        raise StoreError("full")

    monkeypatch.setattr(desk.store, "delivered", full)
    with pytest.raises(StoreError):
        await desk.talk.hand_in(FULL)
    assert desk.talk.kept()
    assert desk.session.state is State.DRAFTING


async def test_what_goes_on_failing_is_put_aside(desk: Desk) -> None:
    await desk.store.accept([desk.channel.update(answer="goal")])
    failing = Failing(desk.runtime, desk.store, [RuntimeError("again")] * MAX_TRIES)
    talk = Conversation(failing, desk.channel, desk.store)
    for _ in range(MAX_TRIES):
        assert desk.store.pending("term")
        await talk.catch_up()
    assert desk.store.pending("term") == []
    assert desk.paper.shown == [WORDS.say("failed_aside")]


async def test_what_failed_is_not_overtaken(desk: Desk) -> None:
    await desk.talk.begin("user-growth", anew=False)
    left = [desk.channel.update(answer=text) for text in ("goal!", "method!", "result!")]
    await desk.store.accept(left)
    failing = Failing(desk.runtime, desk.store, [RuntimeError("once")])
    talk = Conversation(failing, desk.channel, desk.store)
    await talk.catch_up()
    assert [update.tries for update in desk.store.pending("term")] == [1, 0, 0]
    assert list(talk.session.draft) == []
    await talk.catch_up()
    assert [part.text for part in talk.session.draft] == ["goal!", "method!", "result!"]


def stored(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("test.db*"))


@pytest.mark.parametrize("yes", ["confirm", "confirm:delete", "sí"])
async def test_erasing_includes_what_was_piped_in(desk: Desk, tmp_path: Path, yes: str) -> None:
    for _ in range(2):
        piped = sit_down(tmp_path, pipe_chat())
        await piped.talk.begin("user-growth", anew=True)
        await piped.talk.hand_in("secreto")
        await piped.store.accept([piped.channel.update(answer="secreto")])
        await piped.store.close()
    await desk.talk.press("start")
    await desk.talk.say("/borrar")
    await desk.talk.press("decline")
    assert b"secreto" in stored(tmp_path)
    assert len(desk.store.chats("term:pipe-")) == 2
    await desk.talk.say("/borrar")
    shown = len(desk.paper.shown)
    await (desk.talk.say(yes) if yes == "sí" else desk.talk.press(yes))
    assert desk.store.chats("term:") == []
    assert len(desk.paper.shown) == shown + 1
    assert b"secreto" not in stored(tmp_path)


async def test_a_pipe_erases_only_its_own(desk: Desk, tmp_path: Path) -> None:
    for chat in (pipe_chat(), pipe_chat()):
        piped = sit_down(tmp_path, chat)
        await piped.talk.begin("user-growth", anew=True)
        await piped.store.close()
    last = sit_down(tmp_path, chat)
    await last.talk.say("/borrar")
    await last.talk.press("confirm")
    assert len(desk.store.chats("term:pipe-")) == 1
    await last.store.close()


async def test_two_terminals_take_turns(desk: Desk, tmp_path: Path) -> None:
    other = sit_down(tmp_path)
    await desk.talk.begin("user-growth", anew=False)
    await other.talk.draft("goal!")
    await desk.talk.draft("method! result!")
    await other.talk.done()
    assert "100/100" in other.paper.text
    await other.store.close()


async def test_the_language_is_changed_without_a_word(desk: Desk) -> None:
    await desk.talk.press("start")
    shown = len(desk.paper.shown)
    await desk.talk.speak("en")  # the small bank speaks Spanish only: nothing changes
    assert len(desk.paper.shown) == shown
    assert desk.session.preferences.lang == "es"


async def test_a_yes_or_no_is_no_answer(desk: Desk) -> None:
    def place() -> Place:
        return desk.talk.place

    await desk.talk.press("start")
    assert place() is Place.MENU
    await desk.talk.begin("user-growth", anew=False)
    assert place() is Place.ANSWER
    await desk.talk.begin("retention", anew=False)
    assert place() is Place.MENU  # leave the one for the other?
    await desk.talk.press("decline")
    assert place() is Place.ANSWER
    await desk.talk.press("start")
    assert place() is Place.MENU  # resume?
    await desk.talk.press("resume")
    await desk.talk.hand_in(FULL)
    assert place() is Place.FEEDBACK
    assert desk.talk.onward is not None


async def test_without_a_button_to_go_on_the_step_is_left_all_the_same(desk: Desk) -> None:
    await desk.talk.begin("user-growth", anew=False)
    await desk.talk.hand_in(FULL)
    await desk.talk.press("transcripts")
    assert desk.talk.onward is None
    await desk.talk.onwards()
    assert desk.session.state is State.IDLE
