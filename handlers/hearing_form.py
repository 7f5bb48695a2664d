"""/hearing: a coordinator fills a draft by steps or from a pasted announcement, previews it, and publishes it."""

from functools import partial

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.domain.announcements.dates import DateTrouble, When
from bot.domain.chats import Subscriber
from bot.domain.hearings import (
    Draft,
    DraftId,
    Hearing,
    HearingKind,
    Item,
    Material,
    NothingChanged,
    NotReady,
    RevisionMoved,
    Shown,
    Spot,
    Terms,
)
from bot.domain.ids import Language, PlaceSlug, UpdateId
from bot.domain.places import COUNTRY
from bot.ports import Letter
from bot.services import Services
from bot.texts import hearing_form, hearings
from handlers.reading import awaits, pressed
from handlers.speaking import receive, say, show


class Filling(StatesGroup):
    """An answer is awaited; the form holds the draft and the item."""

    item = State()
    paste = State()


def draft_number(value: str) -> DraftId:
    """The number of a draft from a button."""
    return DraftId(int(value))


async def begin(message: Message, person: Subscriber, services: Services, language: Language) -> None:
    """/hearing: what can be done."""
    await say(message, await beginning(person, services, language))


async def begin_again(
    query: CallbackQuery, person: Subscriber, services: Services, language: Language, state: FSMContext
) -> None:
    """The same in place."""
    await state.clear()
    await show(query, await beginning(person, services, language))


async def beginning(person: Subscriber, services: Services, language: Language) -> Letter:
    """What can be done, as a letter. Raises NotAllowed."""
    await services.hearings.drafts.may_announce(person.chat_id)
    drafts = await services.hearings.drafts.mine(person.chat_id)
    return hearing_form.beginning(drafts, services.hearings.setting, language)


async def new(
    query: CallbackQuery,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
    cause: UpdateId,
) -> None:
    """A draft by steps: the place comes first."""
    draft = await services.hearings.drafts.begin(person.chat_id, Terms(), cause)
    await ask(query.message, draft, Item.PLACE, services, language, state)
    await receive(query)


async def paste(
    query: CallbackQuery, person: Subscriber, services: Services, language: Language, state: FSMContext
) -> None:
    """One message with everything is awaited."""
    await services.hearings.drafts.may_announce(person.chat_id)
    await state.set_state(Filling.paste)
    await show(query, hearing_form.paste_wanted(language))


async def pasted(
    message: Message,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
    cause: UpdateId,
) -> None:
    """The fields that were recognised, to be looked at."""
    words = message.text or message.caption
    if not words:
        await say(message, Letter(hearing_form.other_answer(Item.AGENDA, language)), reply=True)
        return
    await state.clear()
    draft, when = await services.hearings.read(person.chat_id, words, cause)
    await say(message, await overview(draft, services, language, when))


async def look(
    query: CallbackQuery,
    draft: DraftId,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
) -> None:
    """The whole draft, in place."""
    await state.clear()
    found = await services.hearings.drafts.get(person.chat_id, draft)
    await show(query, await overview(found, services, language))


async def overview(draft: Draft, services: Services, language: Language, when: When | None = None) -> Letter:
    """The whole draft with what is missing."""
    seen = await services.hearings.drafts.preview(draft.author, draft.id)
    return hearing_form.draft(seen.draft, seen.problems, seen.same_day, services.hearings.setting, language, when)


async def ask(
    message: object, draft: Draft, item: Item | None, services: Services, language: Language, state: FSMContext
) -> None:
    """The next question of the form, or the whole draft when there is none."""
    if not isinstance(message, Message):
        return
    if item is None:
        await state.clear()
        await say(message, await overview(draft, services, language))
        return
    if item is Item.PLACE:
        from handlers import places

        await state.set_state(places.Typing.place)
        await state.set_data({"purpose": f"h.{draft.id}"})
        letter = await places.branch(
            services, Subscriber(draft.author, language), f"h.{draft.id}", COUNTRY, 1, language
        )
        text = hearing_form.question(item, draft, language).text
        await say(message, Letter(text, letter.buttons))
        return
    await state.set_state(Filling.item)
    await state.set_data({"draft": draft.id, "item": item.value})
    await say(message, hearing_form.question(item, draft, language))


async def one_item(
    query: CallbackQuery,
    draft: DraftId,
    item: Item,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
) -> None:
    """One item of the draft is asked again."""
    found = await services.hearings.drafts.get(person.chat_id, draft)
    await ask(query.message, found, item, services, language, state)
    await receive(query)


async def skip(
    query: CallbackQuery,
    draft: DraftId,
    item: Item,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
) -> None:
    """The next item that is not said yet."""
    found = await services.hearings.drafts.get(person.chat_id, draft)
    following = await services.hearings.drafts.next_item(found, item)
    await ask(query.message, found, following, services, language, state)
    await receive(query)


async def answered(
    message: Message, person: Subscriber, services: Services, language: Language, state: FSMContext
) -> None:
    """An answer goes into the draft, or one sentence says why it cannot; nothing that was said is lost."""
    form = await state.get_data()
    number, item = DraftId(int(form["draft"])), Item(form["item"])
    fill = services.hearings.fill
    chat = person.chat_id
    if item is Item.SPOT and message.location is not None:
        spot = Spot(message.location.latitude, message.location.longitude)
        draft = await fill.spot(chat, number, spot)
    elif item is Item.FILES and (file := material_of(message)) is not None:
        draft = await fill.file(chat, number, file)
        await say(message, hearing_form.file_kept(len(draft.terms.files), number, language))
        return
    elif item in (Item.SPOT, Item.FILES, Item.KIND) or not message.text:
        await say(message, Letter(hearing_form.other_answer(item, language)), reply=True)
        return
    else:
        filled = await fill.words(chat, number, item, message.text)
        if filled.too_long:
            await say(message, Letter(hearing_form.too_long(item, filled.too_long, language)), reply=True)
            return
        if filled.when is not None and filled.when.trouble is not DateTrouble.NONE:
            trouble = hearing_form.date_trouble(filled.when, services.hearings.setting, language)
            if not filled.taken:
                await say(message, Letter(trouble), reply=True)
                return
            await state.clear()
            await say(message, await overview(filled.draft, services, language, filled.when))
            return
        draft = filled.draft
    await ask(message, draft, await services.hearings.drafts.next_item(draft, item), services, language, state)


async def place_chosen(
    query: CallbackQuery,
    draft: DraftId,
    place: PlaceSlug,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
) -> None:
    """The place of the hearing, from the tree. Raises NotAllowed outside one's branches."""
    found = await services.hearings.fill.place(person.chat_id, draft, place)
    following = await services.hearings.drafts.next_item(found, Item.PLACE)
    await ask(query.message, found, following, services, language, state)
    await receive(query)


async def kind_chosen(
    query: CallbackQuery,
    draft: DraftId,
    kind: HearingKind,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
) -> None:
    """What it is about."""
    found = await services.hearings.fill.kind(person.chat_id, draft, kind)
    following = await services.hearings.drafts.next_item(found, Item.KIND)
    await ask(query.message, found, following, services, language, state)
    await receive(query)


async def without_a_hall(
    query: CallbackQuery,
    draft: DraftId,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
) -> None:
    """Online."""
    found = await services.hearings.fill.online(person.chat_id, draft)
    following = await services.hearings.drafts.next_item(found, Item.VENUE)
    await ask(query.message, found, following, services, language, state)
    await receive(query)


async def confirm(
    query: CallbackQuery, draft: DraftId, person: Subscriber, services: Services, language: Language
) -> None:
    """What was not sure is right."""
    found = await services.hearings.fill.confirm(person.chat_id, draft)
    await show(query, await overview(found, services, language))


async def preview(
    query: CallbackQuery, draft: DraftId, person: Subscriber, services: Services, language: Language
) -> None:
    """The very letters in both languages, and to how many they go."""
    seen = await services.hearings.drafts.preview(person.chat_id, draft)
    if not isinstance(query.message, Message) or seen.draft.terms.starts_at is None or seen.draft.terms.place is None:
        await receive(query)
        return
    setting, terms = services.hearings.setting, seen.draft.terms
    place, starts_at = seen.draft.terms.place, seen.draft.terms.starts_at
    await receive(query)  # three letters to one chat take over two seconds
    number = seen.draft.hearing
    hearing = Hearing(
        number or hearings.UNNUMBERED, place, starts_at, terms, person.chat_id, services.hearings.clock.now()
    )
    before = None if number is None else (await services.hearings.show.one(number, person.chat_id)).hearing.terms

    def words(language: Language, level: int) -> str:
        head = hearings.announced_head(hearing, setting, language)
        if before is not None:
            changes = hearings.was_now(before, terms, setting, language, level)
            head = hearings.changed_head(hearing, changes, language)
        return f"{head}\n\n{hearings.card(Shown(hearing), setting, language, group=False, level=level)}"

    for one in Language:
        await say(query.message, Letter(hearings.fitting(partial(words, one))))
    reach = seen.reach
    await say(
        query.message,
        hearing_form.preview(seen.draft, reach.groups, reach.people, reach.later, seen.problems, language),
    )


async def publish(
    query: CallbackQuery,
    draft: DraftId,
    person: Subscriber,
    services: Services,
    language: Language,
    cause: UpdateId,
) -> None:
    """The draft becomes a hearing, or a change of one; refusals are said with a word."""
    found = await services.hearings.drafts.get(person.chat_id, draft)
    verb = services.hearings.move if found.hearing is not None else services.hearings.announce
    try:
        hearing = await verb(person.chat_id, draft, cause)
    except NotReady as refused:
        await receive(query, hearing_form.problem_words(refused.problems[0], language), alert=True)
        return
    except RevisionMoved as refused:
        await show(query, hearing_form.revision_moved(refused.hearing, language))
        return
    except NothingChanged:
        await receive(query, hearing_form.nothing_changed(language), alert=True)
        return
    await show(query, hearing_form.published(hearing, language))


async def throw_away(
    query: CallbackQuery, draft: DraftId, person: Subscriber, services: Services, language: Language
) -> None:
    """The draft is gone."""
    await services.hearings.drafts.drop(person.chat_id, draft)
    await show(query, hearing_form.dropped(language))


def material_of(message: Message) -> Material | None:
    """The file of a message as a material, with the name and size it came with."""
    if message.document is not None:
        return Material(
            "document", message.document.file_id, message.document.file_name or "", message.document.file_size or 0
        )
    if message.photo:
        return Material("photo", message.photo[-1].file_id, "", message.photo[-1].file_size or 0)
    if message.voice is not None:
        return Material("voice", message.voice.file_id, "", message.voice.file_size or 0)
    return None


def build() -> Router:
    """Private chats only; the role is checked by the use case at the moment of acting."""
    router = Router(name="hearing form")
    router.message.register(begin, Command("hearing"))
    router.message.register(pasted, awaits(Filling.paste))
    router.message.register(answered, awaits(Filling.item), ~F.text.startswith("/"))
    router.callback_query.register(begin_again, pressed("fd:all"))
    router.callback_query.register(new, pressed("fd:new"))
    router.callback_query.register(paste, pressed("fd:paste"))
    router.callback_query.register(look, pressed("fd", draft=draft_number))
    router.callback_query.register(one_item, pressed("fe", draft=draft_number, item=Item))
    router.callback_query.register(skip, pressed("fs", draft=draft_number, item=Item))
    router.callback_query.register(kind_chosen, pressed("fk", draft=draft_number, kind=HearingKind))
    router.callback_query.register(without_a_hall, pressed("fo", draft=draft_number))
    router.callback_query.register(confirm, pressed("fc", draft=draft_number))
    router.callback_query.register(preview, pressed("fp", draft=draft_number))
    router.callback_query.register(publish, pressed("fb", draft=draft_number))
    router.callback_query.register(throw_away, pressed("fx", draft=draft_number))
    return router
