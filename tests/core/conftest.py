"""A chat to play with."""

from __future__ import annotations

import pytest

from tests.core.driver import Driver
from tests.support.banks import rich_bank


@pytest.fixture
def chat() -> Driver:
    """A chat nobody has written in yet."""
    return Driver()


@pytest.fixture
def rich() -> Driver:
    """A chat whose questions can be put differently, cases with facts among them."""
    return Driver(rich_bank(("es", "en", "zh")))
