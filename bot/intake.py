"""From what a person writes to the event it means.

Commands and the few phrases that act as a whole message stand in `prompts/<lang>/commands.toml`;
those of every language are understood in every session. All else is text, cleaned of what no
channel can carry.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.core.events import WITH_ARGUMENT, Event, Stray, Text, Unknown, parse
from bot.core.questions import Lang
from bot.core.words import fold

LONGEST_PHRASE = 60  # characters; a longer message is never a phrase
LONGEST_ASIDE = 3  # words behind a command that takes none; more are an answer
STATED = (".", "。", "!", "！")  # how no question ends
LONGEST_SLIP = 8  # words; a longer message with an unknown /word is an answer

_TAKING = WITH_ARGUMENT - {"confirm", "decline"}
_COMMAND = re.compile(r"/([^\s/@]+)(?:@\w*)?(?:\s+(.*))?", re.DOTALL)
_SURROGATES = re.compile("[\ud800-\udfff]")
# These turn round what is written after them, ours too: a company's name stands in our sentences.
_DIRECTIONS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROLS = {
    code: None for code in (*range(32), *range(127, 160), *_DIRECTIONS) if chr(code) not in "\n\t"
}


@dataclass(frozen=True, slots=True)
class Command:
    """What one language calls an action: its commands, menu line and phrases; `replies` mean it
    only where a yes or no was just asked for."""

    names: tuple[str, ...]
    shown: str
    says: str
    phrases: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()


COURTESY = ""
MILD = ("greet", "thank", "unsure")  # what gives way to a wish beside it, the mildest first

Words = Callable[[Command], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Wording:
    """The commands of one language by action, and which stand in its menu, in order; `courtesy`
    are words that may stand beside any phrase, `openings` what questions begin with."""

    commands: Mapping[str, Command]
    menu: tuple[str, ...]
    courtesy: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()


class Intake:
    """Reads messages; built once from the wordings of all languages.

    Raises `ValueError` when a command or phrase means two different actions.
    """

    def __init__(self, wordings: Mapping[Lang, Wording]) -> None:
        self._wordings = wordings
        self._names = _index(wordings.values(), lambda command: command.names)
        self._phrases = _index(wordings.values(), lambda command: command.phrases)
        self._replies = _index(wordings.values(), lambda command: command.replies)
        self._openings = tuple(fold(o) for w in wordings.values() for o in w.openings)
        self._courtesy = frozenset(fold(p) for w in wordings.values() for p in w.courtesy)

    @classmethod
    def load(cls, prompts: Path) -> Intake:
        """The intake of a prompts folder: every `<lang>/commands.toml` in it."""
        files = sorted(prompts.glob("*/commands.toml"))
        return cls({file.parent.name: _read(file) for file in files})

    def read(self, text: str, ref: str = "") -> Event:
        """The event of a message; `ref` names the message so that a later edit finds it."""
        text = clean(text)
        if not any(char.isprintable() and not char.isspace() for char in text):
            return Stray("empty")
        if text.startswith("/") and (event := self._command(text, ref)) is not None:
            return event
        said = fold(text) if len(text) <= LONGEST_PHRASE else ""
        if action := self._phrases.get(said) or self._composed(said):
            return parse(action)
        asks = not text.endswith(STATED) and self._asks(said)
        return Text(text, ref, self._replies.get(said, ""), asks)

    def menu(self, lang: Lang) -> list[tuple[str, str]]:
        """The menu of a language: (command without slash, description) in order."""
        wording = self._wordings[lang]
        rows = (wording.commands[action] for action in wording.menu)
        return [(row.shown, row.says) for row in rows]

    @property
    def languages(self) -> tuple[Lang, ...]:
        """The languages that have a wording."""
        return tuple(self._wordings)

    def _composed(self, said: str) -> str | None:
        """The action of a message made of nothing but phrases and words of courtesy.

        "Hola, no sé, ¿me das una pista, por favor?" asks for a hint. Two different wishes are
        none; neither is courtesy alone.
        """
        wishes = set(self._divided(said) or ()) - {COURTESY} if said else set()
        for mild in MILD:
            if len(wishes) > 1:
                wishes.discard(mild)
        return wishes.pop() if len(wishes) == 1 else None

    def _asks(self, said: str) -> bool:
        """Whether a short message begins as a question does, with or without its mark."""
        return said.startswith(self._openings) and any(
            said.startswith(opening) and _may_end(said, len(opening)) for opening in self._openings
        )

    def _divided(self, said: str) -> list[str] | None:
        """What a folded message is made of, in the fewest pieces; None when of something else.

        Words are kept whole; between Chinese characters a piece may end anywhere.
        """
        ways: list[list[str] | None] = [[], *([None] * len(said))]
        for start, way in enumerate(ways):
            if way is None or not _may_end(said, start):
                continue
            for end in range(start + 1, len(said) + 1):
                piece = said[start:end].strip()
                known = self._phrases.get(piece, COURTESY if piece in self._courtesy else None)
                better = ways[end] is None or len(ways[end] or ()) > len(way) + 1
                if known is not None and _may_end(said, end) and better:
                    ways[end] = [*way, known]
        return ways[-1]

    def _command(self, text: str, ref: str) -> Event | None:
        """The event of a text that begins with a slash; None when it is an answer after all."""
        match = _COMMAND.fullmatch(text)
        name = fold(match[1]) if match else ""
        if match and (action := self._names.get(name)):
            # An @ would be read as the guard of a button.
            argument = (match[2] or "").replace("@", " ").strip()
            if action in _TAKING:
                return parse(f"{action}:{argument}" if argument else action)
            # "/listo Primero definiría ...": the words are part of the answer, not to be lost.
            several = len(argument.split()) > LONGEST_ASIDE
            return Text(argument, ref) if several else parse(action)
        return None if len(text.split()) > LONGEST_SLIP else Unknown(text)


def _may_end(said: str, at: int) -> bool:
    """Whether a piece of a folded text may end there: not within a word of letters."""
    around = said[at - 1 : at + 1] if at else ""
    return len(around) < 2 or " " in around or not around.isascii()


def clean(text: str) -> str:
    """Text every channel and the store can carry.

    Surrogate pairs become their character, lone ones U+FFFD; control characters but line breaks
    and tabs go (NUL, and the escapes that would steer a terminal), and so do those that set the
    direction of writing; no blanks at the ends.
    """
    if _SURROGATES.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
    return text.strip()


def _index(wordings: Iterable[Wording], words: Words) -> dict[str, str]:
    """Folded word -> action, over all languages."""
    index: dict[str, str] = {}
    for action, word in _pairs(wordings, words):
        if index.setdefault(fold(word), action) != action:
            raise ValueError(f"“{word}” means both {index[fold(word)]} and {action}")
    return index


def _pairs(wordings: Iterable[Wording], words: Words) -> Iterator[tuple[str, str]]:
    for wording in wordings:
        for action, command in wording.commands.items():
            for word in words(command):
                yield action, word


def _read(file: Path) -> Wording:
    table = tomllib.loads(file.read_text("utf-8"))
    menu = tuple(table.pop("menu"))
    courtesy = tuple(table.pop("courtesy", {}).get("phrases", ()))
    openings = tuple(table.pop("question", {}).get("openings", ()))
    commands = {
        action: Command(
            names=tuple(row.get("names", ())),
            shown=row.get("shown", ""),
            says=row.get("says", ""),
            phrases=tuple(row.get("phrases", ())),
            replies=tuple(row.get("replies", ())),
        )
        for action, row in table.items()
    }
    return Wording(commands, menu, courtesy, openings)
