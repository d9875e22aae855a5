"""What holds for every answer, and the parts of a scorecard."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bank.samples import load_samples
from bot.core.models import Scorecard
from bot.core.questions import Bank
from bot.scoring import Scorer
from tests.scoring.conftest import ROOT

SPOKEN = (
    "usuarios retención porque medimos de la 38 52 % en una app nunca cohorte hicimos subió "
    "pasamos a y . , luego yo por ejemplo clientes semana 🚀 no volvían haría su empresa 用户"
)
WORDS = st.sampled_from(SPOKEN.split())
TEXTS = st.one_of(
    st.text(max_size=400),
    st.text(alphabet=st.characters(), max_size=200),
    st.lists(WORDS, max_size=120).map(" ".join),
)
HOSTILE = [
    "",
    "\x00" * 50,
    "\ud800 usuarios \udfff retención \ud83d",
    "مرحبا بالعالم كيف يمكن تحسين الاحتفاظ بالمستخدمين",
    "\u202eusuarios\u202c retención",
    "🚀" * 5000,
    "a" * 100_000,
    "usuarios retención porque " * 4000,
    "1,2.3:4 " * 5000,
    "用户留存" * 1000,
    "\u0301" * 1000,
    "a\u0301" * 1000,
    ". , ; " * 5000,
]


def check(card: Scorecard, text: str) -> None:
    assert 0 <= card.score <= 100
    assert 1 <= card.band <= 5
    quotes = [e for s in card.scores for e in s.evidence]
    quotes += [e for error in card.errors for e in error.evidence]
    for quote in quotes:
        assert text[quote.start : quote.end] == quote.text != ""
        assert 0 < quote.similarity <= 1
    for score in card.scores:
        assert 0 <= score.points <= score.max + 1
        assert bool(score.level) == bool(score.evidence)
    assert all(share.points < 0 for share in card.shares if not share.max)
    assert card.errors or card.denials or all(share.name != "errors" for share in card.shares)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, question=st.sampled_from(["retention", "self-intro-graduate", "ab-experiment"]))
def test_any_text_has_a_sound_card(scorer: Scorer, text: str, question: str) -> None:
    card = scorer.score(question, text)
    check(card, text)
    assert scorer.score(question, text) == card


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_has_a_sound_card(scorer: Scorer, text: str) -> None:
    for lang in ("es", "en", "zh", "xx"):
        check(scorer.score("retention", text, lang), text)


def test_two_scorers_agree(bank: Bank, scorer: Scorer) -> None:
    text = "Medí la retención por cohorte y quité dos pasos; pasamos de 20 a 31 % en la app." * 2
    assert Scorer(bank).score("retention", text) == scorer.score("retention", text)


def test_an_unknown_question_is_a_key_error(scorer: Scorer) -> None:
    with pytest.raises(KeyError):
        scorer.score("no-such-question", "hola")


def test_advice_raises_the_score(scorer: Scorer) -> None:
    text = (
        "En una app de recetas vi que quien guardaba tres platos la primera semana volvía el "
        "doble, así que pusimos tres sugerencias al entrar y los que guardaban subieron."
    )
    card = scorer.score("retention", text)
    assert card.missing is not None
    assert card.would_be is not None
    assert card.would_be > card.score


def test_bands_are_those_of_the_bank(scorer: Scorer, bank: Bank) -> None:
    weights = {**bank.weights, "bands": {"band2": 0, "band3": 0, "band4": 0, "band5": 0}}
    kind = Scorer(dataclasses.replace(bank, weights=weights))
    text = "Haría una encuesta y luego vería lo que dicen los usuarios de la app para decidir eso."
    assert kind.score("user-needs", text).band == 5
    assert scorer.score("user-needs", text).band == 1


def test_a_backed_sentence_more_does_not_lower_the_score(scorer: Scorer) -> None:
    short = (
        "Con los nuevos, quité dos pasos del registro de la app para que llegaran antes a su "
        "primera lista, porque ahí se quedaban, y los que llegaban subieron de 30 a 52 %."
    )
    more = " A los que se fueron les preguntamos por qué y volvió el 9 % con el correo nuevo."
    assert scorer.score("retention", short + more).score >= scorer.score("retention", short).score


def test_the_shares_of_a_card_add_up_to_its_score(bank: Bank, scorer: Scorer) -> None:
    """The receipt: whoever adds it up gets the score, errors included."""
    samples = load_samples(ROOT / "question_bank")
    for (lang, question), found in samples.items():
        for sample in found:
            card = scorer.score(question, sample.text, lang)
            assert card.gate or sum(s.points for s in card.shares) == card.score, sample.name
            assert all(0 <= s.points <= s.max for s in card.shares if s.max)
    assert {question for lang, question in samples if lang == "es"} == set(bank.questions)


def test_the_points_of_the_criteria_are_the_points_of_the_score(scorer: Scorer) -> None:
    """No point without a receipt: criteria, form, empty talk and errors make up the score."""
    for (lang, question), found in load_samples(ROOT / "question_bank").items():
        for sample in found:
            card = scorer.score(question, sample.text, lang)
            other = sum(s.points for s in card.shares if s.name in ("form", "hollow", "errors"))
            if card.gate is None:
                criteria = sum(score.points for score in card.scores)
                assert criteria + other == card.score, sample.name


BLANK = {"es": (r"\w+", "cosa"), "en": (r"\w+", "thing"), "zh": (r"\w", "某")}


def test_without_its_evidence_a_criterion_never_earns_more(scorer: Scorer) -> None:
    """The words of each quoted passage are blanked out in turn.

    To cut them out would bring together what stood apart, a deed and a number say.
    """
    judged = tried = 0
    for (lang, question), found in load_samples(ROOT / "question_bank").items():
        text = found[0].text
        card = scorer.score(question, text, lang)
        for score in card.scores:
            for quote in score.evidence[:2]:
                blank = re.sub(*BLANK[lang], quote.text)
                less = scorer.score(
                    question, text[: quote.start] + blank + text[quote.end :], lang
                )
                kept = less.get(score.id)
                tried, judged = tried + 1, judged + (kept is not None)
                assert kept is None or kept.level <= score.level, (question, score.id, quote.text)
    assert judged > 0.9 * tried


DENIED = [
    "A los que se fueron no les pregunté nunca por qué.",
    "Nunca llamé a los que dejaron de usarla para saber por qué se habían ido.",
]


@pytest.mark.parametrize("said", DENIED)
def test_what_was_not_done_earns_nothing(scorer: Scorer, said: str) -> None:
    base = "En la app de recetas donde estuve puse tres sugerencias al entrar y gustaron mucho. "
    card = scorer.score("retention", base + said)
    win_back = card.get("win-back")
    assert win_back is not None
    assert win_back.level == 0


def test_what_one_chose_not_to_do_costs_nothing(scorer: Scorer) -> None:
    good = (
        "En una app de yoga repasé diez canales, gratis y de pago. Probé cuatro, dos semanas y "
        "cien euros cada uno, con un código. Corté dos. Los estudios de barrio trajeron el 50 % y "
        "los vídeos el 30 %. Pasamos de 300 a 1.150 en cuatro meses. "
    )
    more = "No compramos seguidores, no usamos la radio y no pagamos a famosos."
    alone = scorer.score("user-growth", good).score
    assert scorer.score("user-growth", good + more).score >= alone - 3


def test_what_the_rubric_says_is_no_answer(scorer: Scorer, bank: Bank) -> None:
    for question in bank.questions.values():
        for lang, text in question.texts.items():
            recited = " ".join(f"{c.looks_for}. {c.advice}" for c in text.criteria.values())
            assert scorer.score(question.id, recited, lang).gate == "echo", (question.id, lang)
