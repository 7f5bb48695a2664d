"""Builds everything by hand, runs it, and ends it in order: updates, handlers, letters, the beat, storage."""

import asyncio
import math
import signal
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import orjson
import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from bot import i18n
from bot.clock import SystemClock
from bot.domain.ids import Language
from bot.domain.places import Places
from bot.domain.quiz import QuizQuestion
from bot.domain.quotas.rules import QuotaRules
from bot.guide.articles import Library
from bot.guide.edition import Edition
from bot.guide.place_search import find
from bot.guide.places import load_places
from bot.guide.quiz import FILE as QUIZ
from bot.guide.quiz import load_quiz
from bot.guide.quotas import load_quotas
from bot.guide.search import Search
from bot.heartbeat import build_scheduler
from bot.ports import Clock, Nudge
from bot.services import Services
from bot.services.answering import AnswerQuestion
from bot.services.authority import Authority
from bot.services.campaigns import CampaignLetters, Campaigns, Ground, WriteNews
from bot.services.campaigns.reporting import ShowProgress
from bot.services.candidacy import Candidacies
from bot.services.candidate_desk import CandidateDesk
from bot.services.chats import Describe, Forget, JoinGroup, LoseChat, MoveChat, StartChat
from bot.services.courier import Courier
from bot.services.desk import AskDesk, Desk
from bot.services.districts import Districts
from bot.services.duty import PassOn
from bot.services.editing import OpenGuide, ReloadGuide
from bot.services.election_letters import ElectionLetters
from bot.services.elections import Elections
from bot.services.faq import PublishReply
from bot.services.faq_basis import ChooseBasis
from bot.services.faq_reading import ReadFaq
from bot.services.hearings import build_hearings
from bot.services.letters import WriteLetter
from bot.services.people import People
from bot.services.places import PlaceBook
from bot.services.quiz import GroupQuiz, TakeQuiz
from bot.services.quotas import Memory, Quotas
from bot.services.reading import ReadGuide, SayUseful
from bot.services.reminding import OweReminders
from bot.services.showing import ShowArticle
from bot.services.silence import Silence
from bot.services.statistics import CountAll
from bot.services.suggesting import SuggestArticles
from bot.services.unanswered import ListUnanswered
from bot.settings import ROOT, Settings
from bot.storage.database import Database, Ownership
from bot.telegram.forms import Forms
from bot.telegram.inbox import Inbox
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.pacer import Pacer
from bot.telegram.patience import Patience
from bot.telegram.poller import Poller, TokenRefused
from bot.telegram.post import Post
from bot.texts import menu
from handlers import build_router
from handlers.errors import apologize, not_kept
from handlers.speaking import rewrite

log = structlog.get_logger()

GUIDES = ROOT / "guides"
DRAIN = 20.0
ANSWER_WITHIN = 20.0
Ready = Callable[[Services], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Kernel:
    """What is read at the start. Places stay as they are while the bot runs; an editor may open a newer guide."""

    edition: Edition
    places: Places
    guides: Path
    quotas: QuotaRules
    quiz: tuple[QuizQuestion, ...]

    @property
    def library(self) -> Library:
        """The articles with which the bot starts."""
        return self.edition.library

    @property
    def search(self) -> Search:
        """The search with which the bot starts."""
        return self.edition.search

    @classmethod
    def load(cls, guides: Path = GUIDES) -> "Kernel":
        """Everything in `guides/`; raises BrokenGuide with all that is wrong, MissingCatalogue."""
        for language in Language:
            i18n.catalog(language)
        edition, quotas = Edition.load(guides), load_quotas(guides)
        slugs = (article.slug for article in edition.library.all(Language.KY))
        quiz = load_quiz(guides / QUIZ, edition.library.facts, quotas.counts(), slugs)
        return cls(edition, load_places(guides / "places.csv"), guides, quotas, quiz)


def build_services(
    db: Database, clock: Clock, kernel: Kernel, settings: Settings, bot_name: str, nudge: Nudge
) -> Services:
    """Every use case, wired."""
    authority, zone = Authority(db, clock, kernel.places), ZoneInfo(settings.time_zone)
    place_book = PlaceBook(db, clock, kernel.places, find, authority)
    guide = OpenGuide(kernel.edition)
    ask_desk = AskDesk(db, clock, kernel.places, nudge)
    hearings = build_hearings(db, clock, place_book, zone, bot_name, nudge)
    owe_reminders = OweReminders(db, clock, guide, zone, nudge)
    read_faq = ReadFaq(db, kernel.places, guide.citation)
    silence = Silence(db, clock, kernel.places, zone)
    return Services(
        start_chat=StartChat(db, clock, kernel.places, settings.admins, nudge),
        join_group=JoinGroup(db, clock),
        lose_chat=LoseChat(db),
        move_chat=MoveChat(db),
        describe=Describe(db),
        forget=Forget(db, clock, kernel.places, nudge),
        answer_question=AnswerQuestion(db, clock, guide, guide, ask_desk, read_faq),
        desk=Desk(db, clock, kernel.places, authority, nudge),
        people=People(db, clock, kernel.places, authority, nudge),
        authority=authority,
        place_book=place_book,
        open_guide=guide,
        reload_guide=ReloadGuide(db, clock, authority, guide, kernel.guides),
        read_guide=ReadGuide(guide, bot_name, clock),
        say_useful=SayUseful(db, clock),
        show_article=ShowArticle(guide),
        suggest_articles=SuggestArticles(guide, guide, bot_name),
        count_all=CountAll(db, authority),
        campaigns=Campaigns.on(
            Ground(
                db, clock, kernel.places, authority, nudge, zone, silence, settings.send_rate, settings.approval_from
            )
        ),
        quotas=Quotas(kernel.quotas, clock, zone, db, memory=Memory(clock)),
        take_quiz=TakeQuiz(db, clock, kernel.quiz),
        group_quiz=GroupQuiz(db, clock, kernel.quiz, zone, nudge),
        districts=Districts(db, clock, kernel.places, authority, zone),
        publish_reply=PublishReply(db, clock, kernel.places, authority, nudge, guide.citation),
        read_faq=read_faq,
        choose_basis=ChooseBasis(guide, guide),
        list_unanswered=ListUnanswered(db, authority, guide, read_faq),
        hearings=hearings,
        silence=silence,
        elections=Elections(db, clock, kernel.places, authority, guide, zone, owe_reminders, nudge),
        owe_reminders=owe_reminders,
        candidacies=Candidacies(db, clock, kernel.places, guide, zone, nudge),
        candidate_desk=CandidateDesk(db, clock, authority, guide, nudge),
        election_letters=ElectionLetters(db, clock, guide, hearings.setting),
        zone=zone,
        bot_name=bot_name,
    )


def connections_for(rate: float) -> int:
    """Letters in flight at this rate: the mean latency is some 112 ms and its tail 800, so four tenths of a second."""
    return max(100, math.ceil(rate * 0.4))


@dataclass(frozen=True, slots=True)
class Line:
    """Everything that speaks to Telegram, under one patience: the handlers' voice, the letters' and the poller's."""

    pacer: Pacer
    bot: Bot
    post: Post

    @classmethod
    def open(cls, settings: Settings, clock: Clock) -> "Line":
        """Nothing is sent yet."""
        token, pacer = settings.bot_token.get_secret_value(), Pacer(clock, settings.send_rate)
        session = AiohttpSession(
            api=TelegramAPIServer.from_base(settings.bot_api_base),
            json_loads=orjson.loads,
            json_dumps=lambda value: orjson.dumps(value).decode(),
            timeout=ANSWER_WITHIN,
        )
        session.middleware(Patience(pacer, clock))
        bot = Bot(token, session, default=DefaultBotProperties(parse_mode="HTML"))
        return cls(pacer, bot, Post(token, settings.bot_api_base, connections=connections_for(settings.send_rate)))

    async def close(self) -> None:
        """Hang up."""
        await self.post.close()
        await self.bot.session.close()


def build_dispatcher(services: Services, storage: Forms) -> Dispatcher:
    """The inbound rim on our storage."""
    dispatcher = Dispatcher(storage=storage, services=services)
    dispatcher.include_router(build_router(services))
    return dispatcher


@asynccontextmanager
async def owned_database(settings: Settings) -> AsyncIterator[Database]:
    """The file, owned by this process alone for as long as it is open."""
    ownership = Ownership(settings.database)
    try:
        settings.database.parent.mkdir(parents=True, exist_ok=True)
        ownership.take()
    except OSError as error:
        raise sqlite3.OperationalError(f"{settings.database}: {error.strerror}") from None
    try:
        db = await Database.open(settings.database)
        try:
            yield db
        finally:
            await db.close()
    finally:
        ownership.release()


async def run(
    settings: Settings,
    kernel: Kernel,
    *,
    ready: Ready | None = None,
    stop: asyncio.Event | None = None,
    clock: Clock | None = None,
) -> None:
    """Run the bot until `stop`, or SIGTERM or Ctrl-C when there is none. Raises TokenRefused, DatabaseBusy."""
    clock = clock or SystemClock()
    line = Line.open(settings, clock)
    try:
        async with owned_database(settings) as db, asyncio.TaskGroup() as tasks:
            pacing = tasks.create_task(line.pacer.run())
            try:
                await _live(settings, kernel, db, clock, line, ready, stop or _signals())
            finally:
                pacing.cancel()
    except* TokenRefused:
        raise TokenRefused from None
    finally:
        await line.close()


async def _live(
    settings: Settings,
    kernel: Kernel,
    db: Database,
    clock: Clock,
    line: Line,
    ready: Ready | None,
    stop: asyncio.Event,
) -> None:
    introducing = asyncio.ensure_future(_introduce(line.bot, clock))
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({introducing, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not introducing.done():
        introducing.cancel()
        return
    bot_name = introducing.result()
    due = asyncio.Event()
    services = build_services(db, clock, kernel, settings, bot_name, due.set)
    campaigns = services.campaigns
    bulk = CampaignLetters(db, clock, settings.campaigns_per_week)
    letters = WriteLetter(
        db,
        kernel.places,
        services.zone,
        bulk,
        WriteNews(campaigns.report, bulk),
        services.open_guide.citation,
        services.hearings.letters,
        services.group_quiz,
        bot_name,
        services.election_letters,
    )
    messenger = TelegramMessenger(line.post, line.pacer, clock)
    courier = Courier(db, messenger, clock, letters, settings.send_rate, campaigns.pause.because_of_failures, due)
    progress = ShowProgress(campaigns.report.ground, campaigns.launch, partial(rewrite, line.bot))
    storage = Forms(db)
    dispatcher = build_dispatcher(services, storage)
    inbound = Inbox(
        db,
        clock,
        dispatcher,
        line.bot,
        storage,
        partial(apologize, services=services),
        services.move_chat,
        partial(not_kept, services=services),
    )
    poller = Poller(line.post, inbound, clock)
    pass_on = PassOn(db, clock, kernel.places, courier.due.set)
    scheduler = build_scheduler(db, clock, courier, pass_on, services.owe_reminders, campaigns, progress)
    await courier.recover()
    await campaigns.tend.arrive()
    for admin in await services.start_chat.unreached_admins():
        log.warning("admin_has_not_pressed_start", chat=admin)
    async with asyncio.TaskGroup() as tasks:
        scheduler.start()
        tasks.create_task(courier.run())
        acting = tasks.create_task(inbound.run())
        polling = tasks.create_task(poller.run())
        ending = tasks.create_task(stop.wait())
        if ready is not None:
            await ready(services)
        log.info("bot_is_running", name=bot_name)
        await asyncio.wait({ending, polling}, return_when=asyncio.FIRST_COMPLETED)
        polling.cancel()
        inbound.stop()
        await asyncio.wait({acting}, timeout=DRAIN)
        acting.cancel()
        await courier.stop()
        scheduler.shutdown(wait=False)
        ending.cancel()
    log.info("bot_has_stopped")


async def _introduce(bot: Bot, clock: Clock) -> str:
    """Learn our own name and hang out the commands; waits while Telegram cannot be reached."""
    pause = 1.0
    while True:
        try:
            me = await bot.me()
            break
        except TelegramUnauthorizedError:
            raise TokenRefused from None
        except AiogramError as error:
            log.warning("telegram_not_reached", cause=type(error.__cause__ or error).__name__, pause=pause)
            await clock.sleep(pause)
            pause = min(pause * 2, 60)
    try:
        for language, code in ((Language.KY, None), (Language.KY, "ky"), (Language.RU, "ru")):
            await bot.set_my_commands(
                _commands(menu.commands(language)), scope=BotCommandScopeAllPrivateChats(), language_code=code
            )
            await bot.set_my_commands(
                _commands(menu.group_commands(language)), scope=BotCommandScopeAllGroupChats(), language_code=code
            )
        await bot.set_my_description(menu.description())
        await bot.set_my_short_description(menu.short_description())
    except AiogramError as error:
        log.warning("commands_not_set", cause=type(error).__name__)
    return me.username or ""


def _commands(pairs: tuple[tuple[str, str], ...]) -> list[BotCommand]:
    return [BotCommand(command=name, description=meaning) for name, meaning in pairs]


def _signals() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop
