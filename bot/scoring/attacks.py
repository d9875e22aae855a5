"""Tricks that try to get a score without an answer, made from the bank's own texts.

Each attack takes an honest text and makes of it what somebody might hand in instead. `simulacro
attack` scores them all: of each kind at most two of a hundred may reach 50 of 100.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from bot.core.questions import Bank, Lang, Question, Rule
from bot.scoring.language import Language
from bot.scoring.reading import Reading, read
from bot.scoring.together import MARK
from bot.scoring.words import OWN, OWN_BARE, VERB_BARE, VERB_ENDING, VERBS, VOICE

KEYWORDS = 25  # words or phrases in a list
EVERY = 3  # words of a model answer left alone between two that get a synonym, at least
PASS = 50  # the score no attack should reach

_LOOKALIKE = str.maketrans(
    {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "i": "і", "y": "у"}
)
_HIDDEN = "\u200b"

Words = Mapping[str, Sequence[str]]
"""The lists of `question_bank/attacks/<lang>.toml`, by name."""


@dataclass(frozen=True, slots=True)
class Text:
    """An honest text to make attacks from; `model`: the model answer rather than a sample."""

    question: str
    lang: Lang
    text: str
    model: bool = False
    good: bool = True


class Attack(NamedTuple):
    """An attack: its kind, the question it is handed in to, and what is handed in."""

    kind: str
    question: str
    lang: Lang
    text: str


@dataclass(slots=True)
class _Matter:
    """What an attack is made from."""

    given: Text
    question: Question
    reading: Reading
    words: Words
    random: Random
    others: Sequence[Text]  # good texts of questions of other topics, in this language

    @property
    def space(self) -> str:
        return "" if self.reading.language.han else " "

    @property
    def comma(self) -> str:
        return "，" if self.reading.language.han else ", "

    @property
    def stop(self) -> str:
        return "。" if self.reading.language.han else ". "

    def any(self, name: str) -> str:
        """One entry of a list."""
        return self.random.choice(self.words[name])


def attacks(
    bank: Bank, texts: Iterable[Text], words: Mapping[Lang, Words], seed: int = 1
) -> Iterator[Attack]:
    """All attacks on a bank made from `texts`; the same for the same seed.

    Texts in a language without word lists, or that their question is not asked in, are left out.
    """
    languages = {lang: Language(lang, one) for lang, one in bank.lexicons.items() if lang in words}
    usable = [
        one for one in texts if one.lang in languages and one.lang in bank.ask(one.question).texts
    ]
    for place, given in enumerate(usable):
        question = bank.ask(given.question)
        matter = _Matter(
            given,
            question,
            read(given.text, languages[given.lang]),
            words[given.lang],
            Random(f"{seed}-{place}"),
            [one for one in usable if _other(bank, one, given)],
        )
        for kind, make in _ATTACKS.items():
            for text in make(matter):
                yield Attack(kind, given.question, given.lang, text)
        yield from _elsewhere(bank, matter)


def _other(bank: Bank, one: Text, given: Text) -> bool:
    """Whether a good answer is none to the question of `given`.

    One of the same topic or a related one may be; a question about oneself may be answered by
    any story of one's own.
    """
    asked, answered = bank.ask(given.question), bank.ask(one.question)
    topics = {asked.topic, answered.topic}
    related = len(topics) == 1 or any(topics <= group for group in bank.related)
    about_oneself = asked.kind in ("personal", "self-intro")
    return one.good and one.lang == given.lang and not related and not about_oneself


def _elsewhere(bank: Bank, matter: _Matter) -> Iterator[Attack]:
    """A good answer handed in to a question that has no text in its language."""
    given = matter.given
    without = [q.id for q in bank.questions.values() if given.lang not in q.texts]
    if without and given.good:
        question = matter.random.choice(without)
        yield Attack("wrong-language", question, bank.languages[0], given.text)


def _from_text(matter: _Matter) -> list[str]:
    """What a text is about: its longer words, each once, in order."""
    reading = matter.reading
    if reading.language.han:
        return _from_rubric(matter)
    words = [reading.words[i] for i in reading.content]
    long = dict.fromkeys(w.given.lower() for w in words if len(w.form) > 4 and w.kind == "word")
    return list(long)[:KEYWORDS]


def _from_rubric(matter: _Matter) -> list[str]:
    """Phrases of the rubric, one alternative of each word."""
    text = matter.question.texts[matter.given.lang]
    random, found = matter.random, []
    for criterion in matter.question.criteria:
        if criterion.rule is Rule.CONTENT:
            concepts = text.criteria[criterion.id].concepts
            found += random.sample(concepts, min(6, len(concepts)))
    random.shuffle(found)
    return [_one_way(phrase, matter) for phrase in found[:KEYWORDS]]


def _one_way(phrase: str, matter: _Matter) -> str:
    """A phrase with one alternative of each word, one word of each class."""
    classes = matter.reading.language.classes
    words = [word for word in phrase.partition(" / ")[0].split() if word != MARK]
    chosen = [matter.random.choice(word.split("/")) for word in words]
    return matter.space.join(matter.random.choice(classes.get(c, (c,))) for c in chosen)


def _list(matter: _Matter) -> Iterator[str]:
    for terms in (_from_text(matter), _from_rubric(matter)):
        yield matter.comma.join(terms) + matter.stop.strip()


def _connected(matter: _Matter) -> Iterator[str]:
    for terms in (_from_text(matter), _from_rubric(matter)):
        yield matter.comma.join(
            f"{matter.any('connectors')}{matter.space}{term}" for term in terms
        )


def _percentages(matter: _Matter) -> Iterator[str]:
    for terms in (_from_text(matter), _from_rubric(matter)):
        numbered = [f"{term} {matter.random.randrange(3, 80)} %" for term in terms]
        yield matter.comma.join(numbered)
        yield matter.stop.join(
            f"{matter.any('connectors')}{matter.space}{one}" for one in numbered
        )


def _claimed(matter: _Matter) -> Iterator[str]:
    """Deeds and their effects invented around each term."""
    for terms in (_from_text(matter), _from_rubric(matter)):
        yield matter.space.join(
            matter.any("claims").format(term, matter.random.randrange(3, 80)) for term in terms
        )


def _shuffled_words(matter: _Matter) -> Iterator[str]:
    words = list(matter.given.text) if not matter.space else matter.given.text.split()
    matter.random.shuffle(words)
    yield matter.space.join(words)


def _shuffled_sentences(matter: _Matter) -> Iterator[str]:
    if not matter.given.model:
        parts = _sentences(matter)
        matter.random.shuffle(parts)
        yield matter.space.join(parts)


def _sentences(matter: _Matter) -> list[str]:
    """The sentences as written, with what ends them."""
    parts, start = [], 0
    text = matter.given.text
    for place, letter in enumerate(text):
        if letter in ".!?。！？\n" and text[start : place + 1].strip():
            parts.append(text[start : place + 1].strip())
            start = place + 1
    return [*parts, text[start:].strip()] if text[start:].strip() else parts


def _repeated(matter: _Matter) -> Iterator[str]:
    longest = max(_sentences(matter), key=len)
    yield matter.space.join([longest] * 5)


def _echo(matter: _Matter) -> Iterator[str]:
    prompt = matter.question.texts[matter.given.lang].prompt.strip("¿?？ ")
    padding = matter.words["padding"]
    yield matter.space.join([padding[0], prompt + matter.stop.strip(), *padding[1:], prompt])


def _recited(matter: _Matter) -> Iterator[str]:
    """What the rubric looks for and advises, said back as an answer."""
    words = list(matter.question.texts[matter.given.lang].criteria.values())
    yield matter.stop.join(one.looks_for.removeprefix("que ") for one in words)
    yield matter.space.join(one.advice for one in words)
    yield matter.stop.join(ask.strip("¿?？") for one in words for ask in one.follow_ups.values())


def _copies(matter: _Matter) -> Iterator[str]:
    if not matter.given.model:
        return
    text, parts = matter.given.text, _sentences(matter)
    yield text
    yield matter.space.join(parts[: max(1, len(parts) // 2)])
    yield matter.space.join(parts[len(parts) // 2 :])
    yield _with_synonyms(matter)


def _with_synonyms(matter: _Matter) -> str:
    pairs = [one.partition(">") for one in matter.words["synonyms"]]
    if not matter.space:
        text = matter.given.text
        for old, _, new in pairs:
            text = text.replace(old, new)
        return text
    by_word = {old: new for old, _, new in pairs}
    words, last = matter.given.text.split(), -EVERY - 1
    for place, word in enumerate(words):
        if word in by_word and place - last > EVERY:
            words[place], last = by_word[word], place
    return " ".join(words)


def _negated(matter: _Matter) -> Iterator[str]:
    yield matter.space.join(
        f"{matter.any('denials')}{matter.space}{one[:1].lower()}{one[1:]}"
        for one in _sentences(matter)
    )
    reading, text, ends = matter.reading, matter.given.text, []
    verb = OWN | OWN_BARE | VOICE | (VERB_ENDING if reading.accented else VERB_BARE)
    for index, word in enumerate(reading.words):
        if word.flags & verb or VERBS in word.single:
            ends.append(reading.starts[index])
    for start in reversed(ends):
        text = f"{text[:start]}{matter.any('negators')}{matter.space}{text[start:]}"
    yield text


def _contradicted(matter: _Matter) -> Iterator[str]:
    yield f"{matter.given.text}{matter.space}{matter.any('contradictions')}"


def _others(matter: _Matter) -> Iterator[str]:
    if matter.others:
        yield matter.random.choice(matter.others).text


def _foreign(matter: _Matter) -> Iterator[str]:
    yield matter.any("foreign")


def _hidden(matter: _Matter) -> Iterator[str]:
    """Look-alike letters and characters of no width, to get a trick past its gate."""
    tricks = [*_list(matter), matter.any("instructions") + matter.space + matter.given.text]
    if matter.given.model:
        tricks.append(matter.given.text)
    for text in tricks:
        yield text.translate(_LOOKALIKE)
        yield "".join(
            letter + _HIDDEN if place % 3 == 1 and letter.isalpha() else letter
            for place, letter in enumerate(text)
        )


def _instructed(matter: _Matter) -> Iterator[str]:
    yield f"{matter.any('instructions')}{matter.space}{matter.given.text}"
    yield f"{matter.given.text}{matter.space}{matter.any('instructions')}"


def _strewn(matter: _Matter) -> Iterator[str]:
    """Numbers strewn over an answer that says nothing."""
    random, text = matter.random, matter.any("empty")
    pieces = list(text) if not matter.space else text.split()
    for place in sorted(random.sample(range(4, len(pieces)), len(pieces) // 6), reverse=True):
        pieces.insert(place, f"{random.randrange(2, 95)} %")
    yield matter.space.join(pieces)


def _gibberish(matter: _Matter) -> Iterator[str]:
    random = matter.random
    letters = "bcdfghjklmnpqrstvwxzaeiou"
    yield " ".join("".join(random.choices(letters, k=random.randrange(3, 9))) for _ in range(50))


def _emoji(matter: _Matter) -> Iterator[str]:
    yield " ".join(matter.random.choices("🚀📈🔥💯👏🎯📊🤝", k=30))


_ATTACKS: Mapping[str, Callable[[_Matter], Iterator[str]]] = {
    "keyword-list": _list,
    "connected-list": _connected,
    "percentages": _percentages,
    "invented-deeds": _claimed,
    "shuffled-words": _shuffled_words,
    "shuffled-sentences": _shuffled_sentences,
    "one-sentence": _repeated,
    "echo": _echo,
    "recited-rubric": _recited,
    "copy": _copies,
    "negated": _negated,
    "contradicted": _contradicted,
    "other-question": _others,
    "wrong-language": _foreign,
    "hidden": _hidden,
    "instructions": _instructed,
    "strewn-numbers": _strewn,
    "gibberish": _gibberish,
    "emoji": _emoji,
}
KINDS = tuple(_ATTACKS)
MAY_PASS = frozenset({"shuffled-sentences"})  # the same things said, in another order
