"""Lines of a pipe, whatever bytes come."""

from __future__ import annotations

import asyncio
import os
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.terminal import lines as module
from bot.channels.terminal.lines import LONGEST, lines


async def read(content: bytes) -> list[str]:
    reading, writing = os.pipe()

    def write() -> None:
        with os.fdopen(writing, "wb") as file:
            file.write(content)

    thread = Thread(target=write)
    thread.start()
    try:
        return [line async for line in lines(reading)]
    finally:
        thread.join()
        os.close(reading)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", []),
        (b"uno", ["uno"]),
        (b"uno\ndos\n", ["uno", "dos"]),
        (b"uno\r\n\r\ndos\r\n", ["uno", "", "dos"]),
        (b"\n\n", ["", ""]),
        (b"a\x00b", ["a\x00b"]),
        (b"\xff\xfe\n\xc3", ["��", "�"]),
        ("\ufeffaño".encode(), ["año"]),
    ],
)
async def test_lines(content: bytes, expected: list[str]) -> None:
    assert await read(content) == expected


@given(st.lists(st.text(st.characters(exclude_characters="\r\n", codec="utf-8")), max_size=20))
def test_every_line_comes_whole(texts: list[str]) -> None:
    content = "".join(f"{text}\n" for text in texts).encode()
    found = asyncio.run(read(content))
    if texts and texts[0].startswith("\ufeff"):
        texts[0] = texts[0][1:]
    assert found == texts


async def test_a_character_may_be_torn_between_two_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHUNK", 1)
    assert await read("añ😀\nfin".encode()) == ["añ😀", "fin"]


async def test_a_line_of_100_kb_comes_whole() -> None:
    assert await read(b"x" * 100_000 + b"\ny") == ["x" * 100_000, "y"]


async def test_of_an_overlong_line_the_rest_is_dropped() -> None:
    found = await read(b"x" * 1_000_000 + b"\ny\n" + b"z" * 500_000)
    assert [len(line) for line in found] == [LONGEST, 1, LONGEST]


async def test_a_terminal_that_is_gone_is_the_end() -> None:
    reading, writing = os.pipe()
    os.close(writing)
    os.close(reading)
    assert [line async for line in lines(reading)] == []
