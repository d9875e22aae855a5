"""The HTML of messages (`b i u s code pre blockquote a`) as blocks of styled text.

Read with one regular expression instead of `html.parser`: that one raises on `<![`, swallows what
follows `<script>` or `<!`, and would have to be undone for text that merely looks like a tag. Here
a tag outside the subset is text, so nothing a person wrote can vanish, and nothing can raise.
Text is escaped by whoever writes the HTML; only character references are resolved here, and
control characters, which could drive a terminal, are dropped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

_TAG = re.compile(r"<(/?)(blockquote|code|pre|a|b|i|s|u)((?:\s[^<>]*)?)>", re.IGNORECASE)
_HREF = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BLOCKS = ("pre", "blockquote")  # what stands on lines of its own


class Kind(StrEnum):
    """What a block is."""

    TEXT = "text"
    QUOTE = "quote"
    PRE = "pre"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text under the same tags; `href` is the address of a link, else empty."""

    text: str
    tags: frozenset[str] = frozenset()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One or more whole lines of one kind."""

    kind: Kind
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The bare text."""
        return "".join(span.text for span in self.spans)


def clean(text: str) -> str:
    """`text` with Unix line ends, without control characters and lone surrogates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


def blocks(source: str) -> list[Block]:
    """The blocks of a message; line breaks at the edges of a block are not part of it."""
    found: list[tuple[Kind, list[Span]]] = []
    for span in _spans(source):
        kind = _kind(span)
        if not found or found[-1][0] is not kind:
            found.append((kind, []))
        found[-1][1].append(span)
    edges = len(found) - 1
    cut = [Block(k, _trimmed(spans, i > 0, i < edges)) for i, (k, spans) in enumerate(found)]
    # A lone break only parts two blocks; two of them are an empty line.
    return [b for b, (_, spans) in zip(cut, found, strict=True) if b.spans or _length(spans) > 1]


def plain(source: str) -> str:
    """A message as plain text: quotes are marked with `> `, links followed by their address."""
    return "\n".join(_plain_block(block) for block in blocks(source))


def _plain_block(block: Block) -> str:
    text = "".join(_with_address(span) for span in block.spans)
    if block.kind is Kind.QUOTE:
        return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
    return text


def _with_address(span: Span) -> str:
    if not span.href or span.href == span.text:
        return span.text
    return f"{span.text} ({span.href})"


def _spans(source: str) -> Iterator[Span]:
    """Runs of text with the tags open around them; a tag never closed lasts to the end."""
    open_: list[tuple[str, str]] = []
    at = 0
    for tag in _TAG.finditer(source):
        yield from _span(source[at : tag.start()], open_)
        at = tag.end()
        closing, name = tag[1], tag[2].lower()
        if not closing:
            open_.append((name, _href(tag[3])))
            continue
        for index in range(len(open_) - 1, -1, -1):
            if open_[index][0] == name:
                del open_[index]
                break
    yield from _span(source[at:], open_)


def _span(raw: str, open_: list[tuple[str, str]]) -> Iterator[Span]:
    text = clean(html.unescape(raw))
    if text:
        href = next((address for _, address in reversed(open_) if address), "")
        yield Span(text, frozenset(name for name, _ in open_), href)


def _href(attributes: str) -> str:
    found = _HREF.search(attributes)
    if found is None:
        return ""
    return clean(html.unescape(found[1] or found[2] or "")).replace("\n", "").strip()


def _kind(span: Span) -> Kind:
    if "pre" in span.tags:
        return Kind.PRE
    return Kind.QUOTE if "blockquote" in span.tags else Kind.TEXT


def _length(spans: list[Span]) -> int:
    return sum(len(span.text) for span in spans)


def _trimmed(spans: list[Span], before: bool, after: bool) -> tuple[Span, ...]:
    """The spans of a block without the line breaks that part it from its neighbours."""
    cut = [*spans]
    if before:
        cut[0] = replace(cut[0], text=cut[0].text.removeprefix("\n"))
    if after:
        cut[-1] = replace(cut[-1], text=cut[-1].text.removesuffix("\n"))
    return tuple(span for span in cut if span.text)
