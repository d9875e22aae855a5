"""The stable format of a batch, and what is said of bad lines."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.scoring import Scorer
from bot.scoring.batch import pair_line, score_line

GOOD = {
    "id": 7,
    "question": "retention",
    "text": "Quité dos pasos del registro de la app porque ahí se iban los nuevos, y los que "
    "llegaban a su primera clase pasaron de 30 a 52 % en dos meses.",
}


def test_the_format(scorer: Scorer) -> None:
    line = score_line(scorer, GOOD)
    assert list(line) == ["id", "score", "gate", "lang", "criteria"]
    assert (line["id"], line["gate"], line["lang"]) == (7, None, "es")
    assert list(line["criteria"][0]) == ["id", "level", "points", "max", "evidence"]
    quotes = [e for c in line["criteria"] for e in c["evidence"]]
    assert quotes
    for quote in quotes:
        assert list(quote) == ["start", "end", "text"]
        assert GOOD["text"][quote["start"] : quote["end"]] == quote["text"]  # type: ignore[index]
    assert json.loads(json.dumps(line)) == line


def test_a_gated_line_has_no_criteria(scorer: Scorer) -> None:
    line = score_line(scorer, {**GOOD, "text": "🚀"})
    assert (line["gate"], line["criteria"]) == ("empty", [])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"question": "nope"}, "question is 'nope', expected the id of a question"),
        ({"question": 3}, "question is 3, expected a text"),
        ({"text": None}, "text is None, expected a text"),
        ({"lang": 1}, "lang is 1, expected a text"),
    ],
)
def test_bad_lines(scorer: Scorer, change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        score_line(scorer, {**GOOD, **change})


def test_a_line_needs_an_id(scorer: Scorer) -> None:
    with pytest.raises(ValueError, match="id is missing"):
        score_line(scorer, {k: v for k, v in GOOD.items() if k != "id"})


@pytest.mark.parametrize("line", [[], "x", 3, None])
def test_a_line_is_an_object(scorer: Scorer, line: Any) -> None:
    with pytest.raises(ValueError, match="expected an object"):
        score_line(scorer, line)


@pytest.mark.parametrize("panel", [None, {}, {"overall": "8"}, {"overall": 11}, {"overall": True}])
def test_a_pair_needs_a_grade(scorer: Scorer, panel: object) -> None:
    with pytest.raises(ValueError, match=r"panel\.overall is"):
        pair_line(scorer, {**GOOD, "panel": panel})


def test_a_pair(scorer: Scorer) -> None:
    pair = pair_line(scorer, {**GOOD, "panel": {"overall": 6.5}})
    assert (pair.id, pair.question, pair.panel) == ("7", "retention", 6.5)
