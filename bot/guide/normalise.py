"""How a text is brought to the form in which the guide compares texts.

Case, ё, the three Kyrgyz letters and look-alike Latin letters make no difference: people type ө ү ң as о у н on a Russian keyboard."""

import re
import unicodedata

from bot.domain.ids import Language
from bot.guide import kyrgyz, russian

_CYRILLIC_LETTERS = dict(zip("ёөүңѳұқғһіъ", "еоуноукгхиь", strict=True))
_LATIN_LETTERS = {
    "ı": "i",
    "ö": "o",
    "ü": "u",
    "ñ": "n",
    "ç": "ch",
    "ş": "sh",
    "ğ": "g",
    "ý": "y",
    "ž": "zh",
    "š": "sh",
    "č": "ch",
    "ŋ": "n",
}
_UNSEEN = dict.fromkeys("\u00ad\u200b\u200d\ufeff\u0301\u0307")
_FOLDED = str.maketrans(_CYRILLIC_LETTERS | _LATIN_LETTERS | _UNSEEN)
_LOOKALIKE = str.maketrans("aceopxykmhtb", "асеорхукмнтв")
_WORD = re.compile(r"[a-zа-я]+|[0-9]+")
_MIXED = re.compile(r"[a-z][а-я]|[а-я][a-z]")
_GROUPED = re.compile(r"(?<=\d)[\u00a0\u202f ](?=\d{3}(?!\d))")  # «1 000» is one number
_SHORT_YEAR = re.compile(
    r"\b([12]\d)(?=[\s-]*(?:м|ом)?\s+году\b|[\s-]*го\s+года\b|-жыл|\s+жылы\b)"
)  # «в 24-м году» is 2024
_CYRILLIC = re.compile(r"[а-я]")
_LATIN = re.compile(r"[a-z]")


def fold(text: str) -> str:
    """Lower case without the differences that people do not type; й stays й.

    Folding twice changes nothing."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower().translate(_FOLDED))


def words(text: str) -> list[str]:
    """The folded words and numbers of a text in order; `%` is a word, a Latin letter inside a Cyrillic word is Cyrillic."""
    folded = _SHORT_YEAR.sub(r"20\1 ", _GROUPED.sub("", fold(text)).replace("%", " процент "))
    found = _WORD.findall(folded)
    if _MIXED.search(folded):
        return [word.translate(_LOOKALIKE) if _MIXED.search(word) else word for word in found]
    return found


def is_latin(word: str) -> bool:
    """Whether a folded word is typed in Latin letters."""
    return _LATIN.match(word) is not None


def stem(word: str, language: Language) -> str:
    """The stem of a folded word by the rules of one language; numbers and Latin words stay as they are."""
    if not _CYRILLIC.match(word):
        return word
    return kyrgyz.stem(word) if language is Language.KY else russian.stem(word)
