"""The terminal as a channel."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.terminal.channel import CHAT, SOURCE, Ids, TerminalChannel, save_as
from bot.core.events import Chart, Done, Edited, Event, Practice, Stray, Text, Unknown
from bot.picture import png
from bot.ports import Incoming, Message, Outgoing, Received
from tests.render.charts import chart
from tests.render.samples import RENDERER
from tests.terminal.desk import INTAKE, WORDS, Paper


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def channel(paper: Paper, tmp_path: Path) -> TerminalChannel:
    return TerminalChannel(INTAKE, paper, WORDS, "es", tmp_path)


def event_of(channel: TerminalChannel, body: str) -> Event:
    return channel.decode(Incoming(SOURCE, 7, CHAT, body)).event


@pytest.mark.parametrize(
    ("body", "event"),
    [
        ({"text": "/listo"}, Done()),
        ({"text": "listo"}, Done()),
        ({"text": "Mi respuesta"}, Text("Mi respuesta", "7")),
        ({"answer": "listo"}, Text("listo", "7")),
        ({"answer": "/listo\nmás"}, Text("/listo\nmás", "7")),
        ({"answer": " a\n", "ref": "5", "guard": "s.0"}, Text("a", "5", guard="s.0")),
        ({"answer": " \n", "ref": "5", "guard": "s.0"}, Edited("", "5", guard="s.0")),
        ({"answer": "a", "ref": 5, "guard": ""}, Text("a", "7")),
        ({"action": "practice:user-growth"}, Practice("user-growth")),
        ({"action": "done@a.0.0.0"}, Done(guard="a.0.0.0")),
        ({"action": "nada"}, Unknown("nada")),
        ({"text": " \n"}, Stray("empty")),
        ({"answer": "\x00"}, Stray("empty")),
        ({"text": 5}, Stray()),
        ({}, Stray()),
        ([], Stray()),
    ],
)
def test_decode(channel: TerminalChannel, body: object, event: Event) -> None:
    assert event_of(channel, json.dumps(body)) == event


@given(st.text())
def test_decode_takes_any_body(text: str) -> None:
    channel = TerminalChannel(INTAKE, Paper(), WORDS)
    for body in (text, json.dumps({"text": text}), json.dumps({"answer": text})):
        assert isinstance(event_of(channel, body), Event)


@given(st.text() | st.just("\ud800") | st.just("x" * 100_000))
def test_a_body_can_be_stored_whatever_was_typed(text: str) -> None:
    channel = TerminalChannel(INTAKE, Paper(), WORDS)
    assert channel.update(answer=text).body.isascii()


def test_decode_of_a_deep_body(channel: TerminalChannel) -> None:
    assert event_of(channel, "[" * 100_000) == Stray()


# --- showing ----------------------------------------------------------------------------------


async def show(channel: TerminalChannel, message: Message, event: Event = Stray()) -> None:  # noqa: B008
    (body,) = channel.encode(CHAT, message, Received(event))
    assert await channel.send(Outgoing(1, CHAT, body)) == ("", "")


async def test_choices_are_numbered_through_a_batch(
    channel: TerminalChannel, paper: Paper
) -> None:
    channel.begin_batch()
    await show(channel, Message("lista", ((("A", "a"),), (("B", "b"), ("C", "c")))))
    await show(channel, Message("recuerda"))
    await show(channel, Message("sigue", ((("D", "d"),),)))
    assert channel.choices == [("A", "a"), ("B", "b"), ("C", "c"), ("D", "d")]
    assert paper.labels == ["4 D"]


async def test_choices_stay_until_there_are_others(channel: TerminalChannel) -> None:
    await show(channel, Message("uno", ((("A", "a"),),)))
    channel.begin_batch()
    await show(channel, Message("sin botones"))
    assert channel.choices == [("A", "a")]
    await show(channel, Message("otros", ((("B", "b"),),)))
    assert channel.choices == [("B", "b")]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "x",
        "[]",
        '{"html":null}',
        '{"buttons":[1,["a"],[["a",1]]],"attachment":[1],"picture":[1]}',
    ],
)
async def test_an_odd_body_is_shown_as_well_as_can_be(
    channel: TerminalChannel, paper: Paper, body: str
) -> None:
    await channel.send(Outgoing(1, CHAT, body))
    assert len(paper.shown) == 1
    assert channel.choices == []


async def test_a_file_is_put_into_the_folder_and_told(
    channel: TerminalChannel, paper: Paper, tmp_path: Path
) -> None:
    for _ in range(2):
        await show(channel, Message("Tus datos", attachment=("simulacro.json", '{"é":"\ud800"}')))
    first, second = tmp_path / "simulacro.json", tmp_path / "simulacro-2.json"
    assert first.read_text("utf-8") == second.read_text("utf-8") == '{"é":"?"}'
    assert str(second.resolve()) in paper.shown[-1]
    assert stat.S_IMODE(second.stat().st_mode) == 0o600


async def test_a_file_that_cannot_be_written_is_told(paper: Paper, tmp_path: Path) -> None:
    channel = TerminalChannel(INTAKE, paper, WORDS, "es", tmp_path / "nowhere")
    await show(channel, Message("Tus datos", attachment=("simulacro.json", "{}")))
    assert "simulacro.json" in paper.shown[-1]


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_a_picture_becomes_a_file_if_it_is_asked_for(
    channel: TerminalChannel, paper: Paper, tmp_path: Path
) -> None:
    svg = RENDERER.voice("es").picture("interview", chart("es", 1))
    message = Message("Tu nota", picture=("simulacro-interview.png", svg))
    await show(channel, message)
    assert files(tmp_path) == []
    await show(channel, message, Chart())
    path = tmp_path / "simulacro-interview.png"
    assert path.read_bytes() == png(svg)
    assert str(path.resolve()) in paper.shown[-1]


async def test_a_picture_that_cannot_be_drawn_is_told(
    channel: TerminalChannel, paper: Paper, tmp_path: Path
) -> None:
    await show(channel, Message("Tu nota", picture=("a.png", "<svg")), Chart())
    assert "a.png" in paper.shown[-1]
    assert files(tmp_path) == []


@pytest.mark.parametrize("name", ["../x.json", "/x.json", "a/../x.json"])
def test_a_file_never_leaves_the_folder(tmp_path: Path, name: str) -> None:
    assert save_as(tmp_path, name, b"") == tmp_path / "x.json"


# --- ids --------------------------------------------------------------------------------------


def test_ids_grow_although_the_clock_stands_or_goes_back() -> None:
    times = iter([10**18, 10**18, 10**18 - 5_000_000, 10**18 + 10**9])
    ids = Ids(lambda: next(times))
    drawn = [ids.next() for _ in range(4)]
    assert drawn == sorted(set(drawn))
    assert all(0 < number < 2**63 for number in drawn)


def test_two_terminals_do_not_share_ids() -> None:
    sources = [Ids() for _ in range(4)]
    drawn: list[list[int]] = [[] for _ in sources]

    def draw(ids: Ids, into: list[int]) -> None:
        into += [ids.next() for _ in range(500)]

    threads = [Thread(target=draw, args=pair) for pair in zip(sources, drawn, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    low = {ids._low for ids in sources}
    assert len({number for part in drawn for number in part}) >= 500 * len(low)
