"""A fixed handful of a bank's questions that stands for all of them.

What an answer is compared with must not grow with the bank. The handful goes from topic to topic,
in each by a hash of the ids, so that a bank of thousands is still represented evenly; a bank of
no more than `MOST` questions is its own handful.
"""

from __future__ import annotations

from itertools import zip_longest
from zlib import crc32

from bot.core.questions import Bank, Lang, Question

MOST = 30


def handful(bank: Bank, lang: Lang) -> list[Question]:
    """At most `MOST` questions that have a text in `lang`; the same for the same bank."""
    topics: dict[str, list[Question]] = {}
    for question in sorted(bank.questions.values(), key=_order):
        if lang in question.texts:
            topics.setdefault(question.topic, []).append(question)
    rounds = zip_longest(*topics.values())
    return [q for one in rounds for q in one if q is not None][:MOST]


def _order(question: Question) -> tuple[int, str]:
    return crc32(question.id.encode()), question.id
