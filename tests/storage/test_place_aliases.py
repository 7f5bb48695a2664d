"""What coordinators add to the tree: aliases and confirmed names."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.ids import ChatId, PlaceSlug
from bot.domain.places import PlaceAlias
from bot.storage import place_aliases
from bot.storage.database import Database
from tests.fakes import NOON

AIGUL, BAKYT = ChatId(11), ChatId(12)
DARA, LEILEK = PlaceSlug("dara"), PlaceSlug("leilek")


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "bot.sqlite3")
    yield database
    await database.close()


async def test_an_alias_is_kept_once_and_says_whether_it_is_new(db: Database):
    async with db.transaction() as tx:
        first = await place_aliases.add_alias(tx, "  Зардалы   айылы ", DARA, AIGUL, NOON)
        again = await place_aliases.add_alias(tx, "Зардалы айылы", DARA, BAKYT, NOON)

    assert (first, again) == (True, False)
    assert await place_aliases.aliases(db.read) == (PlaceAlias("Зардалы айылы", DARA),)


async def test_one_alias_may_mean_two_places_and_the_oldest_comes_first(db: Database):
    async with db.transaction() as tx:
        await place_aliases.add_alias(tx, "Зардалы", LEILEK, AIGUL, NOON)
        await place_aliases.add_alias(tx, "Зардалы", DARA, AIGUL, NOON - timedelta(days=1))

    assert [alias.place for alias in await place_aliases.aliases(db.read)] == [DARA, LEILEK]


async def test_a_name_is_confirmed_once(db: Database):
    async with db.transaction() as tx:
        first = await place_aliases.confirm_name(tx, DARA, AIGUL, NOON)
        again = await place_aliases.confirm_name(tx, DARA, BAKYT, NOON)

    assert (first, again) == (True, False)
    assert await place_aliases.confirmed(db.read) == {DARA}


async def test_what_a_forgotten_coordinator_gave_stays_without_them(db: Database):
    async with db.transaction() as tx:
        await place_aliases.add_alias(tx, "Зардалы", DARA, AIGUL, NOON)
        await place_aliases.add_alias(tx, "Ляйляк", LEILEK, BAKYT, NOON)
        await place_aliases.confirm_name(tx, DARA, AIGUL, NOON)
        await place_aliases.forget(tx, AIGUL)

    assert len(await place_aliases.aliases(db.read)) == 2
    assert await place_aliases.confirmed(db.read) == {DARA}
    givers = await db.read.execute_fetchall(
        "SELECT added_by FROM place_aliases UNION ALL SELECT confirmed_by FROM place_names_confirmed"
    )
    assert sorted(row[0] for row in givers) == [0, 0, BAKYT]
