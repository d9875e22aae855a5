"""Writes every message in every language to `tests/render/snapshots/`, to be read as it is sent.

Usage: `make snapshots`
"""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree

from bot.core.questions import Lang
from bot.ports import Message
from tests.render.samples import LANGUAGES, RENDERER, everything

FOLDER = Path(__file__).parents[1] / "render" / "snapshots"
ODD = "42"  # what persons typed: short, as markup that breaks is for other tests
RULE = f"\n\n{'─' * 40}\n\n"


def pages(lang: Lang) -> dict[str, str]:
    """The messages of each template, every different one once, by the template's name."""
    found: dict[str, dict[str, None]] = {}
    for said in everything(lang, ODD):
        shown = _page(RENDERER.message(said, lang))
        found.setdefault(said.template, {})[shown] = None
    return {template: RULE.join(shown) + "\n" for template, shown in found.items()}


def _page(message: Message) -> str:
    """The text with its markup, and the buttons below it row by row."""
    rows = (" ".join(f"[{label}]" for label, _ in row) for row in message.buttons)
    return "\n\n".join(part for part in (message.html, "\n".join(rows)) if part)


def main() -> None:
    """Write all, and take away what no template says any more."""
    said = {lang: pages(lang) for lang in LANGUAGES}
    rmtree(FOLDER, ignore_errors=True)
    for lang, found in said.items():
        folder = FOLDER / lang
        folder.mkdir(parents=True)
        for template, page in found.items():
            (folder / f"{template}.txt").write_text(page, "utf-8")


if __name__ == "__main__":
    main()
