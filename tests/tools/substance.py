"""Learns the words of substance: `make substance`, `python -m tests.tools.substance [LANG]`.

Logistic regression over the sentences of tests/data/substance/<lang>.jsonl, by stochastic gradient
descent in a fixed order; rarer words count for more (inverse document frequency), classes alike.
Prints how many sentences it tells right that it was not shown, fold by fold.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, groupby
from math import exp, log, sqrt
from pathlib import Path
from random import Random
from statistics import mean

from bot.bank import load_bank
from bot.scoring.language import Language
from bot.scoring.reading import read
from bot.scoring.substance import by_place, weigh

ROOT = Path(__file__).parents[2]
BANK = ROOT / "question_bank"
SAID = frozenset({"mine", "plan", "idea"})  # the others are hollow, wrong or beside the point
LEAST = 3  # sentences in which a trait must stand
ROUNDS, RATE = 40, 0.5
DECAY = 10.0  # how freely weights may grow (the inverse of the L2 penalty)
SMALLEST, STEP = 0.1, 0.05  # weights below are left out, others rounded
FOLDS = 5
WIDTH = 98
HEAD = """# Words, and pairs of words, by how much they tell of somebody who says something (above
# 0) or of somebody who only talks (below). Learnt from sentences, not written: see docs/scoring.md
# and `make substance`.
"""

Sentence = tuple[frozenset[str], bool]


def main(languages: Sequence[str]) -> None:
    """Learn and write the table of each language."""
    bank = load_bank(BANK)
    for lang in languages:
        language = Language(lang, bank.lexicons[lang])
        sentences = _sentences(ROOT / "tests" / "data" / "substance" / f"{lang}.jsonl", language)
        right, unit = _checked(sentences)
        print(f"{lang}: {len(sentences)} sentences, {right:.1%} right unseen")
        weights = {trait: weight / unit for trait, weight in learn(sentences).items()}
        (BANK / "substance" / f"{lang}.toml").write_text(_toml(weights), "utf-8")


def _sentences(file: Path, language: Language) -> list[Sentence]:
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [
        (frozenset(chain(*by_place(read(row["t"], language)))), row["k"] in SAID) for row in rows
    ]


def learn(sentences: Sequence[Sentence]) -> dict[str, float]:
    """The weight of each trait; of two sentences of one class neither counts for more."""
    seen = Counter(trait for found, _ in sentences for trait in found)
    rarity = {t: 1 + log((1 + len(sentences)) / (1 + n)) for t, n in seen.items() if n >= LEAST}
    rows = [(_row(found, rarity), said) for found, said in sentences]
    share = sum(said for _, said in rows) / len(rows)
    cost = {True: 0.5 / share, False: 0.5 / (1 - share)}
    weights, sums, bias = dict.fromkeys(rarity, 0.0), dict.fromkeys(rarity, 1e-8), 0.0
    shrink = 1 / (DECAY * len(rows))
    random = Random(1)
    for _ in range(ROUNDS):
        random.shuffle(rows)
        for row, said in rows:
            value = bias + sum(weights[trait] * x for trait, x in row.items())
            slope = (1 / (1 + exp(-value)) - said) * cost[said]
            bias -= 0.01 * slope
            for trait, x in row.items():
                step = slope * x + shrink * weights[trait]
                sums[trait] += step * step
                weights[trait] -= RATE * step / sqrt(sums[trait])
    return {trait: weight * rarity[trait] for trait, weight in weights.items()}


def _row(found: frozenset[str], rarity: Mapping[str, float]) -> dict[str, float]:
    known = {trait: rarity[trait] for trait in sorted(found) if trait in rarity}
    length = sqrt(sum(x * x for x in known.values())) or 1.0
    return {trait: x / length for trait, x in known.items()}


def _checked(sentences: Sequence[Sentence]) -> tuple[float, float]:
    """How tables do on sentences they were learnt without: the share told right of both classes,
    and the mean value of those that say something, which is to be 1.
    """
    mixed = list(sentences)
    Random(2).shuffle(mixed)
    values: dict[bool, list[float]] = {True: [], False: []}
    for fold in range(FOLDS):
        weights = learn([s for place, s in enumerate(mixed) if place % FOLDS != fold])
        for found, said in mixed[fold::FOLDS]:
            values[said].append(weigh((t, weights[t]) for t in found if t in weights))
    right = mean([mean([(v > 0) is said for v in found]) for said, found in values.items()])
    return right, mean(values[True])


def _toml(weights: Mapping[str, float]) -> str:
    def rounded(trait: str) -> float:
        return round(weights[trait] / STEP) * STEP

    lines = [HEAD]
    weights = {trait: weight for trait, weight in weights.items() if abs(weight) >= SMALLEST}
    for weight, group in groupby(sorted(weights, key=lambda t: (-rounded(t), t)), key=rounded):
        lines.append(f'"{weight:+.2f}" = [')
        line = " "
        for trait in group:
            word = f" {json.dumps(trait, ensure_ascii=False)},"
            if len(line) + len(word) > WIDTH:
                lines.append(line)
                line = " "
            line += word
        lines += [line, "]"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:] or ["es", "en", "zh"])
