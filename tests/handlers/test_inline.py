"""`@bot word` in any chat: articles in the asker's language, sent in their own name, and never taken for a question."""

import asyncio
import re
from html import unescape
from typing import Any

import pytest
from pydantic import SecretStr

from bot import checking
from bot.demo.methods import queries
from bot.settings import Settings
from bot.texts.pieces import units
from tests.town import TOKEN, Person, Town, text_of

Result = dict[str, Any]


async def types(person: Person, words: str) -> dict[str, Any]:
    """What the bot offers to somebody who has typed its name and these words."""
    answer = (await person.town.post("/sim/inline", {"from": person.id, "query": words}))["answer"]
    assert answer is not None
    found: dict[str, Any] = answer
    return found


def ids(answer: dict[str, Any]) -> list[str]:
    return [one["id"] for one in answer["results"]]


def words_of(result: Result) -> str:
    return unescape(re.sub(r"<[^>]*>", "", result["input_message_content"]["message_text"]))


@pytest.mark.parametrize(
    ("language", "words", "slug"),
    [
        ("ky", "депозит", "deposit"),
        ("ru", "квота в айылном кенеше", "quota-aiyl"),
        ("ru", "бюджетные слушания", "budget-hearing"),
        ("ky", "байкоочу", "observers"),
    ],
)
async def test_articles_are_offered_in_the_chosen_language(town: Town, language: str, words: str, slug: str) -> None:
    aida = await town.person("Аида", language_code="en")
    await aida.has(language)

    answer = await types(aida, words)

    assert f"{slug}.{language}" in ids(answer)
    assert all(one.endswith(f".{language}") for one in ids(answer)) and len(ids(answer)) <= 10


@pytest.mark.parametrize(
    ("phone", "languages"),
    [("ky", {"ky"}), ("ru", {"ru"}), ("ru-RU", {"ru"}), ("en", {"ky", "ru"}), ("", {"ky", "ru"})],
)
async def test_a_stranger_is_offered_the_language_of_the_phone_or_both(
    town: Town, phone: str, languages: set[str]
) -> None:
    answer = await types(await town.person("Аида", language_code=phone), "депозит")

    assert {one.rpartition(".")[2] for one in ids(answer)} == languages


async def test_without_words_the_first_article_of_each_section_is_offered(town: Town) -> None:
    answer = await types(await town.person("Аида", language_code="ky"), "")

    library = town.kernel.library
    assert len(ids(answer)) == len(library.sections()) == 7
    assert len({library.outline.section_of(one.rpartition(".")[0]) for one in ids(answer)}) == 7


async def test_a_word_half_typed_finds_titles_that_begin_so(town: Town) -> None:
    answer = await types(await town.person("Аида", language_code="ru"), "наблюд")

    assert "observers.ru" in ids(answer)


@pytest.mark.parametrize("words", ["президент шайлоосу качан", "выборы президента", "рецепт плова", "привет"])
async def test_what_the_guide_does_not_know_offers_nothing_but_the_bot(town: Town, words: str) -> None:
    answer = await types(await town.person("Аида", language_code="ru"), words)

    assert ids(answer) == [] and answer["button"]["start_parameter"]


@pytest.mark.parametrize("words", ["", "квота", "шайлоо", "<b>&", "a" * 256, "🙂", "депутат"])
async def test_every_result_fits_and_leads_back(town: Town, words: str) -> None:
    answer = await types(await town.person("Аида", language_code="en"), words)

    assert len(set(ids(answer))) == len(ids(answer)) <= 50
    for one in answer["results"]:
        slug = one["id"].rpartition(".")[0]
        text = one["input_message_content"]["message_text"]
        assert len(one["id"].encode()) <= 64
        assert units(words_of(one)) <= 4096 and units(text) <= 4096
        assert f'href="https://t.me/{town.world.bot.username}?start=a_{slug}"' in text
        assert one["title"] and one["description"] and "{{" not in text and "guide:" not in text


async def test_the_list_is_kept_for_one_person_and_not_for_long(town: Town) -> None:
    await types(await town.person("Аида", language_code="ru"), "квота")

    (asked,) = await town.requests("answerInlineQuery")
    assert asked["ok"] and asked["params"]["is_personal"] is True and 0 < asked["params"]["cache_time"] <= 300


async def test_a_law_is_sent_with_its_basis_and_advice_says_so(town: Town) -> None:
    aida = await town.person("Аида", language_code="ru")
    law = await types(aida, "квота в айылном кенеше")
    advice = await types(aida, "план кампании")

    said = next(one for one in law["results"] if one["id"] == "quota-aiyl.ru")
    assert "Закон «О выборах депутатов местных кенешей»" in words_of(said)
    said = next(one for one in advice["results"] if one["id"] == "campaign-plan.ru")
    assert "не норма закона" in words_of(said) or "Совет" in words_of(said)


async def test_what_is_chosen_stands_in_the_chat_and_is_no_question(town: Town) -> None:
    aida, bakyt = await town.person("Аида"), await town.person("Бакыт")
    await aida.has("ru")
    group = await town.group("Айыл", [aida, bakyt], [bakyt])
    result = (await types(aida, "депозит"))["results"][0]

    for chat in (aida.id, group):
        newest = await town.newest(chat)
        await town.post(f"/sim/chats/{chat}/send", {"from": aida.id, "inline_result": result})
        here = Person(town, aida.id, chat, newest)
        await here.hears_nothing()
        sent = (await town.messages(chat))[-1]
        assert sent["via_bot"]["username"] == town.world.bot.username and result["title"] in text_of(sent)


async def test_the_link_of_a_sent_article_opens_it(town: Town) -> None:
    aida, bakyt = await town.person("Аида", language_code="ru"), await town.person("Бакыт")
    result = (await types(aida, "депозит"))["results"][0]
    await bakyt.has("ru")
    link = re.search(r"start=(a_[\w-]+)\"", result["input_message_content"]["message_text"])
    assert link is not None

    assert result["title"] in text_of(await bakyt.come_by(link[1]))


async def test_the_button_above_the_list_opens_the_bot(town: Town) -> None:
    aida = await town.person("Аида", language_code="ru")
    answer = await types(aida, "квота")

    page = await aida.has("ru", answer["button"]["start_parameter"])
    assert text_of(page)


async def test_an_answer_that_comes_too_late_troubles_nobody(town: Town) -> None:
    aida = await town.person("Аида", language_code="ru")
    lives, queries.QUERY_LIVES_S = queries.QUERY_LIVES_S, -1.0
    try:
        asking = town.http.post(f"{town.base}/sim/inline", json={"from": aida.id, "query": "квота"})
        waiting = asyncio.ensure_future(asking.__aenter__())
        refused = await town.eventually(lambda: town.requests("answerInlineQuery"))
        assert not refused[0]["ok"] and "too old" in refused[0]["error"]
        waiting.cancel()
    finally:
        queries.QUERY_LIVES_S = lives
    assert ids(await types(aida, "квота"))


@pytest.mark.parametrize(("on", "said"), [(True, []), (False, ["inline mode is off at BotFather"])])
async def test_the_live_check_says_when_inline_mode_is_off(town: Town, on: bool, said: list[str]) -> None:
    town.world.bot.inline = on
    settings = Settings(_env_file=None, bot_token=SecretStr(TOKEN), bot_api_base=town.base, database=town.database)

    found = [one.partition(":")[0] for one in await checking.live(settings)]
    assert found == said
