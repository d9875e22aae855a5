"""The interview from a pipe, with the real runtime and store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.channels.terminal.conversation import Conversation
from bot.channels.terminal.piped import Piped
from bot.core.models import State
from bot.ports import StoreError
from tests.terminal.desk import FULL, THIN, Desk, Failing, source


async def pipe(
    desk: Desk, text: str, question: str | None = "user-growth", unattended: bool = True
) -> bool:
    """Read a whole input, as `chat [--question …]` does."""
    if question:
        await desk.talk.begin(question, anew=True)
    piped = Piped(desk.talk, blank_ends=question is None, unattended=unattended)
    return await piped.run(source(text.split("\n")))


def cards(desk: Desk) -> int:
    return sum("/100" in shown for shown in desk.paper.shown)


# --- with --question --------------------------------------------------------------------------


@pytest.mark.parametrize("text", [FULL, f"{FULL}\n", f"\n\n{FULL}\n\n\n", f"{FULL}\n/listo\n"])
async def test_an_answer_comes_to_its_scorecard(desk: Desk, text: str) -> None:
    assert await pipe(desk, text)
    assert desk.session.state is State.FEEDBACK
    assert "100/100" in desk.paper.shown[-1]
    assert desk.answers() == [FULL]


async def test_nothing_of_a_draft_is_shown_on_the_way(desk: Desk) -> None:
    await pipe(desk, FULL)
    assert len(desk.paper.shown) == 2  # question, scorecard


async def test_empty_lines_part_the_paragraphs_of_one_answer(desk: Desk) -> None:
    await pipe(desk, "goal! es\nlo primero\n\n\nmethod! es después\n\nresult!\n")
    assert desk.answers() == ["goal! es\nlo primero\n\n\nmethod! es después\n\nresult!"]
    assert cards(desk) == 1


async def test_at_the_end_an_open_follow_up_is_passed_over(desk: Desk) -> None:
    assert await pipe(desk, THIN)
    assert "¿Qué hiciste tú con goal?" in desk.paper.text
    assert "17/100" in desk.paper.shown[-1]
    assert desk.session.state is State.FEEDBACK


async def test_follow_ups_are_answered_after_a_listo_each(desk: Desk) -> None:
    await pipe(desk, "goal\n/listo\ngoal!\n\nmethod!\nlisto\nresult!")
    assert desk.answers() == ["goal", "goal!\n\nmethod!", "result!"]
    assert "100/100" in desk.paper.shown[-1]


async def test_a_command_within_the_answer_acts_and_nothing_is_lost(desk: Desk) -> None:
    await pipe(desk, "goal!\nmethod!\n/pista\nresult!\n")
    assert "Piensa en growth." in desk.paper.text
    assert "100/100" in desk.paper.shown[-1]
    assert desk.answers() == ["goal!\nmethod!\n\nresult!"]


@pytest.mark.parametrize("line", ["/etc/passwd", "repetir", "1", "siguiente"])
async def test_a_line_within_an_answer_may_look_like_a_command(desk: Desk, line: str) -> None:
    await pipe(desk, f"{FULL}\n{line}\n")
    assert desk.answers() == [f"{FULL}\n{line}"]


async def test_an_answer_may_begin_with_a_lone_number(desk: Desk) -> None:
    await pipe(desk, f"1\n{FULL}")
    assert desk.answers() == [f"1\n{FULL}"]


async def test_what_is_unfinished_is_left_for_the_question_asked_for(desk: Desk) -> None:
    await desk.talk.begin("retention", anew=True)
    await desk.talk.draft("lo que llevaba escrito")
    desk.paper.shown.clear()
    assert await pipe(desk, FULL)
    assert len(desk.paper.shown) == 2  # not a word of leaving the other
    assert desk.answers() == ["lo que llevaba escrito", FULL]


async def test_an_input_without_an_answer_leaves_the_question_open(desk: Desk) -> None:
    assert await pipe(desk, "\n\n")
    assert desk.session.state is State.ASKED
    assert desk.answers() == []


@pytest.mark.parametrize("text", ["x" * 100_000, "palabra\n" * 20_000, ("x" * 90 + "\n") * 50_000])
async def test_a_far_too_long_answer_is_refused_and_told(desk: Desk, text: str) -> None:
    assert not await pipe(desk, text)
    assert len(desk.paper.shown) == 2
    assert desk.session.state is State.ASKED


@pytest.mark.parametrize(
    "text", ["goal\x00!", "¡goal! 😀 مرحبا \u202e", "\ud83d\ude00 goal!", "\x1b[2Jgoal!"]
)
async def test_odd_text_is_an_answer_like_any_other(desk: Desk, text: str) -> None:
    assert await pipe(desk, text)
    assert "goal!" in desk.answers()[0]


async def test_text_after_the_end_is_answered_once(desk: Desk) -> None:
    await pipe(desk, f"{FULL}\n/listo\nuna línea\nuna más\n\ny otra")
    assert desk.session.state is State.IDLE
    assert sum("no hay ninguna pregunta" in shown for shown in desk.paper.shown) == 2


# --- without ----------------------------------------------------------------------------------


async def test_a_whole_interview(desk: Desk) -> None:
    await desk.talk.press("start")
    assert await pipe(desk, f"/entrevista 3\n{FULL}\n\n{FULL}\n\n{FULL}\n\n/siguiente\n", None)
    assert cards(desk) >= 3
    assert desk.session.state is State.IDLE
    assert [result.score for result in desk.session.results] == [100, 100, 100]


async def test_numbers_pick_while_no_answer_is_awaited(desk: Desk) -> None:
    await desk.talk.press("start")
    await pipe(desk, f"1\n1\n{FULL}\n\n1\n", None)
    assert desk.session.position == 1
    assert desk.session.state is State.ASKED


async def test_beginning_anew_is_confirmed_as_nobody_can_be_asked(desk: Desk) -> None:
    await pipe(desk, f"/practicar retention\n/practicar user-growth\n{FULL}", None)
    assert desk.session.plan == ("user-growth",)
    assert desk.session.state is State.FEEDBACK


async def test_erasing_is_not_confirmed_by_itself(desk: Desk) -> None:
    await pipe(desk, f"{FULL}\n/listo\n/borrar\n")
    assert desk.session.pending == "delete"
    assert desk.answers() == [FULL]


@pytest.mark.parametrize(("reply", "left"), [("Sí.", 0), ("no, gracias", 1)])
async def test_a_yes_or_no_to_erasing_may_stand_in_the_input(
    desk: Desk, reply: str, left: int
) -> None:
    await pipe(desk, f"{FULL}\n/listo\n/practicar retention\n/borrar\n{reply}\n")
    assert len(desk.answers()) == left
    assert desk.session.pending == ""


async def test_a_word_of_leaving_ends_the_reading(desk: Desk) -> None:
    await pipe(desk, f"/practicar retention\n{FULL}\n/salir\nmás", None)
    assert desk.answers() == [FULL]


# --- a person at a simple terminal ------------------------------------------------------------


async def test_a_person_picks_numbers_and_hands_in_with_an_empty_line(desk: Desk) -> None:
    await desk.talk.begin("user-growth", anew=False)
    await pipe(desk, f"1\n{FULL}\n\nhola\n\n", None, unattended=False)
    assert "Piensa en growth." in desk.paper.text
    assert "100/100" in desk.paper.text
    assert desk.session.state is State.IDLE  # "hola" skipped nothing, the empty line went on
    assert desk.answers() == [FULL]


@pytest.mark.parametrize("text", ["goal", "goal\n/salir\nmás"])
async def test_a_person_who_leaves_hands_nothing_in(desk: Desk, text: str) -> None:
    await desk.talk.begin("user-growth", anew=False)
    await pipe(desk, text, None, unattended=False)
    assert desk.session.state is State.DRAFTING
    assert [part.text for part in desk.session.draft] == ["goal"]


async def test_ctrl_c_of_a_person_leaves_with_what_was_typed_kept(desk: Desk) -> None:
    await desk.talk.begin("user-growth", anew=False)
    piped = Piped(desk.talk, blank_ends=True, unattended=False)
    reading = asyncio.create_task(piped.run(interrupted("goal")))
    assert await reading
    assert [part.text for part in desk.session.draft] == ["goal"]


async def test_ctrl_c_ends_a_pipe_at_once(desk: Desk) -> None:
    await desk.talk.begin("user-growth", anew=False)
    piped = Piped(desk.talk, blank_ends=True)
    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(piped.run(interrupted("goal")))
    assert desk.session.state is State.ASKED


async def interrupted(line: str) -> AsyncIterator[str]:
    """A line, then Ctrl-C, as `asyncio.run` passes it on."""
    yield line
    task = asyncio.current_task()
    assert task is not None
    task.cancel()
    await asyncio.Event().wait()


async def test_a_person_s_lines_are_kept_one_by_one(desk: Desk) -> None:
    seen = []

    async def typed() -> AsyncIterator[str]:
        for line in ("goal!", "method!", "/pista", "result!", ""):
            yield line
            seen.append([part.text for part in desk.session.draft])

    await desk.talk.begin("user-growth", anew=False)
    await Piped(desk.talk, blank_ends=True, unattended=False).run(typed())
    both = "goal!\nmethod!"
    assert seen == [["goal!"], [both], [both], [both, "result!"], []]
    assert desk.answers() == [f"{both}\n\nresult!"]


async def test_of_a_person_s_answer_that_is_too_long_nothing_stays(desk: Desk) -> None:
    await desk.talk.begin("user-growth", anew=False)
    text = "x" * 4_000 + "\n" + "y" * 6_500 + f"\n\n{FULL}\n\n"
    await pipe(desk, text, None, unattended=False)
    assert desk.answers() == [FULL]


async def test_lines_that_cannot_be_kept_are_handed_in_all_the_same(desk: Desk) -> None:
    await desk.talk.begin("user-growth", anew=False)
    failing = Failing(desk.runtime, desk.store, [StoreError("full")] * 2)
    failing.accepts = False
    desk.talk = Conversation(failing, desk.channel, desk.store)
    await pipe(desk, "goal!\nmethod! result!\n\n", None, unattended=False)
    assert desk.answers() == ["goal!\nmethod! result!"]
