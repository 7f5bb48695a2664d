"""What every test may ask for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import logs
from tests.town import Kernel, Town, a_town

logs.begin("WARNING")


@pytest.fixture(scope="session")
def kernel() -> Kernel:
    """The guide and the places, read once."""
    return Kernel.load()


@pytest.fixture
async def town(tmp_path: Path, kernel: Kernel) -> AsyncIterator[Town]:
    """The real bot among people."""
    async with a_town(tmp_path, kernel) as built:
        yield built
