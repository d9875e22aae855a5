"""Every language says everything, and nothing in the words of another.

The languages are the folders of `prompts/`; a new one is tested as soon as it lies there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Set
from functools import cache
from typing import Any

import pytest
from babel import Locale

from bot.core.questions import Lang
from tests.render.foreign import foreign
from tests.render.markup import text_of
from tests.render.samples import LANGUAGES, NASTY, OFFERED, PROMPTS, RENDERER, everything
from tests.tools.snapshots import ODD

FIRST = "es"  # what the others are compared with: it is written first
OTHERS = [lang for lang in LANGUAGES if lang != FIRST]
FILES = ("buttons.toml", "commands.toml", "terminal.toml", "words.toml")
COMMAND = re.compile(r"(?a)(?<![<\w}/.])/[a-z_]+")
SLOT = re.compile(r"\{[^{}]*\}")


@cache
def table(lang: Lang, file: str) -> Mapping[str, Any]:
    """A file of a language."""
    found: Mapping[str, Any] = tomllib.loads((PROMPTS / lang / file).read_text("utf-8"))
    return found


def leaves(found: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """What a table holds, by the path that leads to it."""
    for name, value in found.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{above}{name}.")
        else:
            yield above + name, value


def said(lang: Lang, file: str) -> dict[str, Any]:
    """What a file must hold in every language: the forms of a noun and the phrases are its own."""
    found = dict(table(lang, file))
    if file == "commands.toml":
        return {"menu": found.pop("menu"), **dict.fromkeys(found)}
    nouns = found.pop("plurals", {})
    return dict(leaves(found)) | {f"plurals.{noun}": None for noun in nouns}


def same(first: Set[str], other: Set[str], where: str) -> None:
    """What stands in one language and not in the other is named."""
    lacking, beyond = sorted(first - other), sorted(other - first)
    assert not lacking, f"prompts/{where} lacks what {FIRST} has"
    assert not beyond, f"prompts/{where} has what {FIRST} lacks"


def slots(text: object) -> set[str]:
    """What a text leaves for the program to fill in."""
    return set(SLOT.findall(text)) if isinstance(text, str) else set()


# --- everything is there ----------------------------------------------------------------------


def test_the_languages_are_found() -> None:
    """Else nothing below is tested."""
    assert FIRST in LANGUAGES
    begun = {path.parent.name for file in FILES for path in PROMPTS.glob(f"*/{file}")}
    assert begun == set(LANGUAGES), "a language without words.toml"


@pytest.mark.parametrize("lang", OTHERS)
def test_a_language_has_every_message(lang: Lang) -> None:
    """One template each, and none that nobody says."""
    first, other = (
        {file.name for file in (PROMPTS / one).iterdir() if file.suffix in (".j2", ".toml")}
        for one in (FIRST, lang)
    )
    same(first, other, lang)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("lang", OTHERS)
def test_a_language_has_every_label_word_and_command(lang: Lang, file: str) -> None:
    """The same keys, lists of words as long, the same slots to fill."""
    first, other = said(FIRST, file), said(lang, file)
    same(first.keys(), other.keys(), f"{lang}/{file}")
    if file == "words.toml":
        for key in ("bands", "levels", "quotes"):
            assert len(other[key]) == len(first[key]), key
    if file == "commands.toml":
        assert sorted(other["menu"]) == sorted(first["menu"])
    if file in ("words.toml", "terminal.toml"):
        wrong = {key for key, text in first.items() if slots(text) != slots(other[key])}
        assert not wrong, f"other slots in prompts/{lang}/{file} than in {FIRST}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_can_be_chosen(lang: Lang) -> None:
    """By a button in every language, with a name the person who wants it can read."""
    names = {table(one, "buttons.toml")[f"lang-{lang}"] for one in OFFERED if one in LANGUAGES}
    assert len(names) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_forms_of_a_noun_are_those_of_the_language(lang: Lang) -> None:
    """All that counting to a thousand needs, and none that no number takes."""
    rule = Locale.parse(lang).plural_form
    needed = {rule(n) for n in range(1001)} | {"other"}
    for noun, forms in table(lang, "words.toml")["plurals"].items():
        assert needed <= forms.keys() <= rule.tags | {"other"}, noun
        assert "{n}" in forms["other"], noun
        assert all(slots(form) <= {"{n}"} for form in forms.values()), noun


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_is_fit_to_send(lang: Lang) -> None:
    """Proper markup whatever was typed, within Telegram's limit, tidy, no gap in it."""
    for say in everything(lang):
        message = RENDERER.message(say, lang)
        text = text_of(message.html)
        assert 0 < len(text) <= 4096
        assert text == text.strip()
        assert "\n\n\n" not in text
        assert text.count("{{ 7") == text.count(NASTY)
        assert not re.search(r"\bNone\b|Undefined|\bTrue\b|\bFalse\b", text)
        assert all(label for row in message.buttons for label, _ in row)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_commands_named_are_those_of_the_language(lang: Lang) -> None:
    """No message sends anybody to a command of another language."""
    actions = [row for name, row in table(lang, "commands.toml").items() if name != "menu"]
    known = {f"/{row['shown']}" for row in actions if "shown" in row}
    known |= {"/start", *table(lang, "terminal.toml")["leave"]}
    files = [*(PROMPTS / lang).glob("*.j2"), PROMPTS / lang / "terminal.toml"]
    named = {found for file in files for found in COMMAND.findall(file.read_text("utf-8"))}
    assert named
    assert not named - known


# --- nothing is of another language -----------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_message_or_button_speaks_another_language(lang: Lang) -> None:
    """With data of the same language or figures only."""
    found = {
        (say.template, word)
        for say in everything(lang, ODD)
        for message in (RENDERER.message(say, lang),)
        for text in (
            text_of(message.html),
            *(label for row in message.buttons for label, _ in row),
        )
        for word in foreign(lang, text)
    }
    assert not found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_shared_word_speaks_another_language(lang: Lang) -> None:
    """Nor what the terminal, the pages and the menu say."""
    texts = {**said(lang, "words.toml"), **said(lang, "terminal.toml")}
    del texts["leave"]  # commands, in any language
    commands = (action for action in table(lang, "commands.toml").values() if "says" in action)
    texts |= {action["shown"]: action["says"] for action in commands}
    texts |= dict(leaves({"plurals": table(lang, "words.toml")["plurals"]}))
    found = {
        (key, word)
        for key, text in texts.items()
        for one in (text if isinstance(text, list) else [text])
        for word in foreign(lang, SLOT.sub("", one or ""))
    }
    assert not found


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("zh", "请看/jindu，联系@practice_bot：Telegram里的SEO、A/B。", set()),
        ("zh", "请看 tu nota", {"tu", "nota"}),
        ("en", "Your score, with your résumé: 5/100", set()),
        ("en", "¿Your nota, más «x»?", {"¿", "nota", "más", "«", "»"}),
        ("es", "Tu nota, con <b>AARRR</b> y Product manager", set()),
        ("es", "Your nota 的", {"Your", "的"}),
    ],
)
def test_what_is_foreign(lang: Lang, text: str, found: set[str]) -> None:
    """The check itself."""
    assert foreign(lang, text) == found


def test_a_language_nobody_described_is_told_apart() -> None:
    """One adds it where the message says."""
    with pytest.raises(AssertionError, match=r"foreign\.py"):
        foreign("xx", "")
