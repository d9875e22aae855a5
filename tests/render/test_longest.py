"""The longest messages there can be, with the questions of the bank: fit for a telephone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bot.bank import load_bank
from bot.core import beside, say
from bot.core.effects import Say
from bot.core.models import (
    Error,
    Evidence,
    Mode,
    Preferences,
    Reached,
    Result,
    Score,
    Scorecard,
    Session,
    Share,
    Tally,
)
from bot.core.questions import Bank, Lang, Question
from tests.render.markup import text_of
from tests.render.samples import LANGUAGES, RENDERER

SENTENCE = "{:02d} " + "a word " * 12 + "and more.\n"  # as long as a quote gets
ANSWER = "".join(SENTENCE.format(n) for n in range(50))
LIMIT = 4096  # Telegram's
READ = 1500  # characters that are read at one go: about three screens


@cache
def bank() -> Bank:
    """The bank that comes with Simulacro."""
    return load_bank(Path(__file__).parents[2] / "question_bank")


def quoted(*numbers: int) -> tuple[Evidence, ...]:
    """Whole sentences of the answer."""
    size = len(SENTENCE.format(0))
    return tuple(Evidence(n * size, (n + 1) * size - 2, "") for n in numbers)


def scorecard(asked: Question, lang: Lang) -> Say:
    """All that can stand on a card: quotes of every criterion, errors, a rating, other times."""
    text = asked.text(lang)
    scores = tuple(
        Score(one.id, 2, one.weight / 2, one.weight, quoted(2 * n, 2 * n + 1))
        for n, one in enumerate(asked.criteria)
    )
    errors = [Error(m.id, m.says, quoted(40 + n)) for n, m in enumerate(text.misconceptions[:3])]
    names = ("content", "evidence", "form", "hollow", "errors")
    card = Scorecard(
        asked.id,
        lang,
        45,
        2,
        scores=scores,
        missing=max(asked.criteria, key=lambda one: len(text.criteria[one.id].advice)).id,
        would_be=60,
        errors=tuple(errors),
        shares=tuple(Share(name, 10, 24) for name in names),
        hollow=quoted(30, 32, 34),
        said=quoted(36),
    )
    intro = asked.kind == "self-intro"
    session = Session(
        "1",
        preferences=Preferences(lang),
        mode=Mode.INTRO if intro else Mode.INTERVIEW,
        plan=(asked.id,) * 8,
        answer=ANSWER,
        card=card,
        first_score=30,
        rating=4,
        minutes=3 if intro else 0,
        allowed=400,
        compared=Tally(20, 30, 44, {one.id: 0.0 for one in asked.criteria}),
    )
    return say.scorecard(session, asked)


def summary(questions: list[Question], lang: Lang) -> Say:
    """An interview of eight, each with its longest advice to give."""
    results = []
    for asked in questions:
        words = asked.text(lang).criteria
        worst = max(asked.criteria, key=lambda one: len(words[one.id].advice))
        reached = tuple(
            Reached(one.id, 0, 0 if one is worst else 100, 100) for one in asked.criteria
        )
        results.append(Result(asked.id, 30, 20, reached, 3, 400, 480))
    session = Session(
        "1",
        id="s1",
        preferences=Preferences(lang),
        mode=Mode.INTERVIEW,
        plan=tuple(one.id for one in questions),
        results=tuple(results),
    )
    return beside.summary(session, bank())


def length(said: Say, lang: Lang) -> int:
    """Of what a person reads."""
    return len(text_of(RENDERER.message(said, lang).html))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_fullest_scorecard_is_one_message(lang: Lang) -> None:
    """Whatever the question."""
    longest = max(
        (length(scorecard(one, lang), lang), one.id) for one in bank().questions.values()
    )
    assert longest[0] <= LIMIT, longest


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_end_of_a_long_interview_is_read_at_one_go(lang: Lang) -> None:
    """Eight questions with the longest titles, or with the longest advice."""

    def title(one: Question) -> int:
        return len(one.text(lang).title)

    def advice(one: Question) -> int:
        return max(len(words.advice) for words in one.text(lang).criteria.values())

    for size in (title, advice):
        longest = sorted(bank().questions.values(), key=size)[-8:]
        assert length(summary(longest, lang), lang) <= READ
