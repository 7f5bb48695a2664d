"""The words of dates and hours in both languages, folded to one spelling, as pieces of regular expressions."""

import re

_FOLD = str.maketrans({"ё": "е", "ө": "о", "ү": "у", "ң": "н", "–": "-", "—": "-", "−": "-", "\u00a0": " "})


def folded(text: str) -> str:
    """Small letters, ө ү ң as people type them without a Kyrgyz keyboard, one kind of dash; the length stays."""
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in text).translate(_FOLD)


MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("январ",), ("феврал",), ("март",), ("апрел",), ("май", "мая", "мае"), ("июн",),
            ("июл",), ("август",), ("сентябр",), ("октябр",), ("ноябр",), ("декабр",),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
MONTH = rf"(?P<month>{'|'.join(MONTHS)})[а-я]*"
WEEKDAYS = (
    (0, r"понедельник[а-я]*|дуйшо[мн]бу[а-я]*"),
    (1, r"вторник[а-я]*|шейше[мн]би[а-я]*"),
    (2, r"сред[ауыо][а-я]{0,2}|шарше[мн]би[а-я]*"),
    (3, r"четверг[а-я]*|бейше[мн]би[а-я]*"),
    (4, r"пятниц[а-я]*|жума(?=\s+куну|\s*\)|\s*,|\s*\.|\s+\d)"),
    (5, r"суббот[а-я]*|ише[мн]би[а-я]*"),
    (6, r"воскресень[а-я]*|жекше[мн]би[а-я]*"),
)
WEEKDAY = re.compile("|".join(rf"\b(?P<d{number}>{words})" for number, words in WEEKDAYS))

_RU_UNITS = ("", "перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят")
_RU_TEENS = (
    "десят", "одиннадцат", "двенадцат", "тринадцат", "четырнадцат", "пятнадцат",
    "шестнадцат", "семнадцат", "восемнадцат", "девятнадцат",
)  # fmt: skip
_RU_HOURS = (
    "ноль", "час", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять", "одиннадцать",
    "двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать", "семнадцать", "восемнадцать",
    "девятнадцать", "двадцать",
)  # fmt: skip
_KY_UNITS = ("", "бир", "эки", "уч", "торт", "беш", "алты", "жети", "сегиз", "тогуз")
_KY_TENS = ("", "он", "жыйырма", "отуз")
_KY_NTH = r"(?:инчи|ынчы|унчу|нчы|нчи|нчу)?"
_KY_AT = r"(?:[дт][аоеу])?"


def _russian_days() -> dict[str, int]:
    found = {rf"{stem}(?:ого|ое|ье|ьего)": number for number, stem in enumerate(_RU_UNITS) if stem}
    found |= {rf"{stem}(?:ого|ое)": 10 + number for number, stem in enumerate(_RU_TEENS)}
    found |= {r"двадцат(?:ого|ое)": 20, r"тридцат(?:ого|ое)": 30}
    for tens, words in ((20, "двадцать"), (30, "тридцать")):
        for number, stem in enumerate(_RU_UNITS):
            if stem and tens + number <= 31:
                found[rf"{words}\s+{stem}(?:ого|ое|ье|ьего)"] = tens + number
    return found


def _kyrgyz_days() -> dict[str, int]:
    found: dict[str, int] = {}
    for tens, words in enumerate(_KY_TENS):
        for unit, one in enumerate(_KY_UNITS):
            number = tens * 10 + unit
            if 0 < number <= 31:
                found[rf"{' '.join(filter(None, (words, one)))}{_KY_NTH}".replace(" ", r"\s+")] = number
    return found


DAYS_IN_WORDS = tuple(
    (re.compile(rf"\b{words}\s*-?\s*{MONTH}"), number)
    for words, number in sorted({**_russian_days(), **_kyrgyz_days()}.items(), key=lambda one: -len(one[0]))
)
HOURS_IN_WORDS = tuple(
    (re.compile(rf"\b(?:в|к|с)\s+{word}\b\s*(?:час[а-я]*)"), hour) for hour, word in enumerate(_RU_HOURS) if hour > 1
) + tuple(
    (re.compile(rf"\bсаат\s+{words}{_KY_AT}\b"), number)
    for words, number in sorted(
        {
            " ".join(filter(None, (tens, unit))).replace(" ", r"\s+"): t * 10 + u
            for t, tens in enumerate(_KY_TENS[:3])
            for u, unit in enumerate(_KY_UNITS)
            if 0 < t * 10 + u <= 23
        }.items(),
        key=lambda one: -len(one[0]),
    )
)
