"""A guide of three articles that has nothing wrong with it, for tests to break in one place at a time."""

from pathlib import Path

OUTLINE = """
basics = ["what-is-kenesh", "how-many"]
quota = ["quota-not-parliament"]
"""

FACTS = """
[forms.age.ru]
plain = { one = "{n} год", few = "{n} года", many = "{n} лет" }
from = { one = "с {n} года", few = "с {n} лет", many = "с {n} лет" }
[forms.age.ky]
plain = "{n} жаш"
from = "{n} жаштан"

[forms.percent.ru]
plain = "{n} %"
[forms.percent.ky]
plain = "{n} %"

[patterns.ru]
plain = "{n} {nom}"
of = "из {n} {gen}"
within = "в течение {n} {gen}"
before = "за {n} {acc}"
in = "в {n} {loc}"
[patterns.ky]
plain = "{n} {nom}"
of = "{n} {gen} ичинен"
within = "{n} {gen} ичинде"
before = "{n} {nom} калганда"
in = "{n} {loc}"

[nouns.day]
ru = { one = "день", few = "дня", many = "дней", loc = "дне", locs = "днях" }
ky = { nom = "күн", gen = "күндүн", abl = "күндөн", dat = "күнгө", loc = "күндө" }

[nouns.week]
ru = { one = "неделя", few = "недели", many = "недель", loc = "неделе", locs = "неделях", acc = "неделю" }
ky = { nom = "жума", gen = "жуманын", abl = "жумадан", dat = "жумага", loc = "жумада" }

[nouns.working_day]
ru = { one = "рабочий день", few = "рабочих дня", many = "рабочих дней", gen = "рабочего дня", loc = "-", locs = "-" }
ky = { nom = "жумуш күнү", gen = "жумуш күнүнүн", abl = "жумуш күнүнөн", dat = "жумуш күнүнө", loc = "жумуш күнүндө" }

[citations.law]
act = { ru = "Закон № 98 от 14.07.2011", ky = "14.07.2011-жылдагы № 98 мыйзам" }
article = "49"
edition = { ru = "редакция 2024 года", ky = "2024-жылдын редакциясы" }
link = "https://example.org/law"
seen = 2026-03-31

[citations.page]
act = { ru = "Сайт ЦИК", ky = "БШКнын сайты" }
article = ""
edition = { ru = "2024 год", ky = "2024-жыл" }
link = "https://example.org/page"

[facts.age_min]
value = 21
unit = "age"
citation = "law"
as_of = "2024-10"
confidence = "2 pages"
line = "at least 21 years old"

[facts.check_days]
value = 10
unit = "day"
citation = "page"
as_of = "2024-10"
confidence = "single"
line = "10 days"

[facts.voting_day]
value = 2024-11-17
unit = "date"
citation = "page"
as_of = "2024-10"
confidence = "single"
line = "17.11.2024"

[facts.share]
unit = "percent"
confidence = "CONFLICT"
values = [{ value = 38, citation = "page" }, { value = 36.5, citation = "law" }]
as_of = "2021"
line = "38 %"

[facts.mean]
value = [1, 2]
unit = "week"
citation = "page"
as_of = "2024"
confidence = "inference"
line = "mean"

[facts.term]
value = 5
unit = "working_day"
citation = "page"
as_of = "2024"
confidence = "bill"
line = "5 days"

[facts.parliament_age]
value = 25
unit = "age"
citation = "page"
as_of = "2025"
confidence = "contrast"
line = "25+"
"""

FRONT = """+++
title = "{title}"
kind = "law"
readers = ["candidate"]
next = {next}
as_of = 2026-03-31
citations = ["law"]
keywords = "{keywords}"
asked = [
{asked}
]

[read]
language = {{ by = "", on = "", text_hash = "" }}
lawyer = {{ by = "", on = "", text_hash = "" }}
+++
"""

FILLER = {
    "ru": "Это простое предложение нужно здесь только для того, чтобы в тексте набралось довольно слов.",
    "ky": "Бул жөнөкөй сүйлөм тексттин узундугу жетишсин деп гана ушул жерге жазылган, башка мааниси жок.",
}

TEXTS = {
    ("basics", "what-is-kenesh", "ru"): """Кандидат может быть {age_min|from}. Проверка идёт {check_days|within}.

## Кто может
Правило: {age_min|from}. Выборы прошли {voting_day|on}.

- доля женщин: {share|plain};
- ещё раз: {share|plain}.

## Что дальше
Срок {mean|plain}, а предлагали {term|within}. [Ещё статья](guide:how-many), [закон](https://example.org/law).
""",
    ("basics", "what-is-kenesh", "ky"): """Талапкер {age_min|from} баштап боло алат. Текшерүү {check_days|within} бүтөт.

## Ким боло алат
Эреже: {age_min|from}. Шайлоо {voting_day|on} өттү.

- аялдардын үлүшү: {share|plain};
- дагы бир жолу: {share|plain}.

## Андан ары
Мөөнөт {mean|plain}, ал эми {term|within} сунушталган. [Дагы макала](guide:how-many), [мыйзам](https://example.org/law).
""",
    ("basics", "how-many", "ru"): "Число мест называет комиссия.\n\n## Где смотреть\nСпросите в комиссии.\n",
    ("basics", "how-many", "ky"): "Орундардын санын комиссия айтат.\n\n## Кайдан көрөбүз\nКомиссиядан сураңыз.\n",
    (
        "quota",
        "quota-not-parliament",
        "ru",
    ): "Там другой возраст: {parliament_age|from}.\n\n## Чем отличается\nВозрастом.\n",
    (
        "quota",
        "quota-not-parliament",
        "ky",
    ): "Ал жакта жаш курагы башка: {parliament_age|from}.\n\n## Айырмасы\nЖаш курагы.\n",
}

SLUGS = ("what-is-kenesh", "how-many", "quota-not-parliament")


def write(folder: Path) -> Path:
    """Write the guide into a folder and return it."""
    (folder / "outline.toml").write_text(OUTLINE, encoding="utf-8")
    (folder / "facts.toml").write_text(FACTS, encoding="utf-8")
    for (section, slug, language), text in TEXTS.items():
        (folder / section).mkdir(exist_ok=True)
        title = {"ru": "Заголовок", "ky": "Аталыш"}[language]
        word = {"ru": "вопрос", "ky": "суроо"}[language]
        asked = "\n".join(f'  "{word} {slug} {"а" * place}",' for place in range(1, 13))
        others = [other for other in SLUGS if other != slug]
        front = FRONT.format(title=title, next=str(others).replace("'", '"'), keywords=word, asked=asked)
        body = text.replace("{", "{{").replace("}", "}}") + "\n" + "\n\n".join([FILLER[language]] * 18) + "\n"
        path(folder, slug, language).write_text(front + body, encoding="utf-8")
    return folder


def path(folder: Path, slug: str, language: str) -> Path:
    """Where an article of the small guide lies."""
    section = next(section for section, name, _ in TEXTS if name == slug)
    return folder / section / f"{slug}.{language}.md"


def change(file: Path, old: str, new: str) -> int:
    """Replace words that stand once in a file; the line on which they stood."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
