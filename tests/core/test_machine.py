"""The table decides everything, and nothing leads where the table does not say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.core import events
from bot.core.effects import Say
from bot.core.events import ACTIONS, Event, Loaded, Scored, parse
from bot.core.machine import TRANSITIONS, Context, step
from bot.core.models import Mode, Part, Result, Scorecard, Session, State
from tests.support.banks import small_bank

EVENTS = [
    found
    for found in vars(events).values()
    if isinstance(found, type) and issubclass(found, Event) and found is not Event
]
CARD = Scorecard("user-growth", "es", 40, 2)
FILLED: dict[type[Event], Callable[[], Event]] = {
    events.Text: lambda: events.Text("algo", "1"),
    events.Edited: lambda: events.Edited("algo", "1"),
    events.Scored: lambda: Scored(CARD),
    events.Loaded: lambda: Loaded("progress", []),
}


def session_in(state: State) -> Session:
    """A session such as comes to stand in `state`."""
    return Session(
        chat="test",
        id="s1",
        state=state,
        mode=Mode.INTERVIEW,
        plan=("user-growth", "retention"),
        draft=(Part("1", "una parte"),) if state in (State.DRAFTING, State.SCORING) else (),
        card=CARD if state in (State.FEEDBACK, State.RATING) else None,
        attempt_id="a1",
        first_score=40,
        best=Result("user-growth", 40) if state is State.FEEDBACK else None,
        briefing="company" if state is State.BRIEFING else "",
    )


def test_every_pair_of_state_and_event_is_decided() -> None:
    for state in State:
        assert set(TRANSITIONS[state]) == set(EVENTS), state


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("event", EVENTS, ids=lambda e: e.__name__)
def test_every_pair_leads_where_the_table_says(state: State, event: type[Event]) -> None:
    """`step` raises when an action leaves the table; and a person always hears something."""
    made: Event = FILLED.get(event, event)()
    context = Context(small_bank(), datetime(2026, 1, 5, tzinfo=UTC), token="t")
    after = step(session_in(state), made, context)
    assert after.session.state in TRANSITIONS[state][event].to
    unheard = (State.IDLE, State.BRIEFING)
    silent = event in (Scored, events.TimePassed) or (event is events.Edited and state in unheard)
    assert after.effects or silent


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_a_button_of_an_earlier_step_is_stale_and_changes_nothing(action: str) -> None:
    session = session_in(State.FEEDBACK)
    context = Context(small_bank(), datetime(2026, 1, 5, tzinfo=UTC), token="t")
    after = step(session, parse(f"{action}@old.0.0.0"), context)
    assert after.session == session
    assert [e.template for e in after.effects if isinstance(e, Say)] == ["stale"]


@pytest.mark.parametrize(
    "odd", ["", ":", "@", "nope", "practice:", "set:lang", "x" * 300, "done:1"]
)
def test_an_odd_action_is_an_event_all_the_same(odd: str) -> None:
    assert isinstance(parse(odd), Event)


def test_an_action_keeps_its_argument_and_its_guard() -> None:
    assert parse("practice:user-growth@g") == events.Practice("user-growth", guard="g")
