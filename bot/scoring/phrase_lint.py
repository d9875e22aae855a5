"""What is wrong with phrases of a bank that load well: too generic, never found, swallowed, told.

Answers to other questions show what is generic; a phrase's own words show what is never found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.core.questions import Bank, Lang, Question, Rule
from bot.scoring.language import Language
from bot.scoring.matching import PhraseBook
from bot.scoring.reading import read

GENERIC = 0.2  # share of the other questions whose answers may hold a phrase
FEW = 20  # other questions from which a share says anything
WAYS = 4  # ways to say a phrase that are tried
SHOWN = 5  # idle phrases of a criterion that are named

Answers = Sequence[tuple[str, str]]
"""Question id and text of answers in one language."""


class Finding(NamedTuple):
    """What was found: in which text, at which key, and what; a `note` stops nothing."""

    lang: Lang
    question: str
    at: str
    message: str
    note: bool = False


class Place(NamedTuple):
    """Where a phrase stands."""

    question: str
    criterion: str
    part: str
    phrase: str


def lint_phrases(
    bank: Bank, lang: Lang, answers: Answers, wanted: Collection[str] | None = None
) -> list[Finding]:
    """The findings of one language, of all questions or of those `wanted`.

    A criterion taken over is looked at where it is its own.
    """
    language = Language(lang, bank.lexicons[lang])
    asked = bank.questions if wanted is None else wanted
    questions = [bank.questions[id] for id in asked if lang in bank.questions[id].texts]
    if not questions:
        return []
    places = [place for question in questions for place in _places(question, lang)]
    found = _found(places, language, answers)
    families = _families(bank)
    return [
        *_generic(lang, places, found, families, {question for question, _ in answers}),
        *_idle(lang, places, found),
        *(one for question in questions for one in _by_own_words(question, lang, language)),
        *(one for question in questions for one in _given_away(question, lang, language)),
    ]


def _places(question: Question, lang: Lang) -> Iterator[Place]:
    text = question.texts[lang]
    for criterion in question.criteria:
        if criterion.origin or criterion.rule is not Rule.CONTENT:
            continue
        words = text.criteria[criterion.id]
        for part, phrases in (("concepts", words.concepts), ("explanations", words.explanations)):
            for phrase in phrases:
                yield Place(question.id, criterion.id, part, phrase)


def _found(places: Sequence[Place], language: Language, answers: Answers) -> dict[int, set[str]]:
    """By place, the questions whose answers hold the phrase."""
    book = PhraseBook([(str(n), place.phrase) for n, place in enumerate(places)], language)
    found: dict[int, set[str]] = defaultdict(set)
    for question, text in answers:
        for hit in book.hits(read(text, language)):
            found[int(hit.key)].add(question)
    return found


def _families(bank: Bank) -> Mapping[str, set[str]]:
    """By question, those that share a criterion with it or are of its topic: they may agree."""
    related: dict[str, set[str]] = {one.id: {one.id} for one in bank.questions.values()}
    for one in bank.questions.values():
        for other in bank.questions.values():
            shared = {c.origin for c in other.criteria} & {one.id}
            if one.topic == other.topic or shared:
                related[one.id].add(other.id)
    return related


def _generic(
    lang: Lang,
    places: Sequence[Place],
    found: Mapping[int, set[str]],
    families: Mapping[str, set[str]],
    answered: set[str],
) -> Iterator[Finding]:
    for n, place in enumerate(places):
        others = answered - families[place.question]
        held = found.get(n, set()) & others
        if place.part == "concepts" and len(others) >= FEW and len(held) > GENERIC * len(others):
            share = f"{len(held)} of {len(others)}"
            message = f'"{place.phrase}" is in answers to {share} other questions, expected rarer'
            yield Finding(lang, place.question, f"criteria.{place.criterion}.concepts", message)


def _idle(lang: Lang, places: Sequence[Place], found: Mapping[int, set[str]]) -> Iterator[Finding]:
    """A note a criterion: what no answer holds may be right, or nothing anybody would say."""
    idle: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for n, place in enumerate(places):
        counts[place[:3]] += 1
        if place.question not in found.get(n, ()):
            idle[place[:3]].append(place.phrase)
    for (question, criterion, part), phrases in idle.items():
        few = ", ".join(f'"{phrase}"' for phrase in phrases[:SHOWN])
        more = ", ..." if len(phrases) > SHOWN else ""
        share = f"{len(phrases)} of {counts[question, criterion, part]}"
        message = f"has {share} phrases that are in no sample: {few}{more}"
        yield Finding(lang, question, f"criteria.{criterion}.{part}", message, note=True)


def _by_own_words(question: Question, lang: Lang, language: Language) -> Iterator[Finding]:
    """Phrases that are not found where they are said, or are another criterion's as well."""
    places = list(_places(question, lang))
    book = PhraseBook([(str(n), place.phrase) for n, place in enumerate(places)], language)
    for n, place in enumerate(places):
        ways = [book.hits(read(way, language)) for way in _ways(place.phrase, language)]
        at = f"criteria.{place.criterion}.{place.part}"
        found = [{int(hit.key) for hit in hits} for hits in ways]
        if not any(n in one for one in found):
            message = f'"{place.phrase}" is not found in its own words, expected a phrase that is'
            yield Finding(lang, question.id, at, message)
            continue
        everywhere = set.intersection(*found) if found else set()
        swallows = [
            places[other]
            for other in sorted(everywhere)
            if places[other].criterion != place.criterion
            and places[other].part == place.part == "concepts"
        ]
        if swallows:
            other = swallows[0]
            message = (
                f'"{place.phrase}" always holds "{other.phrase}" of {other.criterion}, '
                "expected one criterion's words"
            )
            yield Finding(lang, question.id, at, message)


def _given_away(question: Question, lang: Lang, language: Language) -> Iterator[Finding]:
    """Concepts a hint names; it may ask for a case of one's own: that is no content."""
    text = question.texts[lang]
    concepts = [
        (criterion.id, phrase)
        for criterion in question.criteria
        if criterion.rule is Rule.CONTENT
        for phrase in text.criteria[criterion.id].concepts
    ]
    for hit in PhraseBook(concepts, language).hits(read(text.hint, language)):
        message = f'holds "{hit.phrase}" of {hit.key}, expected no concept phrase'
        yield Finding(lang, question.id, "hint", message)


def _ways(phrase: str, language: Language) -> list[str]:
    """Some ways to say a phrase: the first alternatives, the second, and so on."""
    ways = []
    for part in phrase.split(" / ") if "&" not in phrase else [phrase]:
        places = [_choices(place, language) for place in _split(part)]
        glue = "" if language.han else " "
        for n in range(min(WAYS, max(map(len, places), default=0))):
            ways.append(glue.join(choices[n % len(choices)] for choices in places if choices))
    return ways


def _split(phrase: str) -> Iterable[str]:
    return phrase.split("&") if "&" in phrase else phrase.split()


def _choices(place: str, language: Language) -> list[str]:
    found: list[str] = []
    for one in place.split("/"):
        name = one.strip()
        found += language.classes.get(name, (name,))
    return [one for one in found if one]
