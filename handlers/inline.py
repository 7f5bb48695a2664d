"""`@bot word` in any chat: articles in the asker's language, to be sent there in one's own name."""

from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Message,
)

from bot.domain.chats import Subscriber
from bot.domain.ids import Language
from bot.services import Services
from bot.services.suggesting import Suggestion
from bot.texts import inline
from handlers.speaking import NO_PREVIEW, TOO_OLD

KEPT_S = 60  # Telegram keeps a list for one person so long; after that a changed language or guide is seen
FROM_INLINE = "inline"


async def offer(query: InlineQuery, person: Subscriber | None, services: Services) -> None:
    """The list for what has been typed so far; one that comes too late is let go."""
    languages = languages_of(person, query.from_user.language_code)
    found = services.suggest_articles(query.query, languages)
    try:
        await query.answer(
            [_result(one) for one in found],
            cache_time=KEPT_S,
            is_personal=True,
            button=InlineQueryResultsButton(text=inline.open_bot(languages), start_parameter=FROM_INLINE),
        )
    except TelegramBadRequest as error:
        if not any(old in error.message for old in TOO_OLD):
            raise


def languages_of(person: Subscriber | None, phone: str | None) -> tuple[Language, ...]:
    """The chosen language; else the phone's, if it is one of ours; else both."""
    if person is not None and person.language is not None:
        return (person.language,)
    spoken = (phone or "").partition("-")[0]
    return (Language(spoken),) if spoken in list(Language) else tuple(Language)


async def via_us(message: Message, bot: Bot) -> bool:
    """An article that somebody has just sent through us: our own words are no question."""
    return message.via_bot is not None and message.via_bot.id == bot.id


async def leave(_message: Message) -> None:
    """Nothing is answered."""


def build() -> Router:
    """Inline queries, and what becomes of them; stands before everything that reads messages."""
    router = Router(name="inline")
    router.inline_query.register(offer)
    router.message.register(leave, via_us)
    router.edited_message.register(leave, via_us)
    return router


def _result(one: Suggestion) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id=f"{one.article.slug}.{one.article.language}"[-64:],
        title=one.article.title,
        description=inline.description(one.lead),
        input_message_content=InputTextMessageContent(
            message_text=inline.message(one.article, one.html, one.whole, one.address),
            parse_mode="HTML",
            link_preview_options=NO_PREVIEW,
        ),
    )
