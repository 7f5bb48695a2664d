"""calendar.toml: what past elections had is told exactly, and the rest is said to be wrong, with its line."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.elections import Kenesh, UsualDeadline, propose
from bot.guide.calendar import load_calendar, read_calendar
from bot.guide.facts import Facts
from bot.guide.problems import BrokenGuide

ROOT = Path(__file__).resolve().parent.parent.parent
GUIDES = ROOT / "guides"
LAW = ROOT.parent / "shared" / "facts" / "law.md"

# What the pages of those years said, day by day: kenesh, voting day, key, the day they named.
HISTORY = (
    (Kenesh.CITY, "2024-11-17", "city_nomination_ends", "2024-10-07"),
    (Kenesh.CITY, "2024-11-17", "city_registration_ends", "2024-10-18"),
    (Kenesh.CITY, "2024-11-17", "city_campaign_begins", "2024-10-18"),
    (Kenesh.AIYL, "2024-11-17", "aiyl_nomination_ends", "2024-10-17"),
    (Kenesh.AIYL, "2024-11-17", "aiyl_campaign_begins", "2024-10-28"),
    (Kenesh.AIYL, "2024-11-17", "silence_begins", "2024-11-16"),
    (Kenesh.AIYL, "2024-11-17", "voter_list_check_ends", "2024-11-01"),
    (Kenesh.AIYL, "2024-11-17", "results_known", "2024-12-08"),
    (Kenesh.AIYL, "2023-04-09", "aiyl_nomination_ends", "2023-03-09"),
    (Kenesh.CITY, "2022-04-10", "city_nomination_ends", "2022-02-28"),
    (Kenesh.AIYL, "2021-04-11", "aiyl_registration_ends", "2021-03-22"),
    (Kenesh.AIYL, "2021-04-11", "ballots_made", "2021-04-01"),
    (Kenesh.AIYL, "2021-04-11", "withdrawal_ends", "2021-04-07"),
    (Kenesh.AIYL, "2021-04-11", "voted_lists_published", "2021-04-15"),
    # (Kenesh.CITY, "2021-04-11", "city_registration_ends", "2021-03-11"): E-31 then; 2024 and 2020 had E-30
    # (Kenesh.CITY, "2018-01-28", "city_campaign_begins", "2018-01-05"): E-23; the offsets moved over the years
    # (Kenesh.AIYL, "2020-04-12", "aiyl_nomination_ends", "2020-03-13"): E-30; since 2023 it has been E-31
)


@pytest.fixture(scope="module")
def usual() -> tuple[UsualDeadline, ...]:
    return load_calendar(GUIDES / "calendar.toml", Facts.load(GUIDES).citations)


@pytest.mark.parametrize(("kenesh", "voting", "key", "day"), HISTORY)
def test_what_is_proposed_is_what_that_election_had(
    usual: tuple[UsualDeadline, ...], kenesh: Kenesh, voting: str, key: str, day: str
) -> None:
    proposed = {one.key: one for one in propose(usual, kenesh, date.fromisoformat(voting))}

    assert proposed[key].day == date.fromisoformat(day)


def test_every_row_stands_in_the_fact_base(usual: tuple[UsualDeadline, ...]) -> None:
    if not LAW.exists() and not os.environ.get("REQUIRE_SHARED"):
        pytest.skip("the fact base is not beside this repository")
    law = LAW.read_text(encoding="utf-8")

    assert [row.line for deadline in usual for row in deadline.seen if row.line not in law] == []


def test_rows_stand_newest_first_and_an_awkward_one_is_never_proposed(usual: tuple[UsualDeadline, ...]) -> None:
    for deadline in usual:
        days = [row.election.voting_day for row in deadline.seen]
        assert days == sorted(days, reverse=True), deadline.key
        proposed = deadline.proposed(date(2030, 5, 5))
        assert proposed is not None and proposed.by is not None and not proposed.by.awkward
        assert proposed.day == date(2030, 5, 5) + timedelta(days=proposed.by.days)
        assert not proposed.confirmed


def test_a_broken_calendar_says_what_is_wrong_and_where(tmp_path: Path) -> None:
    text = (GUIDES / "calendar.toml").read_text(encoding="utf-8")
    broken = tmp_path / "calendar.toml"
    facts = Facts.load(GUIDES)
    for right, wrong, said in (
        ('election = "local_2024", days = -61', 'election = "local_1999", days = -61', "unknown election 'local_1999'"),
        ('hour = "08:00"', 'hour = "8"', "hour '8' is not HH:MM"),
        ('whom = ["media"]', 'whom = ["press"]', "unknown whom 'press'"),
        ('article = "voting-day"', 'article = "no-such"', "there is no article 'no-such'"),
        ('confidence = "1 page"', 'confidence = "sure"', "unknown confidence 'sure'"),
        ('key = "media_prices"', 'key = "election_begins"', "election_begins: stands twice"),
    ):
        assert right in text
        broken.write_text(text.replace(right, wrong, 1), encoding="utf-8")
        slugs = {path.name.split(".")[0] for path in GUIDES.glob("*/*.ru.md")}
        _, problems = read_calendar(broken, facts.citations, slugs)

        assert [said in problem.message for problem in problems] == [True], (wrong, problems)
        assert problems[0].line > 1

    broken.write_text("[[deadlines]\n", encoding="utf-8")
    with pytest.raises(BrokenGuide, match="not TOML"):
        load_calendar(broken, facts.citations)
