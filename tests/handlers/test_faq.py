"""A coordinator's reply becomes an answer for everybody: two languages, no name, a basis, and a second person's yes."""

import pytest

from tests.handlers.faq_story import ANSWER, QUESTION, colleague, drafted, published, replied
from tests.handlers.test_people import coordinator, in_issyk_kul
from tests.handlers.test_questions import desk, rows
from tests.handlers.test_strangers import forge, forget, revoke
from tests.town import Town, buttons, text_of

ALIKE = {
    "ru": "Подскажите, где припарковать машину возле участка",
    "ky": "участоктун жанына машинаны кайда койсо болот",
}
LIKE = {"ru": "Где припарковать автобус возле участка?", "ky": "Участоктун жанына автобусту кайда койсо болот?"}
SIGNED = {"ru": "Нургүл, координатор, ", "ky": "Нургүл, координатор, "}
ADVICE = {"ru": "Это совет, а не норма закона.", "ky": "Бул — акыл-кеңеш, мыйзамдын талабы эмес."}
SECTION = {"ru": "Вопросы и ответы", "ky": "Суроо-жооп"}


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_a_published_reply_answers_the_next_who_asks_in_either_language(town: Town, language: str) -> None:
    await published(town, language)

    for tongue in ("ky", "ru"):
        maria = await town.person("Мария", tongue)
        await maria.has(tongue)
        answer = text_of(await maria.say(ALIKE[tongue]))

        assert answer.startswith(QUESTION[tongue])
        assert ANSWER[tongue] in answer
        assert ADVICE[tongue] in answer
        assert SIGNED[tongue] in answer
        assert "Айгерим" not in answer and "0555" not in answer
    assert rows(town, "SELECT count(*) FROM questions") == [(1,)]


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_what_is_only_like_it_is_offered_and_never_answered_surely(town: Town, language: str) -> None:
    await published(town)
    maria = await town.person("Мария", language)
    await maria.has(language)

    offer = await maria.say(LIKE[language])
    assert buttons(offer)[0].startswith("💬")
    assert ANSWER[language] not in text_of(offer)

    await maria.press(offer, "💬")
    opened = await maria.becomes(offer, ANSWER[language])
    assert len(buttons(opened)) == 2
    await maria.press(opened, {"ru": "Не то", "ky": "Бул эмес"}[language])
    assert "№ 2" in text_of(await maria.hears("№"))


async def test_the_names_are_gone_before_anybody_reads_the_draft(town: Town) -> None:
    nurgul = await desk(town)
    _asker, receipt = await replied(town, nurgul)
    await colleague(town, nurgul)

    draft = text_of(await drafted(nurgul, receipt))

    assert QUESTION["ru"] in draft and ANSWER["ru"] in draft
    assert QUESTION["ky"] in draft and ANSWER["ky"] in draft
    assert "Айгерим" not in draft and "0555" not in draft
    assert "никого нельзя узнать" in draft


async def test_an_answer_may_rest_on_a_citation_chosen_by_the_title_of_an_article(town: Town) -> None:
    nurgul = await desk(town)
    _asker, receipt = await replied(town, nurgul)
    timur = await colleague(town, nurgul)
    draft = await drafted(nurgul, receipt)
    await nurgul.press(draft, "Основание")
    await nurgul.hears("На чём основан")

    choice = await nurgul.say("квота 30 коротко")
    await nurgul.press(choice, "Квота 30 %: коротко")
    sources = await nurgul.becomes(choice, "На каком источнике")
    await nurgul.press(sources, "1. ")

    draft = await nurgul.hears("Черновик для руководства")
    assert "Основание: " in text_of(draft) and "Это совет" not in text_of(draft)
    await nurgul.press(draft, "Имён нет")
    letter = await timur.hears("Коллега просит")
    assert "Основание: " in text_of(letter)
    await timur.press(letter, "Да, опубликовать")
    await timur.becomes(letter, "Опубликовано")
    maria = await town.person("Мария")
    await maria.has("ru")
    assert "Основание: " in text_of(await maria.say(ALIKE["ru"]))


async def test_the_author_cannot_say_the_second_yes(town: Town) -> None:
    nurgul = await desk(town)
    _asker, receipt = await replied(town, nurgul)
    await colleague(town, nurgul)
    draft = await drafted(nurgul, receipt)
    await nurgul.press(draft, "Имён нет")
    [(text_hash,)] = rows(town, "SELECT substr(subject, -16) FROM audit WHERE act = 'faq_propose'")

    refused = await forge(nurgul, draft, f"fqy:1:{text_hash}")

    assert refused is not None and "другой координатор" in refused["text"]
    assert rows(town, "SELECT status FROM faq") == [("proposed",)]
    assert rows(town, "SELECT act, subject FROM audit WHERE allowed = 0") == [("refused", "faq_approve entry 1")]


async def test_an_edit_voids_the_yes_that_was_asked_for(town: Town) -> None:
    nurgul = await desk(town)
    _asker, receipt = await replied(town, nurgul)
    timur = await colleague(town, nurgul)
    draft = await drafted(nurgul, receipt)
    await nurgul.press(draft, "Имён нет")
    old = await timur.hears("Коллега просит")

    await nurgul.press(draft, "Ответ, русский")
    await nurgul.hears("Напишите ответ")
    draft = await nurgul.say("Ставьте машину за 100 метров от входа.")
    refused = await timur.press(old, "Да, опубликовать")
    assert "Текст с тех пор изменился" in refused["text"]

    await nurgul.press(draft, "Имён нет")
    new = await timur.hears("за 100 метров")
    refused = await timur.press(old, "Да, опубликовать")
    assert "Текст с тех пор изменился" in refused["text"]
    assert rows(town, "SELECT status FROM faq") == [("proposed",)]
    await timur.press(new, "Да, опубликовать")
    await timur.becomes(new, "Опубликовано")
    assert rows(town, "SELECT status FROM faq") == [("published",)]


async def test_a_draft_that_changed_since_it_was_shown_is_not_sent(town: Town) -> None:
    nurgul = await desk(town)
    _asker, receipt = await replied(town, nurgul)
    await colleague(town, nurgul)
    old = await drafted(nurgul, receipt)
    await nurgul.press(old, "Ответ, русский")
    await nurgul.hears("Напишите ответ")
    await nurgul.say("Ставьте машину за 100 метров от входа.")

    refused = await nurgul.press(old, "Имён нет")

    assert "Текст с тех пор изменился" in refused["text"]
    assert rows(town, "SELECT status FROM faq") == [("draft",)]


async def test_a_role_that_ended_says_no_yes(town: Town) -> None:
    nurgul = await desk(town)
    _asker, receipt = await replied(town, nurgul)
    timur = await colleague(town, nurgul)
    await nurgul.press(await drafted(nurgul, receipt), "Имён нет")
    letter = await timur.hears("Коллега просит")
    await revoke(nurgul, "Тимур")

    refused = await timur.press(letter, "Да, опубликовать")

    assert "Ваша роль" in refused["text"]
    assert rows(town, "SELECT status FROM faq") == [("proposed",)]
    assert ("refused", "faq_approve entry 1") in rows(town, "SELECT act, subject FROM audit WHERE allowed = 0")


async def test_a_role_for_another_place_is_neither_asked_nor_heard(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    _asker, receipt = await replied(town, nurgul)
    draft = await drafted(nurgul, receipt)
    await nurgul.press(draft, "Имён нет")
    assert "никто другой не может" in text_of(await nurgul.hears())
    await timur.hears_nothing()
    [(text_hash,)] = rows(town, "SELECT substr(subject, -16) FROM audit WHERE act = 'faq_propose'")
    greeting = await timur.say("/help")

    refused = await forge(timur, greeting, f"fqy:1:{text_hash}")

    assert refused is not None and "Ваша роль" in refused["text"]
    assert rows(town, "SELECT status FROM faq") == [("proposed",)]


async def test_a_no_returns_the_draft_to_its_author(town: Town) -> None:
    nurgul = await desk(town)
    _asker, receipt = await replied(town, nurgul)
    timur = await colleague(town, nurgul)
    await nurgul.press(await drafted(nurgul, receipt), "Имён нет")
    letter = await timur.hears("Коллега просит")

    await timur.press(letter, "Нет")

    await timur.becomes(letter, "Не опубликовано")
    told = await nurgul.hears("не согласен")
    await nurgul.press(told, "Открыть черновик")
    draft = await nurgul.hears("Черновик для руководства")
    await nurgul.press(draft, "Имён нет")
    await timur.hears("Коллега просит")


async def test_a_half_filled_form_survives_a_restart(town: Town) -> None:
    nurgul = await desk(town)
    _asker, receipt = await replied(town, nurgul)
    await colleague(town, nurgul)
    await nurgul.press(receipt, "Опубликовать в руководстве")
    await nurgul.hears("Напишите вопрос")
    await town.stop()
    await town.start()

    assert "Напишите ответ" in text_of(await nurgul.say(QUESTION["ky"]))
    await nurgul.say("/help")
    await nurgul.press(receipt, "Опубликовать в руководстве")
    assert "Напишите ответ" in text_of(await nurgul.hears("Напишите"))


async def test_words_too_long_and_files_get_one_clear_sentence_and_nothing_is_lost(town: Town) -> None:
    nurgul = await desk(town)
    _asker, receipt = await replied(town, nurgul)
    await colleague(town, nurgul)
    await nurgul.press(receipt, "Опубликовать в руководстве")
    await nurgul.hears("Напишите вопрос")

    assert "до 300 знаков" in text_of(await nurgul.say("с" * 301))
    await nurgul.send_file("voice", "answer.ogg", b"OggS" + b"0" * 200)
    assert "только слова" in text_of(await nurgul.hears())
    assert "Напишите ответ" in text_of(await nurgul.say(QUESTION["ky"]))


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_the_guide_lists_entries_and_an_administrator_withdraws_one(town: Town, language: str) -> None:
    nurgul, timur, _asker = await published(town)
    maria = await town.person("Мария", language)
    await maria.has(language)
    contents = await maria.say("/guide")
    await maria.press(contents, SECTION[language])
    await maria.becomes(contents, SECTION[language])
    await maria.press(contents, QUESTION[language][:20])
    entry = await maria.becomes(contents, ANSWER[language])
    assert not any("🗑" in one for one in buttons(entry))
    refused = await forge(maria, entry, "qwd:1")
    assert refused is not None and rows(town, "SELECT status FROM faq") == [("published",)]
    refused = await forge(timur, await timur.say("/help"), "qwd:1")
    assert refused is not None and "Ваша роль" in refused["text"]

    listed = await nurgul.say("/guide")
    await nurgul.press(listed, "Вопросы и ответы")
    await nurgul.press(listed, QUESTION["ru"][:20])
    await nurgul.press(listed, "Убрать из руководства")
    await nurgul.press(listed, "Да, убрать")
    await nurgul.becomes(listed, "Убрано")

    assert not any(SECTION[language] in one for one in buttons(await maria.say("/guide")))
    assert "№ 2" in text_of(await maria.say(ALIKE[language]))


async def test_an_entry_of_one_place_is_not_told_to_others(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    aigerim, maria, sergey = [await town.person(name) for name in ("Айгерим", "Мария", "Сергей")]
    for one in (aigerim, maria, sergey):
        await one.has("ru")
    await in_issyk_kul(town, aigerim)
    await in_issyk_kul(town, maria)
    await aigerim.say(QUESTION["ru"])
    letter = await timur.hears("Где припарковать")
    receipt = await timur.say(ANSWER["ru"], reply_to=letter["message_id"])
    draft = await drafted(timur, receipt)
    assert "Только для места: Тюпский район" in text_of(draft)
    await timur.press(draft, "Имён нет")
    letter = await nurgul.hears("Коллега просит")
    await nurgul.press(letter, "Да, опубликовать")
    await nurgul.becomes(letter, "Опубликовано")

    assert "Тимур, координатор" in text_of(await maria.say(ALIKE["ru"]))
    assert "№ 2" in text_of(await sergey.say(ALIKE["ru"]))


async def test_who_is_forgotten_takes_the_drafts_along_and_leaves_no_name_in_what_is_published(town: Town) -> None:
    nurgul, _timur, asker = await published(town)
    await forget(asker)
    await forget(nurgul)
    maria = await town.person("Мария")
    await maria.has("ru")

    answer = text_of(await maria.say(ALIKE["ru"]))

    assert ANSWER["ru"] in answer and "Нургүл" not in answer and "Координатор, " in answer
    assert rows(town, "SELECT author, signed FROM faq") == [(0, "")]


async def test_a_draft_is_erased_when_its_asker_is_forgotten(town: Town) -> None:
    nurgul = await desk(town)
    asker, receipt = await replied(town, nurgul)
    await colleague(town, nurgul)
    draft = await drafted(nurgul, receipt)

    await forget(asker)

    assert rows(town, "SELECT status, question_ru, answer_ru, question_ky, answer_ky FROM faq") == [
        ("withdrawn", "", "", "", "")
    ]
    refused = await nurgul.press(draft, "Имён нет")
    assert refused["text"]


async def test_the_audit_log_knows_every_act_by_number_and_hash_only(town: Town) -> None:
    await published(town)

    found = rows(town, "SELECT act, subject FROM audit WHERE act LIKE 'faq%' ORDER BY id")

    assert [act for act, _subject in found] == ["faq_draft", *["faq_edit"] * 3, "faq_propose", "faq_approve"]
    assert found[-1][1] == found[-2][1]
    assert all("машин" not in str(subject) for _act, subject in found)


async def test_only_who_may_publish_sees_the_button(town: Town) -> None:
    nurgul = await desk(town)
    timur = await colleague(town, nurgul, role="дежурный")
    maria = await town.person("Мария")
    await maria.has("ru")
    await maria.say(QUESTION["ru"])
    letter = await timur.hears("Где припарковать")

    receipt = await timur.say(ANSWER["ru"], reply_to=letter["message_id"])

    assert buttons(receipt) == []
    refused = await forge(timur, receipt, "fq:1")
    assert refused is not None and "Ваша роль" in refused["text"]


async def test_forged_buttons_of_entries_are_answered_calmly(town: Town) -> None:
    await published(town)
    maria = await town.person("Мария")
    welcome = await maria.has("ru")

    for press in (
        "qa:99", "qa:x", "gq:0", "gq:-1", "gq:999", "fq:1", "fqe:1:question_ru", "fqe:1:nothing", "fqb:1", "fqp:1",
        "fqa:1:quota-in-short", "fqa:1:nowhere", "fqc:1:quota-in-short:1", "fqc:1:nowhere:9", "fqs:1:1", "fqok:1:x",
        "fqx:1", "fqy:1:x", "fqn:1:x", "qw:1", "qwd:1", "un", "unp:0:1", "unp:7:9",
    ):  # fmt: skip
        assert await forge(maria, welcome, press) is not None, press

    assert rows(town, "SELECT status FROM faq") == [("published",)]
    assert not any("сломалось" in text_of(one) for one in await town.messages(maria.chat))
