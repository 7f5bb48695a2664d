"""Names of parties that make a coordinator look twice. A campaign is information; a name alone only warns."""

import re

PARTY_NAMES = (
    "Адилеттүү Кыргызстан",
    "Азаттык",
    "Ак-Жол",
    "Альянс",
    "Ар-Намыс",
    "Ата-Журт",
    "Ата Мекен",
    "Биримдик",
    "Бир Бол",
    "Бүтүн Кыргызстан",
    "Бутун Кыргызстан",
    "Жашасын Кыргызстан",
    "Замандаш",
    "Ишеним",
    "Күч Бирикте",
    "Мекеним Кыргызстан",
    "Мекен Ынтымагы",
    "Мекенчил",
    "Өнүгүү-Прогресс",
    "Онугуу-Прогресс",
    "Республика-Ата-Журт",
    "Реформа партиясы",
    "партия Реформа",
    "СДК",
    "СДПК",
    "Социал-демократтар",
    "Социал-демократы",
    "Улуу Журт",
    "Чоң Казат",
    "Чон Казат",
    "Ыйман Нуру",
)
_SPACE = re.compile(r"[\s\-–«»\"]+")


def parties_in(text: str) -> tuple[str, ...]:
    """The parties that the text names, hyphens, quotes and case left aside."""
    plain = f" {_plain(re.sub(r'<[^>]+>|[.,;:!?()]', ' ', text))} "
    return tuple(name for name in PARTY_NAMES if f" {_plain(name)} " in plain)


def _plain(words: str) -> str:
    return _SPACE.sub(" ", words).strip().casefold()
