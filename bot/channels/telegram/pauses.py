"""How long to wait when something went wrong, and for how long two pollers are put up with."""

from __future__ import annotations

import random
from collections.abc import Callable

SHORTEST, LONGEST = 0.5, 20.0  # seconds
CONFLICT_PAUSES = 0.25, 1.0  # the first, the longest
CONFLICT_PATIENCE = 2.5  # a poll of our own, left over from before, is gone by then
CONFLICT_MEMORY = 10.0  # a conflict this long ago was another one


class Backoff:
    """Pauses that double, with jitter, so that not everyone comes back at the same moment."""

    def __init__(self, jitter: Callable[[], float] = random.random) -> None:
        self._jitter, self._tries = jitter, 0

    def next(self) -> float:
        """The next pause, in seconds: between half and all of 0.5, 1, 2 ... 20."""
        whole = min(LONGEST, SHORTEST * 2.0 ** min(self._tries, 10))
        self._tries += 1
        return whole * (0.5 + self._jitter() / 2)

    def reset(self) -> None:
        """It went well again."""
        self._tries = 0


class Conflicts:
    """Tells a left-over poll from a second process. Times are seconds of one clock.

    Two pollers throw each other out in turn, so a poll that goes well in between proves nothing:
    only a while without any conflict does.
    """

    def __init__(self) -> None:
        self._first = self._last = float("-inf")

    @property
    def met(self) -> bool:
        """Whether there was any so far."""
        return self._last > float("-inf")

    def pause(self, now: float) -> float | None:
        """Book a conflict; returns how long to wait, None when this has gone on for too long."""
        if now - self._last > CONFLICT_MEMORY:
            self._first = now
        self._last = now
        lasted = now - self._first
        shortest, longest = CONFLICT_PAUSES
        return min(longest, max(shortest, lasted)) if lasted < CONFLICT_PATIENCE else None
