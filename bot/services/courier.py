"""The Courier: the only voice that speaks unprompted. Everything it says is a row of the ledger first."""

import asyncio
import math
import sqlite3
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.clock import rung
from bot.domain.deliveries import Address, Claimed, DeliveryStatus, Reason, Settlement, Source, SourceState, Urgency
from bot.domain.ids import ChatId, DeliveryId, SourceId
from bot.ports import Clock, Failed, Later, Letter, Messenger, Moved, Outcome, Refused, Sent, Unauthorized, Uncertain
from bot.services.lanes import Lanes, whole_second
from bot.services.settling import Settler
from bot.storage import chats, deliveries, freezing, sources
from bot.storage.database import Database
from bot.storage.together import Together

WINDOW_AT_LEAST, WINDOW_AT_MOST = 1.0, 2.0  # seconds of rate that may be claimed
LATENCIES = 512  # requests that the 99th percentile is taken from
LONGEST_HOLD = 60.0
LONGEST_STOP = 20.0
FAILURES_THAT_PAUSE = 20
ONCE_MORE_AFTER = 3.0
DATABASE_RETRY = 5.0
PAUSE_AFTER_NOTHING = 0.02  # what was due was late, or was stopped a moment ago

WriteLetter = Callable[[Source, ChatId], Awaitable[Letter | Reason | None]]
"""The letter, or why there is none now: the row is skipped for that reason."""
Pause = Callable[[Source, str], Awaitable[None]]

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Figures:
    """What the Courier has done since it started, and how it stands."""

    ended: Mapping[DeliveryStatus, int]
    put_off: int
    claimed: int
    window: int
    p99: float
    campaigns_held_for: float
    stopped_by_telegram: bool


class _Unsent(Exception):
    """Nothing was sent and nothing will be now."""

    def __init__(self, settlement: Settlement) -> None:
        super().__init__()
        self.settlement = settlement


@dataclass(slots=True)
class _Trip:
    """One letter on its way: `began_at` is None until the request begins."""

    claimed: Claimed
    chat_id: ChatId
    began_at: float | None = None


async def _only_log(source: Source, reason: str) -> None:
    log.critical("source_fails_again_and_again", source=source.id, kind=source.kind, reason=reason)


@dataclass
class Courier:
    """Claims what is due, sends it, and writes how it ended. `due` wakes it; `run` is one long task until `stop`.

    `pause` is called when a source's letters have failed equally 20 times in a row."""

    db: Database
    messenger: Messenger
    clock: Clock
    write_letter: WriteLetter
    rate: float = 25.0
    pause: Pause = _only_log
    due: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._address = Together[DeliveryId, Address](lambda ids: deliveries.addresses(self.db.read, ids))
        self._settler = Settler(self.db, self.clock, self._written)
        self._claimed: dict[DeliveryId, Urgency] = {}
        self._lanes = Lanes(self.clock)
        self._campaigns: asyncio.Queue[Claimed] = asyncio.Queue()
        self._busy = 0
        self._idle = asyncio.Event()
        self._stopping = asyncio.Event()
        self._stopped = asyncio.Event()
        self._running = False
        self._troubles = 0
        self._campaigns_held_until = -math.inf
        self._latencies: deque[float] = deque(maxlen=LATENCIES)
        self._failures: dict[SourceId, tuple[str, int]] = {}
        self._ended: Counter[DeliveryStatus] = Counter()
        self._put_off = 0
        self._unauthorized = False

    async def recover(self) -> int:
        """At the start, before `run`: give an honest state to what a crash left in flight, and expire what is late."""

        def work(db: sqlite3.Connection) -> int:
            found = deliveries.recover(db, self.clock.now())
            deliveries.expire(db, self.clock.now())
            return found

        found = await self.db.write(work)
        if found:
            log.warning("letters_were_in_flight_when_the_bot_ended", rows=found)
        return found

    async def run(self) -> None:
        """Claim, send and settle until `stop` or until Telegram no longer accepts the token."""
        self._running = True
        urgent_workers = max(4, math.ceil(self.rate * 0.2))
        campaign_workers = max(8, math.ceil(self.rate * 0.4))
        try:
            async with asyncio.TaskGroup() as rooms:
                settler = rooms.create_task(self._settler.run())
                claimer = rooms.create_task(self._claim_until_stopped())
                workers = [rooms.create_task(self._take_urgent()) for _ in range(urgent_workers)]
                workers += [rooms.create_task(self._take_campaigns()) for _ in range(campaign_workers)]
                await claimer
                self._put_back_what_waits()
                self._look_whether_idle()
                if not await rung(self._idle, self.clock, LONGEST_STOP):
                    log.warning("letters_still_in_flight_at_the_stop", rows=self._busy)
                for worker in workers:
                    worker.cancel()
                await asyncio.wait(workers)
                self._settler.close()
                await settler
        finally:
            self._put_back_what_waits()
            await self._settler.flush()
            self._running = False
            self._stopped.set()

    async def stop(self) -> None:
        """End claiming, wait up to 20 seconds for letters in flight, and settle. Returns when `run` has ended."""
        self._stopping.set()
        self.due.set()
        if self._running:
            await self._stopped.wait()

    def figures(self) -> Figures:
        """A snapshot for the metrics."""
        return Figures(
            ended=dict(self._ended),
            put_off=self._put_off,
            claimed=len(self._claimed),
            window=self._window(),
            p99=self._p99(),
            campaigns_held_for=self._held_for(),
            stopped_by_telegram=self._unauthorized,
        )

    async def _claim_until_stopped(self) -> None:
        while not self._stopping.is_set():
            self.due.clear()
            try:
                more_to_end = await self._end_what_is_over()
                nap = await self._claim()
                if more_to_end:
                    nap = 0
            except sqlite3.Error as error:
                log.error("nothing_claimed_database_refuses", cause=str(error))
                nap = DATABASE_RETRY
            if nap is None or nap > 0:
                await rung(self.due, self.clock, nap)

    async def _claim(self) -> float | None:
        """Claim what the window has room for; return the seconds until there may be more, None for "when rung"."""
        window = self._window()
        campaigns_claimed = sum(urgency is Urgency.CAMPAIGN for urgency in self._claimed.values())
        room = window - len(self._claimed)
        campaign_room = min(room, window - max(1, window // 5) - campaigns_claimed)
        if self._troubles:
            campaign_room = 0 if campaigns_claimed else 1  # one letter tries whether the trouble is over
        if self._held_for() > 0:
            campaign_room = 0
        if room <= 0:
            return None
        open_to = Urgency.CAMPAIGN if campaign_room > 0 else Urgency.NOTICE
        at = await deliveries.next_due(self.db.read, open_to)  # a look costs no transaction while nothing is due
        if at is None or at > self.clock.now():
            naps = [] if at is None else [max(0.02, (at - self.clock.now()).total_seconds())]
            if self._held_for() > 0:
                naps.append(self._held_for())
            return min(naps, default=None)

        def work(db: sqlite3.Connection) -> list[Claimed]:
            now = self.clock.now()
            taken = deliveries.claim(db, now, room, Urgency.DESK)
            if len(taken) < room:
                taken += deliveries.claim(db, now, room - len(taken), Urgency.NOTICE)
            if (left := min(campaign_room, room - len(taken))) > 0:
                taken += deliveries.claim(db, now, left, Urgency.CAMPAIGN)
            return taken

        taken = await self.db.write(work)
        for claimed in taken:
            one = claimed.delivery
            self._claimed[one.id] = one.urgency
            if one.urgency is Urgency.CAMPAIGN:
                self._campaigns.put_nowait(claimed)
            elif until := self._lanes.add(claimed):
                self._settler.add(Settlement(one.id, DeliveryStatus.QUEUED, due_at=until))
        return 0 if taken else PAUSE_AFTER_NOTHING

    async def _end_what_is_over(self) -> bool:
        """End a piece of what was stopped or is late, so that other letters go in between; whether there was any."""
        if not await freezing.anything_is_over(self.db.read, self.clock.now()):
            return False
        await self.db.write(lambda db: freezing.end_what_is_over(db, self.clock.now()))
        return True

    async def _take_urgent(self) -> None:
        while True:
            claimed = await self._lanes.take()
            try:
                await self._deliver(claimed)
            finally:
                self._lanes.done(claimed.delivery.chat_id)

    async def _take_campaigns(self) -> None:
        while True:
            await self._deliver(await self._campaigns.get())

    async def _deliver(self, claimed: Claimed) -> None:
        """Carry one letter and settle it, whatever happens; only a cancellation gets out."""
        trip = _Trip(claimed, claimed.delivery.chat_id)
        self._busy += 1
        try:
            self._settle(trip, await self._carry(trip))
        except _Unsent as unsent:
            self._settle(trip, unsent.settlement)
        except asyncio.CancelledError:
            self._settle(trip, self._put_back(trip) if trip.began_at is None else self._unknown_fate(trip))
            raise
        except Exception as error:
            self._settle(trip, self._not_understood(trip, error))
        finally:
            self._busy -= 1
            self._look_whether_idle()

    async def _carry(self, trip: _Trip) -> Settlement:
        claimed, one = trip.claimed, trip.claimed.delivery
        if not claimed.reachable:
            return Settlement(one.id, DeliveryStatus.SKIPPED, Reason.UNREACHABLE)
        self._ask_whether_to_go_on(trip)
        letter = await self.write_letter(claimed.source, trip.chat_id)
        if letter is None or isinstance(letter, Reason):
            return Settlement(one.id, DeliveryStatus.SKIPPED, letter or Reason.NOTHING_TO_SAY)
        outcome = await self._send(trip, letter)
        if isinstance(outcome, Moved):
            trip.began_at = None  # surely not delivered, whatever comes next
            await self._move(trip, outcome.chat_id)
            outcome = await self._send(trip, letter)
        return await self._settlement_of(trip, outcome)

    async def _send(self, trip: _Trip, letter: Letter) -> Outcome:
        one = trip.claimed.delivery

        async def just_before() -> None:
            address = await self._address(one.id)
            if address is None or address.state in (SourceState.STOPPING, SourceState.STOPPED):
                raise _Unsent(Settlement(one.id, DeliveryStatus.CANCELLED, Reason.STOPPED))
            held = address.held_until is not None and address.held_until > self.clock.now()
            if address.state is SourceState.PAUSED or (held and one.urgency is Urgency.CAMPAIGN):
                raise _Unsent(self._put_back(trip))
            if not address.reachable:
                raise _Unsent(Settlement(one.id, DeliveryStatus.SKIPPED, Reason.UNREACHABLE))
            if one.not_after is not None and self.clock.now() > one.not_after:
                raise _Unsent(Settlement(one.id, DeliveryStatus.EXPIRED, Reason.TOO_LATE))
            if address.chat_id != trip.chat_id:
                raise _Unsent(self._put_back(trip))
            self._ask_whether_to_go_on(trip)
            trip.began_at = self.clock.monotonic()

        trip.began_at = None
        outcome = await self.messenger.send(trip.chat_id, letter, one.urgency, just_before)
        if trip.began_at is not None:
            self._latencies.append(self.clock.monotonic() - trip.began_at)
        return outcome

    def _ask_whether_to_go_on(self, trip: _Trip) -> None:
        if self._stopping.is_set():
            raise _Unsent(self._put_back(trip))
        if trip.claimed.delivery.urgency is Urgency.CAMPAIGN and self._held_for() > 0:
            raise _Unsent(self._put_back(trip))

    async def _move(self, trip: _Trip, new: ChatId) -> None:
        """The group has another id: it stands everywhere, and the letter is tried once more, under the new id."""
        old = trip.chat_id
        await self.db.write(lambda db: chats.move(db, old, new))
        log.info("group_moved")
        address = await deliveries.address(self.db.read, trip.claimed.delivery.id)
        if address is not None and address.chat_id == old:  # the new id is owed the same letter by a row of its own
            raise _Unsent(Settlement(trip.claimed.delivery.id, DeliveryStatus.SKIPPED, Reason.NOTHING_TO_SAY))
        trip.chat_id = new

    async def _settlement_of(self, trip: _Trip, outcome: Outcome) -> Settlement:
        id, source = trip.claimed.delivery.id, trip.claimed.source
        match outcome:
            case Sent(message_id):
                self._troubles = 0
                self._failures.pop(source.id, None)
                return Settlement(id, DeliveryStatus.SENT, message_id=message_id)
            case Later(seconds):
                return self._later(trip, seconds)
            case Refused(reason):
                log.info("chat_cannot_be_reached", delivery=id, reason=reason)
                return Settlement(id, DeliveryStatus.REFUSED, Reason.BLOCKED)
            case Failed(reason):
                return await self._failed(trip, reason)
            case Uncertain(reason):
                log.warning("letter_uncertain", delivery=id, source=source.id, reason=reason)
                return self._once_more(trip) or self._unknown_fate(trip)
            case Unauthorized():
                if not self._unauthorized:
                    log.critical("token_refused_nothing_more_is_sent")
                self._unauthorized = True
                self._stopping.set()
                self.due.set()
                return self._put_back(trip)
            case Moved():
                return await self._failed(trip, "moved twice")

    def _later(self, trip: _Trip, seconds: float) -> Settlement:
        one, due_at = trip.claimed.delivery, whole_second(self.clock.now() + timedelta(seconds=seconds))
        self._put_off += 1
        if one.urgency is Urgency.CAMPAIGN:
            self._hold_campaigns()
        else:
            for behind in self._lanes.put_off(one.chat_id, due_at):
                self._settler.add(Settlement(behind.delivery.id, DeliveryStatus.QUEUED, due_at=due_at))
        return Settlement(one.id, DeliveryStatus.QUEUED, due_at=due_at)

    async def _failed(self, trip: _Trip, reason: str) -> Settlement:
        id, source = trip.claimed.delivery.id, trip.claimed.source
        log.error("letter_failed", delivery=id, source=source.id, kind=source.kind, reason=reason)
        last, times = self._failures.get(source.id, (reason, 0))
        times = times + 1 if last == reason else 1
        self._failures[source.id] = (reason, times)
        if times == FAILURES_THAT_PAUSE:
            self._failures.pop(source.id)
            try:
                if source.urgency is Urgency.CAMPAIGN:
                    async with self.db.transaction() as tx:
                        await sources.pause(tx, source.id)
                await self.pause(source, reason)
            except Exception as error:
                log.error("pause_failed", source=source.id, cause=type(error).__name__, where=_where(error))
        return Settlement(id, DeliveryStatus.FAILED, Reason.OUR_MISTAKE)

    def _not_understood(self, trip: _Trip, error: Exception) -> Settlement:
        """An exception that nobody expected. If the request had begun, the letter's fate is unknown."""
        id, where = trip.claimed.delivery.id, _where(error)
        log.error("letter_met_unexpected_error", delivery=id, cause=type(error).__name__, where=where)
        if trip.began_at is not None:
            return self._unknown_fate(trip)
        if isinstance(error, sqlite3.Error):
            return self._later(trip, DATABASE_RETRY)
        return Settlement(id, DeliveryStatus.FAILED, Reason.OUR_MISTAKE)

    def _unknown_fate(self, trip: _Trip) -> Settlement:
        self._hold_campaigns()
        return Settlement(trip.claimed.delivery.id, DeliveryStatus.UNCERTAIN, Reason.UNKNOWN_FATE)

    def _once_more(self, trip: _Trip) -> Settlement | None:
        """A desk letter of unknown fate goes once more, and the row says so: silence is worse than a repeat."""
        delivery = trip.claimed.delivery
        if delivery.urgency is not Urgency.DESK or delivery.reason is Reason.REPEATED:
            return None
        due = self.clock.now() + timedelta(seconds=ONCE_MORE_AFTER)
        return Settlement(delivery.id, DeliveryStatus.QUEUED, Reason.REPEATED, due_at=due)

    def _put_back(self, trip: _Trip) -> Settlement:
        return Settlement(trip.claimed.delivery.id, DeliveryStatus.QUEUED)

    def _hold_campaigns(self) -> None:
        """1, 2, 4 … 60 seconds; troubles of letters that were in flight together count once."""
        if self._held_for() <= 0:
            self._campaigns_held_until = self.clock.monotonic() + min(LONGEST_HOLD, 2.0**self._troubles)
            self._troubles += 1

    def _held_for(self) -> float:
        return max(0.0, self._campaigns_held_until - self.clock.monotonic())

    def _settle(self, trip: _Trip, settlement: Settlement) -> None:
        refused = settlement.status is DeliveryStatus.REFUSED
        self._settler.add(settlement, unreachable=trip.chat_id if refused else None)

    def _written(self, settlements: Sequence[Settlement]) -> None:
        for one in settlements:
            if one.status is not DeliveryStatus.QUEUED:
                self._ended[one.status] += 1
            self._release(one.id)

    def _release(self, id: DeliveryId) -> None:
        self._claimed.pop(id, None)
        self.due.set()

    def _put_back_what_waits(self) -> None:
        for claimed in self._lanes.drain():
            self._settler.add(Settlement(claimed.delivery.id, DeliveryStatus.QUEUED))
        while not self._campaigns.empty():
            self._settler.add(Settlement(self._campaigns.get_nowait().delivery.id, DeliveryStatus.QUEUED))

    def _look_whether_idle(self) -> None:
        if self._stopping.is_set() and self._busy == 0:
            self._idle.set()

    def _window(self) -> int:
        return math.ceil(self.rate * min(WINDOW_AT_MOST, max(WINDOW_AT_LEAST, self._p99())))

    def _p99(self) -> float:
        """The 99th percentile of the last requests, in seconds; 0.0 before the first."""
        if not self._latencies:
            return 0.0
        ordered = sorted(self._latencies)
        return ordered[math.ceil(len(ordered) * 0.99) - 1]


def _where(error: BaseException) -> str:
    """File and line of the cause: a message could hold somebody's words, a place in the code cannot."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return "" if frame is None else f"{frame.tb_frame.f_code.co_filename.rpartition('/')[2]}:{frame.tb_lineno}"
