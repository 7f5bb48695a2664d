"""Finding a place: down the tree by buttons, or typed with mistakes; for /me, for an invitation, for a village."""

from collections.abc import Iterable, Sequence

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.domain.chats import Role, Subscriber
from bot.domain.hearings import DraftId
from bot.domain.ids import Language, PlaceSlug, QuestionId, UpdateId
from bot.domain.places import COUNTRY, Level, Place, PlaceMatch
from bot.ports import Letter
from bot.services import Services
from bot.texts import me, refusals
from handlers import candidacy, district_form, elections, hearing_form, hearings, kenesh, people
from handlers.reading import flag, pressed
from handlers.speaking import receive, say, show

LONGEST_NAME = 60
LONGEST_NUMBER = 15  # digits of a question; roles are shorter


class Typing(StatesGroup):
    """A name is awaited; the form holds the purpose and what was typed."""

    place = State()


async def browse(
    query: CallbackQuery,
    purpose: str,
    slug: PlaceSlug,
    number: int,
    services: Services,
    language: Language,
    state: FSMContext,
    person: Subscriber,
) -> None:
    """One node of the tree; a name may be written instead of going down."""
    await state.set_state(Typing.place)
    await state.update_data(purpose=purpose)
    await show(query, await branch(services, person, purpose, slug, number, language))


async def branch(
    services: Services, person: Subscriber, purpose: str, slug: PlaceSlug, number: int, language: Language
) -> Letter:
    """A node of the tree as a letter for this purpose."""
    tree = await services.place_book.tree()
    place = tree.get(slug) or tree.get(COUNTRY)
    if place is None:
        return Letter(refusals.old_button(language))
    confirmable = place.derived and await services.place_book.may_confirm(person.chat_id, place.slug)
    return me.branch(
        place, tree, purpose, number, language, choosable=_choosable(purpose, place), confirmable=confirmable
    )


async def names_a_place(message: Message, services: Services, language: Language, state: FSMContext) -> bool:
    """Whether the words answer the form: a person may leave it open and just ask a question."""
    if await state.get_state() != Typing.place.state or (message.text or "/").startswith("/"):
        return False
    words = message.text or ""
    if any(match.exact for match in await services.place_book.find(words)):
        return True
    if "-" in words and len(words.split()) == 1:
        return "?" not in words  # «Жылуу-Булак»: a village that no list has, whatever its parts mean to the guide
    asks = "?" in words or services.answer_question.knows(words, language)
    if asks:
        await state.clear()
    return not asks


async def typed(message: Message, services: Services, language: Language, state: FSMContext) -> None:
    """Words that name a place, perhaps with mistakes."""
    words = " ".join((message.text or "").split())[:LONGEST_NAME]
    purpose = str((await state.get_data()).get("purpose", "me"))
    await state.update_data(words=words)
    tree, matches = await services.place_book.tree(), await _matches(services, words, purpose)
    named = _named(matches)
    if len(named) == 1:
        await say(message, me.this_place(named[0], tree, purpose, language))
    elif matches:
        await say(message, me.found(named or _places(matches), tree, purpose, language, exact=bool(named)))
    else:
        await say(message, me.not_found(words, purpose, language))


async def others(
    query: CallbackQuery, all_shown: bool, services: Services, language: Language, state: FSMContext
) -> None:
    """The places shown are not the one: what else the typed words may mean."""
    form = await state.get_data()
    words, purpose = str(form.get("words", "")), str(form.get("purpose", "me"))
    if not words:
        await receive(query, refusals.old_button(language), alert=True)
        return
    matches = await _matches(services, words, purpose)
    rest = [] if all_shown else [place for place in _places(matches) if place not in _named(matches)]
    if rest:
        tree = await services.place_book.tree()
        await show(query, me.found(rest, tree, purpose, language, exact=False))
    else:
        await show(query, me.not_found(words, purpose, language, others=bool(matches)))


async def village(
    query: CallbackQuery, services: Services, language: Language, state: FSMContext, person: Subscriber
) -> None:
    """The typed name is no place of the tree: its rayon or city is asked for."""
    words = str((await state.get_data()).get("words", ""))
    if not words:
        await receive(query, refusals.old_button(language), alert=True)
        return
    letter = await branch(services, person, "v", COUNTRY, 1, language)
    await state.update_data(purpose="v", village=words)
    await show(query, Letter(me.village_wants_rayon(words, language) + "\n\n" + letter.text, letter.buttons))


async def choose(
    query: CallbackQuery,
    purpose: str,
    slug: PlaceSlug,
    services: Services,
    language: Language,
    state: FSMContext,
    person: Subscriber,
    cause: UpdateId,
) -> None:
    """The place is chosen, for whatever it was asked."""
    form = await state.get_data()
    await state.clear()
    kind, _dot, which = purpose.partition(".")
    tree = await services.place_book.tree()
    known = kind in ("me", "v", "f", "d", "q", "c") or (kind == "i" and which in tuple(Role))
    known = known or (kind in ("al", "h") and which.isdecimal()) or (kind == "e" and (not which or which.isdecimal()))
    if not known or len(which) > LONGEST_NUMBER or (slug != "-" and tree.get(slug) is None):
        await receive(query, refusals.old_button(language), alert=True)
    elif kind == "i":
        await people.invite(query, Role(which), slug, services, language, cause)
    elif kind == "e":
        await elections.place_chosen(query, which, slug, person, services, language, cause)
    elif kind == "c":
        await candidacy.place_chosen(query, slug, services, language)
    elif kind == "f":
        await hearings.follow(query, slug, person, services, language)
    elif kind == "h":
        draft = DraftId(int(which))
        await hearing_form.place_chosen(query, draft, slug, person, services, language, state)
    elif kind == "d":
        await district_form.place_chosen(query, slug, person, services, language, state)
    elif kind == "q":
        await kenesh.give(query, slug, services, language, state)
    elif kind == "al":
        await services.place_book.settle_village(person.chat_id, QuestionId(int(which)), slug, cause)
        await show(query, Letter(me.alias_kept(tree, slug, language)))
    else:
        words = str(form.get("village", "")) if kind == "v" else ""
        await services.describe.place(person.chat_id, None if slug == "-" else slug, words)
        again = await services.start_chat.subscriber(person.chat_id) or person
        await show(query, me.me(again, tree, language), me.place_kept(again, tree, language))


async def confirm(
    query: CallbackQuery, slug: PlaceSlug, services: Services, language: Language, person: Subscriber, cause: UpdateId
) -> None:
    """A coordinator says that the Kyrgyz name is right."""
    await services.place_book.confirm_name(person.chat_id, slug, cause)
    await show(query, await branch(services, person, "me", slug, 1, language), me.name_confirmed(language))


async def settle(
    query: CallbackQuery, question: QuestionId, services: Services, language: Language, person: Subscriber
) -> None:
    """A coordinator looks for the place that an asker's own village belongs to."""
    found = await services.place_book.village(person.chat_id, question)
    if found is None:
        await receive(query, refusals.old_button(language), alert=True)
        return
    words, rayon = found
    letter = await branch(services, person, f"al.{question}", rayon, 1, language)
    text = me.which_place_is(words, language) + "\n\n" + letter.text
    if isinstance(query.message, Message):
        await say(query.message, Letter(text, letter.buttons))
    await receive(query)


def build() -> Router:
    """Private chats only."""
    router = Router(name="places")
    router.message.register(typed, names_a_place)
    router.callback_query.register(browse, pressed("p", purpose=str, slug=PlaceSlug, number=int))
    router.callback_query.register(choose, pressed("ps", purpose=str, slug=PlaceSlug))
    router.callback_query.register(others, pressed("po", all_shown=flag))
    router.callback_query.register(village, pressed("pv"))
    router.callback_query.register(confirm, pressed("pc", slug=PlaceSlug))
    router.callback_query.register(settle, pressed("al", question=lambda value: QuestionId(int(value))))
    return router


async def _matches(services: Services, words: str, purpose: str) -> list[PlaceMatch]:
    return [match for match in await services.place_book.find(words) if _choosable(purpose, match.place)]


def _places(matches: Iterable[PlaceMatch]) -> list[Place]:
    return [match.place for match in matches]


def _named(matches: Sequence[PlaceMatch]) -> list[Place]:
    """The places that the words name: by their own names if any do, else by the other ways people call them."""
    exact = [match for match in matches if match.exact]
    return _places([match for match in exact if match.words in match.place.names.values()] or exact)


def _choosable(purpose: str, place: Place) -> bool:
    """A village's own rayon or city; a role may be for the whole country; a person lives below an oblast; districts
    are those of an aiyl aimak."""
    kind = purpose.partition(".")[0]
    if kind in ("d", "q"):
        return place.elects_aiyl_kenesh
    if kind == "v":
        return place.level in (Level.RAYON, Level.CITY, Level.REPUBLICAN_CITY)
    return kind in ("i", "al", "h", "f", "e") or place.level is not Level.COUNTRY
