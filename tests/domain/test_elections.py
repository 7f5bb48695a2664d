"""A deadline is a property of an election: it moves with the voting day, and says when one may campaign."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.elections import (
    Deadline,
    Election,
    ElectionKind,
    ElectionStatus,
    Kenesh,
    Key,
    May,
    PastElection,
    Seen,
    UsualDeadline,
    Whom,
    moved,
    propose,
    shifts,
)
from bot.domain.guide import Citation
from bot.domain.ids import ChatId, ElectionId, Language, PlaceSlug, Slug

BISHKEK = ZoneInfo("Asia/Bishkek")
TITLE = {Language.KY: "мөөнөт", Language.RU: "срок"}
PAGE = Citation("page", TITLE, "", TITLE, "https://example.org/")
PAST = PastElection("local_2024", date(2024, 11, 17), TITLE)


def usual(key: str, days: int, hour: str = "", *, end: bool = False) -> UsualDeadline:
    row = Seen(PAST, days, hour, PAGE, "single", "line")
    return UsualDeadline(
        key, frozenset(Kenesh), frozenset({Whom.CANDIDATE}), TITLE, end, Slug("election-dates"), (row,)
    )


USUAL = (
    usual("aiyl_nomination_ends", -31, "18:00", end=True),
    usual(Key.AIYL_CAMPAIGN, -20),
    usual("withdrawal_ends", -4, "24:00", end=True),
    usual(Key.SILENCE, -1, "08:00"),
    usual(Key.VOTING, 0),
)
BY_KEY = {one.key: one for one in USUAL}


def election(voting_day: date = date(2024, 11, 17), status: ElectionStatus = ElectionStatus.CALLED) -> Election:
    return Election(
        id=ElectionId(1),
        places=frozenset({PlaceSlug("kg")}),
        kenesh=Kenesh.AIYL,
        kind=ElectionKind.REGULAR,
        voting_day=voting_day,
        act="Указ № 256",
        status=status,
        deadlines=propose(USUAL, Kenesh.AIYL, voting_day),
        created_by=ChatId(1),
    )


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2024-10-27 23:59", May.NOT_YET),
        ("2024-10-28 00:00", May.YES),
        ("2024-11-16 07:59", May.YES),
        ("2024-11-16 08:00", May.SILENCE),
        ("2024-11-17 23:59", May.SILENCE),
        ("2024-11-18 00:00", May.OVER),
    ],
)
def test_whether_one_may_campaign_follows_the_dates_to_the_minute(at: str, said: May) -> None:
    now = datetime.fromisoformat(at).replace(tzinfo=BISHKEK)

    assert election().campaign(BISHKEK).on(now) is said


def test_without_a_known_beginning_nobody_is_told_yes() -> None:
    called = election()
    silent_about = replace(called, deadlines=tuple(one for one in called.deadlines if one.key != Key.AIYL_CAMPAIGN))

    assert silent_about.campaign(BISHKEK).on(datetime(2024, 11, 1, tzinfo=BISHKEK)) is May.UNKNOWN


@pytest.mark.parametrize(
    ("at", "silent"),
    [("2024-11-16 07:59", False), ("2024-11-16 08:00", True), ("2024-11-17 23:59", True), ("2024-11-18 00:00", False)],
)
def test_silence_lasts_from_its_hour_to_the_end_of_voting_day(at: str, silent: bool) -> None:
    now = datetime.fromisoformat(at).replace(tzinfo=BISHKEK)

    assert election().silent(now, BISHKEK) is silent
    assert not election(status=ElectionStatus.DRAFT).silent(now, BISHKEK)


def test_a_last_day_ends_at_its_hour_or_with_the_day_and_a_first_day_begins_it() -> None:
    plan = {one.key: one.moment(BISHKEK) for one in election().deadlines}

    assert plan["aiyl_nomination_ends"] == datetime(2024, 10, 17, 18, tzinfo=BISHKEK)
    assert plan["withdrawal_ends"] == datetime(2024, 11, 14, tzinfo=BISHKEK)
    assert plan[Key.AIYL_CAMPAIGN] == datetime(2024, 10, 28, tzinfo=BISHKEK)


def test_a_moved_voting_day_moves_all_and_nothing_stays_confirmed() -> None:
    called = election()
    own = Deadline("own", TITLE, date(2024, 11, 1), "", frozenset({Whom.CANDIDATE}), True, basis="план")
    confirmed = tuple(one.confirm("план ТИК", hour="17:00") if one.hour == "18:00" else one for one in called.deadlines)
    later = moved((*confirmed, own), BY_KEY, called.voting_day, date(2024, 11, 24))

    assert not any(one.confirmed for one in later)
    assert {one.key: one.day for one in later} == {one.key: one.day + timedelta(days=7) for one in (*confirmed, own)}
    assert {one.was.key for one in shifts((*confirmed, own), later) if one.was} == {
        one.key for one in (*confirmed, own)
    }


def test_what_did_not_move_is_not_told() -> None:
    called = election()
    first, *rest = called.deadlines
    changed = (replace(first, day=first.day + timedelta(days=1)), *rest)

    assert [(one.was, one.now) for one in shifts(called.deadlines, changed)] == [(first, changed[0])]
    assert [(one.was, one.now) for one in shifts(called.deadlines, tuple(rest))] == [(first, None)]
    assert shifts(called.deadlines, called.deadlines) == ()


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-400, 400))
def test_moving_there_and_back_gives_the_first_plan_again(voting_day: date, by: int) -> None:
    plan = propose(USUAL, Kenesh.AIYL, voting_day)
    there = moved(plan, BY_KEY, voting_day, voting_day + timedelta(days=by))

    assert moved(there, BY_KEY, voting_day + timedelta(days=by), voting_day) == plan
