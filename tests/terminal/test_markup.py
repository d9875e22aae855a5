"""Messages as text: nothing a person wrote vanishes, raises, or drives the terminal."""

from __future__ import annotations

import html
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.channels.terminal.colour import Colour, styled
from bot.channels.terminal.markup import Kind, blocks, clean, plain
from bot.channels.terminal.screen import Plain, choice_lines

PIECES = st.sampled_from(
    [
        "<b>",
        "</b>",
        "<pre>",
        "</pre>",
        "<blockquote>",
        "</blockquote>",
        '<a href="',
        '">',
        "</a>",
        "<![",
        "<!--",
        "<script>",
        "&amp;",
        "&#27;",
        "&lt",
        "[bold]",
        "[/]",
        "\n",
        "\x1b[2J",
        "😀",
    ]
)
JUNK = st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join)


@given(st.text())
def test_escaped_text_comes_out_as_it_went_in(text: str) -> None:
    assert plain(html.escape(text)) == clean(text)


@given(JUNK)
def test_nothing_raises_and_nothing_steers_the_terminal(junk: str) -> None:
    text = plain(junk)
    assert not any(char != "\n" and char != "\t" and ord(char) < 32 for char in text)
    text.encode()


@given(JUNK)
def test_rich_text_says_the_same_as_plain_text(junk: str) -> None:
    said = "\n".join(styled(block.spans).plain for block in blocks(junk))
    assert said == "\n".join(block.text for block in blocks(junk))


@given(JUNK, st.integers(1, 200))
def test_the_screen_takes_anything_at_any_width(junk: str, width: int) -> None:
    console = Console(file=io.StringIO(), width=width, force_terminal=True)
    Colour(console).message(junk, [[(1, junk)], [(2, "x")]])


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<b>Bien</b>, <i>sigue</i>", "Bien, sigue"),
        ("a &lt;b&gt; &amp;amp;", "a <b> &amp;"),
        (
            '<a href="https://example.org/?a=1&amp;b=2">aquí</a>',
            "aquí (https://example.org/?a=1&b=2)",
        ),
        ('<a href="https://example.org">https://example.org</a>', "https://example.org"),
        ("antes\n<blockquote>una\ndos</blockquote>\ndespués", "antes\n> una\n> dos\ndespués"),
        ("antes<blockquote>cita</blockquote>después", "antes\n> cita\ndespués"),
        ("<blockquote>a</blockquote>\n\n<blockquote>b</blockquote>", "> a\n\n> b"),
        ("<pre>  a\n\n  b</pre>", "  a\n\n  b"),
        ("<b>sin cerrar", "sin cerrar"),
        ("suelta</i>", "suelta"),
        ("1 < 2 > 0 <x> <br>", "1 < 2 > 0 <x> <br>"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("\x1b[31mrojo\x07", "[31mrojo"),
        ("", ""),
    ],
)
def test_plain(source: str, text: str) -> None:
    assert plain(source) == text


def test_what_looks_like_rich_markup_is_only_text() -> None:
    (block,) = blocks("[red]no[/red] [link=https://example.org]x[/link]")
    assert styled(block.spans).plain == "[red]no[/red] [link=https://example.org]x[/link]"
    assert styled(block.spans).spans == []


@pytest.mark.parametrize("address", ["javascript:x", "file:///etc/passwd", "\x1b]8;;"])
def test_only_ordinary_addresses_become_links(address: str) -> None:
    (block,) = blocks(f'<a href="{address}">x</a>')
    assert not any(span.style.link for span in styled(block.spans).spans)  # type: ignore[union-attr]


def test_kinds() -> None:
    found = blocks("a<pre>b</pre><blockquote><b>c</b></blockquote>")
    assert [(block.kind, block.text) for block in found] == [
        (Kind.TEXT, "a"),
        (Kind.PRE, "b"),
        (Kind.QUOTE, "c"),
    ]


# --- screens ----------------------------------------------------------------------------------


def drawn(source: str, width: int = 40, **settings: bool) -> str:
    file = io.StringIO()
    console = Console(
        file=file, width=width, highlight=False, markup=False, emoji=False, legacy_windows=False,
        force_terminal=True, color_system="256", no_color=settings.get("no_color"),
    )  # fmt: skip
    Colour(console).message(source, [[(1, "Siguiente")], [(2, "Otra vez"), (3, ":smile:")]])
    return file.getvalue()


def test_choices_stand_in_one_line_where_they_fit() -> None:
    rows = [[(1, "Siguiente")], [(2, "Otra vez"), (3, "Modelo")]]
    assert choice_lines(rows, 72) == ["1 Siguiente · 2 Otra vez · 3 Modelo"]
    assert choice_lines(rows, 30) == ["1) Siguiente", "2) Otra vez", "3) Modelo"]
    assert choice_lines([], 30) == []


@pytest.mark.parametrize(
    "labels",
    [
        ["3 preguntas", "5 preguntas"],
        ["Uno", "2 de mayo"],
        ["A", "B", "C", "D", "E"],
        ["Corto", "Una etiqueta larga, como el título de una pregunta"],
    ],
)
def test_choices_that_a_line_would_muddle_stand_one_a_line(labels: list[str]) -> None:
    row = list(enumerate(labels, 1))
    assert choice_lines([row], 96) == [f"{number}) {label}" for number, label in row]


def test_lines_wrap_at_words_and_quotes_keep_their_bar() -> None:
    lines = drawn("<blockquote>" + "palabra " * 9 + "</blockquote>", no_color=True).split("\n")
    quoted = [line for line in lines if "palabra" in line]
    assert len(quoted) > 1
    assert all("▌ " in line for line in quoted)


def test_no_color_leaves_no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[36m" in drawn("<code>x</code>")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[36m" not in drawn("<code>x</code>")


def test_emoji_codes_in_a_choice_are_only_text() -> None:
    assert ":smile:" in drawn("x")


def test_plain_parts_messages_with_an_empty_line() -> None:
    out = io.StringIO()
    screen = Plain(out)
    screen.message("<b>uno</b>\n", [[(1, "Sí"), (2, "No")]])
    screen.message("dos", [])
    screen.note("tres")
    assert out.getvalue() == "uno\n\n1 Sí · 2 No\n\ndos\n\ntres\n"


def test_plain_breaks_lines_at_words_where_it_has_a_width() -> None:
    out = io.StringIO()
    Plain(out, width=20).message("una línea que no cabe\n\n  y otra " + "x" * 30, [])
    assert max(map(len, out.getvalue().split("\n"))) <= 20
    assert out.getvalue().startswith("una línea que no\ncabe\n\n  y otra")


def test_plain_writes_what_the_stream_can_take() -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    Plain(out, choices=False).message("¿año? 😀", [[(1, "x")]])
    out.flush()
    assert out.buffer.getvalue() == b"?a?o? ?\n"
