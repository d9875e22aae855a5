"""Whether a bank's rubrics judge its own samples and model answers as they must."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.core.models import Scorecard
from bot.core.questions import Bank, Lang, Question, Sample
from bot.scoring.phrase_lint import Finding
from bot.scoring.scorer import Scorer

VERY_GOOD = 80  # a panel's 8: half-way from good (70) to outstanding (90)


class Proof(NamedTuple):
    """A sample and how it was scored."""

    lang: Lang
    question: str
    sample: Sample
    card: Scorecard
    right: bool


def prove_samples(
    scorer: Scorer, samples: Mapping[tuple[Lang, str], Sequence[Sample]], bank: Bank
) -> Iterator[tuple[Proof, list[str]]]:
    """Every sample with its score, and what is wrong with that."""
    for (lang, question), entries in samples.items():
        if question in bank.questions and lang in bank.questions[question].texts:
            for one in entries:
                card = scorer.score(question, one.text, lang)
                faults = list(_faults(one, card))
                yield Proof(lang, question, one, card, not faults), faults


def _faults(sample: Sample, card: Scorecard) -> Iterator[str]:
    if not sample.min <= card.score <= sample.max:
        gate = f" ({card.gate})" if card.gate else ""
        yield f"scores {card.score}{gate}, expected {sample.min} to {sample.max}"
    for criterion in sample.earns:
        score = card.get(criterion)
        if score is None or score.level == 0:
            yield f"does not earn {criterion}, expected points for it"


def prove_model(scorer: Scorer, question: Question, lang: Lang) -> Finding | None:
    """What is wrong with how a model answer scores, None where nothing is."""
    card = scorer.score(question.id, question.texts[lang].model_answer, lang, model=True)
    if card.score >= VERY_GOOD:
        return None
    absent = ", ".join(score.id for score in card.scores if not score.level)
    why = card.gate or (f"without {absent}" if absent else "")
    told = f" ({why})" if why else ""
    message = f"scores {card.score}{told}, expected at least {VERY_GOOD}, very good"
    return Finding(lang, question.id, "model_answer", message)
