"""What tests of questions and answers do again and again: a reply, a draft of it, a second yes."""

from typing import Any

from tests.handlers.test_questions import desk
from tests.town import Person, Town, text_of

ASKED = {
    "ru": "Меня зовут Айгерим. Где припарковать машину возле участка?",
    "ky": "Менин атым Айгерим. Участоктун жанына машинаны кайда койсо болот?",
}
QUESTION = {
    "ru": "Где припарковать машину возле участка?",
    "ky": "Участоктун жанына машинаны кайда койсо болот?",
}
TOLD = {
    "ru": "Айгерим, машину ставьте не ближе 50 метров от входа. Вопросы: 0555 12 34 56.",
    "ky": "Айгерим, машинаны кире бериштен 50 метр алыс коюңуз. Суроолор: 0555 12 34 56.",
}
ANSWER = {
    "ru": "Машину ставьте не ближе 50 метров от входа.",
    "ky": "Машинаны кире бериштен 50 метр алыс коюңуз.",
}
OTHER = {"ru": "ky", "ky": "ru"}


async def colleague(town: Town, nurgul: Person, name: str = "Тимур", role: str = "координатор") -> Person:
    """Somebody with a role for the whole country."""
    choice = await nurgul.say("/invite")
    await nurgul.press(choice, role)
    await nurgul.press(choice, "Это:")
    link = text_of(await nurgul.becomes(choice, "?start=inv_")).split("?start=")[1].split()[0]
    person = await town.person(name)
    offer = await person.has("ru", link=link)
    await person.press(offer, "Принять")
    await person.becomes(offer, "Теперь вы")
    return person


async def replied(town: Town, nurgul: Person, language: str = "ru") -> tuple[Person, dict[str, Any]]:
    """The asker, and the receipt under which the coordinator may publish."""
    asker = await town.person("Айгерим", language)
    await asker.has(language)
    await asker.say(ASKED[language])
    letter = await nurgul.hears(QUESTION[language])
    receipt = await nurgul.say(TOLD[language], reply_to=letter["message_id"])
    await asker.hears(TOLD[language])
    return asker, receipt


async def drafted(nurgul: Person, receipt: dict[str, Any], language: str = "ru") -> dict[str, Any]:
    """The whole draft, after the other language and the mark of advice were given."""
    other = OTHER[language]
    await nurgul.press(receipt, "Опубликовать в руководстве")
    assert QUESTION[language] in text_of(await nurgul.hears("Напишите вопрос"))
    await nurgul.say(QUESTION[other])
    await nurgul.say(ANSWER[other])
    basis = await nurgul.message(nurgul.seen)
    assert "На чём основан ответ" in text_of(basis)
    await nurgul.press(basis, "Совет, а не норма")
    return await nurgul.hears("Черновик для руководства")


async def published(town: Town, language: str = "ru") -> tuple[Person, Person, Person]:
    """The author, the colleague who said yes, and the asker."""
    nurgul = await desk(town)
    asker, receipt = await replied(town, nurgul, language)
    timur = await colleague(town, nurgul)
    draft = await drafted(nurgul, receipt, language)
    await nurgul.press(draft, "Имён нет")
    await nurgul.hears("Отправлено на согласие 1")
    letter = await timur.hears("Коллега просит")
    await timur.press(letter, "Да, опубликовать")
    await timur.becomes(letter, "Опубликовано")
    await nurgul.hears("Второй координатор согласен")
    return nurgul, timur, asker
