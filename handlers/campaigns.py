"""Campaigns in chat: the list, a card, and what is done with one: confirm, approve, launch, pause, cancel, report."""

from collections.abc import Awaitable, Callable

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot import sheets
from bot.domain.campaigns import ButtonKind, Campaign, CampaignStatus
from bot.domain.deliveries import DeliveryStatus
from bot.domain.ids import CampaignId, ChatId, Language, MessageId, Slug, UpdateId
from bot.ports import Letter
from bot.services import Services
from bot.services.campaigns.launching import Standing
from bot.texts import campaign_reports, refusals
from bot.texts import campaigns as texts
from handlers.reading import pressed
from handlers.speaking import anew, receive, say, show
from handlers.start import article


def number(value: str) -> CampaignId:
    """The number of a campaign from a button."""
    return CampaignId(int(value))


async def listed(message: Message, services: Services, language: Language) -> None:
    """/campaign: the newest campaigns of one's branches."""
    await say(message, await _list(ChatId(message.chat.id), services, language))


async def begin(query: CallbackQuery, services: Services, language: Language, cause: UpdateId) -> None:
    """A new draft."""
    one = await services.campaigns.draft(ChatId(query.from_user.id), cause)
    await show(query, await card(one, services, language))


async def copy(
    query: CallbackQuery, campaign: CampaignId, services: Services, language: Language, cause: UpdateId
) -> None:
    """The same words as a new draft."""
    one = await services.campaigns.draft.copy(ChatId(query.from_user.id), campaign, cause)
    await show(query, await card(one, services, language))


async def look(query: CallbackQuery, campaign: CampaignId, services: Services, language: Language) -> None:
    """The card of a campaign."""
    one = await services.campaigns.draft.show(ChatId(query.from_user.id), campaign)
    await show(query, await card(one, services, language))


async def discard(
    query: CallbackQuery, campaign: CampaignId, services: Services, language: Language, cause: UpdateId
) -> None:
    """A draft that nobody wants."""
    one = await services.campaigns.draft.discard(ChatId(query.from_user.id), campaign, cause)
    await show(query, await card(one, services, language))


async def preview(
    query: CallbackQuery, campaign: CampaignId, services: Services, language: Language, cause: UpdateId
) -> None:
    """The very letters, in both languages, by the way every letter goes."""
    await services.campaigns.draft.test(ChatId(query.from_user.id), campaign, cause)
    await receive(query)


async def decide(
    query: CallbackQuery, campaign: CampaignId, services: Services, language: Language, cause: UpdateId
) -> None:
    """The very letters, and beside them what is confirmed by author or approver."""
    chat = ChatId(query.from_user.id)
    one = await services.campaigns.draft.test(chat, campaign, cause)
    may_waive = await services.campaigns.approve.may_waive(one)
    await anew(query, texts.confirm(one, may_waive, one.author == chat, language))
    await receive(query)


async def submit(
    query: CallbackQuery, campaign: CampaignId, hash: str, services: Services, language: Language, cause: UpdateId
) -> None:
    """The author confirms; colleagues are asked."""
    one, asked = await services.campaigns.approve.submit(ChatId(query.from_user.id), campaign, hash, cause)
    await show(query, Letter(texts.submitted(one, asked, language)))


async def waive(
    query: CallbackQuery, campaign: CampaignId, hash: str, services: Services, language: Language, cause: UpdateId
) -> None:
    """So few people that the author goes alone; the log knows."""
    one = await services.campaigns.approve.waive(ChatId(query.from_user.id), campaign, hash, cause)
    await show(query, texts.approved(one, language, services.zone))


async def approve(
    query: CallbackQuery, campaign: CampaignId, hash: str, services: Services, language: Language, cause: UpdateId
) -> None:
    """Another coordinator approves exactly what was shown."""
    one = await services.campaigns.approve(ChatId(query.from_user.id), campaign, hash, cause)
    await show(query, texts.approved(one, language, services.zone))


async def send_back(
    query: CallbackQuery, campaign: CampaignId, hash: str, services: Services, language: Language, cause: UpdateId
) -> None:
    """Not so."""
    one = await services.campaigns.approve.send_back(ChatId(query.from_user.id), campaign, hash, cause)
    await show(query, await card(one, services, language))


async def launch(
    query: CallbackQuery, campaign: CampaignId, services: Services, language: Language, cause: UpdateId
) -> None:
    """It runs; one message tells how far it is."""
    standing = await services.campaigns.launch(ChatId(query.from_user.id), campaign, cause)
    await _tell(query, standing, services, language)


async def progress(query: CallbackQuery, campaign: CampaignId, services: Services, language: Language) -> None:
    """How far it is, in a message that keeps telling."""
    standing = await services.campaigns.launch.look(ChatId(query.from_user.id), campaign)
    await _tell(query, standing, services, language)


async def pause(
    query: CallbackQuery, campaign: CampaignId, services: Services, language: Language, cause: UpdateId
) -> None:
    """It stands still with the commit."""
    standing = await services.campaigns.pause(ChatId(query.from_user.id), campaign, cause)
    await show(query, _progress(standing, services, language), campaign_reports.out_and_left(standing.tally, language))


async def resume(
    query: CallbackQuery, campaign: CampaignId, services: Services, language: Language, cause: UpdateId
) -> None:
    """It goes on."""
    standing = await services.campaigns.pause.resume(ChatId(query.from_user.id), campaign, cause)
    await show(query, _progress(standing, services, language), campaign_reports.out_and_left(standing.tally, language))


async def ask_to_cancel(query: CallbackQuery, campaign: CampaignId, services: Services, language: Language) -> None:
    """Asked once."""
    standing = await services.campaigns.launch.look(ChatId(query.from_user.id), campaign)
    await show(query, campaign_reports.cancel_question(standing.campaign, standing.tally, language))


async def cancel(
    query: CallbackQuery, campaign: CampaignId, services: Services, language: Language, cause: UpdateId
) -> None:
    """Nothing more goes out."""
    standing = await services.campaigns.cancel(ChatId(query.from_user.id), campaign, cause)
    await show(query, _progress(standing, services, language), campaign_reports.out_and_left(standing.tally, language))


async def release(
    query: CallbackQuery, campaign: CampaignId, services: Services, language: Language, cause: UpdateId
) -> None:
    """One of the two who may let «how to vote» go in a silence period."""
    released = await services.campaigns.launch.release(ChatId(query.from_user.id), campaign, cause)
    await receive(query, texts.released(released, language), alert=True)


async def report(query: CallbackQuery, campaign: CampaignId, services: Services, language: Language) -> None:
    """What came of it."""
    found = await services.campaigns.report(ChatId(query.from_user.id), campaign)
    tree = await services.place_book.tree()
    standing = found.standing
    await anew(
        query,
        campaign_reports.report(
            standing.campaign, standing.tally, found.causes, found.oblasts, found.taps, tree, language
        ),
    )
    await receive(query)


async def excel(query: CallbackQuery, campaign: CampaignId, services: Services, language: Language) -> None:
    """The report as a table without names."""
    found = await services.campaigns.report(ChatId(query.from_user.id), campaign)
    tree = await services.place_book.tree()
    header, rows = campaign_reports.sheet(found.oblasts.items(), found.standing.tally, tree, language)
    if isinstance(query.message, Message):
        content = sheets.write(str(campaign), header, rows)
        await query.message.answer_document(BufferedInputFile(content, f"campaign-{campaign}.xlsx"))
    await receive(query)


async def again(
    query: CallbackQuery, campaign: CampaignId, services: Services, language: Language, cause: UpdateId
) -> None:
    """The failed, or the uncertain, go once more because a coordinator says so."""
    uncertain = (query.data or "").startswith("c:uncertain")
    status = DeliveryStatus.UNCERTAIN if uncertain else DeliveryStatus.FAILED
    chat = ChatId(query.from_user.id)
    many = await services.campaigns.report.retry(chat, campaign, status, cause)
    await receive(query, texts.again(many, language), alert=True)


async def confirm_home(query: CallbackQuery, services: Services, language: Language, cause: UpdateId) -> None:
    """An administrator says that this machine is the one."""
    chat = ChatId(query.from_user.id)
    await services.campaigns.home(chat, cause)
    await show(query, await _list(chat, services, language))


async def tapped(
    query: CallbackQuery, campaign: CampaignId, button: int, services: Services, language: Language, cause: UpdateId
) -> None:
    """A button of a campaign's letter: counted, then an article, or the word that one may just ask."""
    one = await services.campaigns.report.tapped(campaign, button, cause)
    if one is None:
        await receive(query, refusals.old_button(language), alert=True)
        return
    chosen = one.draft.content.buttons[button]
    if chosen.kind is ButtonKind.ARTICLE:
        await anew(query, article(Slug(chosen.target), 1, services, language))
    else:
        await anew(query, texts.ask_away(language))
    await receive(query)


async def card(one: Campaign, services: Services, language: Language) -> Letter:
    """A campaign at a glance, as it stands now."""
    outlook = await services.campaigns.draft.outlook(one)
    tree = await services.place_book.tree()
    return texts.card(
        one,
        outlook.headcount,
        outlook.seconds,
        outlook.lacks if one.status is not CampaignStatus.DONE else (),
        outlook.warnings if one.launched_at is None else (),
        outlook.parties,
        tree,
        language,
        services.zone,
    )


def build() -> Router:
    """Private chats only; the role is checked by the use case at the moment of acting."""
    router = Router(name="campaigns")
    router.message.register(listed, Command("campaign"))
    router.callback_query.register(begin, pressed("c:new"))
    router.callback_query.register(confirm_home, pressed("c:home"))
    acts: dict[str, Callable[..., Awaitable[None]]] = {
        "card": look,
        "copy": copy,
        "discard": discard,
        "preview": preview,
        "confirm": decide,
        "decide": decide,
        "launch": launch,
        "look": progress,
        "pause": pause,
        "resume": resume,
        "cancel": ask_to_cancel,
        "cancelled": cancel,
        "release": release,
        "report": report,
        "excel": excel,
        "failed": again,
        "uncertain": again,
    }
    for name, act in acts.items():
        router.callback_query.register(act, pressed(f"c:{name}", campaign=number))
    for name, decided in {"submit": submit, "waive": waive, "approve": approve, "back": send_back}.items():
        router.callback_query.register(decided, pressed(f"c:{name}", campaign=number, hash=str))
    router.callback_query.register(tapped, pressed("ct", campaign=number, button=int))
    return router


async def _list(chat: ChatId, services: Services, language: Language) -> Letter:
    found = await services.campaigns.draft.mine(chat)
    return texts.listed(found, await services.campaigns.home.at_home(), language)


async def _tell(query: CallbackQuery, standing: Standing, services: Services, language: Language) -> None:
    if isinstance(query.message, Message):
        told = await say(query.message, _progress(standing, services, language))
        await services.campaigns.launch.show_progress_in(
            standing.campaign.id, ChatId(told.chat.id), MessageId(told.message_id)
        )
    await receive(query)


def _progress(standing: Standing, services: Services, language: Language) -> Letter:
    return campaign_reports.progress(standing.campaign, standing.tally, standing.source, 0.0, language, services.zone)
