"""Lines of a batch: a dictionary in, its scorecard out as plain data in the stable format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.models import Scorecard
from bot.scoring.evaluate import Pair
from bot.scoring.scorer import Scorer


def score_line(scorer: Scorer, line: Mapping[str, Any]) -> dict[str, Any]:
    """Scores `{"id", "question", "text"[, "lang"]}`; raises `ValueError` for a bad line."""
    card = _score(scorer, line)
    return {"id": line["id"], **card_data(card)}


def pair_line(scorer: Scorer, line: Mapping[str, Any]) -> Pair:
    """Scores a line with `panel.overall` (0 to 10); raises `ValueError` for a bad line."""
    card = _score(scorer, line)
    panel = line.get("panel")
    grade = panel.get("overall") if isinstance(panel, Mapping) else None
    if isinstance(grade, bool) or not isinstance(grade, int | float) or not 0 <= grade <= 10:
        raise ValueError(f"panel.overall is {grade!r}, expected a number from 0 to 10")
    style = line.get("style")
    return Pair(
        str(line.get("id")),
        card.question_id,
        float(grade),
        card.score,
        style if isinstance(style, str) else "",
    )


def card_data(card: Scorecard) -> dict[str, Any]:
    """A scorecard as the stable format has it; spans are code-point offsets."""
    return {
        "score": card.score,
        "gate": card.gate,
        "lang": card.lang,
        "criteria": [
            {
                "id": score.id,
                "level": score.level,
                "points": score.points,
                "max": score.max,
                "evidence": [
                    {"start": e.start, "end": e.end, "text": e.text} for e in score.evidence
                ],
            }
            for score in card.scores
        ],
    }


def _score(scorer: Scorer, line: Mapping[str, Any]) -> Scorecard:
    if not isinstance(line, Mapping):
        raise ValueError(f"a line is {type(line).__name__}, expected an object")
    if "id" not in line:
        raise ValueError("id is missing, expected one per line")
    question, text = _text(line, "question"), _text(line, "text")
    lang = _text(line, "lang") if line.get("lang") is not None else "es"
    try:
        return scorer.score(question, text, lang)
    except KeyError:
        raise ValueError(f"question is {question!r}, expected the id of a question") from None


def _text(line: Mapping[str, Any], key: str) -> str:
    value = line.get(key)
    if not isinstance(value, str):
        raise ValueError(f"{key} is {value!r}, expected a text")
    return value
