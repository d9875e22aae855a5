"""Gates: what cannot be judged as an answer, found before any credit is given.

Each gate is one function from an answer to whether it holds; the first that does gives its name.
An honest answer, terse or dictated, must pass all of them: they look for what no answer has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.scoring.copies import Copies
from bot.scoring.language import Language
from bot.scoring.matching import PhraseBook
from bot.scoring.reading import Reading, Span
from bot.scoring.rubric import Rubric
from bot.scoring.signals import own_past
from bot.scoring.substance import Substance
from bot.scoring.words import CLOSER, FUNCTION, NUMBER, ODD, OPENER, VERB_BARE, VERB_ENDING

SHORT = 12  # words (for Chinese characters: SHORT_HAN) below which nothing can be judged
SHORT_HAN = 20
DISORDER = -0.42  # flow of words below which nobody speaks (bot/scoring/flow.py)
SHUFFLED = 0.14  # share of broken word pairs from which there are no sentences
ORDER = ("sequence", "because", "connectors", "percent")  # words put between terms of a list
TERMS, TERMS_HAN = 4, 8  # terms (characters) a bare clause has at most
CLAUSES = 5  # clauses from which they can be a list
BARE = 0.6  # share of terms in bare clauses from which they are; honest answers have .32 at most
BARE_NOTES = 0.5  # the same where there are hardly any verbs; notes of a case have .43 at most
LINKED = 0.22  # share of function words below which terms are not joined; notes have .24 at least
BROKEN = 0.25  # breaks a word, from which there are more clauses than sentences
BROKEN_HAN, BREATHLESS_HAN = 0.2, 0.14  # the same by character; where nothing ends a sentence
VERBS = 0.05  # share of verbs below which nothing is told
CLAIMED = (
    0.12  # own past actions a word, from which they are a list; 357 answers have .091 at most
)
TOLD = 1.5  # substance from which they are a story; lists of them have .83 at most, stories 2.4
CLAIMS = 8  # own past actions from which they can be one
CHAINED = 0.8  # share of clauses that begin with a word of order; real answers have .58 at most
LINKED_CLAUSES = 12  # clauses from which they can be such a chain
LINKS = ("sequence", "because", "connectors")
PERCENTAGES = 8  # clauses with one, from which they can be invented
NUMBERED = 0.45  # share of clauses with one; of 880 honest answers none has more than .37
BREATHS = 17  # commas without a stop from which words that do not flow are a list
FLOWS = 0.01  # flow from which they may be told in one breath; most people who write so do
QUOTES = (("«", "»"), ("“", "”"), ("「", "」"))
QUOTING = 50  # words of an answer in which somebody else can be quoted
RECITED = 0.5  # share of words in pairs of the rubric's own; real answers have .15 at most
FRESH = 0.75  # share of different word runs from which nothing can be said again and again


COPIED = ("model-copy", "other-question")  # gates for copies of model answers


@dataclass(slots=True)
class Suspect:
    """An answer at the gate: its reading, the rubric it is put to, and who knows copies."""

    reading: Reading
    rubric: Rubric
    language: Language
    injections: PhraseBook
    copies: Copies


def gate(suspect: Suspect, *, model: bool = False) -> str | None:
    """The name of the first gate that closes, None for an answer that can be judged.

    `model`: it is a model answer, so that it may be what a copy is not.
    """
    gates = {name: closes for name, closes in _GATES.items() if not model or name not in COPIED}
    return next((name for name, closes in gates.items() if closes(suspect)), None)


def is_empty(suspect: Suspect) -> bool:
    """No word at all: nothing, or signs and emoji."""
    return not suspect.reading.words


def is_injection(suspect: Suspect) -> bool:
    """Instructions to the grader, in any language there is a word list for."""
    reading = suspect.reading
    return any(not _is_quoted(hit.span, reading) for hit in suspect.injections.hits(reading))


def _is_quoted(span: Span, reading: Reading) -> bool:
    """Whether words stand between quotation marks: somebody else's, told in an answer."""
    before = reading.text[: reading.starts[span[0]]]
    after = reading.text[reading.end(span[1]) :]
    if len(reading.words) < QUOTING:
        return False
    opened = any(before.count(a) > before.count(b) and b in after for a, b in QUOTES)
    return opened or (before.count('"') % 2 == 1 and '"' in after)


def is_short(suspect: Suspect) -> bool:
    """Too few words to say anything."""
    return len(suspect.reading.words) < (SHORT_HAN if suspect.language.han else SHORT)


def is_gibberish(suspect: Suspect) -> bool:
    """Letters without words: many that nobody could say."""
    words = suspect.reading.words
    odd = sum([1 for w in words if w.flags & ODD])
    if not odd:
        return False
    spoken = sum([1 for w in words if w.kind == "word"])
    return spoken >= 5 and odd / spoken > 0.2


def is_echo(suspect: Suspect) -> bool:
    """Little but the words of the question, or of what its rubric looks for."""
    reading, prompt = suspect.reading, suspect.rubric.prompt
    stems = [reading.words[i].stem for i in reading.content]
    if not stems or suspect.rubric.recited(stems) > RECITED:
        return True
    said = sum([s in prompt for s in stems])
    return said / len(stems) > 0.3 and len({*stems} - prompt) < max(8, len(stems) * 0.35)


def is_repetition(suspect: Suspect) -> bool:
    """The same again and again: most runs of three words occur more than once."""
    forms = [w.form for w in suspect.reading.words]
    runs = list(zip(forms, forms[1:], forms[2:], strict=False))
    total = len(runs)
    if total < 15 or len(set(runs)) >= FRESH * total:
        return False
    again = sum(n for n in Counter(runs).values() if n > 1)
    return again / total > 0.5


def is_list(suspect: Suspect) -> bool:
    """Terms without sentences: hardly a function word, hardly a verb, or bare ones."""
    reading, language = suspect.reading, suspect.language
    bare = bareness(reading)
    if bare > BARE or any(holds(reading) for holds in LISTS):
        return True
    if language.han:
        broken = (reading.commas + reading.stops) / len(reading.words)
        return broken > (BROKEN_HAN if reading.stops > 1 else BREATHLESS_HAN)
    steps = {i for a, b in reading.mark("sequence") for i in range(a, b + 1)}
    flags = [
        w.flags
        for i, w in enumerate(reading.words)
        if i not in steps and w.kind != "sign" and not w.flags & NUMBER
    ]
    if not flags:
        return True
    ending = VERB_ENDING if reading.accented else VERB_BARE
    linked = sum([1 for f in flags if f & FUNCTION]) / len(flags)
    verbs = len(reading.mark("common_verbs")) + sum([1 for f in flags if f & ending])
    broken = (reading.commas + reading.stops) / len(reading.words)
    if shuffled(reading, language) > SHUFFLED:
        return True
    flow = suspect.copies.flow.of(reading)
    if flow < DISORDER or (flow < FLOWS and reading.stops <= 1 and reading.commas >= BREATHS):
        return True
    few = verbs / len(flags) < VERBS
    return few and (linked < LINKED or (broken > BROKEN and bare > BARE_NOTES))


def bareness(reading: Reading) -> float:
    """The share of words that stand in clauses of a few terms with nothing that joins them.

    Words of order, numbers and percent signs do not count: they are put between terms of a list.
    0 for fewer than `CLAUSES` clauses.
    """
    order = {i for name in ORDER for a, b in reading.mark(name) for i in range(a, b + 1)}
    terms: Counter[int] = Counter()
    joined: set[int] = set()
    for index, word in enumerate(reading.words):
        if index in order or word.kind == "sign" or word.flags & NUMBER:
            continue
        clause = reading.clauses[index]
        if word.flags & FUNCTION:
            joined.add(clause)
        else:
            terms[clause] += 1
    if len(terms) < CLAUSES:
        return 0.0
    most = TERMS_HAN if reading.language.han else TERMS
    bare = sum([n for clause, n in terms.items() if n <= most and clause not in joined])
    return bare / terms.total()


def is_chained(reading: Reading) -> bool:
    """A word of order put before each term: "primero retención, luego cohortes, porque ..."."""
    firsts: dict[int, int] = {}
    for index, clause in enumerate(reading.clauses):
        firsts.setdefault(clause, index)
    joined = {first for name in LINKS for first, _ in reading.mark(name)}
    chained = sum(first in joined for first in firsts.values())
    return len(firsts) >= LINKED_CLAUSES and chained > CHAINED * len(firsts)


def is_claimed(reading: Reading) -> bool:
    """Deeds put before term after term: "definí la métrica, analicé el embudo, optimicé ...".

    Whoever tells much in few words has as many, but something is said with them.
    """
    deeds = len(own_past(reading, reading.language))
    if deeds < CLAIMS or deeds * reading.language.scale <= CLAIMED * len(reading.words):
        return False
    said = Substance(reading).value()
    return said is None or said < TOLD


def is_numbered(reading: Reading) -> bool:
    """A percentage after each term: many clauses hold one, nearly every other at least."""
    numbered = {reading.clauses[first] for first, _ in reading.mark("percent")}
    return len(numbered) >= PERCENTAGES and len(numbered) > NUMBERED * len(set(reading.clauses))


LISTS = (is_numbered, is_claimed, is_chained)


def shuffled(reading: Reading, language: Language) -> float:
    """The share of articles and prepositions that are followed by what never follows them."""
    pairs = opened = 0
    fill = {i for a, b in reading.mark("fillers") for i in range(a, b + 1)}
    words, clauses = reading.words, reading.clauses
    for here, word in enumerate(words):
        if not word.flags & OPENER or here in fill or _is_named(reading, here):
            continue
        there = here + 1
        while there in fill:
            there += 1
        if there < len(words) and clauses[here] == clauses[there]:
            opened += 1
            pairs += not _is_named(reading, there) and _breaks(
                word.form, words[there].form, words[there].flags, language
            )
    return pairs / opened if opened >= 8 else 0.0


def _is_named(reading: Reading, here: int) -> bool:
    """Whether a word is a capital by itself inside of a sentence: "channel A"."""
    given = reading.words[here].given
    inside = here > 0 and reading.sentences[here - 1] == reading.sentences[here]
    return inside and len(given) == 1 and given.isupper()


def _breaks(form: str, following: str, flags: int, language: Language) -> bool:
    if not (flags & CLOSER or following == form):
        return False
    return f"{form} {following}" not in language.closers_fine


def is_copy(suspect: Suspect) -> bool:
    """The question's own model answer, whole or in part, or with a few words changed."""
    return suspect.copies.own(suspect.reading, suspect.rubric.question)


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
