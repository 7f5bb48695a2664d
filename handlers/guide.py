"""/guide: sections, articles, pages, in one message edited in place; and "was this useful?"."""

from aiogram import Router
from aiogram.filters import Command, or_f
from aiogram.types import CallbackQuery, Message

from bot.domain.ids import ChatId, Language, Slug
from bot.ports import Letter
from bot.services import Services
from bot.services.showing import Shown
from bot.texts import faq, guide
from handlers.reading import flag, menu_key, pressed
from handlers.speaking import hand_over, receive, say, show
from handlers.start import article


async def contents(message: Message, services: Services, language: Language) -> None:
    """The table of contents as a new message."""
    await say(message, await _sections(services, language))


async def section(query: CallbackQuery, section_name: str, services: Services, language: Language) -> None:
    """The articles of a section; without a name the table of contents."""
    articles = services.read_guide.articles(section_name, language) if section_name else ()
    if articles:
        await show(query, guide.section(section_name, articles, language))
    else:
        await show(query, await _sections(services, language))


async def page(query: CallbackQuery, slug: Slug, number: int, services: Services, language: Language) -> None:
    """One page of an article in place of what stood there."""
    await show(query, article(slug, number, services, language))


async def look(query: CallbackQuery, slug: Slug, services: Services, language: Language) -> None:
    """The article's picture as a new message; the second person gets what the first one waited for."""
    await _hand_over(query, await services.show_article.picture(slug, language), services, language)


async def listen(query: CallbackQuery, slug: Slug, services: Services, language: Language) -> None:
    """The article read aloud."""
    await _hand_over(query, await services.show_article.voice(slug, language), services, language)


async def _hand_over(query: CallbackQuery, shown: Shown | None, services: Services, language: Language) -> None:
    if shown is None:
        await receive(query, guide.nothing_beside(language), alert=True)
        return
    services.show_article.sent(shown, await hand_over(query, shown.letter))
    await receive(query)


async def useful(query: CallbackQuery, slug: Slug, yes: bool, services: Services, language: Language) -> None:
    """The opinion is kept; the last one counts."""
    if services.read_guide.article(slug, language) is not None:
        await services.say_useful(ChatId(query.from_user.id), slug, language, yes)
    await receive(query, guide.thanks_for_opinion(language))


def build() -> Router:
    """The guide in a private chat."""
    router = Router(name="guide")
    router.message.register(contents, or_f(Command("guide"), menu_key("guide")))
    return router


def build_buttons() -> Router:
    """Pages can be turned in groups too."""
    router = Router(name="guide buttons")
    router.callback_query.register(page, pressed("a", slug=Slug, number=int))
    router.callback_query.register(section, pressed("g", section_name=str))
    router.callback_query.register(look, pressed("look", slug=Slug))
    router.callback_query.register(listen, pressed("listen", slug=Slug))
    router.callback_query.register(useful, pressed("u", slug=Slug, yes=flag))
    return router


async def _sections(services: Services, language: Language) -> Letter:
    contents = guide.sections(services.read_guide.sections(), language)
    return faq.with_section(contents, await services.read_faq.any(), language)
