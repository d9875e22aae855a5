"""What candidates have to say: the samples of the bank, its model answers, its tricks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bot import bootstrap
from bot.bank.samples import Samples, load_attack_words, load_samples
from bot.core.models import Scorecard, Target
from bot.core.questions import Bank, Lang, Sample
from bot.intake import Intake
from bot.resources import data_folder
from bot.scoring.attacks import MAY_PASS, Attack, Text, Words, attacks
from bot.scoring.scorer import Scorer
from bot.settings import Settings

BACKED = 2  # the level of a criterion that was not only named
FEW = 2  # sentences of an answer to a follow-up, at least
_SENTENCE = re.compile(
    r"[^.!?。！？\n]*(?:[.!?](?!\s|$)[^.!?。！？\n]*)*[.!?。！？\n]+[”»\"]?|.+$"
)
# Tricks that want points; the others only break an answer or answer something else.
GREEDY = (
    *("keyword-list", "connected-list", "percentages", "invented-deeds", "shuffled-words"),
    *("one-sentence", "echo", "recited-rubric", "copy", "hidden", "instructions"),
    "strewn-numbers",
)
assert MAY_PASS.isdisjoint(GREEDY)

TARGETS: Mapping[Lang, Target] = {
    "es": Target(
        "Luzverde",
        "Trueque",
        "vecinos que cambian libros",
        "una cuota de dos euros",
        "cambios cerrados por semana",
    ),
    "en": Target(
        "Greenlamp",
        "Swapshelf",
        "neighbours who swap books",
        "two pounds a month",
        "swaps closed a week",
    ),
    "zh": Target("绿灯科技", "换书吧", "住在附近、想换书看的人", "每月十块钱会费", "每周换成的书"),
}


@dataclass(frozen=True)
class Band:
    """The samples a kind of candidate answers with: those within, else the nearest to `aim`."""

    aim: int
    min: int = 0
    max: int = 100

    def of(self, samples: Sequence[Sample]) -> list[Sample]:
        """The samples of this band."""
        within = [one for one in samples if one.min >= self.min and one.max <= self.max]
        return within or [min(samples, key=lambda one: abs(one.min + one.max - 2 * self.aim))]


STRONG, MIDDLING, WEAK = Band(86, min=70), Band(60, min=35, max=90), Band(18, max=40)


@dataclass(frozen=True)
class Material:
    """The real bank, scorer and phrases, with all that can be said to a question."""

    bank: Bank
    scorer: Scorer
    intake: Intake
    samples: Samples
    tricks: Mapping[Lang, Words]
    unsure: Mapping[Lang, Sequence[str]]
    _cards: dict[tuple[str, Lang, str], Scorecard] = field(default_factory=dict)

    def sample(self, band: Band, question: str, lang: Lang, random: Random) -> str:
        """An answer of a band."""
        return random.choice(band.of(self.samples[lang, question])).text.strip()

    def trick(self, question: str, asked: str, lang: Lang, random: Random) -> str:
        """Something that wants points without an answer: any kind as likely as any other.

        One of them is to say back what was asked.
        """
        by_kind: dict[str, list[str]] = {"asked": [asked]}
        for one in self._tricks(question, lang):
            by_kind.setdefault(one.kind, []).append(one.text)
        return random.choice(by_kind[random.choice(list(by_kind))])

    def telling(self, question: str, criterion: str, lang: Lang, said: str) -> str:
        """The sentences of a good answer that bear on a criterion and were not said yet.

        Of the best sample that has them, else of the model answer; "" where none has.
        """
        for text, model in self._good(question, lang):
            score = self._known(question, text, lang, model).get(criterion)
            if text in said or score is None or score.level < BACKED:
                continue
            marks = [(one.start, one.end) for one in score.evidence]
            if found := _around(text, marks, said):
                return gap(lang).join(found)
        return ""

    def empty(self, lang: Lang, random: Random) -> str:
        """A few sentences that say nothing."""
        return random.choice(self.tricks[lang]["empty"])

    def filler(self, lang: Lang, random: Random) -> str:
        """A sentence that says nothing."""
        return random.choice(self.tricks[lang]["padding"])

    def _good(self, question: str, lang: Lang) -> list[tuple[str, bool]]:
        known = sorted(self.samples[lang, question], key=lambda one: -one.min)
        samples = [(one.text.strip(), False) for one in known if one.min >= MIDDLING.min]
        return [*samples, (self.bank.ask(question).text(lang).model_answer, True)]

    def _known(self, question: str, text: str, lang: Lang, model: bool) -> Scorecard:
        """The card of a text of the bank."""
        key = (question, lang, text)
        if key not in self._cards:
            self._cards[key] = self.scorer.score(question, text, lang, model=model)
        return self._cards[key]

    def _tricks(self, question: str, lang: Lang) -> list[Attack]:
        texts = [Text(question, lang, text, model) for text, model in self._good(question, lang)]
        made = attacks(self.bank, texts, self.tricks)
        return [one for one in made if one.kind in GREEDY]


def load() -> Material:
    """What the program itself works with."""
    settings = Settings()
    folder, prompts = data_folder("question_bank"), data_folder("prompts")
    bank = bootstrap.open_bank(settings).bank
    return Material(
        bank=bank,
        scorer=bootstrap.scorer(bank),
        intake=bootstrap.intake(),
        samples=load_samples(folder),
        tricks=load_attack_words(folder),
        unsure={lang: _unsure(prompts / lang / "commands.toml") for lang in bank.languages},
    )


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text begin and end; a number is not broken at its point."""
    return [one.span() for one in _SENTENCE.finditer(text) if one[0].strip()]


def gap(lang: Lang) -> str:
    """What stands between two sentences."""
    return "" if lang == "zh" else " "


def _around(text: str, marks: Sequence[tuple[int, int]], said: str) -> list[str]:
    """The sentences that hold a mark, and of a single one the next as well."""
    spans = sentences(text)
    kept = [any(a < end and start < b for a, b in marks) for start, end in spans]
    if sum(kept) < FEW:
        kept = [here or before for here, before in zip(kept, [False, *kept], strict=False)]
    chosen = [text[slice(*span)].strip() for keep, span in zip(kept, spans, strict=True) if keep]
    return [one for one in chosen if one not in said]


def _unsure(commands: Path) -> Sequence[str]:
    """How somebody says not to know."""
    phrases: Sequence[str] = tomllib.loads(commands.read_text("utf-8"))["unsure"]["phrases"]
    return phrases
