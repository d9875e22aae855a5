"""A chat to play with."""

from __future__ import annotations

import pytest

from tests.core.driver import Driver


@pytest.fixture
def chat() -> Driver:
    """A chat nobody has written in yet."""
    return Driver()
