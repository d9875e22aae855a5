"""Gates: attacks meet them, honest answers never do."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from bot.bank.samples import load_attack_words, load_samples
from bot.core.questions import Bank
from bot.scoring import Scorer
from bot.scoring.attacks import Text, attacks
from tests.scoring.conftest import ROOT, entries

GATED_AT_MOST = 15
MARGIN = 10  # points by which a score may miss the range its author would have given


@pytest.mark.parametrize("attack", entries("attacks.toml", "attacks"))
def test_an_attack_does_not_pass(scorer: Scorer, attack: dict[str, Any]) -> None:
    card = scorer.score(attack["question"], attack["text"])
    assert card.score <= attack["max"]
    if "gate" in attack:
        assert card.gate == attack["gate"]
        assert card.score <= GATED_AT_MOST


@pytest.mark.parametrize("answer", entries("honest.toml", "answers"))
def test_an_honest_answer_is_judged(scorer: Scorer, answer: dict[str, Any]) -> None:
    card = scorer.score(answer["question"], answer["text"])
    assert card.gate is None
    assert answer["min"] - MARGIN <= card.score <= answer["max"] + MARGIN


def notes(honest: bool) -> list[tuple[str, str]]:
    """Question and text of the answers in the form of notes, or of the tricks that look so."""
    lines = (ROOT / "tests" / "data" / "notes_es.jsonl").read_text("utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    return [(one["question"], one["text"]) for one in found if one["honest"] is honest]


def test_notes_of_an_own_case_are_judged(scorer: Scorer) -> None:
    """Labels, telegrams, numbered steps and dense lines: 39 of 40 are judged."""
    gated = [text for question, text in notes(honest=True) if scorer.score(question, text).gate]
    assert len(gated) <= 1


def test_terms_in_the_form_of_notes_do_not_pass(scorer: Scorer) -> None:
    """Neither do labels before terms nor deeds before terms make an answer: 39 of 40 fail."""
    scores = [scorer.score(question, text).score for question, text in notes(honest=False)]
    assert len([score for score in scores if score >= 50]) <= 1


TERMS = ["la métrica", "el embudo", "las cohortes", "la muestra", "el canal", "los datos"]


def test_deeds_before_terms_are_a_list(scorer: Scorer) -> None:
    """No one acts with every sixth word."""
    text = " ".join(f"Definí {term}. Medí {term} y lo probé." for term in TERMS)
    assert scorer.score("data-operations", text).gate == "list"


CHAIN = [
    "primero la métrica que importa", "luego el embudo de la compra", "después el grupo del mes",
    "porque la muestra es pequeña", "entonces el canal de pago", "además los datos del panel",
    "por eso la prueba con la mitad", "primero el registro de eventos", "luego la hoja del lunes",
    "después el coste por cliente", "porque la retención baja", "entonces el aviso de la tarde",
    "además la encuesta de salida",
]  # fmt: skip


TERSE = [
    "Entré en una app de recetas en marzo. Hablé con 14 usuarios y vi que el 60 % no guardaba "
    "ninguna receta. Separé las cohortes por canal y encontré que los de anuncios se iban antes. "
    "Diseñé un inicio que pedía tres gustos, lo probé cuatro semanas y comparé los grupos. La "
    "retención a 7 días pasó del 18 % al 23 %. Aprendí a mirar el primer día.",
    "Fui becario en una app de recetas. Llamé a 14 usuarios y vi que no guardaban nada. Propuse "
    "pedir tres gustos al entrar. Hicimos una prueba de cuatro semanas y comparamos los grupos. "
    "Subimos la retención a 7 días del 18 % al 23 %. Escribimos a los que se fueron y recuperamos "
    "40. Aprendí a mirar el primer día.",
]


@pytest.mark.parametrize("text", TERSE)
def test_a_terse_story_full_of_deeds_is_judged(scorer: Scorer, text: str) -> None:
    card = scorer.score("retention", text)
    assert card.gate is None
    assert card.score >= 40


def test_a_word_of_order_before_every_term_is_a_list(scorer: Scorer) -> None:
    plain = [part.partition(" ")[2] for part in CHAIN]
    chained, told = scorer.score("data-operations", ", ".join(CHAIN)), ". ".join(plain)
    assert chained.gate == "list"
    assert scorer.score("data-operations", told).gate != "echo"


def test_what_is_made_of_phrases_in_one_breath_is_a_list(bank: Bank, scorer: Scorer) -> None:
    """Lists of the rubric's own phrases, however plain, put between commas."""
    texts = [Text(id_, "es", one.texts["es"].model_answer) for id_, one in bank.questions.items()]
    tried = attacks(bank, texts, load_attack_words(ROOT / "question_bank"), 5)
    lists = [one for one in tried if one.kind == "keyword-list" and one.lang == "es"]
    gates = [scorer.score(one.question, one.text).gate for one in lists]
    assert gates.count("list") >= 0.9 * len(gates)


@pytest.mark.parametrize("text", ["eh", "eh, o sea, eh", "o sea eh mmm " * 5])
def test_hesitation_alone_is_empty(scorer: Scorer, text: str) -> None:
    assert scorer.score("retention", text).gate == "empty"


def test_whoever_tells_what_was_left_undone_does_not_take_back_the_rest(scorer: Scorer) -> None:
    text = (
        "Diseñé una prueba en la página de una escuela de idiomas. La hipótesis era que ver la "
        "cara del profesor animaría a reservar una clase. La mitad de las visitas, al azar, veía "
        "el vídeo y la otra mitad la foto. A las dos semanas teníamos 41 reservas con vídeo y 33 "
        "con foto, y nos quedamos con el vídeo. No calculamos cuánta gente hacía falta y tampoco "
        "miramos si luego se matriculaban."
    )
    card = scorer.score("ab-experiment", text)
    assert not card.denials
    assert card.score >= 30


def test_denials_are_shown_in_their_own_words(scorer: Scorer) -> None:
    text = (
        "No hablé con ningún usuario. No miré los datos. Nunca hice una encuesta. No probé nada y "
        "tampoco medí nada después. La verdad es que no sirve de nada preguntar a la gente."
    )
    card = scorer.score("user-needs", text)
    assert "Nunca hice" in [quote.text for quote in card.denials]
    assert all(score.level == 0 for score in card.scores)


def test_the_model_answer_is_no_answer(scorer: Scorer, bank: Bank) -> None:
    for question in bank.questions.values():
        model = question.texts["es"].model_answer
        half = model[: len(model) // 2]
        assert scorer.score(question.id, model).gate == "model-copy"
        assert scorer.score(question.id, half).gate == "model-copy"


def test_the_model_answer_of_another_question_is_none(scorer: Scorer, bank: Bank) -> None:
    ids = list(bank.questions)
    for mine, other in zip(ids, ids[1:] + ids[:1], strict=True):
        model = bank.questions[other].texts["es"].model_answer
        assert scorer.score(mine, model).gate == "other-question"


def test_a_question_without_text_in_the_language_cannot_judge(bank: Bank) -> None:
    asked = bank.questions["operating-plan"]
    spanish = replace(asked, texts={"es": asked.texts["es"]})
    scorer = Scorer(replace(bank, questions={**bank.questions, asked.id: spanish}))
    english = (
        "I would start from the data and only then talk to people, because what they say is not "
        "what they do. At my last company we found that most of them never came back."
    )
    card = scorer.score("operating-plan", english)
    assert (card.gate, card.lang, card.band) == ("wrong-language", "en", 1)


def test_a_good_answer_to_another_question_is_worth_little(scorer: Scorer, bank: Bank) -> None:
    """Three of four at least stay below a pass, by the fit of their words to the question."""
    good = {
        question: sample.text
        for (lang, question), samples in load_samples(ROOT / "question_bank").items()
        for sample in samples
        if lang == "es" and sample.min >= 72
    }
    scores = [
        scorer.score(asked, text).score
        for answered, text in good.items()
        for asked in bank.questions
        if asked != answered
    ]
    assert sum(score >= 50 for score in scores) / len(scores) <= 0.25


@pytest.mark.parametrize(
    "words",
    [
        "la gente ignora las instrucciones del formulario",
        "terminé la carrera con nota máxima",
        "la nueva directiva pidió otro plan",
        "mostramos un mensaje del sistema cuando falla el pago",
        "el piloto cumple los criterios que pusimos",
    ],
)
def test_honest_words_are_no_instructions(scorer: Scorer, words: str) -> None:
    text = f"En la app donde trabajé vimos que {words}, y por eso cambiamos la primera pantalla."
    assert scorer.score("user-needs", text).gate is None


def test_who_puts_commas_for_all_stops_is_judged(scorer: Scorer) -> None:
    """Good answers as some people type them: one breath, no capital, commas only."""
    told = [
        (question, re.sub(r"[.;:!?]+\s+", ", ", sample.text.replace("\n", " ")).lower())
        for (lang, question), samples in load_samples(ROOT / "question_bank").items()
        for sample in samples
        if lang == "es" and sample.min >= 65
    ]
    gated = [one for one in told if scorer.score(*one).gate == "list"]
    assert len(gated) <= 0.1 * len(told), gated
