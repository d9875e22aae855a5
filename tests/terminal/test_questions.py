"""Asking the interviewer for a fact of the case, at a terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.terminal.piped import Piped
from bot.core.models import State
from tests.support.banks import rich_bank
from tests.terminal import desk as desks
from tests.terminal.desk import FULL, Desk, sit_down, source
from tests.terminal.sitting import ALT_ENTER, ENTER, HAND_IN, Piece, drafts, in_pieces

ASKED = "¿Qué presupuesto hay?"
TOLD = "0 euros."


@pytest.fixture
async def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """A person whom cases are put to."""
    monkeypatch.setattr(desks, "small_bank", lambda: rich_bank(("es", "en", "zh")))
    desk = sit_down(tmp_path)
    await desk.talk.press("set:interviewer=on-the-spot")
    yield desk
    await desk.store.close()


async def test_a_question_is_answered_at_its_enter_and_leaves_the_editor(desk: Desk) -> None:
    editor = await in_pieces(desk, ASKED + ENTER, question="growth-case")
    assert desk.paper.text.count(TOLD) == 1
    assert desk.answers() == [ASKED]
    assert (editor.text, drafts(desk)) == ("", [])


@pytest.mark.parametrize(
    "pieces", [(FULL + HAND_IN,), ("goal!" + ENTER, "method! result!" + ALT_ENTER)]
)
async def test_the_answer_after_it_is_without_it(desk: Desk, pieces: tuple[Piece, ...]) -> None:
    await in_pieces(desk, ASKED + ENTER, *pieces, question="growth-case")
    assert desk.paper.text.count(TOLD) == 1
    assert desk.session.state is State.FEEDBACK
    assert "?" not in desk.session.answer


async def test_what_nobody_knows_is_said_to_be_unknown_and_is_no_answer(desk: Desk) -> None:
    await in_pieces(desk, "¿Y tú quién eres?" + ENTER, question="growth-case")
    assert drafts(desk) == []
    assert desk.session.state is State.ASKED


@pytest.mark.parametrize("unattended", [True, False])
async def test_lines_may_ask_as_well(desk: Desk, unattended: bool) -> None:
    await desk.talk.begin("growth-case", anew=True)
    lines = Piped(desk.talk, blank_ends=True, unattended=unattended)
    assert await lines.run(source([ASKED, "", FULL, ""]))
    assert desk.paper.text.count(TOLD) == 1
    assert desk.answers() == [ASKED, FULL]
