"""The candidates: what each kind answers to a question and to a follow-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bot.core.questions import Lang
from tests.tools.simulate.material import MIDDLING, STRONG, WEAK, Band, Material, gap, sentences
from tests.tools.simulate.setups import Kind, Setup

BANDS = {Kind.STRONG: STRONG, Kind.MIDDLING: MIDDLING, Kind.WEAK: WEAK, Kind.RAMBLING: MIDDLING}
OWN_RATING = {
    **{Kind.STRONG: "4", Kind.MIDDLING: "4", Kind.WEAK: "3"},
    **{Kind.RAMBLING: "5", Kind.GAMING: "5"},
}


@dataclass(frozen=True)
class Reply:
    """What somebody says, message by message; nothing: the question is skipped.

    `well`: it bears on what was asked; `unsure`: it only says that one does not know.
    """

    messages: Sequence[str] = ()
    well: bool = False
    unsure: bool = False


class Candidate:
    """Somebody of a kind in one interview; draws from a seed of its own."""

    def __init__(self, kind: Kind, setup: Setup, material: Material) -> None:
        self.kind = kind
        self._lang: Lang = setup.lang
        self._material = material
        self._random = Random(f"{kind}-{setup.number}")
        self._probed = 0

    @property
    def rating(self) -> str:
        """The band the person gives the own answer; now and then none."""
        return OWN_RATING[self.kind] if self._random.random() < 0.8 else ""

    @property
    def pace(self) -> float:
        """What of the suggested time an answer takes."""
        return self._random.uniform(0.3, 1.6)

    def answer(self, question: str, asked: str) -> Reply:
        """What is said to a question, put in the words `asked`."""
        if self.kind is Kind.GAMING:
            return Reply([self._material.trick(question, asked, self._lang, self._random)])
        band: Band = BANDS[self.kind]
        text = self._material.sample(band, question, self._lang, self._random)
        if self.kind is Kind.RAMBLING:
            return Reply(self._buried(text))
        # Many people send a paragraph a message.
        return Reply(text.split("\n\n") if self._random.random() < 0.5 else [text])

    def follow_up(self, question: str, criterion: str, asked: str, said: str) -> Reply:
        """What is said to a follow-up on a criterion, `said` being the answer so far."""
        self._probed += 1
        telling = self._material.telling(question, criterion, self._lang, said)
        match self.kind:
            case Kind.GAMING:
                return self.answer(question, asked)
            case Kind.RAMBLING:
                return Reply(self._buried(telling), well=True) if telling else self._vague()
            case Kind.STRONG:
                return Reply([telling], well=True) if telling else Reply()
            case Kind.MIDDLING if telling and self._probed % 2:
                return Reply([telling], well=True)
        return self._vague()

    def _vague(self) -> Reply:
        """Nothing in particular, not to know, or on to the next."""
        vague = Reply([self._material.empty(self._lang, self._random)])
        unsure = Reply([self._random.choice(self._material.unsure[self._lang])], unsure=True)
        return self._random.choice((vague, unsure, Reply()))

    def _buried(self, text: str) -> Sequence[str]:
        """A text under words that say nothing, in several messages."""
        parts = [text[start:end].strip() for start, end in sentences(text)]
        messages = [self._material.empty(self._lang, self._random)]
        for place in range(0, len(parts), 3):
            filler = self._material.filler(self._lang, self._random)
            messages.append(gap(self._lang).join([*parts[place : place + 3], filler]))
        return messages
