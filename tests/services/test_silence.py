"""The silence before voting holds for the places of a called election, those above and those below; for no others."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.domain.elections import ElectionStatus
from bot.domain.ids import PlaceSlug
from bot.services.silence import Silence
from bot.storage import elections
from tests.elections import BISHKEK, an_election, keep
from tests.fakes import FixedClock
from tests.services.ledger import a_ledger
from tests.town import Kernel

IN_SILENCE = datetime(2027, 4, 10, 12, tzinfo=BISHKEK)
VOTING = date(2027, 4, 11)
ENDS = datetime(2027, 4, 12, tzinfo=BISHKEK)


@pytest.mark.parametrize(
    ("at", "places", "until"),
    [
        (IN_SILENCE, ("tort-gul",), ENDS),
        (IN_SILENCE, ("kg",), ENDS),
        (IN_SILENCE, (), ENDS),
        (IN_SILENCE, ("bishkek",), None),
        (IN_SILENCE, ("bishkek", "tort-gul"), ENDS),
        (datetime(2027, 4, 10, 7, 59, tzinfo=BISHKEK), ("tort-gul",), None),
        (ENDS, ("tort-gul",), None),
    ],
)
async def test_silence_is_known_by_place(
    tmp_path: Path, kernel: Kernel, at: datetime, places: tuple[str, ...], until: datetime | None
) -> None:
    async with a_ledger(tmp_path) as db:
        await keep(db, an_election(VOTING), at, 1)
        silence = Silence(db, FixedClock(at), kernel.places, BISHKEK)

        assert await silence(tuple(PlaceSlug(one) for one in places)) == until


async def test_an_election_not_called_holds_nothing(tmp_path: Path, kernel: Kernel) -> None:
    async with a_ledger(tmp_path) as db:
        await keep(db, replace(an_election(VOTING), status=ElectionStatus.DRAFT), IN_SILENCE, 1)

        assert await Silence(db, FixedClock(IN_SILENCE), kernel.places, BISHKEK)() is None


async def test_a_plan_is_read_as_it_was_written(tmp_path: Path) -> None:
    async with a_ledger(tmp_path) as db:
        kept = await keep(db, an_election(VOTING), IN_SILENCE, 1)

        assert await elections.by_id(db.read, kept.id) == kept
