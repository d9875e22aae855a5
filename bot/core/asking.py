"""The words a question is put in: its prompt with the figures and the person's target filled in.

Which figures is settled by a seed, so that a question asked again after a restart is the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from random import Random

from bot.core.models import Session, Target
from bot.core.questions import Bank, Figure, Lang, Question

TARGET = ("company", "product")
_SLOT = re.compile(r"\{([^{}\s]*)\}")


def slots(prompt: str) -> list[str]:
    """The names in braces, in order."""
    return _SLOT.findall(prompt)


def asked(question: Question, lang: Lang, seed: str, target: Target, thousands: str = "") -> str:
    """What the interviewer says.

    `seed` names the occasion; `thousands` is what the language puts between the thousands. The
    form for a target is taken where there is one and the person has named company and product.
    """
    text = question.text(lang)
    figures = drawn(question.figures, f"{seed}/{question.id}")
    values = {name: _written(number, thousands) for name, number in figures.items()}
    prompt = text.prompt
    if text.target_prompt and target.company and target.product:
        prompt = text.target_prompt
        values |= {"company": target.company, "product": target.product}
    return _SLOT.sub(lambda slot: values.get(slot[1], slot[0]), prompt)


def put(question: Question, session: Session, bank: Bank) -> Question:
    """The question as it is put in a session: its prompt filled in, the same after a restart."""
    lang, target = session.preferences.lang, session.preferences.target
    text = question.text(lang)
    if not question.figures and not text.target_prompt:
        return question
    thousands = bank.names.get(lang, {}).get("number.thousands", "")
    prompt = asked(question, lang, session.id, target, thousands)
    return replace(question, texts={lang: replace(text, prompt=prompt)})


def drawn(figures: Mapping[str, Figure], seed: str) -> dict[str, int]:
    """A number for every figure, the same for the same seed."""
    return {
        name: Random(f"{seed}/{name}").randrange(one.low, one.high + 1, one.step)
        for name, one in figures.items()
    }


def _written(number: int, thousands: str) -> str:
    """A whole number; of four digits it is written without a break, as print does."""
    return f"{number:,}".replace(",", thousands) if number >= 10_000 else str(number)
