"""Gates: what cannot be judged as an answer, found before any credit is given.

Each gate is one function from an answer to whether it holds; the first that does gives its name.
An honest answer, terse or dictated, must pass all of them: they look for what no answer has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.core.models import Bank, Lang
from bot.scoring.language import Language
from bot.scoring.matching import PhraseBook
from bot.scoring.reading import Reading, read
from bot.scoring.rubric import Rubric

SHORT = 12  # words (for Chinese characters: SHORT_HAN) below which nothing can be judged
SHORT_HAN = 20
SHUFFLED = 0.14  # share of broken word pairs from which there are no sentences
GRAM = 3  # content words of a run that shows copying


@dataclass(frozen=True, slots=True)
class Suspect:
    """An answer at the gate: its reading, the rubric it is put to, and who knows copies."""

    reading: Reading
    rubric: Rubric
    language: Language
    injections: PhraseBook
    copies: Copies


def gate(suspect: Suspect) -> str | None:
    """The name of the first gate that closes, None for an answer that can be judged."""
    return next((name for name, closes in _GATES.items() if closes(suspect)), None)


def is_empty(suspect: Suspect) -> bool:
    """No word at all: nothing, or signs and emoji."""
    return not suspect.reading.tokens


def is_injection(suspect: Suspect) -> bool:
    """Instructions to the grader, in any language there is a word list for."""
    return bool(suspect.injections.hits(suspect.reading))


def is_short(suspect: Suspect) -> bool:
    """Too few words to say anything."""
    return len(suspect.reading.tokens) < (SHORT_HAN if suspect.language.han else SHORT)


def is_gibberish(suspect: Suspect) -> bool:
    """Letters without words: many tokens that nobody could say."""
    words = [t.form for t in suspect.reading.tokens if t.kind == "word"]
    odd = sum(1 for w in words if len(w) > 3 and not _sayable(w))
    return len(words) >= 5 and odd / len(words) > 0.2


def is_echo(suspect: Suspect) -> bool:
    """Little but the words of the question."""
    stems = [suspect.reading.tokens[i].stem for i in suspect.reading.content]
    if not stems:
        return True
    said = sum(s in suspect.rubric.prompt for s in stems)
    fresh = {s for s in stems if s not in suspect.rubric.prompt}
    return said / len(stems) > 0.3 and len(fresh) < max(8, len(stems) * 0.35)


def is_repetition(suspect: Suspect) -> bool:
    """The same again and again: most runs of three words occur more than once."""
    forms = [t.form for t in suspect.reading.tokens]
    runs = Counter(zip(forms, forms[1:], forms[2:], strict=False))
    total = sum(runs.values())
    again = sum(n for n in runs.values() if n > 1)
    return total >= 15 and again / total > 0.5


def is_list(suspect: Suspect) -> bool:
    """Terms without sentences: hardly a function word, hardly a verb."""
    reading, language = suspect.reading, suspect.language
    if language.han:
        return reading.commas + reading.stops > len(reading.tokens) / 5
    steps = {i for a, b in reading.mark("sequence") for i in range(a, b + 1)}
    words = [t for i, t in enumerate(reading.tokens) if i not in steps]
    if not words:
        return True
    linked = sum(t.form in language.function for t in words) / len(words)
    verbs = len(reading.mark("common_verbs"))
    verbs += sum(reading.ends(t, language.verb_endings) for t in words)
    broken = (reading.commas + reading.stops) / len(reading.tokens)
    if shuffled(reading, language) > SHUFFLED:
        return True
    return (linked < 0.2 and verbs / len(words) < 0.05) or (
        broken > 0.25 and linked < 0.3 and verbs / len(words) < 0.04
    )


def shuffled(reading: Reading, language: Language) -> float:
    """The share of articles and prepositions that are followed by what never follows them."""
    pairs = opened = 0
    fill = {i for a, b in reading.mark("fillers") for i in range(a, b + 1)}
    words = [t for i, t in enumerate(reading.tokens) if i not in fill]
    for one, two in pairwise(words):
        if one.form in language.openers and one.clause == two.clause:
            opened += 1
            follows = two.form in language.closers or two.form == one.form
            pairs += follows and f"{one.form} {two.form}" not in language.closers_fine
    return pairs / opened if opened >= 8 else 0.0


def is_copy(suspect: Suspect) -> bool:
    """The question's own model answer, whole or in part, or with a few words changed."""
    return suspect.copies.share(suspect.reading, suspect.rubric) > 0.45


def is_other(suspect: Suspect) -> bool:
    """The model answer of another question."""
    return suspect.copies.other(suspect.reading, suspect.rubric.question.id)


_GATES: Mapping[str, Callable[[Suspect], bool]] = {
    "empty": is_empty,
    "too-short": is_short,
    "gibberish": is_gibberish,
    "echo": is_echo,
    "repetition": is_repetition,
    "list": is_list,
    "model-copy": is_copy,
    "other-question": is_other,
}


def _sayable(word: str) -> bool:
    """Whether a word has vowels where a tongue needs them; other scripts are not judged."""
    if not word.isascii():
        return True
    run = vowels = 0
    for letter in word:
        run = 0 if letter in "aeiouy" else run + 1
        vowels += letter in "aeiouy"
        if run > 4:
            return False
    return vowels > 0


class Copies:
    """Runs of words of the model answers in one language.

    Those of other questions are looked up by anchors (a long word and the two after it), made
    once for the whole bank, so that an answer costs the same however many questions there are.
    """

    def __init__(self, bank: Bank, lang: Lang, language: Language) -> None:
        self._language = language
        self._own: dict[str, frozenset[tuple[str, ...]]] = {}
        self._anchors: dict[str, str] = {}
        for question in bank.questions.values():
            text = question.texts.get(lang)
            if text is not None:
                for anchor in _anchors(text.model_answer):
                    self._anchors.setdefault(anchor, question.id)

    def share(self, reading: Reading, rubric: Rubric) -> float:
        """The share of an answer's words that lie in runs of the model answer."""
        own = self._own.get(rubric.question.id)
        if own is None:
            model = read(rubric.text.model_answer, self._language)
            own = frozenset(_grams(_content(model)))
            self._own[rubric.question.id] = own
        words = _content(reading)
        covered: set[int] = set()
        for index, gram in enumerate(_grams(words)):
            if gram in own:
                covered.update(range(index, index + GRAM))
        return len(covered) / len(words) if words else 0.0

    def other(self, reading: Reading, question_id: str) -> bool:
        """Whether most anchors of an answer are those of one other question's model answer."""
        anchors = list(_anchors(reading.text))
        owners = Counter(self._anchors.get(a) for a in anchors)
        owners.pop(None, None)
        owners.pop(question_id, None)
        most = owners.most_common(1)
        return bool(most) and most[0][1] >= 3 and most[0][1] > 0.3 * len(anchors)


def _content(reading: Reading) -> list[str]:
    return [reading.tokens[i].stem for i in reading.content]


def _grams(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)]


def _anchors(text: str) -> list[str]:
    words = text.casefold().split()
    if len(words) < len(text) / 15:  # no spaces between words: runs of characters instead
        words = [text[i : i + 4] for i in range(0, len(text), 4)]
    return [" ".join(words[i : i + 3]) for i in range(len(words) - 2) if len(words[i]) > 7]
