"""What is written is read back as it was."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import models
from bot.core.models import (
    Attempt,
    Error,
    Evidence,
    Reached,
    Result,
    Score,
    Scorecard,
    Session,
    Share,
    Tally,
    Turn,
)
from bot.store.codec import Codec, time_in, time_out
from tests.store.samples import attempt, card, session

CODEC = Codec()

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
times = st.datetimes(
    min_value=datetime(1970, 1, 2), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)
)
numbers = st.floats(allow_nan=False, allow_infinity=False)
evidence = st.builds(
    Evidence, start=st.integers(0), end=st.integers(0), text=texts, similarity=numbers
)
scores = st.builds(Score, id=texts, points=numbers, max=numbers, evidence=st.tuples(evidence))
shares = st.builds(Share, name=texts, points=st.integers(-100, 100), max=st.integers(0, 100))
cards = st.builds(
    Scorecard,
    question_id=texts,
    lang=texts,
    scores=st.lists(scores, max_size=3).map(tuple),
    shares=st.lists(shares, max_size=3).map(tuple),
    gate=st.none() | texts,
)
reached = st.builds(Reached, id=texts, level=st.integers(0, 3), points=numbers, max=numbers)
results = st.builds(
    Result,
    question_id=texts,
    score=st.none() | st.integers(0, 100),
    reached=st.lists(reached, max_size=2).map(tuple),
)
tallies = st.builds(Tally, points=st.dictionaries(texts, numbers, max_size=2))
sessions = st.builds(
    Session,
    chat=texts,
    id=texts,
    plan=st.lists(texts, max_size=3).map(tuple),
    answer=texts,
    card=st.none() | cards,
    first_score=st.none() | st.integers(0, 100),
    best=st.none() | results,
    results=st.lists(results, max_size=2).map(tuple),
    tallies=st.dictionaries(texts, tallies, max_size=2),
    compared=st.none() | tallies,
    asked_at=st.none() | times,
    started_at=st.none() | times,
)
turns = st.builds(Turn, session_id=texts, who=texts, kind=texts, text=texts, at=times)
attempts = st.builds(
    Attempt,
    id=texts,
    session_id=texts,
    answer=texts,
    card=cards,
    at=times,
    criteria=st.dictionaries(texts, texts, max_size=3),
    rating=st.none() | st.integers(1, 5),
)


@given(sessions)
def test_a_session(one: Session) -> None:
    assert CODEC.session_in(CODEC.session_out(one)) == one


@given(turns)
def test_a_turn(one: Turn) -> None:
    assert CODEC.turn_in(CODEC.turn_out(one)) == one


@given(attempts)
def test_an_attempt(one: Attempt) -> None:
    assert CODEC.attempt_in(CODEC.attempt_out(one)) == one


def test_text_stands_in_the_file_as_it_is() -> None:
    assert "ñ 数 😀" in CODEC.session_out(replace(session(), answer="ñ 数 😀"))
    assert "ñ 数" in CODEC.attempt_out(replace(attempt("a", session()), criteria={"a": "ñ 数"}))[9]


@given(st.lists(times, min_size=2))
def test_times_sort_as_their_texts_do(some: list[datetime]) -> None:
    assert sorted(map(time_out, some)) == list(map(time_out, sorted(some)))


def test_a_time_is_kept_in_utc() -> None:
    there = datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=2)))
    assert time_out(there) == "2025-12-31T23:00:00.000000+00:00"
    assert time_in(time_out(there)) == there


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without zone"):
        time_out(datetime(2026, 1, 1))


WITHOUT_END = Evidence(0, 1, "x", similarity=math.nan)


@pytest.mark.parametrize(
    "change",
    [
        {"scores": (Score("goal", 1, math.nan, 10.0),)},
        {"scores": (Score("goal", 1, math.inf, 10.0),)},
        {"scores": (Score("goal", 1, 1.0, math.nan),)},
        {"scores": (Score("goal", 1, 1.0, 10.0, (WITHOUT_END,)),)},
        {"errors": (Error("vanity", "says", (WITHOUT_END,)),)},
    ],
)
def test_what_could_not_be_read_back_is_refused(change: dict[str, Any]) -> None:
    broken = replace(card(), **change)
    with pytest.raises(ValueError, match="Scorecard cannot be stored"):
        CODEC.attempt_out(replace(attempt("a", session()), card=broken))
    with pytest.raises(ValueError, match="Session cannot be stored"):
        CODEC.session_out(replace(session(), card=broken))


def points(number: float) -> Result:
    return Result("q", 60, reached=(Reached("goal", 2, number, 10.0),))


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize(
    "change",
    [
        lambda number: {"best": points(number)},
        lambda number: {"results": (points(1.0), points(number))},
        lambda number: {"results": (Result("q", reached=(Reached("goal", 0, 0.0, number),)),)},
        lambda number: {"tallies": {"q": Tally(1, 2, 3, {"goal": number})}},
        lambda number: {"compared": Tally(1, 2, 3, {"goal": number})},
    ],
)
def test_nor_is_a_session_with_such_a_number(
    change: Callable[[float], dict[str, Any]], number: float
) -> None:
    with pytest.raises(ValueError, match="Session cannot be stored"):
        CODEC.session_out(replace(session(), **change(number)))
    fine = replace(session(), **change(1.5))
    assert CODEC.session_in(CODEC.session_out(fine)) == fine


def test_only_these_may_hold_a_number_without_end() -> None:
    """The codec looks at every fraction; a new one is to be added there and above."""
    holders = [
        (kind, field.name)
        for kind in vars(models).values()
        if is_dataclass(kind)
        for field in fields(kind)
        if "float" in str(field.type)
    ]
    assert holders == [
        (Evidence, "similarity"),
        (Score, "points"),
        (Score, "max"),
        (Reached, "points"),
        (Reached, "max"),
        (Tally, "points"),
    ]
