"""How names of places are spelled: by letters, without ө ү ң, and by sound, where both alphabets meet."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['’ʼ`´]")
_CYRILLIC = re.compile(r"[а-яөүңҥқғұіһ]")
_LATIN = re.compile(r"[a-z]")
_LOOKALIKES = str.maketrans("aceopxykmhtbi", "асеорхукмнтві")
_KYRGYZ_LETTERS = str.maketrans({"ө": "о", "ү": "у", "ң": "н", "ҥ": "н", "қ": "к", "ғ": "г", "ұ": "у", "і": "и"})

_CYRILLIC_SOUNDS = (
    (re.compile("дж"), "j"),
    (re.compile("нг"), "n"),
    (re.compile("(?<=[бвгджзклмнпрстфхцчшщ])ю"), "u"),
    (re.compile("(?<=[бвгджзклмнпрстфхцчшщ])я"), "a"),
)
_CYRILLIC_LETTERS = str.maketrans(
    dict(zip("абвгдежзиклмнопрстуйыэёөүңфхчшщҥқғұіһ", "abvgdejziklmnoprstuiieeounfhqwwnkguih", strict=True))
    | {"ц": "ts", "ь": "", "ъ": "", "ю": "iu", "я": "ia"}
)
_LATIN_SOUNDS = tuple(
    (re.compile(written), heard)
    for written, heard in (
        ("q", "k"),
        ("w", "v"),
        ("shch|sch|sh|ş", "\x02"),  # held apart until every single letter is read
        ("tch|ch|ç", "\x01"),
        ("dzh|dj|zh", "j"),
        ("kh|x", "h"),
        ("gh|ğ", "g"),
        ("ng|ñ|ŋ", "n"),
        ("c", "k"),
        ("ye", "e"),
        ("(?<=[bdfghjklmnprstvz])yo", "e"),
        ("(?<=[bdfghjklmnprstvz])yu", "u"),
        ("[yıïî]", "i"),
        ("[öø]", "o"),
        ("ü", "u"),
        ("ä", "a"),
        ("\x01", "q"),
        ("\x02", "w"),
    )
)
_REPEATED = re.compile(r"(.)\1+")


def letters(text: str) -> tuple[str, ...]:
    """The words in small letters: ё as е, hyphens as spaces, a Latin letter inside a Cyrillic word as its double."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    return tuple(_one_alphabet(word) for word in _WORD.findall(_APOSTROPHES.sub("", plain)))


def folded(word: str) -> str:
    """The word as a Russian keyboard writes it: о у н for ө ү ң."""
    return word.translate(_KYRGYZ_LETTERS)


def sounds(words: Iterable[str]) -> str:
    """Words by sound, joined: дж and ж, ы and и, суу and су, Жаңы and Zhany come out the same."""
    return _REPEATED.sub(r"\1", "".join(map(_sound, words)))


@lru_cache(maxsize=4096)
def _sound(word: str) -> str:
    if _CYRILLIC.search(word):
        for written, heard in _CYRILLIC_SOUNDS:
            word = written.sub(heard, word)
        word = word.translate(_CYRILLIC_LETTERS)
    else:
        for written, heard in _LATIN_SOUNDS:
            word = written.sub(heard, word)
    return word


def _one_alphabet(word: str) -> str:
    return word.translate(_LOOKALIKES) if _CYRILLIC.search(word) and _LATIN.search(word) else word
