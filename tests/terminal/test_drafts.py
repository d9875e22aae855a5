"""What is typed is kept line by line, and belongs to the step it was typed at."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.models import State
from bot.ports import StoreError
from tests.terminal.desk import FULL, WORDS, Desk, sit_down
from tests.terminal.sitting import (
    ALT_ENTER,
    CTRL_C,
    CTRL_D,
    ENTER,
    HAND_IN,
    UNDO,
    Later,
    Piece,
    drafts,
    in_pieces,
    paste,
    sit,
)

# --- kept line by line ------------------------------------------------------------------------


async def test_a_line_is_kept_as_soon_as_enter_ends_it(desk: Desk) -> None:
    seen = []

    async def look() -> None:
        seen.append(drafts(desk))

    lines: list[Piece] = [f"goal!{ENTER}", look, f"method!{ENTER}", look, "result", look]
    await in_pieces(desk, *lines)
    assert seen == [["goal!"], ["goal!\nmethod!"], ["goal!\nmethod!"]]
    assert drafts(desk) == ["goal!\nmethod!\nresult"]
    assert "Anotado" not in desk.paper.text


async def test_what_was_kept_line_by_line_is_handed_in_once(desk: Desk) -> None:
    await in_pieces(desk, f"goal!{ENTER}", f"method!{ENTER}", "result!" + HAND_IN)
    assert desk.answers() == ["goal!\nmethod!\nresult!"]
    assert desk.session.state is State.FEEDBACK


@pytest.mark.parametrize("keys", ["/pista" + ENTER, ALT_ENTER, "listo" + ENTER, ""])
async def test_a_text_deleted_leaves_nothing_behind(desk: Desk, keys: str) -> None:
    await in_pieces(desk, f"goal!{ENTER}", "\x7f" * 6, keys)
    assert desk.session.state is State.ASKED
    assert (desk.answers(), drafts(desk)) == ([], [])


async def test_a_text_thrown_away_leaves_nothing_behind(desk: Desk) -> None:
    await in_pieces(desk, f"goal!{ENTER}", CTRL_C)
    assert (desk.session.state, drafts(desk)) == (State.ASKED, [])
    keys = ["/repetir" + ENTER, f"goal!{ENTER}", CTRL_C, UNDO, f"method!{ENTER}"]
    await in_pieces(desk, *keys, CTRL_C, question=None)
    assert (desk.session.state, drafts(desk)) == (State.ASKED, [])


async def test_a_text_thrown_away_leaves_what_was_written_before(desk: Desk) -> None:
    await desk.talk.begin("user-growth", anew=False)
    await desk.talk.draft("result!")
    await in_pieces(desk, "/repetir" + ENTER, f"goal!{ENTER}", CTRL_C, question=None)
    assert drafts(desk) == ["result!"]


async def test_a_long_answer_kept_line_by_line_is_not_counted_twice(desk: Desk) -> None:
    await in_pieces(desk, paste("x" * 6_000) + ENTER, "y" + HAND_IN)
    assert len(desk.answers()[0]) == 6_002


async def test_a_line_that_cannot_be_kept_is_no_trouble(desk: Desk) -> None:
    handler = Later(desk, StoreError("the disk is full"), accepts=False)
    await sit(desk, FULL + ENTER * 2 + CTRL_D, handler=handler)
    assert desk.answers() == [FULL]


# --- two terminals ----------------------------------------------------------------------------


@pytest.mark.parametrize("move", ["skip", "finish", "done"])
@pytest.mark.parametrize("first", ["", f"goal!{ENTER}"])
async def test_a_text_for_a_step_that_is_over_is_not_scored(
    desk: Desk, tmp_path: Path, move: str, first: str
) -> None:
    other = sit_down(tmp_path)
    await desk.talk.press("interview:3")

    async def elsewhere() -> None:
        if move == "done":
            await other.talk.draft(FULL)
        await other.talk.press(move)

    keys: list[Piece] = [f"/repetir{ENTER}", first, elsewhere, "method!" + HAND_IN]
    editor = await in_pieces(desk, *keys, question=None)
    assert WORDS.say("elsewhere") in desk.paper.shown
    assert "method!" not in "".join(desk.answers()[-1:]).replace(FULL, "")
    assert editor.text.endswith("method!")
    assert desk.session.guard == other.session.guard
    await other.store.close()


async def test_a_text_kept_back_can_be_handed_in_where_the_session_stands(
    desk: Desk, tmp_path: Path
) -> None:
    other = sit_down(tmp_path)
    await desk.talk.press("interview:3")
    keys: list[Piece] = [f"/repetir{ENTER}", lambda: other.talk.press("skip")]
    await in_pieces(desk, *keys, FULL + HAND_IN, ALT_ENTER, question=None)
    assert [result.score for result in desk.session.results] == [None]
    assert desk.session.position == 1
    assert desk.answers() == [FULL]
    await other.store.close()
