"""A street of its own for each test, and what its logs must never hold."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.e2e.processes import Launcher, Street


@pytest.fixture(scope="session")
def launcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launcher]:
    """Forks processes."""
    built = Launcher(tmp_path_factory.mktemp("launcher") / "log")
    yield built
    built.close()


@pytest.fixture
async def road(launcher: Launcher, tmp_path: Path) -> AsyncIterator[Street]:
    """Neither server nor bot yet. At the end no log holds the token or any word that anybody typed."""
    async with aiohttp.ClientSession() as http:
        street = Street(launcher, tmp_path, http)
        try:
            yield street
        finally:
            street.end()
    logged = street.logs()
    assert street.token not in logged
    assert street.token.partition(":")[2] not in logged
    words = {word for text in street.typed if not text.startswith("/") for word in re.findall(r"\w{4,}", text)}
    assert [word for word in words if word in logged] == []


@pytest.fixture
async def street(road: Street) -> Street:
    """A server and a bot that runs."""
    await road.open()
    await road.live()
    return road


@pytest.fixture
async def hurried(road: Street) -> Street:
    """The same, and the bot's pauses are ten times shorter."""
    await road.open()
    await road.live(E2E_HURRY="10")
    return road
