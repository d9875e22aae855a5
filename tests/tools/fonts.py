"""Cuts the letters of the pictures out of Noto Sans CJK; needs `fonttools`, as nothing else does.

    pip install fonttools
    apt-get download fonts-noto-cjk && dpkg-deb -x fonts-noto-cjk_*.deb noto
    python -m tests.tools.fonts noto/usr/share/fonts/opentype/noto

Written to `prompts/pictures/fonts/`: `regular.otf` has Latin, the 3,755 commonest Chinese
characters (level 1 of GB 2312) and all that the bank and the messages use; `bold.otf` has Latin,
for figures; `widths.json` tells what `regular.otf` can draw and how wide. The licence asks that it
goes along (`OFL.txt`); the fonts have another name, as they are not what Noto's makers made.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "prompts" / "pictures" / "fonts"
FAMILY = "Simulacro Sans"
SOURCE = "Noto Sans CJK SC"
NARROW, NARROW_IN = "‘’‚“”„", "Noto Sans CJK KR"  # as wide as a whole character in SOURCE
LATIN = ((0x20, 0x7E), (0xA0, 0x17F))
MARKS = "–—‘’‚“”„†•…‰‹›€→−≈≠≤≥、。〈〉《》「」『』【】·￥"
FULL_WIDTH = (0xFF01, 0xFF5E)
HAN_ROWS = range(0xB0, 0xD8)  # level 1 of GB 2312: those of everyday use
KEPT_NAMES = {0, 5, 13, 14}  # copyright, version, licence


def latin() -> set[str]:
    """Letters, figures and marks of European languages."""
    letters = (chr(code) for first, last in LATIN for code in range(first, last + 1))
    return {c for c in letters if c.isprintable()} | set(MARKS)


def common() -> set[str]:
    """The commonest Chinese characters."""
    return {
        character
        for row in HAN_ROWS
        for cell in range(0xA1, 0xFF)
        for character in bytes((row, cell)).decode("gb2312", errors="ignore")
    }


def used() -> set[str]:
    """What the Chinese texts of the bank and the messages are written with."""
    folders = (ROOT / "question_bank" / "texts" / "zh", ROOT / "prompts" / "zh")
    files = (file for folder in folders for file in folder.rglob("*") if file.is_file())
    return {c for file in files for c in file.read_text("utf-8") if c.isprintable()}


def main(source: Path) -> None:
    """Write the fonts and what they can draw."""
    full_width = {chr(code) for code in range(FULL_WIDTH[0], FULL_WIDTH[1] + 1)}
    wide = common() | used() | full_width
    font = cut(source / "NotoSansCJK-Regular.ttc", latin() | wide, "Regular")
    cut(source / "NotoSansCJK-Bold.ttc", latin(), "Bold")
    widths: dict[int, str] = {}
    for code, name in sorted(font.getBestCmap().items()):
        width = font["hmtx"][name][0]
        widths[width] = widths.get(width, "") + chr(code)
    text = json.dumps(dict(sorted(widths.items())), ensure_ascii=False, indent=0)
    (FOLDER / "widths.json").write_text(f"{text}\n", "utf-8")


def cut(path: Path, characters: Iterable[str], style: str) -> Any:
    """Write one font with these characters only; returns it."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTCollection

    fonts = {family(font): font for font in TTCollection(path).fonts}  # they share their glyphs
    font, narrow = fonts[SOURCE], fonts[NARROW_IN].getBestCmap()
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            table.cmap |= {ord(c): narrow[ord(c)] for c in NARROW}
    options = Options(layout_features=["kern"], hinting=False, name_IDs=list(KEPT_NAMES))
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GDEF"]
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(characters))
    subsetter.subset(font)
    rename(font, style)
    font.recalcTimestamp = False  # the same letters, the same bytes
    font.save(FOLDER / f"{style.lower()}.otf")
    return font


def family(font: Any) -> str:
    """The name of a font's family."""
    return str(font["name"].getDebugName(1))


def rename(font: Any, style: str) -> None:
    """Give a changed font a name of its own."""
    postscript = f"{FAMILY}-{style}".replace(" ", "")
    for number, text in names(style, postscript):
        font["name"].setName(text, number, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    cff[0].FullName, cff[0].FamilyName = f"{FAMILY} {style}", FAMILY


def names(style: str, postscript: str) -> Iterator[tuple[int, str]]:
    """Family, style, unique, full and PostScript name."""
    yield from ((1, FAMILY), (2, style), (3, postscript), (4, f"{FAMILY} {style}"))
    yield 6, postscript


if __name__ == "__main__":
    main(Path(sys.argv[1]))
