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
from bot.domain.ids import ChatId, MessageId
from bot.ports import Failed, Later, Letter, Moved, Outcome, Refused, Sent, Uncertain
from bot.services.courier import JustBefore
from bot.storage import deliveries
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
        st.tuples(st.just("owe"), st.sampled_from(list(Urgency))),
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
    left: set[ChatId] = field(default_factory=set)
    late_after: dict[str, datetime] = field(default_factory=dict)
    wrongs: list[str] = field(default_factory=list)
    asked: int = 0

    async def send(self, chat_id: ChatId, letter: Letter, urgency: Urgency, just_before: JustBefore) -> Outcome:
        self.asked += 1
        answer = self.drawn[self.asked % len(self.drawn)]
        await self.clock.sleep(0.02)  # its turn
        cancelled = (chat_id, letter.text) in self.cancelled
        await just_before()
        if cancelled:
            self.wrongs.append(f"{letter.text} sent to {chat_id} after a cancel")
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
        courier = a_courier(db, telegram, clock, rate=20.0)  # type: ignore[arg-type]
        async with asyncio.TaskGroup() as group:
            life = group.create_task(courier.run())
            for event, value in [*story, ("pass", 5.0)]:
                if event == "pass":
                    for _ in range(4):
                        await quiet(db, 1)
                        await clock.pass_by(value / 4)
                elif event in ("cancel", "forget"):
                    chat = ChatId(int(value))
                    async with db.transaction() as tx:
                        await deliveries.cancel_owed(tx, chat, clock.now())
                        if event == "forget":
                            await deliveries.forget(tx, chat)
                    telegram.left.add(chat)
                    telegram.cancelled |= {(chat, text) for text in urgencies}
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
                    courier = a_courier(db, telegram, clock, rate=20.0)  # type: ignore[arg-type]
                    await courier.recover()
                    life = group.create_task(courier.run())
                for source, audience in audiences.items():
                    assert (await tally(db, source)).audience == audience
            stop = group.create_task(courier.stop())
            await steer(courier, stop.done, step=0.5)

        assert telegram.wrongs == []
        within_one_life = Counter(telegram.arrived)
        assert [what for what, times in within_one_life.items() if times > 1] == []
        ever = Counter((chat, text) for _, chat, text in telegram.arrived)
        for (_, text), times in ever.items():
            assert times == 1 or (times == 2 and urgencies[text] is not Urgency.CAMPAIGN), text
        told = {S.SENT, S.UNCERTAIN}
        for source in audiences:
            arrived = sum(f"source {source} " in text and chat not in telegram.left for chat, text in ever)
            assert arrived <= (await tally(db, source)).of(*told), "who got it counts as told"


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
