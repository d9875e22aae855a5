"""The scorer without one of its parts, to measure what the part is worth.

A part is taken away in the data: without explanations, say, the same code scores a bank that has
none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.core.questions import Bank, CriterionText, Lexicon, Question, QuestionText
from bot.scoring.together import MARK

NEGATION = ("negators", "dismissals", "deniers", "recants", "confessions")
HOLLOW = ("hollow", "abstract_endings")
NUMBERS = (
    "number_words",
    "half_numbers",
    "change_from",
    "change_to",
    "before",
    "now",
    "later",
    "versus",
)


def _texts(bank: Bank, change: Callable[[QuestionText], QuestionText]) -> Bank:
    def changed(question: Question) -> Question:
        texts = {lang: change(text) for lang, text in question.texts.items()}
        return replace(question, texts=texts)

    return replace(bank, questions={id: changed(one) for id, one in bank.questions.items()})


def _criteria(bank: Bank, change: Callable[[CriterionText], CriterionText]) -> Bank:
    def changed(text: QuestionText) -> QuestionText:
        return replace(text, criteria={id: change(one) for id, one in text.criteria.items()})

    return _texts(bank, changed)


def _lexicons(bank: Bank, *gone: str) -> Bank:
    def changed(lexicon: Lexicon) -> Lexicon:
        lists = {n: entries for n, entries in lexicon.lists.items() if n not in gone}
        return replace(lexicon, lists=lists)

    return replace(bank, lexicons={lang: changed(one) for lang, one in bank.lexicons.items()})


def _without_substance(bank: Bank) -> Bank:
    lexicons = {lang: replace(one, substance={}) for lang, one in bank.lexicons.items()}
    return replace(bank, lexicons=lexicons)


def _in_order(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(phrase for phrase in phrases if MARK not in phrase)


def _without_patterns(text: CriterionText) -> CriterionText:
    return replace(
        text, concepts=_in_order(text.concepts), explanations=_in_order(text.explanations)
    )


def _without_kinds(bank: Bank, share: str) -> Bank:
    weights = {
        name: {
            key: 0.0 if key == share and "content" in table else value
            for key, value in table.items()
        }
        for name, table in bank.weights.items()
    }
    return replace(bank, weights=weights)


ABLATIONS: Mapping[str, Callable[[Bank], Bank]] = {
    "explanations": lambda bank: _criteria(bank, lambda one: replace(one, explanations=())),
    "words in any order": lambda bank: _criteria(bank, _without_patterns),
    "misconceptions": lambda bank: _texts(bank, lambda one: replace(one, misconceptions=())),
    "negation": lambda bank: _lexicons(bank, *NEGATION),
    "substance": _without_substance,
    "hollow talk": lambda bank: _lexicons(bank, *HOLLOW),
    "numbers in words": lambda bank: _lexicons(bank, *NUMBERS),
    "reasons": lambda bank: _lexicons(bank, "because"),
    "evidence": lambda bank: _without_kinds(bank, "evidence"),
    "form": lambda bank: _without_kinds(bank, "form"),
}
"""Part -> a bank in which it is missing."""
