"""In which language somebody writes, when only their words can tell."""

import re

from bot.domain.ids import Language

_KYRGYZ_LETTERS = frozenset("өүң")
_KYRGYZ_WORDS = """
    айылда айылдык айылга болобу боюнча бул деген депутаттар жана жок кайда кайсы канча кандай кантип качан керек
    керекпи кимге менен менин биз бизге биздин сиз шайлоо талапкер угуу угууга орун учун эмне эмнеге эле
"""
_KYRGYZ = frozenset(_KYRGYZ_WORDS.split())
_RUSSIAN_WORDS = """
    без будет был была быть в вам вас во все где для до его если есть еще ещё за и из или их к как какая какие какой
    когда кого кому кто куда ли меня мне мои мой можно мы надо нас наш наша нельзя нет нужен нужна нужно о об он она они
    от откуда по почему при про с сколько со такое только тоже у уже чего чем что чтобы эта это этот я
"""
_RUSSIAN = frozenset(_RUSSIAN_WORDS.split())


def plainly(words: str) -> Language | None:
    """The language these words are surely in; None when nothing tells, or both languages do alike."""
    said = re.findall(r"\w+", words.casefold())
    kyrgyz = sum(word in _KYRGYZ or bool(_KYRGYZ_LETTERS & set(word)) for word in said)
    russian = sum(word in _RUSSIAN for word in said)
    if kyrgyz == russian:
        return None
    return Language.KY if kyrgyz > russian else Language.RU


def spoken(words: str) -> Language:
    """Kyrgyz by its own letters or by words that Russian does not have; else Russian."""
    return plainly(words) or Language.RU
