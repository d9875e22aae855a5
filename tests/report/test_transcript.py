"""A transcript as a page and as JSON."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

from bot.core.models import Mode
from bot.core.review import exchanges
from bot.report import transcript_html, transcript_json
from tests.render.samples import ANSWER, NASTY, RENDERER, transcript

VOID = {"meta", "br", "rect"}
PAGE = transcript_html(transcript(), "es", RENDERER)


class Outline(HTMLParser):
    """The page's elements; raises `AssertionError` where tags do not nest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)
        if dict(attrs).get("class") == "said":
            self.said.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.said and "div" in self._open and "sup" not in self._open:
            self.said[-1] += data

    def close(self) -> None:
        super().close()
        assert not self._open


def outline(page: str) -> Outline:
    """The page, read."""
    reader = Outline()
    reader.feed(page)
    reader.close()
    return reader


def test_the_page_is_self_contained() -> None:
    """No script, nothing fetched, no inline style attribute."""
    for tag, attrs in outline(PAGE).found:
        assert tag not in {"script", "link", "img", "iframe", "object", "form"}
        assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on") or name == "src"]
        assert (attrs.get("href") or "#").startswith("#")
    assert "url(" not in PAGE
    assert "@import" not in PAGE


def test_the_policy_allows_this_style_only() -> None:
    """The hash in the policy is that of the style as the browser reads it."""
    style = re.search(r"<style>(.*?)</style>", PAGE, re.DOTALL)
    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"style-src &#39;sha256-{digest}&#39;" in PAGE or f"style-src 'sha256-{digest}'" in PAGE


def test_the_page_has_a_language_and_an_outline() -> None:
    """One h1, no level skipped, every link within the page leads somewhere, ids are unique."""
    found = outline(PAGE).found
    assert ("html", {"lang": "es"}) in found
    levels = [int(tag[1]) for tag, _ in found if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))
    ids = [attrs["id"] for _, attrs in found if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {(a.get("href") or "")[1:] for tag, a in found if tag == "a"} <= set(ids)


def test_the_answer_stands_there_to_the_letter() -> None:
    """With its evidence marked, and nothing of it read as markup."""
    page = outline(PAGE)
    assert any(said.startswith(ANSWER) for said in page.said)
    assert ("mark", {"class": "k1"}) in page.found
    assert '<b>&"' not in PAGE
    assert NASTY not in PAGE


def test_the_page_tells_the_whole_session() -> None:
    """Scores, follow-ups, what did not count, what was skipped, what would help."""
    for words in (
        "62/100",
        "Tu primera respuesta valía 40",
        "Repreguntas",
        "También escribiste esto, que no cuenta en la nota",
        "No se pudo valorar: era demasiado breve.",
        "Escribiste esto sin entregarlo",
        "Saltada, sin nota",
        "Lo que más subiría tu nota",
        "62 → 74",
        "50 de 50",
        "Banco de preguntas 2026.1, huella abababababab",
    ):
        assert words in PAGE


def test_the_mean_counts_the_best_try_of_each_question() -> None:
    """As the list of sessions does."""
    first = transcript().attempts[0]
    worse = replace(first, id="a0", card=replace(first.card, score=10))
    page = transcript_html(replace(transcript(), attempts=(worse, first)), "es", RENDERER)
    assert '<span class="total">62' in page


def test_an_empty_session_has_a_page() -> None:
    """It says so."""
    nothing = replace(transcript(), mode=Mode.NONE, turns=(), attempts=())
    page = transcript_html(nothing, "es", RENDERER)
    outline(page)
    assert "no quedó nada escrito" in page


def test_every_attempt_is_in_one_exchange() -> None:
    """Also a second try at the same question, and one whose turns are gone."""
    whole = transcript()
    again = replace(whole.attempts[0], id="a3")
    turns = (*whole.turns, *whole.turns[:2])
    told = exchanges(replace(whole, turns=turns, attempts=(*whole.attempts, again)))
    assert [e.attempt.id for e in told if e.attempt] == ["a1", "a2", "a3"]
    alone = exchanges(replace(whole, turns=()))
    assert [e.attempt.id for e in alone if e.attempt] == ["a1", "a2"]


def test_json_holds_every_field() -> None:
    """Under its own name; the spans still point at their words."""
    data = json.loads(transcript_json(transcript()))
    assert data["started_at"] == "2026-11-14T09:30:00+00:00"
    assert data["mode"] == "interview"
    assert len(data["turns"]) == 10
    attempt = data["attempts"][0]
    assert attempt["criteria"]["method"] == NASTY
    span = attempt["card"]["scores"][0]["evidence"][0]
    assert attempt["answer"][span["start"] : span["end"]] == span["text"] == "goal"
