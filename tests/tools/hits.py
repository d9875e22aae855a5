"""How often a score lies where an author nobody tuned on put it: `make hits`.

tests/data/second_es.jsonl holds two answers to every question, written by people who had seen
what is asked and what a good answer has, not one phrase nor sample. Phrases are never mended for
them; what is printed is what a newcomer's answer may expect.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from bot.bank import load_bank
from bot.scoring.scorer import Scorer

ROOT = Path(__file__).parents[2]
ANSWERS = ROOT / "tests" / "data" / "second_es.jsonl"


class Hit(NamedTuple):
    """How one answer was scored: whether in its band, by how much it missed, what it earned."""

    kind: str
    question: str
    off: int
    earned: int
    told: int


def hits(scorer: Scorer) -> Iterator[Hit]:
    """Every answer of the set."""
    for line in ANSWERS.read_text("utf-8").splitlines():
        answer = json.loads(line)
        card = scorer.score(answer["question"], answer["text"])
        off = min(card.score - answer["min"], 0) or max(card.score - answer["max"], 0)
        scores = [card.get(criterion) for criterion in answer["earns"]]
        earned = sum(score is not None and score.level > 0 for score in scores)
        yield Hit(answer["kind"], answer["question"], off, earned, len(scores))


def table(found: list[Hit]) -> Mapping[str, Mapping[str, Any]]:
    """By kind of answer and in all: how many, in band, too low, too high, criteria found."""
    kinds = {"all": found}
    for one in found:
        kinds.setdefault(one.kind, []).append(one)
    return {
        kind: {
            "answers": len(some),
            "in band": sum(not one.off for one in some) / len(some),
            "too low": sum(one.off < 0 for one in some),
            "too high": sum(one.off > 0 for one in some),
            "criteria found": sum(one.earned for one in some)
            / max(1, sum(one.told for one in some)),
        }
        for kind, some in kinds.items()
    }


def main() -> None:
    """Print the table."""
    rows = table(list(hits(Scorer(load_bank(ROOT / "question_bank")))))
    print(f"{'':<16}{'answers':>8}{'in band':>9}{'low':>5}{'high':>6}{'criteria found':>16}")
    for kind, row in rows.items():
        print(
            f"{kind:<16}{row['answers']:>8}{row['in band']:>9.0%}{row['too low']:>5}"
            f"{row['too high']:>6}{row['criteria found']:>16.0%}"
        )


if __name__ == "__main__":
    main()
