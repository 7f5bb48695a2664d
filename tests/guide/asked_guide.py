"""Six articles with the phrasings people might use: enough for the search to choose among. Not the real guide."""

from datetime import date

from bot.domain.guide import Article, Chapter, Kind, Mark
from bot.domain.ids import Language, Slug

_ASKED = {
    "deposit": {
        Language.KY: ("Шайлоо күрөөсү", ["күрөө канча сом", "айылда күрөө төлөйбүзбү", "күрөөнү кайтарып алсам болобу", "талапкер күрөөнү кайсы эсепке төлөйт"]),
        Language.RU: ("Избирательный залог", ["сколько составляет залог", "надо ли платить залог в айыле", "вернут ли залог после выборов", "на какой счёт платить залог"]),
    },
    "observers": {
        Language.KY: ("Байкоочулар", ["ким байкоочу боло алат", "байкоочунун укуктары кандай", "байкоочу участокто видео тарта алабы", "байкоочу болуш үчүн кимге кайрылам"]),
        Language.RU: ("Наблюдатели", ["кто может быть наблюдателем", "какие права у наблюдателя", "можно ли наблюдателю снимать на участке", "как стать наблюдателем на выборах"]),
    },
    "public-hearing": {
        Language.KY: ("Коомдук угуу деген эмне", ["коомдук угууну ким өткөрөт", "угуу эмне үчүн керек", "угуунун чечими милдеттүүбү", "угууга ким катыша алат"]),
        Language.RU: ("Что такое общественные слушания", ["кто проводит слушания", "зачем нужны слушания", "обязательно ли решение слушаний", "кто может прийти на слушания"]),
    },
    "campaign-period": {
        Language.KY: ("Үгүт качан жүргүзүлөт", ["үгүт качан башталат", "үгүт качан бүтөт", "жымжырттык күнү деген эмне", "эрте үгүт жүргүзсө айып барбы"]),
        Language.RU: ("Когда можно агитировать", ["когда начинается агитация", "когда заканчивается агитация", "что такое день тишины", "штраф за раннюю агитацию"]),
    },
    "quota-aiyl": {
        Language.KY: ("Айылдык кеңештеги аялдар үчүн орундар", ["айылда аялдарга канча орун берилет", "аялдар үчүн орундар кантип тегеректелет", "аялдардын орду ар бир округдабы"]),
        Language.RU: ("Места для женщин в айылном кенеше", ["сколько мест у женщин в айыле", "как округляют места для женщин", "женские места в каждом округе?"]),
    },
    "quota-not-parliament": {
        Language.KY: ("Жогорку Кеңештин квотасы менен чаташтырбаңыз", ["парламенттин квотасы айылга тиешелүүбү", "Жогорку Кеңештеги квотанын айырмасы"]),
        Language.RU: ("Не путайте с квотой в Жогорку Кенеше", ["квота парламента касается айыла?", "чем отличается квота в Жогорку Кенеше"]),
    },
}  # fmt: skip
_SECTIONS = {
    "deposit": "standing",
    "observers": "election-day",
    "public-hearing": "participation",
    "campaign-period": "campaign",
}


def articles() -> list[Article]:
    """Every article in both languages."""
    return [_article(slug, language) for slug, texts in _ASKED.items() for language in texts]


def _article(slug: str, language: Language) -> Article:
    title, asked = _ASKED[slug][language]
    return Article(
        slug=Slug(slug),
        section=_SECTIONS.get(slug, "quota"),
        language=language,
        title=title,
        short=title,
        kind=Kind.PRACTICE,
        readers=(),
        next=(),
        as_of=date(2026, 3, 31),
        citations=(),
        lead=title,
        chapters=(Chapter(title, ()),),
        plain=title,
        keywords="",
        asked=tuple(asked),
        language_mark=Mark(),
        lawyer_mark=Mark(),
        text_hash="",
    )
