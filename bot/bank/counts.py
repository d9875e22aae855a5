"""How much of everything a question has: criteria, phrases, samples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.bank.problems import Problem
from bot.bank.samples import Samples
from bot.bank.schema import Least
from bot.core.questions import Bank, CriterionText, Question, Rule

FEWEST, MOST = 4, 7  # criteria; the cross-cutting ones are not counted to the most


def lint_counts(bank: Bank, samples: Samples, least: Mapping[str, Least]) -> Iterator[Problem]:
    """Where a question has too little; a bank that asks for no `least`, by language, is fine."""
    for question in bank.questions.values():
        if least:
            yield from _criteria(question)
        for lang, wanted in least.items():
            if lang in question.texts:
                yield from _rephrased(question, lang)
                yield from _phrases(question, lang, wanted)
                count = len(samples.get((lang, question.id), ()))
                if count < wanted.samples:
                    file = f"samples/{lang}/{question.id}.toml"
                    yield _few(file, "samples", count, wanted.samples, "samples")


def _criteria(question: Question) -> Iterator[Problem]:
    file = f"questions/{question.topic}/{question.id}.toml"
    count = len(question.criteria)
    own = sum(one.rule in (Rule.CONTENT, Rule.STRUCTURE) for one in question.criteria)
    if count < FEWEST or own > MOST:
        wanted = f"expected at least {FEWEST}, at most {MOST} that are not cross-cutting"
        yield Problem(file, "criteria", f"has {count} criteria, {wanted}")


def _rephrased(question: Question, lang: str) -> Iterator[Problem]:
    if not question.texts[lang].rephrased:
        file = f"texts/{lang}/{question.topic}/{question.id}.toml"
        yield Problem(file, "rephrased", "is missing, expected the prompt put differently")


def _phrases(question: Question, lang: str, wanted: Least) -> Iterator[Problem]:
    file = f"texts/{lang}/{question.topic}/{question.id}.toml"
    text = question.texts[lang]
    for criterion in question.criteria:
        if criterion.rule is Rule.CONTENT and not criterion.origin:
            yield from _words(file, criterion.id, text.criteria[criterion.id], wanted)


def _words(file: str, criterion: str, words: CriterionText, wanted: Least) -> Iterator[Problem]:
    counts = (
        ("concepts", len(words.concepts), wanted.concepts, "phrases, colloquial ones among them"),
        ("colloquial", words.colloquial, wanted.colloquial, "everyday or indirect phrases"),
        ("explanations", len(words.explanations), wanted.explanations, "phrases"),
    )
    for key, count, fewest, what in counts:
        if count < fewest:
            yield _few(file, f"criteria.{criterion}.{key}", count, fewest, what)


def _few(file: str, key: str, count: int, fewest: int, what: str) -> Problem:
    return Problem(file, key, f"has {count}, expected at least {fewest} {what}")
