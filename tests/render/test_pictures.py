"""The chart of an interview: data in, a picture out that looks alike everywhere."""

from __future__ import annotations

import struct
import tomllib
import zlib
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import picture
from bot.core.effects import Say
from bot.lettering import Lettering
from bot.picture import NotDrawn, png
from tests.render.charts import HOSTILE, TITLES, chart
from tests.render.samples import PROMPTS, RENDERER

ROOT = PROMPTS.parent
FONTS = PROMPTS / "pictures" / "fonts"
LETTERING = Lettering(FONTS / "widths.json")
LANGUAGES = sorted(file.parent.name for file in PROMPTS.glob("*/words.toml"))


def drawn(data: Mapping[str, Any], lang: str = "es") -> str:
    return RENDERER.voice(lang).picture("interview", data)


def texts(svg: str) -> list[str]:
    """What is written in a picture."""
    return ["".join(found.itertext()) for found in ET.fromstring(svg).iter() if _is_text(found)]


def _is_text(element: ET.Element) -> bool:
    return element.tag.endswith("}text")


def size(image: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", image[16:24])
    return width, height


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("count", [1, 3, 8])
def test_it_is_drawn_in_every_language(lang: str, count: int) -> None:
    data = chart(lang, count)
    svg = drawn(data, lang)
    written = texts(svg)
    assert f"{data['mean']}/ 100" in written
    assert "60 → 72" in written
    assert [title for title in TITLES[lang] if title in written] == list(TITLES[lang][:count])
    assert (RENDERER.voice(lang).words.table["picture"]["skipped"] in written) == (count > 2)
    assert png(svg) == png(svg)


def test_a_message_has_its_picture_as_svg() -> None:
    said = Say("privacy", chart("es", 1), picture="interview")
    assert RENDERER.message(said, "es").picture == (
        "simulacro-interview.png",
        drawn(chart("es", 1)),
    )
    assert RENDERER.message(Say("privacy"), "es").picture is None


def test_it_grows_with_its_rows_and_fits_what_telegram_takes() -> None:
    sizes = [size(png(drawn(chart("es", count)))) for count in (1, 3, 8)]
    assert {width for width, _ in sizes} == {1080}
    assert sorted(sizes) == sizes
    assert sizes[-1][1] <= 2200


def test_its_corners_are_transparent() -> None:
    image = png(drawn(chart("es", 1)))
    start = image.index(b"IDAT") + 4
    first_row = zlib.decompressobj().decompress(image[start:], 5)
    assert first_row[1:5] == bytes(4)


def test_what_follow_ups_recovered_is_hatched_and_explained() -> None:
    words = RENDERER.voice("es").words.table["picture"]
    plain = {**chart("es", 1), "first_mean": chart("es", 1)["mean"]}
    plain["rows"] = [type(row)(row.title, row.score, row.score) for row in plain["rows"]]
    for data, recovered in ((chart("es", 1), True), (plain, False)):
        svg = drawn(data)
        assert (words["recovered"] in texts(svg)) == recovered
        assert ('="url(#hatch)"' in svg) == recovered


def test_hostile_titles_do_no_harm() -> None:
    svg = drawn(chart("es", 8, HOSTILE))
    assert texts(svg)[4::2][:2] == ["</text></svg><script>&\"'{{ 7 * 7 }}]]>", "Retención fin"]
    assert [f"Pregunta {n}" in texts(svg) for n in (3, 7, 8)] == [True, True, True]
    assert max(map(len, texts(svg))) < 60
    assert png(svg)


@given(st.text())
@settings(max_examples=50)
def test_any_text_is_well_formed(text: str) -> None:
    svg = drawn({**chart("es", 1, [text]), "criteria": [(text, 50)]})
    assert set("".join(texts(svg))) <= set(LETTERING._widths)


# --- letters ----------------------------------------------------------------------------------


def test_a_line_is_shortened_to_its_room() -> None:
    assert LETTERING.fit("abc", 40, 100) == "abc"
    assert LETTERING.fit("palabra, " * 9, 40, 380) == "palabra, palabra..."
    assert LETTERING.fit("留存" * 9, 40, 200) == "留存留存..."
    assert LETTERING.fit("abc", 40, 0) == "..."


def test_a_letter_without_a_glyph_leaves_no_half_words() -> None:
    assert LETTERING.fit("Retención مرحبا", 40, 999) == ""
    assert LETTERING.fit("Retención 😀 \u00ad \u200bal\u00a0fin", 40, 999) == "Retención al fin"


def test_all_titles_and_criteria_of_the_bank_can_be_drawn() -> None:
    """If not: `tests/tools/fonts.py`."""
    for file in (ROOT / "question_bank" / "texts").rglob("*.toml"):
        for name in _names(tomllib.loads(file.read_text("utf-8"))):
            assert LETTERING.fit(name, 1, 10**6) == " ".join(name.split()), file


def _names(table: Mapping[str, Any]) -> list[str]:
    """All values of `title` and `name`."""
    own = [table[key] for key in ("title", "name") if isinstance(table.get(key), str)]
    return own + [n for v in table.values() if isinstance(v, dict) for n in _names(v)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_words_of_pictures_can_be_drawn(lang: str) -> None:
    words = RENDERER.voice(lang).words.table["picture"]
    assert words.keys() == RENDERER.voice("es").words.table["picture"].keys()
    for word in words.values():
        assert set(word) <= set(LETTERING._widths), word


def test_the_fonts_are_small_and_their_licence_goes_along() -> None:
    assert sum(file.stat().st_size for file in FONTS.iterdir()) < 1_500_000
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text("utf-8")


# --- drawing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "svg", ["", "no picture", "<svg", "<svg xmlns='http://www.w3.org/2000/svg'"]
)
def test_what_cannot_be_drawn_says_so(svg: str) -> None:
    with pytest.raises(NotDrawn, match=": "):
        png(svg)


def test_a_panic_of_the_library_is_one_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        """As Rust's come to Python."""

    def panics(**_: object) -> bytes:
        raise PanicException("index out of bounds")

    monkeypatch.setattr("resvg_py.svg_to_bytes", panics)
    with pytest.raises(NotDrawn, match="index out of bounds"):
        png("<svg/>")


def test_no_font_of_the_machine_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without ours there is no letter at all."""
    svg = drawn(chart("es", 1))
    assert len(picture._fonts()) == 2
    whole = png(svg)
    monkeypatch.setattr(picture, "_fonts", list)
    assert len(png(svg)) < len(whole) / 2
