"""A person at a terminal, key by key, with the real runtime and store."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest
from prompt_toolkit.input.base import PipeInput

from bot.channels.terminal.editor import Commands, Editor
from bot.channels.terminal.interactive import Bar
from bot.channels.terminal.invocation import invocation
from bot.core.models import State
from bot.ports import Incoming, Outgoing, StoreError
from tests.terminal.desk import FULL, THIN, WORDS, Desk, sit_down
from tests.terminal.sitting import (
    ALT_ENTER,
    CTRL_C,
    CTRL_D,
    ENTER,
    HAND_IN,
    UNDO,
    Later,
    drafts,
    in_pieces,
    paste,
    sit,
)

# --- answering --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "keys",
    [
        FULL + HAND_IN,
        FULL + ALT_ENTER,
        FULL + ENTER + "/listo" + ENTER,
        FULL + ENTER + "listo" + ENTER,
        paste(FULL + "\n\n") + ENTER,
        ENTER + ENTER + FULL + HAND_IN,
    ],
)
async def test_an_answer_comes_to_its_scorecard(desk: Desk, keys: str) -> None:
    await sit(desk, keys + CTRL_D)
    assert desk.answers() == [FULL]
    assert desk.session.state is State.FEEDBACK
    assert "100/100" in desk.paper.text


async def test_an_answer_has_several_lines(desk: Desk) -> None:
    await sit(desk, f"goal!{ENTER}method!{ENTER}result!{HAND_IN}{CTRL_D}")
    assert desk.answers() == ["goal!\nmethod!\nresult!"]


async def test_a_pasted_text_is_one_piece(desk: Desk) -> None:
    text = "goal!\n\nmethod!\n/listo\n\n1\n\nresult!"
    await sit(desk, paste(text) + HAND_IN + CTRL_D)
    assert desk.answers() == [text]


async def test_a_paste_the_terminal_does_not_mark_is_one_piece_too(desk: Desk) -> None:
    await sit(desk, f"goal!{ENTER}{ENTER}method!{ENTER}{ENTER}result!{HAND_IN}{CTRL_D}")
    assert desk.answers() == ["goal!\n\nmethod!\n\nresult!"]


async def test_enter_alone_neither_hands_in_nor_skips(desk: Desk) -> None:
    await desk.talk.begin("user-growth", anew=False)
    await desk.talk.draft("goal")
    await sit(desk, "/repetir" + ENTER + ENTER * 5 + CTRL_D, None)
    assert desk.session.state is State.DRAFTING
    assert drafts(desk) == ["goal"]


async def test_alt_enter_alone_hands_in_what_was_drafted(desk: Desk) -> None:
    await desk.talk.begin("user-growth", anew=False)
    await desk.talk.draft(FULL)
    await sit(desk, "1" + ENTER + ALT_ENTER + CTRL_D, None)
    assert desk.answers() == [FULL]
    assert desk.session.state is State.FEEDBACK


async def test_a_command_at_once(desk: Desk) -> None:
    await sit(desk, f"/pista{ENTER}{FULL}{HAND_IN}{CTRL_D}")
    assert "Piensa en growth." in desk.paper.text
    assert desk.answers() == [FULL]


async def test_a_command_below_an_answer_keeps_it(desk: Desk) -> None:
    await sit(desk, f"goal!{ENTER}/pista{ENTER}{CTRL_D}")
    assert "Piensa en growth." in desk.paper.text
    assert drafts(desk) == ["goal!"]


async def test_a_follow_up_is_answered(desk: Desk) -> None:
    await sit(desk, f"{THIN}{HAND_IN}/repetir{ENTER}{FULL}{HAND_IN}{CTRL_D}")
    assert desk.answers() == [THIN, FULL]
    assert "100/100" in desk.paper.text


async def test_a_far_too_long_answer_goes_back_into_the_editor(desk: Desk) -> None:
    editor = await sit(desk, paste("x" * 12_000) + HAND_IN + CTRL_C + CTRL_C)
    assert desk.session.state is State.ASKED
    assert editor.text == ""
    assert "12" in desk.paper.shown[1]


# --- choices ----------------------------------------------------------------------------------


async def test_numbers_pick(desk: Desk) -> None:
    await sit(desk, f"1{ENTER}/repetir{ENTER}{FULL}{HAND_IN}3{ENTER}{CTRL_D}")
    assert "Piensa en growth." in desk.paper.text
    assert "Una respuesta modelo de user-growth." in desk.paper.text


async def test_a_number_that_names_no_choice_is_text(desk: Desk) -> None:
    await sit(desk, f"7{ENTER}goal!{CTRL_D}")
    assert drafts(desk) == ["7\ngoal!"]


async def test_after_a_scorecard_enter_goes_on(desk: Desk) -> None:
    await sit(desk, f"{FULL}{HAND_IN}{ENTER}{CTRL_D}")
    assert desk.session.state is State.IDLE


async def test_in_a_menu_enter_alone_does_nothing(desk: Desk) -> None:
    await sit(desk, ENTER + ENTER + CTRL_D, None)
    assert len(desk.paper.shown) == 2  # welcome, good-bye


async def test_an_interview_by_numbers(desk: Desk) -> None:
    question = FULL + HAND_IN + "1" + ENTER
    await sit(desk, f"1{ENTER}1{ENTER}" + question * 3 + CTRL_D, None)
    assert [result.score for result in desk.session.results] == [100, 100, 100]


@pytest.mark.parametrize(
    ("typed", "plan"), [("sí", "retention"), ("vale", "retention"), ("No, gracias", "user-growth")]
)
async def test_yes_and_no_are_typed_as_well_as_picked(desk: Desk, typed: str, plan: str) -> None:
    await desk.talk.begin("user-growth", anew=False)
    await sit(desk, typed + ENTER + CTRL_D, "retention")
    assert desk.session.plan == (plan,)
    assert desk.session.state is State.ASKED
    assert drafts(desk) == []


# --- leaving ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "keys",
    [CTRL_D, CTRL_C, "texto" + CTRL_C + CTRL_C, "/salir" + ENTER, "salir" + ENTER, ""],
)
async def test_leaving(desk: Desk, keys: str) -> None:
    await sit(desk, keys)
    assert desk.session.state is State.ASKED
    assert drafts(desk) == []
    assert invocation() in desk.paper.shown[-1]


@pytest.mark.parametrize("last", [CTRL_D, f"{ENTER}/salir{ENTER}", ""])  # "": it was closed
async def test_leaving_keeps_what_is_typed(desk: Desk, last: str) -> None:
    await sit(desk, f"goal!{ENTER}method!{last}")
    assert drafts(desk) == ["goal!\nmethod!"]
    assert desk.session.state is State.DRAFTING
    assert "lo que llevas escrito" in desk.paper.shown[-1]


@pytest.mark.parametrize("typed", ["/pis", "2", "listo", "  "])
async def test_leaving_does_not_take_a_command_for_an_answer(desk: Desk, typed: str) -> None:
    await sit(desk, typed + CTRL_D)
    assert drafts(desk) == []


async def test_leaving_at_a_question_of_yes_or_no_answers_nothing(desk: Desk) -> None:
    await sit(desk, CTRL_D)
    await sit(desk, "hola" + CTRL_D, None)
    assert drafts(desk) == []


async def test_ctrl_c_throws_the_text_away_and_undo_brings_it_back(desk: Desk) -> None:
    await sit(desk, f"goal!{CTRL_C}{UNDO}{CTRL_D}")
    assert drafts(desk) == ["goal!"]
    assert desk.session.state is State.DRAFTING


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
async def test_a_signal_leaves_like_ctrl_d(desk: Desk, number: int) -> None:
    def kill_when_typed(pipe: PipeInput, editor: Editor) -> None:
        def look() -> None:
            if editor.text == "goal!":
                os.kill(os.getpid(), number)
            else:
                asyncio.get_running_loop().call_soon(look)

        pipe.send_text("goal!")
        look()

    await sit(desk, "", first=kill_when_typed)
    assert drafts(desk) == ["goal!"]


async def test_ctrl_c_while_an_answer_is_handled_leaves_after_it(desk: Desk) -> None:
    class Interrupted:
        async def handle(self, update: Incoming) -> list[Outgoing]:
            if "answer" in update.body:
                os.kill(os.getpid(), signal.SIGINT)
            return await desk.runtime.handle(update)

    await sit(desk, FULL + HAND_IN + ENTER, handler=Interrupted())
    assert desk.answers() == [FULL]
    assert desk.session.state is State.FEEDBACK


async def test_the_next_start_offers_to_resume(desk: Desk, tmp_path: Path) -> None:
    await sit(desk, f"goal!{CTRL_D}")
    later = sit_down(tmp_path)
    await sit(later, f"1{ENTER}method! result!{HAND_IN}{CTRL_D}", None)
    assert "a medias" in later.paper.shown[0]
    assert "100/100" in later.paper.text
    assert later.answers() == ["goal!\n\nmethod! result!"]
    await later.store.close()


async def test_with_a_question_it_is_asked_whether_to_leave_the_other(desk: Desk) -> None:
    await sit(desk, CTRL_D)
    await sit(desk, f"1{ENTER}{CTRL_D}", "retention")
    assert desk.session.plan == ("user-growth",)
    await sit(desk, f"2{ENTER}{CTRL_D}", "retention")
    assert desk.session.plan == ("retention",)


# --- trouble ----------------------------------------------------------------------------------


async def test_a_text_that_could_not_be_kept_stays_in_the_editor(desk: Desk) -> None:
    handler = Later(desk, StoreError("test.db cannot grow, the disk is full"), accepts=False)
    await sit(desk, FULL + ALT_ENTER + ALT_ENTER + CTRL_D, handler=handler)
    assert "the disk is full" in desk.paper.text
    assert "sigue aquí" in desk.paper.text
    assert desk.answers() == [FULL]


async def test_a_text_that_was_kept_is_not_sent_twice(desk: Desk) -> None:
    handler = Later(desk, RuntimeError("a defect"), accepts=True)
    await sit(desk, FULL + ALT_ENTER + "/listo" + ENTER + CTRL_D, handler=handler)
    assert "está guardado" in desk.paper.text
    assert desk.answers() == [FULL]


# --- history and bottom line ------------------------------------------------------------------


async def test_only_commands_are_remembered(desk: Desk, tmp_path: Path) -> None:
    history = tmp_path / "history"
    await sit(desk, f"/pista{ENTER}secreto{HAND_IN}/nada{ENTER}{CTRL_D}", history=history)
    assert "/pista" in history.read_text("utf-8")
    assert "secreto" not in history.read_text("utf-8")
    assert "/nada" not in history.read_text("utf-8")
    assert history.stat().st_mode & 0o777 == 0o600
    assert list(Commands(history, desk.channel.read).load_history_strings()) == ["/pista"]


async def test_what_follows_a_command_is_not_kept(desk: Desk, tmp_path: Path) -> None:
    history = tmp_path / "history"
    await sit(desk, f"/listo mi jefe{ENTER}{CTRL_D}", history=history)
    assert list(Commands(history, desk.channel.read).load_history_strings()) == ["/listo"]


@pytest.mark.parametrize("escape", ["\x1b[31m", "\x1b[Mñññ", "\x1b[<0;9;9M", "\x1b[62~"])
async def test_escape_sequences_in_a_text_are_no_trouble(
    desk: Desk, escape: str, caplog: pytest.LogCaptureFixture
) -> None:
    await sit(desk, f"goal! {escape}method! result!{HAND_IN}{CTRL_D}")
    assert desk.answers() == [FULL]
    assert caplog.records == []


async def test_what_fails_between_two_keys_is_only_logged(
    desk: Desk, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    async def between() -> None:
        asyncio.get_running_loop().call_soon(lambda: 1 / 0)

    await in_pieces(desk, "goal! method! ", between, "result!" + HAND_IN)
    assert desk.answers() == [FULL]
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert capsys.readouterr() == ("", "")


async def test_a_history_that_cannot_be_had_is_no_trouble(desk: Desk, tmp_path: Path) -> None:
    await sit(desk, f"/pista{ENTER}{CTRL_D}", history=tmp_path / "nowhere" / "history")
    assert "Piensa en growth." in desk.paper.text


async def test_the_bottom_line_says_where_one_stands(desk: Desk) -> None:
    def bar(text: str = "", thrown: bool = False) -> str:
        return Bar(desk.talk, WORDS)(text, thrown)

    await desk.talk.press("start")
    assert bar() == WORDS.say("toolbar.menu")
    await desk.talk.press("interview:3")
    assert bar("una dos\ntres").startswith("Pregunta 1/3 · 3 palabras · línea vacía: entregar")
    assert bar("una").startswith("Pregunta 1/3 · 1 palabra ·")
    assert "0 palabras" in bar("/pista")
    assert bar(thrown=True) == WORDS.say("toolbar.thrown")
    await desk.talk.draft("cuatro palabras hay aquí")
    assert "4 palabras" in bar()
    assert "6 palabras" in bar("dos más")
    await desk.talk.hand_in(THIN)
    assert bar().startswith("Repregunta 1 ·")
    await desk.talk.press("skip")
    assert "Siguiente pregunta" in bar()
