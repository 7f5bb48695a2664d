"""A draft is written by sending messages, and its audience is chosen by buttons."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.domain.audiences import Audience
from bot.domain.campaigns import (
    LONGEST_BUTTON,
    MOST_BUTTONS,
    ButtonKind,
    Campaign,
    CampaignButton,
    CampaignTopic,
    Draft,
)
from bot.domain.chats import ChatKind
from bot.domain.guide import Reader
from bot.domain.ids import CampaignId, ChatId, Language, PlaceSlug, Slug, UpdateId
from bot.ports import Letter
from bot.services import Services
from bot.texts import campaign_reports, campaigns
from handlers.campaigns import card, number
from handlers.reading import part_of, pressed
from handlers.speaking import receive, say, show

NOTHING = frozenset({"-", "—", "–"})
FILES = frozenset({"photo", "video", "document", "voice"})
PARTS = frozenset({"ky", "ru", "file", "signed", "buttons", "time", "since", "notgot", "who"})
LONGEST_SIGNATURE = 120


class Drafting(StatesGroup):
    """A part of a draft is awaited; the form holds which, and of which campaign."""

    part = State()


class NotUnderstood(Exception):
    """What was sent is not what the part needs."""


async def ask(
    query: CallbackQuery, campaign: CampaignId, what: str, services: Services, language: Language, state: FSMContext
) -> None:
    """Say what to send next."""
    await services.campaigns.draft.show(ChatId(query.from_user.id), campaign)
    if what not in PARTS:
        await receive(query)
        return
    await state.set_state(Drafting.part)
    await state.set_data({"campaign": campaign, "what": what})
    if isinstance(query.message, Message):
        await say(query.message, campaigns.wanted(what, language))
    await receive(query)


async def written(message: Message, services: Services, language: Language, state: FSMContext, cause: UpdateId) -> None:
    """What was sent becomes a part of the draft; what does not fit changes nothing."""
    form = await state.get_data()
    campaign, what = CampaignId(int(form["campaign"])), str(form["what"])
    chat = ChatId(message.chat.id)
    if what == "who":
        await state.clear()
        found = await services.campaigns.report.did_get(chat, campaign, message.text or "")
        await say(message, campaign_reports.did_get(found, language), reply=True)
        return
    try:
        edit = _edit(what, message, services)
    except (NotUnderstood, ValueError):
        await say(message, campaigns.not_understood(what, language), reply=True)
        return
    one, fell = await services.campaigns.draft.change(chat, campaign, edit, cause)
    await state.clear()
    await _again(message, one, fell, services, language)


async def topics(query: CallbackQuery, campaign: CampaignId, services: Services, language: Language) -> None:
    """Which topic."""
    await show(query, campaigns.topics(await services.campaigns.draft.show(_chat(query), campaign), language))


async def topic(
    query: CallbackQuery,
    campaign: CampaignId,
    chosen: CampaignTopic,
    services: Services,
    language: Language,
    cause: UpdateId,
) -> None:
    """This topic."""
    await _change(query, campaign, lambda draft: _content(draft, topic=chosen), services, language, cause)


async def without(
    query: CallbackQuery,
    campaign: CampaignId,
    missing: Language,
    services: Services,
    language: Language,
    cause: UpdateId,
) -> None:
    """One language is knowingly left out: its readers receive the other."""

    def edit(draft: Draft) -> Draft:
        return _content(draft, waived=draft.content.waived | {missing})

    await _change(query, campaign, edit, services, language, cause)


async def audience(query: CallbackQuery, campaign: CampaignId, services: Services, language: Language) -> None:
    """The rule by buttons."""
    one = await services.campaigns.draft.show(_chat(query), campaign)
    await show(query, await _audience(_chat(query), one, services, language))


async def rule(
    query: CallbackQuery, campaign: CampaignId, which: str, services: Services, language: Language, cause: UpdateId
) -> None:
    """One mark of the rule is set or taken away."""
    chat = _chat(query)
    branches = await services.campaigns.draft.branches(chat)
    edit = _marked(which, branches)
    one, fell = await services.campaigns.draft.change(chat, campaign, lambda d: _rule(d, edit), cause)
    note = campaigns.approval_fell(language) if fell else ""
    await show(query, await _audience(chat, one, services, language), note)


async def place(
    query: CallbackQuery,
    adds: bool,
    campaign: CampaignId,
    slug: PlaceSlug,
    services: Services,
    language: Language,
    cause: UpdateId,
) -> None:
    """A branch of places is chosen for the audience, or left out of it."""
    chat = _chat(query)
    branches = await services.campaigns.draft.branches(chat)

    def edit(old: Audience) -> Audience:
        if not adds:
            return replace(old, without=tuple(sorted({*old.without, slug})))
        kept = () if set(old.places) <= set(branches) else old.places
        return replace(old, places=tuple(sorted({*kept, slug})))

    one, _fell = await services.campaigns.draft.change(chat, campaign, lambda d: _rule(d, edit), cause)
    await show(query, await _audience(chat, one, services, language))


def build() -> Router:
    """Private chats only."""
    router = Router(name="campaign drafts")
    router.message.register(written, StateFilter(Drafting.part))
    router.callback_query.register(ask, pressed("c:ask", campaign=number, what=str))
    router.callback_query.register(ask, pressed("c:who", campaign=number), _about_somebody)
    router.callback_query.register(topics, pressed("c:topics", campaign=number))
    router.callback_query.register(topic, pressed("c:topic", campaign=number, chosen=CampaignTopic))
    router.callback_query.register(without, pressed("c:without", campaign=number, missing=Language))
    router.callback_query.register(audience, pressed("c:audience", campaign=number))
    router.callback_query.register(rule, pressed("c:aud", campaign=number, which=str))
    return router


async def _about_somebody(_query: CallbackQuery) -> dict[str, str]:
    return {"what": "who"}


def _chat(query: CallbackQuery) -> ChatId:
    return ChatId(query.from_user.id)


async def _change(
    query: CallbackQuery,
    campaign: CampaignId,
    edit: Callable[[Draft], Draft],
    services: Services,
    language: Language,
    cause: UpdateId,
) -> None:
    one, fell = await services.campaigns.draft.change(_chat(query), campaign, edit, cause)
    await show(query, await card(one, services, language), campaigns.approval_fell(language) if fell else "")


async def _again(message: Message, one: Campaign, fell: bool, services: Services, language: Language) -> None:
    letter = await card(one, services, language)
    note = campaigns.approval_fell(language) + "\n\n" if fell else ""
    await say(message, replace(letter, text=note + letter.text))


async def _audience(chat: ChatId, one: Campaign, services: Services, language: Language) -> Letter:
    outlook = await services.campaigns.draft.outlook(one)
    branches = await services.campaigns.draft.branches(chat)
    tree = await services.place_book.tree()
    return campaigns.audience(one, outlook.headcount, outlook.seconds, branches, tree, language)


def _edit(what: str, message: Message, services: Services) -> Callable[[Draft], Draft]:
    """The change that a message makes to a part. Raises NotUnderstood, ValueError."""
    words = (message.text or message.caption or "").strip()
    nothing = words in NOTHING
    match what:
        case "ky" | "ru":
            return _words(Language(what), message)
        case "file":
            part = part_of(message)
            if nothing:
                return lambda draft: _content(draft, file_kind="", file_id="")
            if part is None or part.file_kind not in FILES:
                raise NotUnderstood
            kind, id = part.file_kind, part.file_id
            return lambda draft: _content(draft, file_kind=str(kind), file_id=id)
        case "signed":
            if not words or len(words) > LONGEST_SIGNATURE:
                raise NotUnderstood
            return lambda draft: _content(draft, signed=" ".join(words.split()))
        case "buttons":
            buttons = () if nothing else _buttons(words, services)
            return lambda draft: _content(draft, buttons=buttons)
        case "time":
            begins = None if nothing else _moment(words, services.zone)
            return lambda draft: replace(draft, schedule=replace(draft.schedule, begins_at=begins))
        case "since":
            day = None if nothing else datetime.strptime(words, "%d.%m.%Y").date()  # noqa: DTZ007
            return lambda draft: _rule(draft, lambda old: replace(old, active_since=day))
        case "notgot":
            numbers = () if nothing else tuple(CampaignId(int(one)) for one in words.replace("№", " ").split())
            if any(not 0 < one < 2**31 for one in numbers):
                raise NotUnderstood
            return lambda draft: _rule(draft, lambda old: replace(old, not_got=numbers))
    raise NotUnderstood


def _words(language: Language, message: Message) -> Callable[[Draft], Draft]:
    if not (message.text or message.caption):
        raise NotUnderstood
    html, part = message.html_text, part_of(message)

    def edit(draft: Draft) -> Draft:
        content = draft.content
        changed = replace(content, words={**content.words, language: html}, waived=content.waived - {language})
        if part is not None and part.file_kind in FILES:
            changed = replace(changed, file_kind=str(part.file_kind), file_id=part.file_id)
        return replace(draft, content=changed)

    return edit


def _buttons(words: str, services: Services) -> tuple[CampaignButton, ...]:
    found = []
    for line in filter(None, (line.strip() for line in words.splitlines())):
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != 3 or not parts[0] or not parts[1]:
            raise NotUnderstood
        said = {Language.KY: parts[0], Language.RU: parts[1]}
        if max(map(len, said.values())) > LONGEST_BUTTON:
            raise NotUnderstood
        kind, _space, target = parts[2].partition(" ")
        if parts[2].startswith(("https://", "http://")) and " " not in parts[2]:
            found.append(CampaignButton(ButtonKind.LINK, said, parts[2]))
        elif kind == "article" and services.read_guide.article(Slug(target.strip()), Language.RU) is not None:
            found.append(CampaignButton(ButtonKind.ARTICLE, said, target.strip()))
        elif parts[2] == "ask":
            found.append(CampaignButton(ButtonKind.ASK, said))
        else:
            raise NotUnderstood
    if not 0 < len(found) <= MOST_BUTTONS:
        raise NotUnderstood
    return tuple(found)


def _moment(words: str, zone: ZoneInfo) -> datetime:
    return datetime.strptime(words, "%d.%m.%Y %H:%M").replace(tzinfo=zone).astimezone(UTC)


def _content(draft: Draft, **changes: object) -> Draft:
    return replace(draft, content=replace(draft.content, **changes))  # type: ignore[arg-type]


def _rule(draft: Draft, edit: Callable[[Audience], Audience]) -> Draft:
    return replace(draft, audience=edit(draft.audience))


def _marked(which: str, branches: tuple[PlaceSlug, ...]) -> Callable[[Audience], Audience]:
    """What a press on a mark changes: `l` a language, `k` a kind of chat, `r` a reader, `x` the whole branch again."""
    mark, value = which[:1], which[1:]
    match mark:
        case "l":
            language = Language(value)
            return lambda old: replace(old, languages=old.languages ^ {language})
        case "k":
            kind = ChatKind(value)
            return lambda old: replace(old, kinds=(old.kinds ^ {kind}) or old.kinds)
        case "r":
            reader = Reader(value)
            return lambda old: replace(old, readers=old.readers ^ {reader})
    return lambda old: Audience(branches[:1] or old.places)
