"""Every message the bot can say, as a person gets it."""

from __future__ import annotations

import ast
import re

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from bot.core import beside, say
from bot.core.effects import Button, Say
from bot.core.models import State
from bot.intake import Intake
from tests.core.driver import Driver
from tests.render.markup import text_of
from tests.render.samples import (
    ANSWER,
    ASKED,
    DRAFT,
    EVENTS,
    GATES,
    IDLE,
    NASTY,
    OPEN,
    PROMPTS,
    RENDERER,
    STRAYS,
    card,
    everything,
    scored,
)

EVERYTHING = everything()
FILES = {file.stem for file in (PROMPTS / "es").glob("*.j2")}


def shown(said: Say) -> str:
    """The text of a message."""
    return text_of(RENDERER.message(said, "es").html)


def said_in_code() -> set[str]:
    """The names of all templates that the code names in a `Say(...)`."""
    names = set()
    for file in (PROMPTS.parent / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Say":
                names |= {c.value for c in ast.walk(node.args[0]) if isinstance(c, ast.Constant)}
    return {name for name in names if isinstance(name, str)}


def test_each_template_exists_and_is_used() -> None:
    """One file for each name in the code, and none that nobody says."""
    assert said_in_code() == FILES


def test_the_samples_hold_every_template() -> None:
    """So that the tests below look at all of them."""
    assert {said.template for said in EVERYTHING} == FILES


@pytest.mark.parametrize("said", EVERYTHING, ids=lambda said: said.template)
def test_every_message_renders(said: Say) -> None:
    """With its data, in the markup Telegram takes, fit for a telephone, tidy at its ends."""
    message = RENDERER.message(said, "es")
    text = text_of(message.html)
    assert text
    assert text == text.strip()
    assert "\n\n\n" not in text
    assert len(text) <= 4096
    assert not re.search(r"(?i)\bnone\b|undefined|\bTrue\b|\bFalse\b", text)
    assert (message.replace, message.slot) == (said.replace, said.slot)
    assert message.attachment == said.attachment


@pytest.mark.parametrize("said", EVERYTHING, ids=lambda said: said.template)
def test_no_text_of_a_person_becomes_markup(said: Say) -> None:
    """What was typed is shown as typed; nothing of it is run as a template."""
    text = shown(said)
    assert "49" not in text
    assert text.count("{{ 7") == text.count(NASTY)


def test_every_label_is_used_and_known() -> None:
    """A button of the core has words, and no words wait for a button that is gone."""
    used = {button.label for said in EVERYTHING for row in said.buttons for button in row}
    assert used == set(RENDERER.voice("es")._labels)


def test_buttons_are_plain_text() -> None:
    """No channel reads a label as markup, so nothing is escaped in it."""
    say_ = Say("hint", {"hint": "x"}, ((Button("question", "go", {"title": NASTY}),),))
    assert RENDERER.message(say_, "es").buttons == (((NASTY, "go"),),)


def test_commands_named_in_messages_exist() -> None:
    """A message never sends anybody to a command nobody knows, nor to a hidden name."""
    intake = Intake.load(PROMPTS)
    wording = intake._wordings["es"]
    names = {row.shown for row in wording.commands.values()} | {"start"}
    files = [*(PROMPTS / "es").glob("*.j2")]
    found = {
        match
        for file in files
        for match in re.findall(r"(?<![<\w}/.])/([a-z_]+)", file.read_text("utf-8"))
    }
    assert found
    assert found <= names


def test_a_missing_value_is_an_error() -> None:
    """Not a gap in a message."""
    with pytest.raises(UndefinedError):
        RENDERER.message(Say("hint"), "es")


def test_an_unknown_template_is_an_error() -> None:
    """It is a defect of the program, said plainly."""
    with pytest.raises(TemplateNotFound):
        RENDERER.message(Say("no-such"), "es")


def test_an_unknown_language_is_answered_in_the_fallback() -> None:
    """Better Spanish than nothing."""
    said = beside.welcome(IDLE)
    assert RENDERER.message(said, "xx") == RENDERER.message(said, "es")


# --- what they say ----------------------------------------------------------------------------


def test_the_card_shows_a_receipt_for_every_point() -> None:
    """Score, band, points with the person's own words, and the one thing worth most."""
    text = shown(say.scorecard(scored(card(), first=48), ASKED))
    assert "62/100 · Aceptable" in text
    assert "Primera respuesta: 48 · con las repreguntas: 62" in text
    assert "goal · 50 de 50" in text
    assert "«Medí goal porque importa»" in text
    assert "result · 0 de 20" in text
    assert "Lo que más subiría tu nota\nresult. Habla de result." in text
    assert "Con eso: 62 → 74" in text
    assert "topic" not in text


def test_what_was_told_in_passing_is_to_be_told_at_length() -> None:
    """Not as if it had not been said at all."""
    text = shown(say.scorecard(scored(card(missing="goal")), ASKED))
    assert (
        "goal. Lo cuentas, pero de pasada: dedícale dos o tres frases más. Habla de goal." in text
    )


def test_an_answer_that_denies_itself_is_shown_its_words() -> None:
    """In the person's own words, not as an accusation."""
    text = shown(say.scorecard(scored(card(denials=card().hollow)), ASKED))
    assert "Dices que casi nada de esto pasó o sirvió\n«" in text
    assert "Cuenta lo que sí hiciste" in text


@pytest.mark.parametrize(("score", "said"), [(84, False), (85, True), (100, True)])
def test_that_nothing_is_missing_is_said_of_a_very_good_answer_only(
    score: int, said: bool
) -> None:
    text = shown(say.scorecard(scored(card(score=score, missing=None, would_be=None)), ASKED))
    assert ("No falta nada importante" in text) == said


def test_an_unchanged_score_is_told_once() -> None:
    """No «before and after» without a change."""
    assert "Primera respuesta" not in shown(say.scorecard(scored(card()), ASKED))


@pytest.mark.parametrize("gate", GATES)
def test_a_gate_is_honest_and_never_praises(gate: str) -> None:
    """It says what is wrong, what to do, and what was asked."""
    session = scored(card(gate=gate, score=5))
    text = shown(say.scorecard(session, ASKED))
    assert "De momento cuenta como 5 de 100" in text
    assert f"Te pregunté: ¿{NASTY}?" in text
    assert not re.search(r"(?i)\b(bien|buena?|excelente|genial|perfect|enhorabuena)\b", text)


def test_each_gate_has_words_of_its_own() -> None:
    """None falls through to the one for unknown gates."""
    texts = [shown(say.scorecard(scored(card(gate=gate)), ASKED)) for gate in GATES]
    assert len(set(texts)) == len(GATES)


@pytest.mark.parametrize("kind", [*STRAYS, *EVENTS[State.DRAFTING]])
def test_what_is_expected_is_always_said(kind: str) -> None:
    """In the middle of an answer nothing is lost, and the person is told how to go on."""
    text = shown(say.expected(DRAFT, kind))
    if kind != "group":
        assert "Tu respuesta sigue aquí: 7 palabras" in text
        assert "Listo" in text


def test_one_word_is_one_word() -> None:
    """Plural forms are right."""
    one = shown(say.expected(DRAFT, "reminder")).replace("7 palabras", "")
    assert "palabras" not in one
    data = {**say.draft(OPEN, ASKED).data, "words": 1, "parts": 1}
    assert "1 palabra." in shown(Say("draft", data))


def test_a_whole_interview_reads_well() -> None:
    """Every message of a normal flow fits in one of Telegram's."""
    driver = Driver()
    for step in ("start", "interview", "interview:3", "hint"):
        driver.send(step)
    for answer in ("goal! porque", "method y result", "gate", ANSWER):
        driver.answer(answer)
        driver.send("next")
    driver.send("finish")
    for said in driver.said:
        assert 0 < len(shown(said)) <= 4096
    assert "summary" in [said.template for said in driver.said]
