"""Whatever Telegram answers, whoever cancels, however often it is killed: the ledger adds up, nothing is repeated."""

import asyncio
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.deliveries import DeliveryStatus, Urgency
from bot.domain.ids import ChatId, MessageId, SourceId
from bot.ports import Failed, JustBefore, Later, Letter, Moved, Outcome, Refused, Sent, Uncertain
from bot.storage import deliveries, sources
from bot.storage.database import Database
from tests.fakes import SteeredClock
from tests.services.ledger import a_courier, a_ledger, letters, owe, quiet, steer, tally

S = DeliveryStatus
PEOPLE = range(1, 31)

answers = st.sampled_from(["sent"] * 8 + ["later", "refused", "failed", "uncertain", "moved", "breaks", "hangs"])
events = st.lists(
    st.one_of(
        st.tuples(st.just("pass"), st.sampled_from([0.05, 0.3, 1.0, 4.0, 15.0])),
        st.tuples(st.just("cancel"), st.sampled_from(PEOPLE)),
        st.tuples(st.just("forget"), st.sampled_from(PEOPLE)),
        st.tuples(st.just("opt out"), st.sampled_from(PEOPLE)),
        st.tuples(st.just("owe"), st.sampled_from(list(Urgency))),
        st.tuples(st.sampled_from(["halt", "pause", "resume"]), st.integers(0, 3)),
        st.tuples(st.just("kill"), st.just(0)),
        st.tuples(st.just("stop"), st.just(0)),
    ),
    min_size=1,
    max_size=14,
)


@dataclass
class Telegram:
    """Answers as drawn, and watches what no bot may do."""

    clock: SteeredClock
    db: Database
    drawn: list[str]
    life: int = 0
    arrived: list[tuple[int, ChatId, str]] = field(default_factory=list)
    cancelled: set[tuple[ChatId, str]] = field(default_factory=set)
    forgotten: set[ChatId] = field(default_factory=set)
    still: set[str] = field(default_factory=set)
    late_after: dict[str, datetime] = field(default_factory=dict)
    wrongs: list[str] = field(default_factory=list)
    asked: int = 0

    async def send(self, chat_id: ChatId, letter: Letter, urgency: Urgency, just_before: JustBefore) -> Outcome:
        self.asked += 1
        answer = self.drawn[self.asked % len(self.drawn)]
        await self.clock.sleep(0.02)  # its turn
        cancelled = (chat_id, letter.text) in self.cancelled
        still = letter.text in self.still
        await just_before()
        if cancelled:
            self.wrongs.append(f"{letter.text} sent to {chat_id} after a cancel")
        if still:
            self.wrongs.append(f"{letter.text} sent while its source was paused or after it was stopped")
        if (limit := self.late_after.get(letter.text)) and self.clock.now() > limit:
            self.wrongs.append(f"{letter.text} sent after its hour")
        if answer == "moved" and chat_id > -1000:
            return Moved(ChatId(-1000 - abs(chat_id)))
        if answer in ("sent", "uncertain", "breaks", "hangs"):
            self.arrived.append((self.life, ChatId(abs(chat_id) % 1000), letter.text))
        await self.clock.sleep(0.1 if answer != "hangs" else 60.0)
        if answer == "breaks":
            raise RuntimeError
        outcomes: dict[str, Outcome] = {
            "later": Later(1.5),
            "refused": Refused("gone"),
            "failed": Failed("400 no"),
            "uncertain": Uncertain("502"),
        }
        return outcomes.get(answer, Sent(MessageId(self.asked)))


async def the_story(folder: Path, drawn: list[str], story: list[tuple[str, float]]) -> None:
    async with a_ledger(folder) as db:
        clock = SteeredClock()
        telegram = Telegram(clock, db, drawn)
        audiences: dict[int, int] = {}
        urgencies: dict[str, Urgency] = {}

        async def owe_all(urgency: Urgency) -> None:
            not_after = clock.now() + timedelta(seconds=20) if urgency is Urgency.NOTICE else None
            occasion = str(len(audiences))
            source = await owe(db, PEOPLE, urgency=urgency, occasion=occasion, due_at=clock.now(), not_after=not_after)
            audiences[source] = len(PEOPLE)
            text = f"source {source} {urgency.name} {occasion}"
            urgencies[text] = urgency
            if not_after is not None:
                telegram.late_after[text] = not_after + timedelta(seconds=1)

        await owe_all(Urgency.CAMPAIGN)
        courier = a_courier(db, telegram, clock, rate=20.0)
        async with asyncio.TaskGroup() as group:
            life = group.create_task(courier.run())
            for event, value in [*story, ("pass", 5.0)]:
                if event == "pass":
                    for _ in range(4):
                        await quiet(db, 1)
                        await clock.pass_by(value / 4)
                elif event in ("cancel", "forget", "opt out"):
                    chat = ChatId(int(value))
                    async with db.transaction() as tx:
                        if event == "opt out":
                            await deliveries.opt_out(tx, chat, clock.now())
                        else:
                            await deliveries.cancel_owed(tx, chat, clock.now())
                        if event == "forget":
                            await deliveries.forget(tx, chat)
                            telegram.forgotten.add(chat)
                    telegram.cancelled |= {
                        (chat, text)
                        for text, urgency in urgencies.items()
                        if event != "opt out" or urgency is Urgency.CAMPAIGN
                    }
                elif event in ("halt", "pause", "resume"):
                    text = list(urgencies)[int(value) % len(urgencies)]
                    move = {"halt": sources.stop, "pause": sources.pause, "resume": sources.resume}[event]
                    async with db.transaction() as tx:
                        moved = await move(tx, SourceId(int(text.split()[1])))
                    if moved:
                        (telegram.still.discard if event == "resume" else telegram.still.add)(text)
                    courier.due.set()
                elif event == "owe":
                    await owe_all(Urgency(int(value)))
                    courier.due.set()
                else:
                    if event == "stop":
                        stop = group.create_task(courier.stop())
                        await steer(courier, stop.done, step=0.5)
                        sending = [one for one in await letters(db) if one.status is S.SENDING]
                        assert not sending, "a stop leaves nothing in flight"
                    else:
                        kill(courier)
                        life.cancel()
                        await asyncio.wait({life})
                    await quiet(db)
                    telegram.life += 1
                    courier = a_courier(db, telegram, clock, rate=20.0)
                    await courier.recover()
                    life = group.create_task(courier.run())
                await adds_up(db, audiences)
                await what_may_have_arrived_counts_as_told(db, telegram)
            stop = group.create_task(courier.stop())
            await steer(courier, stop.done, step=0.5)

        assert telegram.wrongs == []
        within_one_life = Counter(telegram.arrived)
        assert [what for what, times in within_one_life.items() if times > 1] == []
        ever = Counter((chat, text) for _, chat, text in telegram.arrived)
        for (_, text), times in ever.items():
            assert times == 1 or (times == 2 and urgencies[text] is not Urgency.CAMPAIGN), text
        await what_may_have_arrived_counts_as_told(db, telegram)


async def adds_up(db: Database, audiences: dict[int, int]) -> None:
    """The kept counters are what one would count, and their sum is the audience."""
    kept, counted = await db.write(
        lambda tx: [
            {(row[0], row[1]): row[2] for row in tx.execute(statement)}
            for statement in (
                "SELECT source_id, status, n FROM tallies WHERE n > 0",
                "SELECT source_id, status, count(*) FROM deliveries GROUP BY source_id, status",
            )
        ]
    )
    assert kept == counted
    for source, audience in audiences.items():
        assert (await tally(db, SourceId(source))).audience == audience


async def what_may_have_arrived_counts_as_told(db: Database, telegram: Telegram) -> None:
    """Whoever has the letter in their chat is among those who were told, at every moment, whatever was stopped since."""
    for text in {text for _, _, text in telegram.arrived}:
        told = {abs(chat) % 1000 for chat in await sources.told(db.read, SourceId(int(text.split()[1])))}
        arrived = {chat for _, chat, what in telegram.arrived if what == text and chat not in telegram.forgotten}
        assert arrived <= told, text


def kill(courier: object) -> None:
    """From now on nothing that this Courier wants to write reaches the file, as after a kill -9."""

    async def nothing_is_written() -> bool:
        return True

    courier._settler.flush = nothing_is_written  # type: ignore[attr-defined]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=st.lists(answers, min_size=1, max_size=12), story=events)
def test_the_sum_is_always_the_audience_and_nothing_is_said_twice_or_too_late(
    drawn: list[str], story: list[tuple[str, float]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(the_story(Path(folder), drawn, story))
