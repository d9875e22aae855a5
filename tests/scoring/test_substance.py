"""What is said and what is only talk: by the words people use, whatever the question."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.questions import Bank, Lexicon
from bot.scoring import Scorer
from bot.scoring.language import Language
from bot.scoring.reading import Reading, read
from bot.scoring.substance import Substance, traits, weigh
from tests.scoring.conftest import ROOT

TOY = Language("es", Lexicon({}, {"pan": 1.0, "pan blanco": 3.0, "#": 0.5, "humo": -2.0}))
NONE = Language("es", Lexicon({}))
SAID = (
    "Llamé a doce clientas que habían cancelado y a nueve les faltaba lo mismo: saber el precio."
)
TALK = "Es fundamental tener siempre una buena estrategia y trabajar en equipo para crecer mejor."


def of(text: str, language: Language = TOY) -> Substance:
    return Substance(read(text, language))


def test_words_pairs_and_numbers_count_once_each() -> None:
    words = read("pan blanco pan 12 7", TOY).words
    assert [*traits(words)][:2] == [("pan", "pan blanco"), ("blanco", "blanco pan")]
    assert of("pan blanco pan 12 7").value() == pytest.approx((1 + 3 + 0.5) / 4**0.5)


def test_what_is_left_out_does_not_count() -> None:
    assert of("pan humo").value({1}) == pytest.approx(1 / 2**0.5)


def test_a_text_of_unknown_words_has_no_value() -> None:
    assert of("mesa silla").value() == 0
    assert of("").value() is None


def test_a_language_without_weights_is_not_judged() -> None:
    found = of("pan blanco", NONE)
    assert found.value() is None
    assert found.shown() == ((), ())


def test_no_traits_weigh_nothing() -> None:
    assert weigh(()) == 0


def test_chinese_has_pairs_and_threes(bank: Bank) -> None:
    words = read("我们先看了数据", Language("zh", bank.lexicons["zh"])).words
    found = [*traits(words, han=True)]
    assert found[0] == ("我们", "我们先")
    assert found[-2:] == [("数据",), ()]


def test_no_pair_goes_on_into_the_next_sentence() -> None:
    assert of("mucho pan. Blanco").value() == pytest.approx(1 / 2**0.5)


@pytest.mark.parametrize(("text", "judged"), [("pan a b c d e", 1), ("pan a b c d", 0)])
def test_a_sentence_of_six_words_is_judged_by_itself(text: str, judged: int) -> None:
    assert len(of(text).by_sentence()) == judged


def test_the_best_sentence_and_one_of_talk_are_shown(reads: Callable[[str], Reading]) -> None:
    reading = reads(f"{TALK} {SAID}")
    shown = Substance(reading).shown()
    assert [reading.evidence(span).text for span in shown.said] == [SAID[:-1]]
    assert [reading.evidence(span).text for span in shown.talk] == [TALK[:-1]]


def test_talk_earns_less_than_what_is_said(scorer: Scorer) -> None:
    """The same question, about the same length: only one of them tells something."""
    more = " Así que puse el precio en la portada y a la semana cancelaron tres en vez de ocho."
    less = (
        " Considero que la comunicación es clave y que siempre hay que dar lo mejor de uno mismo."
    )
    said, talk = scorer.score("user-needs", SAID + more), scorer.score("user-needs", TALK + less)
    assert (said.gate, talk.gate) == (None, None)
    assert said.score > talk.score + 10
    assert talk.talk
    assert not said.talk


def test_without_the_table_everything_is_scored_all_the_same(bank: Bank) -> None:
    bare = {lang: replace(one, substance={}) for lang, one in bank.lexicons.items()}
    card = Scorer(replace(bank, lexicons=bare)).score("user-needs", SAID)
    assert card.gate is None
    assert (card.said, card.talk) == ((), ())


def test_every_process_makes_the_same_cards() -> None:
    """Words come in sets, and floats added in another order differ in their last digits."""
    code = (
        "from pathlib import Path\nfrom bot.bank import load_bank\n"
        "from bot.bank.samples import load_samples\nfrom bot.scoring import Scorer\n"
        "root = Path('question_bank')\nscorer = Scorer(load_bank(root))\n"
        "for (lang, question), found in list(load_samples(root).items())[:6]:\n"
        "    print(repr(scorer.score(question, found[0].text, lang)))"
    )
    cards = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(cards) == 1
