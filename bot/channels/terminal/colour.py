"""The screen of a person at a terminal, drawn with rich; it knows `NO_COLOR` and the width."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot.channels.terminal.markup import Block, Kind, Span, blocks, clean
from bot.channels.terminal.screen import NumberedRows, choice_lines

WIDEST = 96  # columns; longer lines are hard to read
LINKS = ("http://", "https://", "tg://", "mailto:")
_STYLES = {
    "b": Style(bold=True),
    "i": Style(italic=True),
    "u": Style(underline=True),
    "s": Style(strike=True),
    "code": Style(color="cyan"),
    "pre": Style(color="cyan"),
    "blockquote": Style(color="green"),
    "a": Style(underline=True, color="blue"),
}
_BAR = Text("▌ ", Style(color="green", dim=True))
_CHOICES = Style(color="cyan")
_NOTE = Style(dim=True)


def styled(spans: tuple[Span, ...]) -> Text:
    """Spans as rich text; what the text says is never read as markup."""
    text = Text()
    for span in spans:
        style = sum((_STYLES[tag] for tag in sorted(span.tags)), Style.null())
        if span.href.startswith(LINKS):
            style += Style(link=span.href.replace(" ", "%20"))
        text.append(span.text, style)
    return text


class Colour:
    """Messages with an empty line before each, wrapped at words, choices numbered below."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False, markup=False, emoji=False)

    @property
    def width(self) -> int:
        """How wide text is set, in columns."""
        return max(20, min(self._console.width - 1, WIDEST))

    def message(self, html: str, rows: NumberedRows) -> None:
        """A message, with the choices it offers below it."""
        self._console.print()
        for block in blocks(html):
            for line in self._lines(block):
                self._console.print(line, soft_wrap=True)
        shown = choice_lines(rows, self.width)
        if shown:
            self._console.print()
        for text in shown:
            for line in Text(text, _CHOICES).wrap(self._console, self.width):
                self._console.print(line, soft_wrap=True)

    def note(self, text: str) -> None:
        """Something the terminal itself says."""
        self._console.print()
        self._console.print(Text(clean(text), _NOTE).wrap(self._console, self.width))

    def _lines(self, block: Block) -> Iterator[Text]:
        text = styled(block.spans)
        if block.kind is Kind.QUOTE:
            for line in text.wrap(self._console, self.width - len(_BAR)):
                yield Text.assemble(_BAR, line)
        elif block.kind is Kind.PRE:
            yield from text.split("\n", allow_blank=True)
        else:
            yield from text.wrap(self._console, self.width)
