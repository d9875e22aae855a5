"""Reads a message as Telegram does: a small set of tags, properly nested."""

from __future__ import annotations

from html.parser import HTMLParser

ALLOWED = {"b", "i", "u", "s", "code", "pre", "blockquote", "a"}


class Reader(HTMLParser):
    """Collects the text; raises `AssertionError` on a tag that is not allowed or not closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else []), attrs
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def close(self) -> None:
        super().close()
        assert not self._open


def text_of(html: str) -> str:
    """The text a person sees."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.text
