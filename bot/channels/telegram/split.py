"""Long messages in parts Telegram takes, each with markup that stands on its own."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from telegram.constants import MessageLimit

LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)  # UTF-16 code units; counted here on the raw HTML
_STOPS = "。！？；，、"  # where Chinese, which has no spaces, may be cut
_ATOM = re.compile(rf"<[^<>]*>|&#?\w{{1,10}};|\n{{1,16}}|[^\s<&{_STOPS}]{{1,16}}|[\s\S]")
_NAME = re.compile(r"</?\s*([\w-]+)")
_TAG = re.compile(r"<[^<>]*>")
HARD, WORD, LINE, PARAGRAPH = range(4)  # what a cut falls on, the best last
Tags = tuple[str, ...]  # those open at a place, outermost first


def units(text: str) -> int:
    """The length of a text as Telegram counts it: in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(markup: str) -> str:
    """The text of a piece of HTML."""
    return html.unescape(_TAG.sub("", markup))


def split(markup: str, limit: int = LIMIT) -> list[str]:
    """HTML in parts of at most `limit` UTF-16 units.

    A cut falls at the last paragraph bound that fits, else the last line, else the last word, else
    between two characters; tags open there are closed and opened again. The text stays the same
    but for parts that would be blank, which Telegram refuses: those are left out.
    """
    if units(markup) <= limit:
        return [markup]
    atoms = _ATOM.findall(markup)
    if _deepest(atoms) > limit // 2:
        # No room for text between such tags (an endless link, say): the text matters more.
        atoms = list(_ATOM.findall(html.escape(plain(markup), quote=False)))
    parts: list[str] = []
    open_tags: Tags = ()
    start = 0
    while start < len(atoms):
        part, open_tags, start = _part(atoms, start, open_tags, limit)
        if plain(part).strip():
            parts.append(part)
    return parts or [""]


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place where a part may end: before atom `at`, with these tags open."""

    at: int
    open_tags: Tags


class _Walk:
    """One part as it grows, and the best cut of each kind met so far."""

    def __init__(self, start: int, open_tags: Tags) -> None:
        self.here = _Cut(start, open_tags)
        self.cuts: dict[int, _Cut] = {}
        self._size, self._tail = units("".join(open_tags)), units(_closing(open_tags))
        self._blank = True

    def fits(self, atom: str, limit: int) -> bool:
        """Grow by an atom, if there is room for it and for the ends of what is open then."""
        open_tags, tail = self.here.open_tags, self._tail
        if _is_tag(atom):
            open_tags = _after(open_tags, atom)
            tail = units(_closing(open_tags))
        if self._size + units(atom) + tail > limit:
            return False
        self._size, self._tail = self._size + units(atom), tail
        self.here = _Cut(self.here.at + 1, open_tags)
        if not _is_tag(atom):
            self._blank = self._blank and atom.isspace()
            if not self._blank:
                self.cuts[_kind(atom)] = self.here
        return True


def _kind(atom: str) -> int:
    """What kind of cut falls after a piece of text."""
    if "\n" in atom:
        return PARAGRAPH if len(atom) > 1 else LINE
    return WORD if atom.isspace() or atom in _STOPS else HARD


def _part(atoms: list[str], start: int, open_tags: Tags, limit: int) -> tuple[str, Tags, int]:
    """The part that begins at `start`; with it the tags open after it and where it ends."""
    walk = _Walk(start, open_tags)
    while walk.here.at < len(atoms):
        if not walk.fits(atoms[walk.here.at], limit):
            break
    else:
        return _joined(open_tags, atoms[start:], walk.here.open_tags), (), len(atoms)
    cut = walk.cuts[max(walk.cuts)] if walk.cuts else walk.here
    if cut.at == start:  # not even one atom fits: go on all the same
        cut = _Cut(start + 1, _after(open_tags, atoms[start]))
    return _joined(open_tags, atoms[start : cut.at], cut.open_tags), cut.open_tags, cut.at


def _joined(before: Tags, atoms: list[str], after: Tags) -> str:
    return "".join((*before, *atoms, _closing(after)))


def _is_tag(atom: str) -> bool:
    return len(atom) > 2 and atom[0] == "<"


def _after(open_tags: Tags, atom: str) -> Tags:
    """The tags open once `atom` was read."""
    if not _is_tag(atom):
        return open_tags
    if atom[1] == "/":
        return open_tags[:-1]
    return (*open_tags, atom)


def _closing(open_tags: Tags) -> str:
    return "".join(f"</{_name(tag)}>" for tag in reversed(open_tags))


def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found[1] if found else "b"


def _deepest(atoms: list[str]) -> int:
    """How many units the open tags and their ends take where they take most."""
    open_tags: Tags = ()
    deepest = 0
    for atom in filter(_is_tag, atoms):
        open_tags = _after(open_tags, atom)
        deepest = max(deepest, units("".join(open_tags)) + units(_closing(open_tags)))
    return deepest
