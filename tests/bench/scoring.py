"""How long scoring takes: an answer of 200 words to each question, again and again.

Measured is CPU time, which is all a score takes: other work on a shared machine does not count.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.bank import load_bank
from bot.bank.samples import load_samples
from bot.resources import data_folder
from bot.scoring.scorer import Scorer
from tests.bench.load import STEPS, sample_answers

WORDS = 200
CHARACTERS = 330  # of Chinese, as much as 200 words
ROUNDS = 20
LONGEST = 4096  # characters of a message
FULL = ("no usuarios ", "subió 30 % ", "yo medí 4 ", "porque la retención, ")


@dataclass(frozen=True, slots=True)
class ScoreTimes:
    """Milliseconds: of an answer of 200 words, median and p95; of the first one to a question;
    of the answers the crowd gives, a message (one in three hands an answer in)."""

    median: float
    p95: float
    first: float
    a_message: float


def time_languages(bank: Path) -> dict[str, tuple[float, float]]:
    """Language -> median and p95 in milliseconds, an answer of 200 words (330 characters)."""
    scorer = Scorer(load_bank(bank))
    found = {}
    for lang in ("es", "en", "zh"):
        asked = list(answers(lang).items())
        for one in asked:
            scorer.score(*one, lang)
        times = sorted(
            _ms(partial(scorer.score, lang=lang), *one) for _ in range(ROUNDS) for one in asked
        )
        found[lang] = statistics.median(times), times[int(len(times) * 0.95)]
    return found


def time_worst(bank: Path) -> float:
    """Milliseconds of a message as long as one can be, full of what is looked for; the worst."""
    scorer = Scorer(load_bank(bank))
    told = " ".join(text for texts in sample_answers().values() for text in texts)
    messages = [told[:LONGEST], *((one * LONGEST)[:LONGEST] for one in FULL)]
    times = [
        min(_ms(scorer.score, question, message) for _ in range(ROUNDS))
        for question in ("retention", "ab-experiment")
        for message in messages
    ]
    return max(times)


def time_loading(bank: Path) -> float:
    """Milliseconds to load a bank, the best of five."""
    times = []
    for _ in range(5):
        began = time.thread_time()
        load_bank(bank)
        times.append((time.thread_time() - began) * 1000)
    return min(times)


def time_scores(bank: Path, questions: Mapping[str, Sequence[str]] | None = None) -> ScoreTimes:
    """Score answers to every question of the built-in bank, or to its copies in `questions`."""
    scorer = Scorer(load_bank(bank))
    copies = questions or {}
    asked = [
        (id_, answer)
        for question, answer in answers().items()
        for id_ in copies.get(question, [question])
    ]
    scorer.score(*asked[0])  # what is made once for all questions
    first = [_ms(scorer.score, *one) for one in asked[1:]]
    times = sorted(_ms(scorer.score, *one) for _ in range(ROUNDS) for one in asked)
    crowd = [
        _ms(scorer.score, copies.get(question, [question])[0], text)
        for question, texts in sample_answers().items()
        for text in texts
    ]
    p95 = times[int(len(times) * 0.95)]
    mean = statistics.mean(crowd) / STEPS
    return ScoreTimes(statistics.median(times), p95, statistics.median(first), mean)


def answers(lang: str = "es") -> dict[str, str]:
    """An answer of 200 words to each question, of its sample answers, the best first."""
    found = {}
    for (spoken, question), samples in load_samples(data_folder("question_bank")).items():
        if spoken == lang:
            best = sorted(samples, key=lambda sample: -sample.max)
            words = " ".join(sample.text for sample in best).split()
            found[question] = " ".join(words[:WORDS])
    return {q: text[:CHARACTERS] if lang == "zh" else text for q, text in found.items()}


def _ms(score: Callable[[str, str], object], question: str, answer: str) -> float:
    began = time.thread_time()
    score(question, answer)
    return (time.thread_time() - began) * 1000
