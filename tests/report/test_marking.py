"""Answers cut into pieces that know what they earned."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.models import Evidence, Score
from bot.report.marking import Row, pieces

Spans = list[tuple[int, int]]


def row(number: int, spans: Spans) -> Row:
    """A criterion with evidence at these spans."""
    found = tuple(Evidence(start, end, "") for start, end in spans)
    return Row(number, f"c{number}", Score(f"c{number}", 1, 1, 2, found), 50)


def test_overlapping_evidence() -> None:
    """Each stretch carries all it earned; the number stands where the evidence ends."""
    cut = pieces("uno dos tres", [row(1, [(0, 7)]), row(2, [(4, 12)])], [])
    assert [
        (p.text, [r.number for r in p.criteria], [r.number for r in p.ended]) for p in cut
    ] == [
        ("uno ", [1], []),
        ("dos", [1, 2], [1]),
        (" tres", [2], [2]),
    ]


def test_errors_are_known() -> None:
    """A misconception is marked whether or not the words earned anything."""
    cut = pieces("uno dos", [], [Evidence(0, 3, "uno")])
    assert [(p.text, p.error) for p in cut] == [("uno", True), (" dos", False)]


@given(
    answer=st.text(max_size=40),
    spans=st.lists(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)))),
)
def test_the_pieces_are_the_answer(answer: str, spans: list[Spans]) -> None:
    """Whatever the evidence, nothing is lost, doubled or moved."""
    criteria = [row(n, found) for n, found in enumerate(spans, 1)]
    cut = pieces(answer, criteria, [])
    assert "".join(piece.text for piece in cut) == answer
    at = 0
    for piece in cut:
        for where in range(at, at + len(piece.text)):
            earned = {
                r.number for r in criteria for s in r.score.evidence if s.start <= where < s.end
            }
            assert {r.number for r in piece.criteria} == earned
        at += len(piece.text)
