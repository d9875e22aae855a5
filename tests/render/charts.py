"""Interviews to draw, calm ones and hostile ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TITLES = {
    "es": ("Muchos seguidores, ningún registro", "¿Qué métrica elegirías?", "Preséntate"),
    "en": ("What a product manager is for", "“Many” followers’ sign-ups", "Your strengths"),
    "zh": ("社群没人说话还有人吵架", "七日留存（社招）", "你会选哪个指标？"),
}
HOSTILE = (
    "</text></svg><script>&\"'{{ 7 * 7 }}]]>",
    "\x00\x08Re\ud800ten\ufffeción \u202e 😀 fin",
    "مرحبا بالعالم",
    "W" * 4000,
    "Ｗ" * 40,
    "e\u0301n\u0303 \n\t <a href='x'>",
    "",
    "😀",
)
SCORES = ((72, 60), (85, 85), (None, None), (40, None), (100, 91), (0, 0), (64, 63), (13, 0))
CRITERIA = (("Experiencia propia", 62), ("<Efecto>", 0), ("用到这家公司", 100), ("C" * 99, 8))


@dataclass(frozen=True, slots=True)
class Row:
    """A question of the interview."""

    title: str
    score: int | None
    first: int | None


def chart(lang: str, count: int, titles: Sequence[str] = ()) -> Mapping[str, Any]:
    """The data of an interview of so many questions."""
    named = [(titles or TITLES[lang])[i % len(titles or TITLES[lang])] for i in range(count)]
    rows = [Row(title, *scores) for title, scores in zip(named, SCORES, strict=False)]
    return {
        "lang": lang,
        "rows": rows,
        "mean": round(sum(row.score or 0 for row in rows) / count),
        "first_mean": round(sum(row.first or 0 for row in rows) / count),
        "criteria": CRITERIA[: count + 1],
    }
