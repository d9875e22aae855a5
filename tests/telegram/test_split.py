"""Long messages keep their text and get markup that stands on its own."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.split import LIMIT, plain, split, units
from tests.telegram.fake_markup import fault_in_html, length

WORDS = st.text(st.sampled_from("aé 😀\n\n<&>漢。 "), max_size=120).map(html.escape)
TAGS = ("b", "i", "u", "s", "code", "pre", "blockquote")


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
    )


MARKUP = st.lists(st.recursive(WORDS, _wrapped, max_leaves=12), max_size=8).map("".join)


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(MARKUP, st.integers(200, 400))
def test_parts_are_valid_within_the_limit_and_hold_the_whole_text(markup: str, limit: int) -> None:
    parts = split(markup, limit)
    assert all(length(part) <= limit for part in parts)
    assert [fault_in_html(part) for part in parts] == [""] * len(parts)
    assert squeezed("".join(map(plain, parts))) == squeezed(plain(markup))


@given(st.text(st.sampled_from("ab 😀\n"), min_size=300, max_size=900))
def test_a_text_with_no_blank_stretch_is_kept_to_the_letter(text: str) -> None:
    text = text.replace("\n", ".\n")
    parts = split(text, 200)
    if all(part.strip() for part in parts):
        assert "".join(parts).strip() == text.strip()


def test_a_short_message_is_left_alone() -> None:
    assert split("<b>hola</b>") == ["<b>hola</b>"]


@pytest.mark.parametrize("between", ["\n\n", "\n", " "])
def test_the_cut_falls_at_the_widest_gap(between: str) -> None:
    first, second = "uno " * 30, "dos" * 30
    parts = split(f"{first.strip()}{between}{second}", 150)
    assert [part.strip() for part in parts] == [first.strip(), second]


def test_a_paragraph_bound_wins_over_a_later_line() -> None:
    text = "uno\n\n" + "dos\n" * 60
    assert split(text, 200)[0] == "uno\n\n"


def test_chinese_is_cut_after_a_full_stop() -> None:
    text = ("增长" * 20 + "。") * 10
    assert all(part.endswith("。") for part in split(text, 200))


def test_tags_open_at_a_cut_are_closed_and_opened_again() -> None:
    parts = split("<b>" + "uno " * 40 + "</b> dos <a href='https://x.org'>tres</a>", 120)
    assert parts[0].startswith("<b>")
    assert parts[0].endswith("</b>")
    assert parts[1].startswith("<b>")


def test_an_emoji_counts_two_and_is_never_cut() -> None:
    parts = split("😀" * LIMIT)
    assert [units(part) for part in parts] == [LIMIT, LIMIT]


def test_an_endless_link_gives_way_to_its_text() -> None:
    (part,) = split(f'<a href="https://x.org/{"y" * 5000}">aquí &amp; allí</a>')
    assert part == "aquí &amp; allí"


def test_blank_parts_are_left_out() -> None:
    assert [part.strip() for part in split("a" + "\n" * 900 + "b", 200)] == ["a", "b"]


def test_the_longest_answer_is_split_in_no_time() -> None:
    parts = split("<i>" + "palabra y otra 😀 &lt; " * 5000 + "</i>")
    assert all(length(part) <= LIMIT for part in parts)
