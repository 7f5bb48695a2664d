"""The ledger: who was told, how what is open ends, which sources may go, and audiences that are copied in pieces."""

import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.chats import ChatKind
from bot.domain.deliveries import DeliveryStatus, Reason, Settlement, SourceKind, Urgency
from bot.domain.ids import ChatId, SourceId
from bot.storage import chats, deliveries, freezing, sources
from bot.storage.database import MIGRATIONS, Database
from tests.fakes import NOON
from tests.services.ledger import a_ledger, letters, owe, tally

S = DeliveryStatus
CHAT = ChatId(1)
NOTICE, CAMPAIGN = Urgency.NOTICE, Urgency.CAMPAIGN


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    async with a_ledger(tmp_path) as db:
        yield db


async def claim(db: Database, urgency: Urgency = NOTICE, limit: int = 100, after: float = 0) -> list[ChatId]:
    """The chats whose letters are taken now."""
    now = NOON + timedelta(seconds=after)
    taken = await db.write(lambda connection: deliveries.claim(connection, now, limit, urgency))
    return [one.delivery.chat_id for one in taken]


async def settle(db: Database, status: S, reason: Reason = Reason.NONE) -> None:
    """Everything that is on its way ends so."""
    moving = [one.id for one in await letters(db) if one.status is S.SENDING]
    settlements = [Settlement(id, status, reason) for id in moving]
    await db.write(lambda connection: deliveries.settle(connection, settlements, NOON))


async def cancel(db: Database) -> None:
    async with db.transaction() as tx:
        await deliveries.cancel_owed(tx, CHAT, NOON)


async def stop(db: Database, source: SourceId) -> bool:
    async with db.transaction() as tx:
        return await sources.stop(tx, source)


async def standing(db: Database) -> tuple[S, Reason]:
    [one] = await letters(db)
    return one.status, one.reason


async def counted(db: Database) -> bool:
    """Whether the kept counters are what one would count."""
    kept = await db.read.execute_fetchall("SELECT source_id, status, n FROM tallies WHERE n <> 0 ORDER BY 1, 2")
    rows = await db.read.execute_fetchall(
        "SELECT source_id, status, count(*) FROM deliveries GROUP BY source_id, status ORDER BY 1, 2"
    )
    return [tuple(row) for row in kept] == [tuple(row) for row in rows]


async def test_who_waits_to_be_told_once_more_may_have_been_told(db: Database) -> None:
    source = await owe(db, [1])
    assert await sources.told(db.read, source) == []
    await claim(db)
    await settle(db, S.QUEUED, Reason.REPEATED)

    assert await standing(db) == (S.QUEUED, Reason.REPEATED)
    assert await sources.told(db.read, source) == [CHAT]
    assert await sources.was_told(db.read, source, CHAT)


@pytest.mark.parametrize("way", ["cancelled", "expired", "stopped", "superseded", "refused"])
async def test_what_may_have_arrived_ends_uncertain_however_it_is_stopped(db: Database, way: str) -> None:
    source = await owe(db, [1], not_after=NOON + timedelta(minutes=1) if way == "expired" else None)
    await claim(db)
    await settle(db, S.QUEUED, Reason.REPEATED)

    if way == "cancelled":
        await cancel(db)
    elif way == "expired":
        assert await claim(db, after=120) == []
    elif way == "stopped":
        assert await stop(db, source)
        await db.write(lambda connection: freezing.end_what_is_over(connection, NOON))
    elif way == "superseded":
        [row] = await db.write(lambda connection: connection.execute("SELECT * FROM deliveries").fetchall())
        await db.write(lambda connection: deliveries.end(connection, [row], S.SKIPPED, Reason.SUPERSEDED, NOON))
    else:
        await claim(db)
        await settle(db, S.REFUSED, Reason.BLOCKED)

    assert await standing(db) == (S.UNCERTAIN, Reason.CRASH)
    assert (await tally(db, source)).counts == {S.UNCERTAIN: 1}
    assert await sources.told(db.read, source) == [CHAT]
    assert await counted(db)


@pytest.mark.parametrize(
    ("came_of_it", "ends"),
    [(S.SENT, S.SENT), (S.UNCERTAIN, S.UNCERTAIN), (S.QUEUED, S.CANCELLED), (S.REFUSED, S.CANCELLED)],
)
async def test_what_is_cancelled_on_its_way_ends_as_it_was(db: Database, came_of_it: S, ends: S) -> None:
    source = await owe(db, [1])
    await claim(db)

    await cancel(db)

    assert await sources.was_told(db.read, source, CHAT), "it may be arriving"
    await settle(db, came_of_it)
    assert (await standing(db))[0] is ends
    assert await sources.was_told(db.read, source, CHAT) is (ends is not S.CANCELLED)
    assert await counted(db)


async def test_what_was_cancelled_on_its_way_is_uncertain_after_a_crash_and_not_sent_again(db: Database) -> None:
    await owe(db, [1])
    await claim(db)
    await cancel(db)

    await db.write(lambda connection: deliveries.recover(connection, NOON))

    assert await standing(db) == (S.UNCERTAIN, Reason.CRASH)


async def test_whoever_opts_out_gets_no_campaign_and_every_notice(db: Database) -> None:
    campaign = await owe(db, [1, 2], urgency=CAMPAIGN)
    await owe(db, [1], urgency=NOTICE)

    async with db.transaction() as tx:
        await deliveries.opt_out(tx, CHAT, NOON)

    assert await claim(db, CAMPAIGN) == [2]
    assert await claim(db) == [1]
    assert (await tally(db, campaign)).counts == {S.SKIPPED: 1, S.SENDING: 1}


async def reminder(db: Database, lead: str, minutes: int, subject: int = 7) -> SourceId:
    async with db.transaction() as tx:
        return await deliveries.owe(
            tx,
            SourceKind.QUESTION,
            subject,
            lead,
            [CHAT, ChatId(2)],
            urgency=NOTICE,
            due_at=NOON + timedelta(minutes=minutes),
            not_after=NOON + timedelta(minutes=minutes + 60),
            latest_only=True,
        )


async def test_of_several_reminders_due_to_one_chat_only_the_latest_goes(db: Database) -> None:
    await owe(db, [1, 2], urgency=Urgency.DESK)
    first, second = await reminder(db, "3 days", 1), await reminder(db, "1 day", 2)
    last, other = await reminder(db, "2 hours", 50), await reminder(db, "3 days", 1, subject=8)

    assert sorted(await claim(db, after=180)) == [1, 1, 2, 2]

    assert (await tally(db, first)).counts == {S.SKIPPED: 2}
    assert (await tally(db, second)).counts == {S.SENDING: 2}
    assert (await tally(db, last)).counts == {S.QUEUED: 2}
    assert (await tally(db, other)).counts == {S.SENDING: 2}
    assert await counted(db)


async def test_a_reminder_is_not_skipped_for_one_that_was_called_off(db: Database) -> None:
    first, second = await reminder(db, "3 days", 1), await reminder(db, "1 day", 2)
    await stop(db, second)

    assert sorted(await claim(db, after=180)) == [1, 2]
    assert (await tally(db, first)).counts == {S.SENDING: 2}


@pytest.mark.parametrize("urgency", [NOTICE, CAMPAIGN])
async def test_a_paused_source_sends_nothing_and_holds_up_nobody(db: Database, urgency: Urgency) -> None:
    await owe(db, range(1, 6), urgency=urgency, occasion="paused")
    await owe(db, range(11, 14), urgency=urgency, occasion="open", due_at=NOON + timedelta(seconds=5))
    async with db.transaction() as tx:
        paused = (await sources.of(tx, SourceKind.QUESTION, 1))[0].id
        assert await sources.pause(tx, paused)
        assert not await sources.pause(tx, paused)

    assert await deliveries.next_due(db.read) == NOON + timedelta(seconds=5)
    assert await claim(db, urgency, after=5) == [11, 12, 13]
    assert await deliveries.next_due(db.read) is None

    async with db.transaction() as tx:
        assert await sources.resume(tx, paused)
    assert await claim(db, urgency) == [1, 2, 3, 4, 5]


async def test_quiet_hours_hold_a_campaign_until_they_end(db: Database) -> None:
    campaign = await owe(db, [1], urgency=CAMPAIGN)
    async with db.transaction() as tx:
        await sources.hold(tx, campaign, NOON + timedelta(hours=11))

    assert await claim(db, CAMPAIGN) == []
    assert await deliveries.next_due(db.read) == NOON + timedelta(hours=11)
    assert await claim(db, CAMPAIGN, after=11 * 3600) == [1]


async def test_a_stopped_source_ends_in_pieces_and_adds_up_after_each(db: Database) -> None:
    campaign = await owe(db, range(1, 101), urgency=CAMPAIGN)
    await claim(db, CAMPAIGN, limit=10)
    assert await stop(db, campaign)
    assert not await stop(db, campaign)

    waiting = []
    while await freezing.anything_is_over(db.read, NOON):
        await db.write(lambda connection: freezing.end_what_is_over(connection, NOON, 40))
        found = await tally(db, campaign)
        waiting.append(found.of(S.QUEUED))
        assert found.audience == 100
        assert await counted(db)

    assert waiting == [50, 10, 0]
    assert (await tally(db, campaign)).counts == {S.SENDING: 10, S.CANCELLED: 90}


async def test_a_campaign_past_its_not_after_expires_in_pieces(db: Database) -> None:
    campaign = await owe(db, range(1, 31), urgency=CAMPAIGN, not_after=NOON + timedelta(minutes=1))
    later = NOON + timedelta(minutes=2)

    assert not await freezing.anything_is_over(db.read, NOON)
    for _ in range(2):
        await db.write(lambda connection: freezing.end_what_is_over(connection, later, 20))

    assert not await freezing.anything_is_over(db.read, later)
    assert (await tally(db, campaign)).counts == {S.EXPIRED: 30}


async def known(db: Database, *ids: int) -> None:
    async with db.transaction() as tx:
        for id in ids:
            await chats.started(tx, ChatId(id), ChatKind.PRIVATE if id > 0 else ChatKind.GROUP, NOON)


async def begin(db: Database) -> SourceId:
    async with db.transaction() as tx:
        return await freezing.begin(tx, SourceKind.QUESTION, 1, "launch", due_at=NOON)


async def test_an_audience_is_copied_in_pieces_and_sent_when_it_is_whole(db: Database) -> None:
    await known(db, -5, *range(1, 100))
    campaign = await begin(db)
    await known(db, 500)  # after the launch
    assert await freezing.unfinished(db.read) == [campaign]

    pieces = 0
    while await db.write(
        lambda connection: freezing.freeze(
            connection, campaign, "kind = 'private' AND chat_id % :two = 0", {"two": 2}, chunk=30
        )
    ):
        pieces += 1
        assert await claim(db, CAMPAIGN) == []
        assert await begin(db) == campaign, "a launch that is repeated after a crash goes on where it was"

    assert pieces == 4
    assert await freezing.unfinished(db.read) == []
    assert (await tally(db, campaign)).counts == {S.QUEUED: 49}
    assert await claim(db, CAMPAIGN) == list(range(2, 99, 2))
    assert await counted(db)


async def test_a_campaign_stopped_while_its_audience_is_copied_sends_nothing(db: Database) -> None:
    await known(db, *range(1, 100))
    campaign = await begin(db)
    assert await db.write(lambda connection: freezing.freeze(connection, campaign, "TRUE", chunk=30))
    await stop(db, campaign)

    assert not await db.write(lambda connection: freezing.freeze(connection, campaign, "TRUE", chunk=30))
    await db.write(lambda connection: freezing.end_what_is_over(connection, NOON))

    assert (await tally(db, campaign)).counts == {S.CANCELLED: 30}


async def test_the_failed_and_the_uncertain_go_once_more_when_a_person_says_so(db: Database) -> None:
    campaign = await owe(db, [1, 2], urgency=CAMPAIGN)
    await claim(db, CAMPAIGN, limit=1)
    await settle(db, S.UNCERTAIN, Reason.UNKNOWN_FATE)
    await claim(db, CAMPAIGN, limit=1)
    await settle(db, S.FAILED, Reason.OUR_MISTAKE)

    async with db.transaction() as tx:
        assert await freezing.requeue(tx, campaign, S.UNCERTAIN, NOON) == 1
        assert await freezing.requeue(tx, campaign, S.FAILED, NOON) == 1

    assert [(one.status, one.reason) for one in await letters(db)] == [
        (S.QUEUED, Reason.REPEATED),
        (S.QUEUED, Reason.NONE),
    ]
    assert await sources.told(db.read, campaign) == [1]
    assert await counted(db)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM tallies WHERE status = 0 AND n > 0",
        "SELECT id FROM sources WHERE state IN (1, 2)",
        "SELECT id FROM deliveries WHERE source_id IN (SELECT id FROM sources) AND chat_id = 1",
        "SELECT due_at FROM deliveries WHERE status = 0 AND urgency = 2 AND source_id = 1 ORDER BY due_at, id LIMIT 1",
        "SELECT due_at FROM deliveries WHERE status = 0 AND urgency < 2 AND urgency = 1 AND due_at <= 5 "
        "ORDER BY due_at, id LIMIT 1",
    ],
)
async def test_no_question_of_the_sending_path_reads_all_rows(db: Database, statement: str) -> None:
    plan = [row["detail"] for row in await db.read.execute_fetchall(f"EXPLAIN QUERY PLAN {statement}")]

    assert not [step for step in plan if step.startswith("SCAN") and "INDEX" not in step], plan
    assert not [step for step in plan if "TEMP B-TREE" in step], plan


async def test_a_ledger_of_the_first_house_is_counted_when_it_is_opened(tmp_path: Path) -> None:
    file = tmp_path / "bot.sqlite3"
    first = (MIGRATIONS / "0001_house.sql").read_text(encoding="utf-8")
    with sqlite3.connect(file) as old:
        old.executescript(
            f"{first}; CREATE TABLE migrations (name TEXT PRIMARY KEY) STRICT;"
            "INSERT INTO migrations VALUES ('0001_house');"
            "INSERT INTO sources VALUES (1, 'question', 1, 'words 1', 0, NULL, 0);"
            "INSERT INTO deliveries (source_id, chat_id, urgency, status, due_at) VALUES (1, 1, 0, 2, 0), (1, 2, 0, 0, 0);"
        )
    old.close()

    async with a_ledger(tmp_path) as db:
        assert (await tally(db, SourceId(1))).counts == {S.SENT: 1, S.QUEUED: 1}
        assert await deliveries.next_due(db.read) is not None
