"""A transcript as one self-contained HTML page: no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.core.models import Attempt, Transcript
from bot.core.questions import Lang
from bot.core.review import Exchange, exchanges
from bot.report.marking import Piece, Row, pieces, rows


class Pages(Protocol):
    """What fills a template of `prompts/web/` with the words of a language."""

    def page(self, name: str, lang: Lang, data: Mapping[str, Any]) -> str:
        """The page as HTML, every value escaped."""


@dataclass(frozen=True, slots=True)
class Part:
    """A question on the page; `pieces` are the answer as marked, `marked` if anything is."""

    number: int
    title: str
    prompt: str
    follow_ups: tuple[str, ...]
    unscored: tuple[str, ...]
    attempt: Attempt | None
    criteria: tuple[Row, ...] = ()
    pieces: tuple[Piece, ...] = ()

    @property
    def marked(self) -> bool:
        """Whether any words of the answer earned points."""
        return any(piece.criteria for piece in self.pieces)


def transcript_html(transcript: Transcript, lang: Lang, pages: Pages) -> str:
    """The page of a transcript in a language, complete with its style."""
    parts = [_part(n, exchange) for n, exchange in enumerate(exchanges(transcript), 1)]
    banks = dict.fromkeys((a.bank_version, a.bank_digest) for a in transcript.attempts)
    data = {
        "transcript": transcript,
        "parts": parts,
        "mean": _mean(transcript),
        "banks": list(banks),
    }
    return pages.page("transcript", lang, data)


def _mean(transcript: Transcript) -> int | None:
    """The mean over the questions answered, of each the best of all tries."""
    best: dict[str, int] = {}
    for attempt in transcript.attempts:
        best[attempt.question_id] = max(attempt.card.score, best.get(attempt.question_id, 0))
    return round(sum(best.values()) / len(best)) if best else None


def _part(number: int, exchange: Exchange) -> Part:
    attempt = exchange.attempt
    criteria = rows(attempt) if attempt else ()
    errors = [e for error in attempt.card.errors for e in error.evidence] if attempt else []
    return Part(
        number=number,
        title=attempt.title if attempt else exchange.prompt,
        prompt=exchange.prompt,
        follow_ups=exchange.follow_ups,
        unscored=exchange.unscored,
        attempt=attempt,
        criteria=criteria,
        pieces=pieces(attempt.answer, criteria, errors) if attempt else (),
    )
