"""/start, the choice of language, and deep links: before this nothing else is said."""

import re

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.domain.errors import InviteRefused
from bot.domain.ids import ChatId, Language, Slug, UpdateId
from bot.domain.quotas.typed import holds_names
from bot.ports import Letter
from bot.services import Services
from bot.services.answering import Asking
from bot.texts import guide, menu, people, quotas_asking
from handlers import candidacy, hearings, questions, quiz, quota
from handlers.reading import Lately, article_link, invite_link, part_of, pressed
from handlers.speaking import anew, hang_out_commands, receive, say, show

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,40}")


async def first(message: Message, payload: str = "") -> Message:
    """The bilingual first screen, as a reply to what the person wrote, so that it is answered after the choice."""
    return await say(message, menu.first_screen(payload), reply=True)


async def start(
    message: Message, command: CommandObject, services: Services, language: Language | None, state: FSMContext
) -> None:
    """A person comes, or comes back, perhaps by a link to an article or an invitation."""
    await state.clear()
    args = command.args or ""
    payload = args if PAYLOAD.fullmatch(args) else ""
    sender = message.from_user
    await services.start_chat(ChatId(message.chat.id), sender.full_name if sender else "")
    if language is None:
        await first(message, payload)
        return
    await set_commands(message, services, language)
    await open_link(message, payload, services, language, state)


async def open_link(message: Message, payload: str, services: Services, language: Language, state: FSMContext) -> None:
    """What a link leads to: an article, an invitation, or the welcome."""
    companion = candidacy.companion_link(payload)
    slug, token, hearing = article_link(payload), invite_link(payload), hearings.hearing_link(payload)
    if payload.startswith("q_"):
        await quota.open_link(message, payload, services, language, state)
    elif companion is not None:
        await candidacy.open_link(message, companion, services, language)
    elif slug is not None:
        await say(message, article(slug, 1, services, language))
    elif token is not None:
        try:
            invite = await services.people.offered(token)
        except InviteRefused:
            await say(message, people.invite_is_gone(language))
            return
        tree = await services.place_book.tree()
        await say(message, people.offer(invite, token, tree, language, services.zone))
    elif payload == "quiz":
        await quiz.intro(message, services, language)
    elif hearing is not None:
        await hearings.open_card(message, *hearing, services, language)
    else:
        await say(message, menu.welcome(language))


def article(slug: Slug, number: int, services: Services, language: Language) -> Letter:
    """One page of an article, or the word that there is none."""
    page = services.read_guide.page(slug, number, language)
    if page is None:
        return guide.no_such_article(language)
    return guide.page(
        page.article,
        page.html,
        page.number,
        page.of,
        page.following,
        language,
        pictured=page.pictured,
        spoken=page.spoken,
    )


async def chosen_first(
    query: CallbackQuery,
    chosen: Language,
    payload: str,
    services: Services,
    cause: UpdateId,
    state: FSMContext,
) -> None:
    """The very first choice: from now on everything is in this language; a question already written is answered."""
    if not isinstance(query.message, Message):
        await anew(query, menu.first_screen(payload if PAYLOAD.fullmatch(payload) else ""))
        await receive(query)
        return
    message = query.message
    chat = ChatId(query.from_user.id)
    person = await services.start_chat(chat, query.from_user.full_name)
    await services.describe.language(chat, chosen)
    await show(query, Letter(menu.language_chosen(chosen)))
    await set_commands(message, services, chosen)
    await open_link(message, payload, services, chosen, state)
    written = message.reply_to_message
    if written is not None and holds_names(written.text or ""):
        await say(message, quotas_asking.ways(chosen))  # a list of people never becomes a question
    elif written is not None and not (written.text or "").startswith("/"):
        part = part_of(written)
        if part is not None:
            asking = Asking(chat, chat, chosen, person.place)
            await questions.answer(written, asking, part, services, cause)


async def choose(message: Message, language: Language | None) -> None:
    """/language shows the choice again."""
    await say(message, menu.first_screen() if language is None else menu.choose_language(language))


async def chosen_again(query: CallbackQuery, chosen: Language, services: Services) -> None:
    """Another language from now on: words, menu and commands."""
    if not isinstance(query.message, Message):
        await anew(query, menu.first_screen())
        await receive(query)
        return
    chat = ChatId(query.from_user.id)
    if await services.start_chat.subscriber(chat) is None:
        await services.start_chat(chat, query.from_user.full_name)
    await services.describe.language(chat, chosen)
    await show(query, Letter(menu.language_chosen(chosen)))
    await set_commands(query.message, services, chosen)
    await say(query.message, menu.welcome(chosen))


async def set_commands(message: Message, services: Services, language: Language) -> None:
    """The commands menu of this chat, in its language, with a coordinator's own commands."""
    if message.bot is None:
        return
    roles = frozenset(grant.role for grant in await services.authority.grants(ChatId(message.chat.id)))
    await hang_out_commands(message.bot, message.chat.id, menu.commands(language, roles))


def build() -> Router:
    """Private chats only."""
    chosen_lately = Lately()

    async def chosen_once(
        query: CallbackQuery,
        chosen: Language,
        payload: str,
        services: Services,
        language: Language | None,
        cause: UpdateId,
        state: FSMContext,
    ) -> None:
        tap = (query.from_user.id, query.message.message_id if query.message else 0)
        if tap in chosen_lately and language is chosen:  # a second tap; a try that broke off is not remembered
            await receive(query)
            return
        await chosen_first(query, chosen, payload, services, cause, state)
        chosen_lately.add(tap)

    router = Router(name="start")
    router.message.filter(F.chat.type == "private")
    router.callback_query.filter(F.message.chat.type == "private")
    router.message.register(start, CommandStart())
    router.message.register(choose, Command("language"))
    router.callback_query.register(chosen_once, pressed("start", chosen=Language, payload=str))
    router.callback_query.register(chosen_again, pressed("language", chosen=Language))
    return router
