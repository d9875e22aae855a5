"""The words a question is put in, with its figures and the person's target filled in.

Which figures is settled by a seed, so that a question asked again after a restart is the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from random import Random

from bot.core.models import Session, Target
from bot.core.questions import Bank, Derived, Figure, Lang, Question, QuestionText

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
    template = _prompt(question.text(lang), target)
    return filled(template, question, seed, target, thousands)


def filled(template: str, question: Question, seed: str, target: Target, thousands: str) -> str:
    """Words of a question with what its slots stand for; a slot nothing is known for stays."""
    figures = figures_of(question, seed)
    values = {name: _written(number, thousands) for name, number in figures.items()}
    if _is_named(target):
        values |= {"company": target.company, "product": target.product}
    return _SLOT.sub(lambda slot: values.get(slot[1], slot[0]), template)


def put(question: Question, session: Session, bank: Bank) -> Question:
    """The question as it is put in a session, the same after a restart.

    What is said of it is filled in: its prompt, the same put differently, and its facts.
    """
    lang, target = session.preferences.lang, session.preferences.target
    text = question.text(lang)
    if not question.figures and not text.target_prompt:
        return question
    thousands = bank.names.get(lang, {}).get("number.thousands", "")

    def said(template: str) -> str:
        return filled(template, question, session.id, target, thousands)

    facts = {id: replace(fact, says=said(fact.says)) for id, fact in text.facts.items()}
    prompt, rephrased = said(_prompt(text, target)), said(text.rephrased)
    spoken = replace(text, prompt=prompt, rephrased=rephrased, facts=facts)
    return replace(question, texts={lang: spoken})


def figures_of(question: Question, seed: str) -> dict[str, int]:
    """The numbers of a question, drawn and derived, for the occasion `seed` names."""
    values = drawn(question.figures, f"{seed}/{question.id}")
    for name, one in question.derived.items():
        values[name] = worked_out(one, values)
    return values


def drawn(figures: Mapping[str, Figure], seed: str) -> dict[str, int]:
    """A number for every figure, the same for the same seed."""
    return {
        name: Random(f"{seed}/{name}").randrange(one.low, one.high + 1, one.step)
        for name, one in figures.items()
    }


def worked_out(one: Derived, values: Mapping[str, int]) -> int:
    """A derived number; `values` holds those it needs."""
    of = values[one.of]
    by = values[one.operand] if isinstance(one.operand, str) else one.operand
    match one.operation:
        case "percent":
            return (of * by + 50) // 100  # half up
        case "minus":
            return of - by
        case "plus":
            return of + by
        case "over":
            return of // by


def _prompt(text: QuestionText, target: Target) -> str:
    return text.target_prompt if text.target_prompt and _is_named(target) else text.prompt


def _is_named(target: Target) -> bool:
    return bool(target.company and target.product)


def _written(number: int, thousands: str) -> str:
    """A whole number; of four digits it is written without a break, as print does."""
    return f"{number:,}".replace(",", thousands) if number >= 10_000 else str(number)
