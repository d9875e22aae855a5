"""Finds what loads and yet is wrong: phrases given twice, unknown classes, odd samples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.bank.counts import lint_counts
from bot.bank.folding import fold
from bot.bank.layers import Layers
from bot.bank.loading import Reading
from bot.bank.merging import completed, repeated
from bot.bank.problems import Problem, one_of, shown
from bot.bank.samples import Samples, read_attack_words, read_samples
from bot.bank.source import TODO, Source
from bot.core.questions import Bank, CriterionText, Lexicon, Question, QuestionText, Sample

LONGEST_REPHRASED = 300  # characters; whoever did not see what was asked is not told more


@dataclass(frozen=True, slots=True)
class Checked:
    """A bank as far as it can be read, its samples, and what is wrong with its files.

    `own` are the questions of a folder laid over the built-in bank, None without one: only these
    are looked at.
    """

    bank: Bank
    samples: Samples
    problems: tuple[Problem, ...]
    own: frozenset[str] | None = None


def check_bank(root: Path, lang: str | None = None, own: Path | None = None) -> Checked:
    """Reads a bank in full, `own` laid over it; what stops it from loading, then lints, by file.

    With `lang`, the problems of that language only and of what all languages share; the language
    need not be declared yet, so that a new one shows its gaps.
    """
    source = Layers(root, own) if own else Source(root)
    reading = Reading(source, *filter(None, [lang]))
    reading.check_places()
    bank = reading.bank()
    read_attack_words(source)
    samples = read_samples(source)
    lints = [
        *_lexicons(reading, bank),
        *_common(reading),
        *_questions(bank, reading),
        *lint_counts(bank, samples, reading.header.least),
        *_samples(bank, samples),
    ]
    unwritten = {one.file for one in source.problems if one.message.startswith(f"is {TODO}")}
    named = [Problem(source.name(one.file), one.key_path, one.message) for one in lints]
    found = [*source.problems, *(one for one in named if one.file not in unwritten)]
    mine = source.own_questions if isinstance(source, Layers) else None
    wanted = [
        one
        for one in found
        if (lang is None or _lang(one.file) in (None, lang))
        and (own is None or one.file.startswith(f"{own.name}/"))
    ]
    problems = tuple(sorted(wanted, key=lambda problem: problem.file))
    return Checked(bank, samples, problems, mine)


def _lang(file: str) -> str | None:
    """The language a file is in, None when it serves all."""
    match file.split("/"):
        case [*_, "texts" | "samples", lang, _, _] | [*_, "samples", lang, _]:
            return lang
        case [*_, "texts", lang, _]:
            return lang
        case [*_, "lexicons" | "attacks", name]:
            return name.removesuffix(".toml")
    return None


def _lexicons(reading: Reading, bank: Bank) -> Iterator[Problem]:
    for lang in reading.languages:
        if lang not in bank.lexicons:
            message = "is missing, expected the word lists of the language"
            yield Problem(f"lexicons/{lang}.toml", "", message)


def _common(reading: Reading) -> Iterator[Problem]:
    for lang, words in reading.common.items():
        for criterion_id, one in words.items():
            path = f"texts/{lang}/criteria.toml"
            yield from _twice(path, criterion_id, completed(one, None))


def _questions(bank: Bank, reading: Reading) -> Iterator[Problem]:
    for question in bank.questions.values():
        for lang in question.texts:
            path = f"texts/{lang}/{question.topic}/{question.id}.toml"
            yield from _classes(path, question.texts[lang], bank.lexicons.get(lang, Lexicon({})))
            yield from _own_phrases(path, question, lang, reading)
            yield from _rephrased(path, question.texts[lang])
            yield from _asks(path, question.texts[lang])


def _rephrased(path: str, text: QuestionText) -> Iterator[Problem]:
    if not text.rephrased:
        return
    if fold(text.rephrased) in (fold(text.prompt), fold(text.target_prompt)):
        yield Problem(path, "rephrased", "is the prompt, expected it put differently")
    if (length := len(text.rephrased)) > LONGEST_REPHRASED:
        message = f"has {length} characters, expected at most {LONGEST_REPHRASED}"
        yield Problem(path, "rephrased", message)


def _asks(path: str, text: QuestionText) -> Iterator[Problem]:
    """What asks for two facts would be told but one of them."""
    asked: dict[str, str] = {}
    for fact_id, fact in text.facts.items():
        for phrase in map(fold, fact.asks):
            if phrase in asked:
                message = f"has {shown(phrase)} as facts.{asked[phrase]}, expected it once"
                yield Problem(path, f"facts.{fact_id}.asks", message)
            asked[phrase] = fact_id


def _classes(path: str, text: QuestionText, lexicon: Lexicon) -> Iterator[Problem]:
    """A class that is not in the lexicon, or has words beside it, would never be found."""
    named = {
        f"criteria.{criterion_id}": _phrases(words)
        for criterion_id, words in text.criteria.items()
    }
    named |= {f"misconceptions[{one.id}]": one.phrases for one in text.misconceptions}
    named |= {f"facts.{fact_id}.asks": fact.asks for fact_id, fact in text.facts.items()}
    for at, phrases in named.items():
        ways = {way for phrase in phrases for way in _ways(phrase) if "@" in way}
        for unknown in sorted(ways - lexicon.lists.keys()):
            message = f"names {shown(unknown)}, expected a class of lexicons/{path[6:8]}.toml"
            yield Problem(path, at, message)


def _ways(phrase: str) -> Iterator[str]:
    """What may fill a place of a phrase: a part of one in any order, a word of any other."""
    places = phrase.split("&") if "&" in phrase else phrase.replace(" / ", " ").split()
    for place in places:
        yield from (way.strip() for way in place.split("/"))


def _own_phrases(path: str, question: Question, lang: str, reading: Reading) -> Iterator[Problem]:
    for criterion_id, text in question.texts[lang].criteria.items():
        common = completed(reading.common[lang].get(criterion_id), None)
        # What a question takes over as it is was told of already, where it stands.
        if _phrases(text) != _phrases(common):
            yield from _twice(path, criterion_id, text)


def _phrases(text: CriterionText) -> tuple[str, ...]:
    return text.concepts + text.explanations


def _twice(path: str, criterion_id: str, text: CriterionText) -> Iterator[Problem]:
    for phrase in repeated(map(fold, _phrases(text))):
        message = f"has {shown(phrase)} twice, expected every phrase once"
        yield Problem(path, f"criteria.{criterion_id}", message)


def _samples(bank: Bank, samples: Samples) -> Iterator[Problem]:
    for (lang, question_id), entries in samples.items():
        path = f"samples/{lang}/{question_id}.toml"
        question = bank.questions.get(question_id)
        if question is None:
            yield Problem(path, "", f"has no question, expected {one_of(bank.questions)}")
            continue
        for name in repeated(sample.name for sample in entries):
            yield Problem(path, f"samples[{name}]", "is there twice, expected every name once")
        for sample in entries:
            yield from _sample(path, question, sample)


def _sample(path: str, question: Question, sample: Sample) -> Iterator[Problem]:
    at = f"samples[{sample.name}]"
    known = [criterion.id for criterion in question.criteria]
    if sample.min > sample.max:
        yield Problem(path, f"{at}.min", f"is {sample.min}, expected at most max, {sample.max}")
    for earned in sample.earns:
        if earned not in known:
            message = f"names {shown(earned)}, expected {one_of(known)}"
            yield Problem(path, f"{at}.earns", message)
