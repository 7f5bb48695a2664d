"""Campaigns: approval is pinned, nobody is lost, nobody gets two, sums add up, and troubles end well."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Kernel
from bot.domain.campaigns import (
    CampaignStatus,
    CampaignTopic,
    ChangedSince,
    Draft,
    Halt,
    Incomplete,
    NotAtHome,
    OwnApproval,
    Silent,
    Warning,
)
from bot.domain.deliveries import OPEN, DeliveryStatus, Reason, Urgency
from bot.domain.errors import NotAllowed, WrongMove
from bot.domain.ids import CampaignId, ChatId, Language, PlaceSlug
from bot.ports import Failed, Later, Letter, Outcome, Refused, Sent, Unauthorized
from bot.storage import audiences, chats, homes, roles
from tests.services.campaign_hall import AIGUL, NURGUL, Hall, a_hall

ISSYK_KUL = "Иссык-Кульская область"


@pytest.fixture
async def hall(tmp_path: Path, kernel: Kernel) -> AsyncIterator[Hall]:
    async with a_hall(tmp_path, kernel.places) as built:
        yield built


def slug_of(kernel: Kernel, name: str) -> PlaceSlug:
    return next(place.slug for place in kernel.places if place.names[Language.RU] == name)


async def test_every_one_of_the_audience_ends_in_one_way_and_the_sum_is_the_audience(hall: Hall) -> None:
    blocked, out, gone, *others = await hall.people(12)

    def answers(chat: ChatId, letter: Letter, urgency: Urgency) -> Outcome:
        return Refused("blocked") if chat == blocked else Sent(len(hall.messenger.sent))  # type: ignore[arg-type]

    hall.messenger.answers = answers
    await hall.campaigns.stop(out)
    async with hall.db.transaction() as tx:
        await tx.execute("UPDATE chats SET reachable = 0 WHERE chat_id = ?", (gone,))
    one = await hall.launched()
    await hall.carry()

    rows, tally = await hall.rows(one), await hall.tally(one)
    assert rows[blocked] == (DeliveryStatus.REFUSED, Reason.BLOCKED)
    assert rows[out] == (DeliveryStatus.SKIPPED, Reason.OPTED_OUT)
    assert rows[gone] == (DeliveryStatus.SKIPPED, Reason.UNREACHABLE)
    assert tally.of(DeliveryStatus.SENT) == len(others) + 2
    assert tally.audience == 14 and tally.of(*OPEN) == 0
    assert (await hall.stands(one)).status is CampaignStatus.DONE
    assert set(hall.told("14</b>")) == {NURGUL, AIGUL}  # the report
    assert len(hall.told("Здравствуйте")) == len(set(hall.told("Здравствуйте")))


async def test_any_edit_voids_the_approval_and_an_old_screen_approves_nothing(hall: Hall) -> None:
    one = await hall.draft()
    await hall.campaigns.approve.submit(NURGUL, one.id, one.draft.hash, hall.cause())
    new = await hall.change(one, lambda draft: replace(draft, content=replace(draft.content, signed="Другой")))

    assert new.status is CampaignStatus.DRAFT
    with pytest.raises(ChangedSince):
        await hall.campaigns.approve(AIGUL, one.id, one.draft.hash, hall.cause())


async def test_an_author_does_not_approve_their_own_text(hall: Hall) -> None:
    one = await hall.draft()
    await hall.campaigns.approve.submit(NURGUL, one.id, one.draft.hash, hall.cause())

    with pytest.raises(OwnApproval):
        await hall.campaigns.approve(NURGUL, one.id, one.draft.hash, hall.cause())


async def test_few_people_need_no_second_pair_of_eyes_and_the_log_says_so(hall: Hall) -> None:
    one = await hall.draft()
    waived = await hall.campaigns.approve.waive(NURGUL, one.id, one.draft.hash, hall.cause())

    assert waived.status is CampaignStatus.APPROVED and waived.waived
    acts = [row["act"] for row in await hall.db.read.execute_fetchall("SELECT act FROM audit ORDER BY id")]
    assert "waive approval" in acts and "confirm information only" in acts
    await hall.people(5)
    other = await hall.draft()
    with pytest.raises(NotAllowed):
        await hall.campaigns.approve.waive(NURGUL, other.id, other.draft.hash, hall.cause())


async def test_a_missing_language_blocks_until_it_is_waived_knowingly(hall: Hall) -> None:
    one = await hall.draft(ky="")
    with pytest.raises(Incomplete):
        await hall.campaigns.approve.submit(NURGUL, one.id, one.draft.hash, hall.cause())

    def waive(draft: Draft) -> Draft:
        return replace(draft, content=replace(draft.content, waived=frozenset({Language.KY})))

    one = await hall.change(one, waive)
    [person] = await hall.people(1, language=Language.KY)
    await hall.launched(one)
    await hall.carry(seconds=5)
    assert person in hall.told("Здравствуйте")


async def test_two_who_press_the_same_button_launch_once(hall: Hall) -> None:
    await hall.people(3)
    one = await hall.approved()
    await hall.campaigns.launch(NURGUL, one.id, hall.cause())

    with pytest.raises(WrongMove):
        await hall.campaigns.launch(AIGUL, one.id, hall.cause())
    await hall.campaigns.tend()
    await hall.campaigns.tend()
    assert (await hall.tally(one)).audience == 5


async def test_a_pause_lets_nothing_more_out_and_says_how_many_are_left(hall: Hall) -> None:
    await hall.people(40)
    one = await hall.launched()
    standing = await hall.campaigns.pause(AIGUL, one.id, hall.cause())
    await hall.carry(seconds=3)

    assert standing.tally.of(DeliveryStatus.QUEUED) == 42
    assert hall.told("Здравствуйте") == []
    await hall.campaigns.pause.resume(NURGUL, one.id, hall.cause())
    await hall.carry(seconds=10)
    assert len(set(hall.told("Здравствуйте"))) == 42


async def test_a_cancelled_campaign_adds_up_and_is_reported(hall: Hall) -> None:
    await hall.people(40)
    one = await hall.launched()
    await hall.campaigns.cancel(NURGUL, one.id, hall.cause())
    await hall.carry(seconds=5)

    assert (await hall.tally(one)).counts == {DeliveryStatus.CANCELLED: 42}
    assert set(hall.told("42</b>")) == {NURGUL, AIGUL}


async def test_twenty_equal_failures_pause_and_the_rest_stays(hall: Hall) -> None:
    await hall.people(60)

    def answers(chat: ChatId, letter: Letter, urgency: Urgency) -> Outcome:
        return Failed("400 can't parse entities") if urgency is Urgency.CAMPAIGN else Sent(1)  # type: ignore[arg-type]

    hall.messenger.answers = answers
    one = await hall.launched()
    await hall.carry(seconds=10)

    stands, tally = await hall.stands(one), await hall.tally(one)
    assert (stands.status, stands.halt) == (CampaignStatus.PAUSED, Halt.FAILURES)
    assert tally.of(DeliveryStatus.QUEUED) > 20 and tally.audience == 62
    assert set(hall.told("двадцать писем подряд")) == {NURGUL, AIGUL}


async def test_a_token_revoked_in_the_middle_stops_and_keeps_everything(hall: Hall) -> None:
    await hall.people(60)

    def answers(chat: ChatId, letter: Letter, urgency: Urgency) -> Outcome:
        return Sent(len(hall.messenger.sent)) if len(hall.messenger.sent) < 20 else Unauthorized()  # type: ignore[arg-type]

    hall.messenger.answers = answers
    one = await hall.launched()
    courier = hall.courier()
    await hall.carry(courier, seconds=5)

    tally = await hall.tally(one)
    assert courier.figures().stopped_by_telegram
    assert tally.of(DeliveryStatus.SENT) >= 1
    assert tally.of(DeliveryStatus.SENT) + tally.of(DeliveryStatus.QUEUED) == tally.audience == 62
    assert (await hall.stands(one)).status is CampaignStatus.RUNNING


async def test_telegram_down_for_an_hour_loses_and_repeats_nothing(hall: Hall) -> None:
    await hall.people(20)
    until = hall.clock.monotonic() + 3600

    def answers(chat: ChatId, letter: Letter, urgency: Urgency) -> Outcome:
        return Later(30.0) if hall.clock.monotonic() < until else Sent(len(hall.messenger.sent))  # type: ignore[arg-type]

    hall.messenger.answers = answers
    one = await hall.launched()
    courier = hall.courier()
    await hall.carry(courier, seconds=3)
    assert (await hall.tally(one)).of(DeliveryStatus.QUEUED) == 22
    await hall.clock.jump(3600)
    await hall.carry(seconds=40)

    assert (await hall.tally(one)).counts == {DeliveryStatus.SENT: 22}


async def test_a_clock_set_back_repeats_nothing_and_the_rest_waits(hall: Hall) -> None:
    await hall.people(20)
    one = await hall.launched()
    hall.clock._start -= timedelta(hours=1)
    await hall.carry(seconds=3)
    assert hall.told("Здравствуйте") == []
    hall.clock._start += timedelta(hours=1)
    await hall.carry(seconds=5)

    assert (await hall.tally(one)).counts == {DeliveryStatus.SENT: 22}
    assert len(hall.told("Здравствуйте")) == 22


async def test_a_coordinator_removed_in_the_middle_pauses_and_hands_over(hall: Hall) -> None:
    await hall.people(40)
    one = await hall.launched()
    async with hall.db.transaction() as tx:
        await roles.revoke_all(tx, NURGUL, hall.clock.now())
    await hall.campaigns.tend()
    await hall.carry(seconds=3)

    stands = await hall.stands(one)
    assert (stands.status, stands.halt) == (CampaignStatus.PAUSED, Halt.AUTHOR_LEFT)
    assert hall.told("нет права") == [AIGUL]
    with pytest.raises(NotAllowed):
        await hall.campaigns.pause.resume(NURGUL, one.id, hall.cause())
    await hall.campaigns.pause.resume(AIGUL, one.id, hall.cause())
    await hall.carry(seconds=10)
    assert (await hall.stands(one)).author == AIGUL
    assert (await hall.tally(one)).counts == {DeliveryStatus.SENT: 42}


async def test_what_a_removed_coordinator_scheduled_does_not_begin(hall: Hall) -> None:
    one = await hall.draft()
    begins = hall.clock.now() + timedelta(seconds=10)
    one = await hall.change(one, lambda draft: replace(draft, schedule=replace(draft.schedule, begins_at=begins)))
    await hall.approved(one)
    async with hall.db.transaction() as tx:
        await roles.revoke_all(tx, NURGUL, hall.clock.now())
    await hall.carry(seconds=15)

    assert (await hall.stands(one)).status is CampaignStatus.PAUSED
    assert hall.told("Здравствуйте") == []


async def test_a_scheduled_campaign_begins_at_its_time(hall: Hall) -> None:
    one = await hall.draft()
    begins = hall.clock.now() + timedelta(seconds=5)
    one = await hall.change(one, lambda draft: replace(draft, schedule=replace(draft.schedule, begins_at=begins)))
    await hall.approved(one)
    await hall.carry(seconds=3)
    assert hall.told("Здравствуйте") == []
    await hall.carry(seconds=8)

    assert len(hall.told("Здравствуйте")) == 2


async def test_a_restored_file_sends_nothing_until_a_person_confirms(hall: Hall) -> None:
    await hall.people(40)
    one = await hall.launched()
    await hall.db.write(lambda db: homes.arrive(db, "another machine", hall.clock.now()))
    assert not await hall.campaigns.tend.arrive()
    await hall.carry(seconds=3)

    assert hall.told("Здравствуйте") == []
    with pytest.raises(NotAtHome):
        await hall.campaigns.pause.resume(NURGUL, one.id, hall.cause())
    assert await hall.campaigns.home(NURGUL, hall.cause())
    await hall.campaigns.pause.resume(NURGUL, one.id, hall.cause())
    await hall.carry(seconds=8)
    assert (await hall.tally(one)).counts == {DeliveryStatus.SENT: 42}


async def test_at_night_letters_wait_for_the_morning(hall: Hall) -> None:
    hall.clock._start += timedelta(hours=10)  # 22:00 in Bishkek
    one = await hall.launched()
    await hall.carry(seconds=3)
    assert hall.told("Здравствуйте") == []
    await hall.clock.jump(10 * 3600)
    await hall.carry(seconds=5)

    assert (await hall.tally(one)).counts == {DeliveryStatus.SENT: 2}


async def test_in_silence_only_how_to_vote_goes_and_two_must_release_it(hall: Hall) -> None:
    hall.silent_until = hall.clock.now() + timedelta(hours=5)
    other = await hall.approved()
    with pytest.raises(Silent):
        await hall.campaigns.launch(NURGUL, other.id, hall.cause())
    with pytest.raises(NotAllowed):
        await hall.campaigns.launch.release(NURGUL, other.id, hall.cause())

    def vote(draft: Draft) -> Draft:
        return replace(draft, content=replace(draft.content, topic=CampaignTopic.HOW_TO_VOTE))

    one = await hall.approved(await hall.change(await hall.draft(), vote))
    assert await hall.campaigns.launch.release(NURGUL, one.id, hall.cause()) == 1
    with pytest.raises(Silent):
        await hall.campaigns.launch(NURGUL, one.id, hall.cause())
    assert await hall.campaigns.launch.release(NURGUL, one.id, hall.cause()) == 1
    assert await hall.campaigns.launch.release(AIGUL, one.id, hall.cause()) == 2
    await hall.campaigns.launch(NURGUL, one.id, hall.cause())
    await hall.carry(seconds=5)
    assert (await hall.tally(one)).counts == {DeliveryStatus.SENT: 2}


async def test_silence_that_begins_in_the_middle_holds_the_rest_and_says_so(hall: Hall) -> None:
    await hall.people(40)
    one = await hall.launched()
    hall.silent_until = hall.clock.now() + timedelta(hours=2)
    await hall.campaigns.tend()
    await hall.carry(seconds=3)

    assert hall.told("Здравствуйте") == []
    assert set(hall.told("период тишины")) == {NURGUL, AIGUL}
    hall.silent_until = None
    await hall.carry(seconds=8)
    assert (await hall.tally(one)).counts == {DeliveryStatus.SENT: 42}


async def test_nobody_gets_a_third_letter_in_seven_days(hall: Hall) -> None:
    for words in ("Биринчи", "Экинчи", "Үчүнчү"):
        one = await hall.launched(await hall.draft(ru=words))
        await hall.carry(seconds=5)

    assert set((await hall.rows(one)).values()) == {(DeliveryStatus.SKIPPED, Reason.WEEKLY_LIMIT)}
    await hall.clock.jump(8 * 86400)
    one = await hall.launched(await hall.draft(ru="Төртүнчү"))
    await hall.carry(seconds=5)
    assert (await hall.tally(one)).counts == {DeliveryStatus.SENT: 2}


async def test_two_campaigns_at_once_do_not_slip_past_the_weekly_limit(hall: Hall) -> None:
    hall.letters.a_week = 1
    one, other = await hall.approved(), await hall.approved(await hall.draft(ru="Иначе"))
    for each in (one, other):
        await hall.campaigns.launch(NURGUL, each.id, hall.cause())
    await hall.campaigns.tend()
    await hall.carry(seconds=6)

    assert len(hall.told("Здравствуйте") + hall.told("Иначе")) == 2


async def test_the_rule_picks_branches_languages_and_those_who_did_not_get_another(hall: Hall, kernel: Kernel) -> None:
    there = slug_of(kernel, ISSYK_KUL)
    below = next(place.slug for place in kernel.places if place.parent == there)
    inside = await hall.people(3, below, Language.KY)
    await hall.people(4)
    one = await hall.draft()
    rule = replace(one.draft.audience, places=(there,), languages=frozenset({Language.KY}))
    counted = await audiences.count(hall.db.read, rule, None, kernel.places)
    assert (counted.chosen, dict(counted.by_oblast)) == (3, {there: 3})
    without = replace(one.draft.audience, without=(there,))
    assert (await audiences.count(hall.db.read, without, None, kernel.places)).chosen == 6
    await hall.launched(one)
    await hall.carry(seconds=5)
    fresh = await hall.people(1, below)
    not_got = replace(one.draft.audience, not_got=(CampaignId(one.id),))
    assert (await audiences.count(hall.db.read, not_got, None, kernel.places)).chosen == len(fresh)
    assert len(inside) == 3


async def test_warnings_name_a_party_nobody_too_many_and_the_same_text(hall: Hall) -> None:
    named = await hall.draft(ru="Партия «Ата-Журт» приглашает")
    assert Warning.PARTY in (await hall.campaigns.draft.outlook(named)).warnings
    await hall.launched(await hall.draft())
    await hall.carry(seconds=5)
    await hall.people(5)
    again = await hall.campaigns.draft.outlook(await hall.draft())
    assert set(again.warnings) == {Warning.SAME_TEXT, Warning.VERY_MANY}
    empty = await hall.change(
        await hall.draft(ru="Иначе"), lambda d: replace(d, audience=replace(d.audience, readers=frozenset({"voter"})))
    )
    assert Warning.NOBODY in (await hall.campaigns.draft.outlook(empty)).warnings


async def test_a_letter_is_rendered_once_for_a_language(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.texts import campaign_letters

    rendered = []
    write = campaign_letters.letter

    def counted(one: object, language: Language) -> Letter:
        rendered.append(language)
        return write(one, language)  # type: ignore[arg-type]

    monkeypatch.setattr(campaign_letters, "letter", counted)
    await hall.people(30)
    one = await hall.launched()
    rendered.clear()
    await hall.carry(seconds=8)

    assert (await hall.tally(one)).of(DeliveryStatus.SENT) == 32
    assert sorted(rendered) == [Language.KY, Language.RU]


async def test_what_failed_goes_once_more_when_a_coordinator_says_so(hall: Hall) -> None:
    [person] = await hall.people(1)

    def answers(chat: ChatId, letter: Letter, urgency: Urgency) -> Outcome:
        return Failed("400") if chat == person else Sent(len(hall.messenger.sent))  # type: ignore[arg-type]

    hall.messenger.answers = answers
    one = await hall.launched()
    await hall.carry(seconds=5)
    assert (await hall.tally(one)).of(DeliveryStatus.FAILED) == 1
    hall.messenger.answers = None

    assert await hall.campaigns.report.retry(NURGUL, one.id, DeliveryStatus.FAILED, hall.cause()) == 1
    await hall.carry(seconds=5)
    assert (await hall.tally(one)).counts == {DeliveryStatus.SENT: 3}
    assert (await hall.stands(one)).status is CampaignStatus.DONE


async def test_did_aigul_get_it(hall: Hall) -> None:
    one = await hall.launched()
    await hall.carry(seconds=5)

    [(name, row)] = await hall.campaigns.report.did_get(NURGUL, one.id, "Айгүл")
    assert name == "Айгүл" and row is not None and row.status is DeliveryStatus.SENT
    assert (await hall.campaigns.report.did_get(NURGUL, one.id, "999999"))[0][1] is None
    assert await chats.subscriber(hall.db.read, ChatId(999999)) is None
