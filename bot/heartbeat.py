"""Time enters here, as one heartbeat: what falls due, what a crash broke off, and the sweeping of what is old."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.domain.deliveries import DeliveryStatus
from bot.ports import Clock
from bot.services.campaigns import Campaigns
from bot.services.campaigns.letters import WEEK
from bot.services.courier import Courier
from bot.services.duty import PassOn
from bot.services.reminding import OweReminders
from bot.storage import comings, faq, forms, inbox, opt_outs, questions
from bot.storage.database import Database

NAMES_KEPT = timedelta(days=30)  # after a hearing its organiser has counted

Work = Callable[[], Awaitable[object]]


def every(scheduler: AsyncIOScheduler, work: Work, lasts: timedelta) -> None:
    """Do this again and again, never twice at once; what was missed is done once.

    Why the inner function: the scheduler awaits coroutine functions only, and calls any other thing in a thread."""

    async def turn() -> None:
        await work()

    scheduler.add_job(
        turn, "interval", seconds=lasts.total_seconds(), max_instances=1, coalesce=True, misfire_grace_time=None
    )


def build_scheduler(
    db: Database,
    clock: Clock,
    courier: Courier,
    pass_on: PassOn,
    owe_reminders: OweReminders,
    campaigns: Campaigns,
    show_progress: Work,
) -> AsyncIOScheduler:
    """Everything that happens without anybody asking, and how often."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    passed = 0

    async def beat() -> None:
        courier.due.set()

    async def sweep() -> None:
        async with db.transaction() as tx:
            await inbox.forget_old(tx, clock.now())
            await forms.forget_old(tx, clock.now())
            await faq.forget_old(tx, clock.now())
            await questions.forget_asks(tx, clock.now())
            await opt_outs.forget_old(tx, clock.now() - WEEK)
            await comings.forget_names(tx, clock.now() - NAMES_KEPT)

    async def pass_on_refused() -> None:
        nonlocal passed
        refused = courier.figures().ended.get(DeliveryStatus.REFUSED, 0)
        if refused != passed:
            passed = refused
            await pass_on()

    every(scheduler, beat, timedelta(seconds=1))
    every(scheduler, campaigns.tend, timedelta(seconds=1))
    every(scheduler, show_progress, timedelta(seconds=1))
    every(scheduler, pass_on_refused, timedelta(seconds=2))
    every(scheduler, owe_reminders, timedelta(seconds=30))
    every(scheduler, sweep, timedelta(hours=1))
    return scheduler
