"""Turns what the core says into words: one Jinja2 template is one whole message.

`prompts/<lang>/*.j2` are the messages, `buttons.toml` the labels, `words.toml` the names and
plural forms they share, `prompts/web/*.j2` the pages, `prompts/pictures/*.j2` the pictures. Every
value is escaped; a value that a template needs and does not get is an error (StrictUndefined), not
a gap in a message.

Which plural form a number takes and how a day is written is CLDR's to say, through Babel; it is
imported with the first number or day that is rendered, as most starts need neither.
"""

from __future__ import annotations

import re
import tomllib
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from bot.core.effects import Button, Say
from bot.core.models import Evidence
from bot.core.questions import Lang
from bot.lettering import Lettering
from bot.ports import Message
from bot.quoting import Excerpt, excerpts, shorten

LOCALES = {"en": "en-GB"}  # whose dates go with our spelling, where that is not the default
SPARKS = "▁▂▃▄▅▆▇█"
SPARKLINE = 16  # scores of the newest attempts

_GAPS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


class TemplateRenderer:
    """The `Renderer` of the folder `prompts`; languages are loaded when first spoken.

    A language without a folder is answered in `fallback`.
    """

    def __init__(self, prompts: Path, fallback: Lang = "es") -> None:
        self._prompts = prompts
        self._fallback = fallback
        self._voices: dict[Lang, Voice] = {}

    def message(self, say: Say, lang: Lang) -> Message:
        """The message of a `Say` in a language.

        Raises `jinja2.TemplateNotFound` for a template no file has, `jinja2.UndefinedError` for
        data a template misses and `KeyError` for a label no one wrote.
        """
        voice = self.voice(lang)
        return Message(
            html=voice.text(say.template, say.data),
            buttons=tuple(tuple((voice.label(b), b.action) for b in row) for row in say.buttons),
            replace=say.replace,
            onto=say.onto,
            slot=say.slot,
            attachment=say.attachment,
            picture=self._picture(voice, say) if say.picture else None,
        )

    def page(self, name: str, lang: Lang, data: Mapping[str, Any]) -> str:
        """A page of `prompts/web/`, with the words of a language."""
        return self.voice(lang).page(name, data)

    def _picture(self, voice: Voice, say: Say) -> tuple[str, str]:
        return f"simulacro-{say.picture}.png", voice.picture(say.picture, say.data)

    def voice(self, lang: Lang) -> Voice:
        """The words of a language, loaded once."""
        voice = self._voices.get(lang)
        if voice is None:
            known = (self._prompts / lang / "words.toml").is_file()
            voice = Voice(self._prompts, lang if known else self._fallback)
            self._voices[lang] = voice
        return voice


class Voice:
    """The templates, labels and words of one language, compiled once each."""

    def __init__(self, prompts: Path, lang: Lang) -> None:
        self.lang = lang
        self._prompts = prompts
        self.words = Words(lang, tomllib.loads((prompts / lang / "words.toml").read_text("utf-8")))
        self._messages = self._environment(prompts / lang)
        self._pages = self._environment(prompts / "web")
        self._labels = self._read_labels(prompts / lang / "buttons.toml")
        self._templates: dict[str, Template] = {}

    def text(self, name: str, data: Mapping[str, Any]) -> str:
        """A message as HTML, without blank lines at its ends and never two in a row."""
        template = self._templates.get(name)
        if template is None:
            template = self._templates[name] = self._messages.get_template(f"{name}.j2")
        return _GAPS.sub("\n\n", template.render(data)).strip()

    def label(self, button: Button) -> str:
        """The words on a button: plain text, which no channel reads as markup."""
        label = self._labels[button.label]
        return label if isinstance(label, str) else label.render(button.data).strip()

    def page(self, name: str, data: Mapping[str, Any]) -> str:
        """A page as it is."""
        return self._pages.get_template(f"{name}.j2").render(data)

    def picture(self, name: str, data: Mapping[str, Any]) -> str:
        """A picture as SVG; its filter `fit` makes texts lines that can be drawn."""
        return self._pictures.get_template(f"{name}.svg.j2").render(data).strip()

    @cached_property
    def _pictures(self) -> Environment:
        folder = self._prompts / "pictures"
        environment = self._environment(folder)
        environment.filters["fit"] = Lettering(folder / "fonts" / "widths.json").fit
        return environment

    def _environment(self, folder: Path, escaped: bool = True) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            autoescape=escaped,  # noqa: S701 - off for the plain text of buttons only
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        environment.filters.update(self.words.filters())
        environment.globals.update(names=self.words.table, lang=self.lang)
        return environment

    def _read_labels(self, file: Path) -> dict[str, str | Template]:
        """The labels; only those with slots need a template."""
        plain = self._environment(file.parent, escaped=False)
        labels: dict[str, str] = tomllib.loads(file.read_text("utf-8"))
        return {k: plain.from_string(v) if "{" in v else v for k, v in labels.items()}


class Words:
    """The filters of a language; `table` is its `words.toml`."""

    def __init__(self, lang: Lang, table: Mapping[str, Any]) -> None:
        self.table = table
        self._lang = LOCALES.get(lang, lang)
        self._quotes: Sequence[str] = table["quotes"]
        self._plurals: Mapping[str, Mapping[str, str]] = table["plurals"]
        self._thousands: str = table["thousands"]

    def filters(self) -> dict[str, Any]:
        """The filters by the names templates call them."""
        return {
            "bar": bar,
            "clock": clock,
            "date": self.date,
            "duration": self.duration,
            "integrity": integrity,
            "plural": self.plural,
            "quote": self.quote,
            "quotes": self.quotes,
            "sparkline": sparkline,
            "whole": whole,
        }

    def date(self, at: datetime) -> str:
        """A day as people write it."""
        return _day(at.date(), self._lang)

    def duration(self, seconds: float) -> str:
        """About how many minutes, in words; never none."""
        return self.plural(max(1, whole(seconds / 60)), "minute")

    def plural(self, n: int, noun: str) -> str:
        """A count with its noun, in the form of the number's category.

        A category the noun has no form for takes `other` (Spanish sets millions apart).
        """
        forms = self._plurals[noun]
        counted = str(n) if n < 10_000 else f"{n:,}".replace(",", self._thousands)
        return forms.get(_category(self._lang)(n), forms["other"]).format(n=counted)

    def quote(self, text: str, limit: int = 90) -> str:
        """Somebody's words in quotation marks, cut at a word to about `limit` characters."""
        return f"{self._quotes[0]}{shorten(text, limit)}{self._quotes[1]}"

    def quotes(self, evidence: Iterable[Evidence], answer: str, count: int = 2) -> list[Markup]:
        """What earned something, each piece in its sentence with the earning words bold.

        The `count` pieces that show most, in the order of the answer.
        """
        pieces = excerpts(evidence, answer)
        shown = sorted(pieces, key=lambda p: -p.earned)[:count]
        return [self._piece(p, answer) for p in pieces if p in shown]

    def _piece(self, piece: Excerpt, answer: str) -> Markup:
        before, after = self._quotes
        return Markup(f"{before}{piece.markup(answer)}{after}")  # noqa: S704 - escaped there


@cache
def _category(lang: Lang) -> Callable[[int], str]:
    """The CLDR category of a number: `one`, `other` and what else the language has."""
    from babel import Locale  # noqa: PLC0415 - see above

    return Locale.parse(lang, sep="-").plural_form


@lru_cache(512)
def _day(day: date, lang: Lang) -> str:
    from babel import Locale  # noqa: PLC0415 - see above
    from babel.dates import format_date  # noqa: PLC0415

    return format_date(day, "medium", Locale.parse(lang, sep="-"))


# --- filters that are alike in every language -------------------------------------------------


def bar(value: float, full: float, cells: int = 5) -> str:
    """A bar; only nothing is empty and only all is full."""
    filled = round(cells * value / full) if full else 0
    if 0 < value < full:
        filled = min(max(filled, 1), cells - 1)
    return "▰" * filled + "▱" * (cells - filled)


def clock(seconds: float) -> str:
    """A time left or taken, as minutes:seconds."""
    minutes, rest = divmod(max(0, whole(seconds)), 60)
    return f"{minutes}:{rest:02d}"


def sparkline(scores: Sequence[int]) -> str:
    """The newest scores, 0 to 100, as a line of blocks."""
    top = len(SPARKS) - 1
    return "".join(SPARKS[round(top * score / 100)] for score in scores[-SPARKLINE:])


def integrity(text: str) -> str:
    """The hash by which a Content-Security-Policy allows an inline style."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def whole(number: float) -> int:
    """The nearest whole number, halves upwards."""
    return int(number + 0.5)
