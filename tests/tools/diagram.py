"""Prints `docs/conversation.md` from the table of transitions.

Usage: `make docs`
"""

from __future__ import annotations

from bot.core.events import Event
from bot.core.machine import TRANSITIONS, Move
from bot.core.models import State

HEAD = """# The conversation

Printed from the table in `bot/core/machine.py` by `make docs`; a test holds both together.

What changes the state:

```mermaid
stateDiagram-v2
    [*] --> idle
"""
MIDDLE = """```

Every event in every state: what is done, and where it may lead (nothing: the state stays).

"""


def text() -> str:
    """The whole page."""
    arrows = "".join(f"    {line}\n" for line in _arrows())
    return HEAD + arrows + MIDDLE + "\n".join(_table()) + "\n"


def _arrows() -> list[str]:
    """One arrow for each pair of states, labelled with the events that lead there."""
    labels: dict[tuple[State, State], list[str]] = {}
    for state, moves in TRANSITIONS.items():
        for event, move in moves.items():
            for to in move.to:
                if to is not state:
                    labels.setdefault((state, to), []).append(event.__name__)
    return [f"{a} --> {b}: {', '.join(names)}" for (a, b), names in labels.items()]


def _table() -> list[str]:
    states = list(State)
    rows = [
        f"| event | {' | '.join(states)} |",
        f"|---|{'---|' * len(states)}",
    ]
    events: list[type[Event]] = list(TRANSITIONS[State.IDLE])
    for event in events:
        cells = [_cell(state, TRANSITIONS[state][event]) for state in states]
        rows.append(f"| {event.__name__} | {' | '.join(cells)} |")
    return rows


def _cell(state: State, move: Move) -> str:
    name = move.action.__name__.strip("_")
    leads = [str(to) for to in move.to if to is not state]
    return f"{name} → {', '.join(leads)}" if leads else name


if __name__ == "__main__":
    print(text(), end="")
