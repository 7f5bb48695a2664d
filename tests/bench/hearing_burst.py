"""python -m tests.bench.hearing_burst: 1,000 groups and three hearings at one hour, so that 3,000 reminders are due in
the same second; how long the last one waits at 25 letters a second, and how many are late, dropped or repeated."""

import asyncio
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.chats import ChatKind, Role
from bot.domain.deliveries import DeliveryStatus, SourceKind
from bot.domain.hearings import HearingKind, Lead, Terms
from bot.domain.ids import ChatId, Language, PlaceSlug, UpdateId
from bot.domain.places import COUNTRY
from bot.guide.place_search import find
from bot.guide.places import load_places
from bot.services.authority import Authority
from bot.services.courier import Courier
from bot.services.hearings import build_hearings
from bot.services.places import PlaceBook
from bot.storage import chats, deliveries, listeners, roles
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.pacer import Pacer
from tests.fakes import NOON, SteeredClock
from tests.services.ledger import a_ledger, quiet

GROUPS, HEARINGS, RATE = 1_000, 3, 25.0
ROOT = Path(__file__).resolve().parents[2]
COORDINATOR, TUP = ChatId(1), PlaceSlug("tup")


class FakePost:
    """Telegram that has every letter at once, and remembers when."""

    def __init__(self, clock: SteeredClock) -> None:
        self.clock = clock
        self.sent: list[tuple[int, float, str]] = []

    async def __call__(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        self.sent.append((params["chat_id"], self.clock.monotonic(), params["text"]))
        return {"message_id": len(self.sent)}


async def measure() -> None:
    """Announce, deliver the notices, go to the minute of the reminders, and count."""
    clock = SteeredClock()
    with tempfile.TemporaryDirectory() as folder:
        async with a_ledger(Path(folder)) as db:
            places = load_places(ROOT / "guides" / "places.csv")
            authority = Authority(db, clock, places)
            book = PlaceBook(db, clock, places, find, authority)
            hearings = build_hearings(db, clock, book, ZoneInfo("Asia/Bishkek"), "a_bot", lambda: None)
            async with db.transaction() as tx:
                await chats.started(tx, COORDINATOR, ChatKind.PRIVATE, NOON)
                await roles.grant(tx, COORDINATOR, Role.COORDINATOR, COUNTRY, None, NOON)
                for number in range(1, GROUPS + 1):
                    await chats.started(tx, ChatId(-number), ChatKind.GROUP, NOON)
                    await chats.set_language(tx, ChatId(-number), Language.RU)
                    await listeners.follow(tx, ChatId(-number), TUP, NOON)
            starts = NOON + timedelta(days=2)
            ids = []
            for number in range(HEARINGS):
                terms = Terms(TUP, HearingKind.BUDGET, f"Бюджет {number}", starts, "Клуб")
                draft = await hearings.drafts.begin(COORDINATOR, terms, UpdateId(number * 2 + 1))
                ids.append((await hearings.announce(COORDINATOR, draft.id, UpdateId(number * 2 + 2))).id)
            pacer, post = Pacer(clock, RATE), FakePost(clock)
            messenger = TelegramMessenger(post, pacer, clock)  # type: ignore[arg-type]
            courier = Courier(db, messenger, clock, hearings.letters, RATE)
            async with asyncio.TaskGroup() as rooms:
                pacing = rooms.create_task(pacer.run())
                rooms.create_task(courier.run())
                await _until(courier, clock, post, GROUPS * HEARINGS)
                notices = post.sent[-1][1] - post.sent[0][1]
                print(f"notices: {len(post.sent)} sent, the last {notices:.0f} s after the first")
                due = starts - Lead.ONE_DAY.before
                await clock.jump((due - clock.now()).total_seconds())
                began, before = clock.monotonic(), len(post.sent)
                courier.due.set()
                await _until(courier, clock, post, before + GROUPS * HEARINGS)
                waits = sorted(at - began for _chat, at, _text in post.sent[before:])
                twice = [
                    one for one, n in Counter((chat, text) for chat, _at, text in post.sent[before:]).items() if n > 1
                ]
                statuses: Counter[str] = Counter()
                for id in ids:
                    rows = await deliveries.letters_of(db.read, SourceKind.HEARING_REMINDER, id)
                    statuses.update(one.status.name for one in rows if one.due_at == due)
                stopping = rooms.create_task(courier.stop())
                while not stopping.done():
                    await quiet(db)
                    await clock.pass_by(0.1)
                pacing.cancel()
            print(f"reminders due in one second: {GROUPS * HEARINGS}")
            print(f"sent: {len(waits)}; half within {waits[len(waits) // 2]:.0f} s, all within {waits[-1]:.0f} s")
            print(f"late (past their “not after”): {statuses[DeliveryStatus.EXPIRED.name]}; ledger: {dict(statuses)}")
            print(f"twice: {len(twice)}")


async def _until(courier: Courier, clock: SteeredClock, post: FakePost, n: int) -> None:
    for _ in range(60_000):
        if len(post.sent) >= n:
            await quiet(courier.db)
            return
        await quiet(courier.db, 1)
        await clock.pass_by(0.2)
    raise AssertionError(f"{len(post.sent)} of {n}")


if __name__ == "__main__":
    asyncio.run(measure())
