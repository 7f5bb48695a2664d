"""Whom a hearing is told to and when, on the ledger with a steered clock: digests, crashes, cancels, and what is never
said."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.chats import ChatKind, Role
from bot.domain.deliveries import DeliveryStatus, Settlement, SourceKind, Urgency
from bot.domain.hearings import HearingId, HearingKind, Terms
from bot.domain.ids import ChatId, PlaceSlug, UpdateId
from bot.domain.listening import Cadence
from bot.domain.places import COUNTRY
from bot.guide.place_search import find
from bot.ports import Letter
from bot.services.authority import Authority
from bot.services.hearings import Hearings, build_hearings
from bot.services.places import PlaceBook
from bot.storage import chats, deliveries, listeners, roles, sources
from bot.storage.database import Database
from tests.fakes import NOON, FixedClock
from tests.services.ledger import a_ledger
from tests.town import Kernel

NURGUL, AIGERIM, GROUP = ChatId(1), ChatId(2), ChatId(-3)
TUP = PlaceSlug("tup")
BISHKEK = ZoneInfo("Asia/Bishkek")


class Village:
    """Hearings on a real file, with a clock that stands still until it is set."""

    def __init__(self, db: Database, clock: FixedClock, hearings: Hearings) -> None:
        self.db, self.clock, self.hearings = db, clock, hearings
        self.causes = 0

    def cause(self) -> UpdateId:
        self.causes += 1
        return UpdateId(self.causes)

    async def announce(self, **changes: object) -> HearingId:
        usual = Terms(
            place=TUP, kind=HearingKind.BUDGET, topic="Бюджет", venue="Клуб", starts_at=NOON + timedelta(days=10),
            organiser="АО", contact="0555",
        )  # fmt: skip
        draft = await self.hearings.drafts.begin(NURGUL, replace(usual, **changes), self.cause())  # type: ignore[arg-type]
        return (await self.hearings.announce(NURGUL, draft.id, self.cause())).id

    async def move(self, id: HearingId, at: datetime) -> None:
        draft = await self.hearings.drafts.edit(NURGUL, id, self.cause())
        await self.hearings.drafts.save(NURGUL, draft.id, replace(draft.terms, starts_at=at))
        await self.hearings.move(NURGUL, draft.id, self.cause())

    async def send_all(self, ended: DeliveryStatus = DeliveryStatus.SENT) -> list[tuple[ChatId, Letter | None]]:
        """What is due now is claimed, written, and ends so."""

        def take(connection: object) -> list[deliveries.Claimed]:
            found = []
            for urgency in (Urgency.DESK, Urgency.NOTICE):
                found += deliveries.claim(connection, self.clock.now(), 100, urgency)  # type: ignore[arg-type]
            return found

        told = []
        for one in await self.db.write(take):
            letter = await self.hearings.letters(one.source, one.delivery.chat_id)
            status = ended if letter else DeliveryStatus.SKIPPED
            done = Settlement(one.delivery.id, status)
            await self.db.write(lambda connection, done=done: deliveries.settle(connection, [done], self.clock.now()))  # type: ignore[misc]
            told.append((one.delivery.chat_id, letter))
        return told

    async def statuses(self, id: HearingId, kind: SourceKind = SourceKind.HEARING) -> list[tuple[str, ChatId, str]]:
        """Occasion, chat and status of every row of a kind."""
        found = []
        for source in await sources.of(self.db.read, kind, id):
            rows = await deliveries.letters_of(self.db.read, kind, id)
            found += [(source.occasion, one.chat_id, one.status.name) for one in rows if one.source_id == source.id]
        return found


@pytest.fixture
async def village(tmp_path: Path, kernel: Kernel) -> AsyncIterator[Village]:
    clock = FixedClock()
    async with a_ledger(tmp_path) as db:
        authority = Authority(db, clock, kernel.places)
        book = PlaceBook(db, clock, kernel.places, find, authority)
        hearings = build_hearings(db, clock, book, BISHKEK, "a_bot", lambda: None)
        async with db.transaction() as tx:
            for chat in (NURGUL, AIGERIM, GROUP):
                await chats.started(tx, chat, ChatKind.GROUP if chat < 0 else ChatKind.PRIVATE, NOON)
            await roles.grant(tx, NURGUL, Role.COORDINATOR, COUNTRY, None, NOON)
            for chat in (AIGERIM, GROUP):
                await listeners.follow(tx, chat, TUP, NOON)
        yield Village(db, clock, hearings)


async def test_a_move_is_told_to_exactly_those_who_were_told_and_the_rest_hear_of_it_as_it_is(village: Village) -> None:
    id = await village.announce()
    await village.hearings.follow.cadence(GROUP, Cadence.WEEKLY)
    await village.send_all()
    async with village.db.transaction() as tx:
        await chats.started(tx, ChatId(9), ChatKind.PRIVATE, NOON)
        await listeners.follow(tx, ChatId(9), TUP, NOON)

    await village.move(id, NOON + timedelta(days=11))

    assert {chat for occasion, chat, _s in await village.statuses(id) if occasion == "moved r2"} == {AIGERIM, GROUP}


async def test_whose_notice_still_waited_is_never_told_was_and_now(village: Village) -> None:
    await village.hearings.follow.cadence(AIGERIM, Cadence.WEEKLY)
    id = await village.announce()
    await village.send_all()

    await village.move(id, NOON + timedelta(days=11))
    told = {chat: letter.text for chat, letter in await village.send_all() if letter is not None}

    assert "өзгөрдү" not in told[AIGERIM] and "→" not in told[AIGERIM]
    assert "→" in told[GROUP]


async def test_an_uncertain_letter_counts_as_told(village: Village) -> None:
    id = await village.announce()
    await village.send_all(DeliveryStatus.UNCERTAIN)
    await village.move(id, NOON + timedelta(days=11))

    assert all("→" in letter.text for chat, letter in await village.send_all() if letter and not letter.in_place_of)


async def test_three_moves_in_a_row_tell_what_this_chat_knew_last(village: Village) -> None:
    id = await village.announce()
    await village.send_all()
    await village.move(id, NOON + timedelta(days=11))
    await village.move(id, NOON + timedelta(days=12))

    told = [letter for _chat, letter in await village.send_all() if letter and not letter.in_place_of]

    assert len(told) == 2
    assert all("2-декабрь" in letter.text and "4-декабрь" in letter.text for letter in told)
    assert all("3-декабрь" not in letter.text for letter in told)


async def test_a_digest_never_delays_beyond_48_hours_before_the_start_or_the_deadline(village: Village) -> None:
    await village.hearings.follow.cadence(AIGERIM, Cadence.WEEKLY)
    start = await village.announce(starts_at=NOON + timedelta(hours=60))
    until = await village.announce(topic="Иное", proposals_until=NOON + timedelta(days=2, hours=1))
    soon = await village.announce(topic="Скоро", starts_at=NOON + timedelta(hours=30))
    far = await village.announce(topic="Нескоро", starts_at=NOON + timedelta(days=30))

    due = {}
    for id in (start, until, soon, far):
        rows = await deliveries.letters_of(village.db.read, SourceKind.HEARING, id)
        due[id] = next(one.due_at for one in rows if one.chat_id == AIGERIM)

    assert due[start] == NOON + timedelta(hours=12)
    assert due[until] == NOON + timedelta(hours=1)
    assert due[soon] == NOON
    assert due[far].astimezone(BISHKEK).strftime("%a %H:%M") == "Mon 09:00"


async def test_after_a_cancel_commits_no_request_begins_even_for_a_letter_already_claimed(village: Village) -> None:
    id = await village.announce()
    claimed = await village.db.write(lambda db: deliveries.claim(db, village.clock.now(), 10, Urgency.NOTICE))
    assert len(claimed) == 2

    await village.hearings.cancel(NURGUL, id, "Нет света", village.cause())

    for one in claimed:
        assert await deliveries.address(village.db.read, one.delivery.id) is None
    done = [Settlement(one.delivery.id, DeliveryStatus.QUEUED) for one in claimed]
    await village.db.write(lambda db: deliveries.settle(db, done, village.clock.now()))
    assert await village.send_all() == []
    village.clock.at += timedelta(minutes=1)
    assert [letter for _chat, letter in await village.send_all() if letter is not None] == []


async def test_a_cancelled_hearing_is_told_to_whom_its_letter_was_on_the_way_once_that_is_known(
    village: Village,
) -> None:
    id = await village.announce()
    claimed = await village.db.write(lambda db: deliveries.claim(db, village.clock.now(), 10, Urgency.NOTICE))
    await village.hearings.cancel(NURGUL, id, "Нет света", village.cause())
    sent = [Settlement(one.delivery.id, DeliveryStatus.SENT) for one in claimed if one.delivery.chat_id == AIGERIM]
    lost = [Settlement(one.delivery.id, DeliveryStatus.CANCELLED) for one in claimed if one.delivery.chat_id == GROUP]
    await village.db.write(lambda db: deliveries.settle(db, [*sent, *lost], village.clock.now()))

    village.clock.at += timedelta(minutes=1)
    told = {chat: letter for chat, letter in await village.send_all() if letter is not None}

    assert list(told) == [AIGERIM]
    assert "Нет света" in told[AIGERIM].text


async def test_the_same_update_twice_announces_moves_and_cancels_once(village: Village) -> None:
    draft = await village.hearings.drafts.begin(
        NURGUL, Terms(TUP, HearingKind.BUDGET, "Бюджет", NOON + timedelta(days=5), "Клуб"), village.cause()
    )
    cause = village.cause()
    first = await village.hearings.announce(NURGUL, draft.id, cause)
    again = await village.hearings.announce(NURGUL, draft.id, cause)
    assert first.id == again.id
    cause = village.cause()
    await village.hearings.cancel(NURGUL, first.id, "Нет", cause)
    assert (await village.hearings.cancel(NURGUL, first.id, "Нет", cause)).revision == 2


async def test_after_downtime_only_the_reminder_that_still_holds_goes_and_no_other(village: Village) -> None:
    id = await village.announce()
    await village.send_all()
    for hours, expected in ((35, 0), (20, 2), (3, 0), (1, 2), (0, 0)):
        village.clock.at = NOON + timedelta(days=10) - timedelta(hours=hours)
        told = [letter for _chat, letter in await village.send_all() if letter and "⏰" in letter.text]
        assert len(told) == expected, hours
    rows = await village.statuses(id, SourceKind.HEARING_REMINDER)
    assert {status for occasion, _chat, status in rows if occasion.startswith("3d")} == {"EXPIRED"}
    assert {status for occasion, _chat, status in rows if not occasion.startswith("3d")} == {"SENT"}


async def test_a_reminder_never_comes_twice_to_one_chat(village: Village) -> None:
    id = await village.announce()
    await village.hearings.come.remind_me(id, AIGERIM)
    await village.hearings.come.remind_me(id, AIGERIM)

    rows = await village.statuses(id, SourceKind.HEARING_REMINDER)

    assert len([one for one in rows if one[1] == AIGERIM]) == 3


async def test_only_the_kinds_one_follows_are_told(village: Village) -> None:
    await village.hearings.follow.kind(AIGERIM, HearingKind.PLANNING, True)
    budget = await village.announce()
    plan = await village.announce(kind=HearingKind.PLANNING, topic="Генплан")

    assert [chat for _o, chat, _s in await village.statuses(budget)] == [GROUP]
    assert {chat for _o, chat, _s in await village.statuses(plan)} == {AIGERIM, GROUP}
