"""Another channel's chat, gone on with at a terminal."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import alarms
from bot.channels.terminal.channel import CHAT, Ids
from bot.channels.terminal.conversation import Conversation
from bot.core.effects import KeepLink
from bot.core.models import Mode, Part, Session, State
from bot.ports import Alarm, Handled, Incoming, Outgoing, VersionConflict
from bot.store.sqlite import SqliteStore, open_store
from tests.terminal.desk import WORDS, Desk, sit_down
from tests.terminal.program import Terminal, feed
from tests.terminal.sitting import CTRL_D, ENTER, drafts, sit

LINKED = "tg:2001"
BOT = "tg:1"
UNFINISHED = Session(
    LINKED,
    "s1",
    state=State.DRAFTING,
    mode=Mode.PRACTICE,
    plan=("user-growth",),
    draft=(Part("7", "goal!"),),
    started_at=datetime(2026, 1, 1, tzinfo=UTC),
)


def said(number: int, body: str = "{}") -> Incoming:
    return Incoming(BOT, number, LINKED, body)


async def keep(store: SqliteStore, session: Session = UNFINISHED, code: str = "") -> None:
    """What the bot saved, perhaps with a code for a terminal."""
    until = datetime.now(UTC) + timedelta(minutes=10)
    links = (KeepLink(code, until),) if code else ()
    await store.save(Handled(said(1), None, session, links=links))


@pytest.fixture
async def linked(desk: Desk, tmp_path: Path) -> Desk:
    """A terminal at the chat of the bot, beside the person's own."""
    await keep(desk.store)
    await desk.talk.press("practice:retention")
    return sit_down(tmp_path, LINKED)


async def test_it_is_greeted_by_what_was_left_there(linked: Desk) -> None:
    await sit(linked, f"1{ENTER}method!{CTRL_D}", None)
    assert "a medias" in linked.paper.shown[0]
    assert drafts(linked) == ["goal!", "method!"]
    await linked.store.close()


async def test_leaving_tells_that_it_goes_on_in_the_other_chat_too(linked: Desk) -> None:
    await sit(linked, CTRL_D, None)
    assert linked.paper.shown[-1] == WORDS.say("left.linked")
    await linked.store.close()


async def test_what_is_said_here_is_never_sent_by_the_bot(linked: Desk) -> None:
    outgoing = await linked.runtime.handle(linked.channel.update(text="/ayuda"))
    assert linked.store.undelivered(BOT) == []
    assert linked.store.undelivered("term") == outgoing
    await linked.store.close()


async def test_what_the_bot_has_to_send_is_not_shown_here(linked: Desk) -> None:
    session = linked.session
    (waiting,) = await linked.store.save(Handled(said(2), session, session, bodies=("{}",)))
    await linked.store.accept([said(3)])
    await sit(linked, CTRL_D, None)
    assert linked.store.undelivered(BOT) == [waiting]
    assert linked.store.pending(BOT) == [said(3)]
    await linked.store.close()


async def test_both_at_once_lose_nothing(linked: Desk, desk: Desk) -> None:
    """The bot saves in between; who comes second takes the session as it is by then."""
    await linked.talk.press("start")

    async def at_the_bot(number: int) -> None:
        while True:
            session = desk.store.session(LINKED)
            assert session is not None
            after = replace(session, preferences=replace(session.preferences, role=f"r{number}"))
            try:
                await desk.store.save(Handled(said(number), session, after))
            except VersionConflict:
                continue
            return

    for number in range(10, 20):
        await asyncio.gather(at_the_bot(number), linked.talk.draft(f"part {number}"))
        assert linked.session.preferences.role == f"r{number}"
    assert drafts(linked) == ["goal!", *(f"part {number}" for number in range(10, 20))]
    await linked.store.close()


async def test_erasing_here_erases_that_chat_and_no_other(linked: Desk, desk: Desk) -> None:
    await linked.talk.say("/borrar")
    await linked.talk.say("sí")
    assert linked.store.session(LINKED) is None
    assert json.loads(linked.store.export(LINKED))["sessions"] == []
    assert linked.store.session(CHAT) is not None
    await linked.store.close()


async def test_erasing_one_s_own_leaves_the_other_chat_alone(desk: Desk) -> None:
    await keep(desk.store)
    await desk.talk.press("practice:retention")
    await desk.talk.say("/borrar")
    await desk.talk.say("sí")
    assert desk.store.session(CHAT) is None
    assert desk.store.session(LINKED) is not None


@pytest.mark.parametrize(("days", "taken_up"), [(0, False), (2, True)])
async def test_a_start_of_one_s_own_takes_up_what_was_typed_there_days_ago(
    desk: Desk, days: int, taken_up: bool
) -> None:
    await keep(desk.store)
    number = Ids().next() - days * 86_400 * 10**9
    typed = Incoming("term", number, LINKED, json.dumps({"answer": "method!"}))
    await desk.store.accept([typed])
    await Conversation(desk.runtime, desk.channel, desk.store).catch_up()
    session = desk.store.session(LINKED)
    assert session is not None
    assert (len(session.draft) == 2) == taken_up
    assert (desk.store.pending("term") == []) == taken_up
    assert desk.paper.shown == []


@pytest.mark.parametrize(("days", "taken_up"), [(0, False), (2, True)])
async def test_a_ring_is_left_to_the_terminal_it_came_to(
    desk: Desk, days: int, taken_up: bool
) -> None:
    rung = alarms.ring(Alarm(LINKED, datetime.now(UTC) - timedelta(days=days), "term"), "term")
    await desk.store.accept([rung])
    await Conversation(desk.runtime, desk.channel, desk.store).catch_up()
    assert (desk.store.pending("term") == []) == taken_up


async def test_what_was_never_shown_there_is_cleared_away(desk: Desk) -> None:
    await keep(desk.store)
    there = Incoming("term", Ids().next(), LINKED, json.dumps({"text": "/ayuda"}))
    left: list[Outgoing] = await desk.runtime.handle(there)
    assert desk.store.undelivered("term") == left != []
    await desk.talk.catch_up()
    assert desk.store.undelivered("term") == []
    assert desk.paper.shown == []


# --- the whole program ------------------------------------------------------------------------


async def prepare(folder: Path, session: Session = UNFINISHED, code: str = "ABCD-2345") -> None:
    async with open_store(folder / "test.db") as store:
        await keep(store, session, code)


async def now(folder: Path) -> Session:
    async with open_store(folder / "test.db") as store:
        session = store.session(LINKED)
    assert session is not None
    return session


async def test_a_pipe_goes_on_with_the_chat_of_the_code(tmp_path: Path) -> None:
    await prepare(tmp_path)
    done = await asyncio.to_thread(feed, tmp_path, b"/pista\n", "--as", "abcd 2345")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "a medias" in done.stdout.decode()
    assert "💡" in done.stdout.decode()


async def test_a_pipe_goes_on_with_what_was_paused(tmp_path: Path) -> None:
    paused = replace(UNFINISHED, state=State.PAUSED, resume_to=State.DRAFTING)
    await prepare(tmp_path, paused)
    await asyncio.to_thread(feed, tmp_path, b"/pista\n", "--as", "ABCD-2345")
    assert (await now(tmp_path)).state is not State.PAUSED


async def test_a_question_may_be_named_as_well(tmp_path: Path) -> None:
    await prepare(tmp_path, Session(LINKED))
    arguments = ("--as", "ABCD-2345", "--question", "retention")
    done = await asyncio.to_thread(feed, tmp_path, b"", *arguments)
    assert done.returncode == 0
    assert WORDS.say("left.linked") in done.stdout.decode()
    assert (await now(tmp_path)).plan == ("retention",)


@pytest.mark.parametrize("code", ["ABCD-2346", "", "ñ", "-"])
async def test_a_wrong_code_is_wrong_use(tmp_path: Path, code: str) -> None:
    await prepare(tmp_path)
    done = await asyncio.to_thread(feed, tmp_path, b"hola\n", f"--as={code}")
    assert (done.returncode, done.stdout) == (2, b"")
    told = done.stderr.decode()
    assert "/link" in told
    assert "SIMULACRO_DATABASE" in told
    assert "test.db" in told
    assert "Traceback" not in told
    assert (await now(tmp_path)).version == 1


async def test_a_code_is_good_for_one_terminal(tmp_path: Path) -> None:
    await prepare(tmp_path)
    codes = [
        (await asyncio.to_thread(feed, tmp_path, b"", "--as", "ABCD-2345")).returncode
        for _ in range(2)
    ]
    assert codes == [0, 2]


async def test_a_bad_option_uses_no_code_up(tmp_path: Path) -> None:
    await prepare(tmp_path)
    arguments = ("--as", "ABCD-2345", "--question", "no-such-question")
    assert (await asyncio.to_thread(feed, tmp_path, b"", *arguments)).returncode == 2
    async with open_store(tmp_path / "test.db") as store:
        assert await store.redeem("ABCD-2345") == LINKED


async def test_after_many_wrong_codes_it_is_said_to_wait(tmp_path: Path) -> None:
    await prepare(tmp_path)
    async with open_store(tmp_path / "test.db") as store:
        for _ in range(5):
            await store.redeem("wrong")
    done = await asyncio.to_thread(feed, tmp_path, b"", "--as", "ABCD-2345")
    assert done.returncode == 2
    assert "10 minutes" in done.stderr.decode()


async def test_a_person_goes_on_with_the_chat_of_the_code(tmp_path: Path) -> None:
    await prepare(tmp_path)
    with Terminal(tmp_path, "--as", "ABCD-2345") as terminal:
        terminal.expect("a medias")
        terminal.expect("Ctrl-D: salir")
        terminal.type(CTRL_D)
        terminal.expect("/vincular")
        assert terminal.code() == 0
