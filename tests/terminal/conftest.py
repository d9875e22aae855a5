from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.terminal.desk import Desk, sit_down


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A first start, on a database of its own."""
    desk = sit_down(tmp_path)
    yield desk
    await desk.store.close()
