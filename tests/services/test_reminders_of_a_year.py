"""A small year of reminders: everything due is sent, nothing late, nothing twice."""

from pathlib import Path

from bot.services.editing import OpenGuide
from tests.bench.reminders_of_a_year import a_year
from tests.town import Kernel


async def test_in_a_year_every_reminder_due_is_sent_once_and_in_time(tmp_path: Path, kernel: Kernel) -> None:
    figures = await a_year(tmp_path, 24, OpenGuide(kernel.edition))

    assert figures.due > 200
    assert figures.sent == figures.due
    assert figures.late == figures.repeated == 0
