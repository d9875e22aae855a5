"""What share of its words an answer gives to each criterion.

A sentence belongs to the criteria it earned something for, in equal parts; one that earned
nothing belongs to none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.models import Scorecard
from bot.core.words import count

_SENTENCE = re.compile(r"(?:[^.!?。！？\n]|\.(?=\d))+[.!?。！？]*")  # 3.5 is one number


def shares(answer: str, card: Scorecard) -> Mapping[str, int]:
    """Per cent of the words by criterion id, in the order of the card; of an empty answer, 0."""
    total = sum(count(sentence[0]) for sentence in _SENTENCE.finditer(answer))
    words = {score.id: 0.0 for score in card.scores}
    for sentence in _SENTENCE.finditer(answer):
        begin, end = sentence.span()
        about = [
            score.id
            for score in card.scores
            if any(one.start < end and one.end > begin for one in score.evidence)
        ]
        for criterion in about:
            words[criterion] += count(sentence[0]) / len(about)
    return {name: round(100 * some / total) if total else 0 for name, some in words.items()}
