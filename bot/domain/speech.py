"""In which language a stranger writes, when nobody has told us."""

import re

from bot.domain.ids import Language

_KYRGYZ_LETTERS = frozenset("өүң")
_KYRGYZ_WORDS = """
    айылда айылдык айылга болобу боюнча бул деген депутаттар жана жок кайда кайсы канча кандай кантип качан керек
    керекпи кимге менен менин биз бизге биздин сиз шайлоо талапкер угуу угууга орун учун эмне эмнеге эле
"""
_KYRGYZ = frozenset(_KYRGYZ_WORDS.split())


def spoken(words: str) -> Language:
    """Kyrgyz by its own letters or by words that Russian does not have; else Russian."""
    said = words.casefold()
    if _KYRGYZ_LETTERS & set(said) or _KYRGYZ & set(re.findall(r"\w+", said)):
        return Language.KY
    return Language.RU
