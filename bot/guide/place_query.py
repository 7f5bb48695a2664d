"""What a person types for a place, taken apart: names in a row, and the kinds of place said beside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.domain.places import Level
from bot.guide.place_spelling import letters, sounds

Levels = frozenset[Level]

_OBLAST: Levels = frozenset({Level.OBLAST})
_RAYON: Levels = frozenset({Level.RAYON, Level.CITY_DISTRICT})
_CITY: Levels = frozenset({Level.CITY, Level.REPUBLICAN_CITY})
_AIMAK: Levels = frozenset({Level.AIYL_AIMAK})
_SETTLEMENT: Levels = _CITY | _AIMAK

# Kinds are known by sound, so that both languages, both alphabets and every case ending meet here.
_KINDS: tuple[tuple[re.Pattern[str], Levels], ...] = (
    (re.compile(r"obl(as|us)\w*|obl"), _OBLAST),
    (re.compile(r"raion\w*"), _RAYON),
    (re.compile(r"gorod(|a|u|e|om|sk\w+)|gor|g|gorkenew\w*|meri\w+"), _CITY),
    (re.compile(r"war(|i|da|dan|din|ga|inda|inan|inin|ina|dik\w*)"), _CITY),
    (re.compile(r"ail\w*|aima[kg]\w*|okmot\w*|kiwtagi\w*"), _AIMAK),
    (re.compile(r"sel(o|a|e|u|om|sk\w+)|s|derevn\w+|okrug\w*|uprav\w+"), _AIMAK),
    (re.compile(r"poselok\w*|poselk\w+|pos|pgt"), _SETTLEMENT),
)
_BEFORE_THE_NAME = re.compile(r"gorod\w*|gor|g|sel(o|a|e|u|om)|s|derevn\w+|posel\w+|pos|pgt")
_ADJECTIVE = re.compile(r"(ail|war|raion|oblus)(dik|duk|tuk)\w*|ailn(i|ogo|om)|raion(i|ogo|om)|(gorod|sel)sk\w+")
_COUNCIL = re.compile(r"kenew\w*")
_COUNCIL_OF = re.compile(r"kenewi\w*")
_FILLER = re.compile(
    r"atindagi|imeni|im|v|vo|iz|na|ot|u|ia|mi|nas|moi|moia|moe|nawe?|nawego|jivu|jivem|men|menin|biz|bizdin|bolom|bolobuz"
    r"|jawaim|jawaibiz"
)
_SINGLE = frozenset("sg")
_OFTEN_MISTYPED = ("raionu", "oblast", "oblusu", "aimagi", "okmotu")

_RAYON_IN_SHORT = re.compile(r"(?<!\w)р-?о?н(?:а|у|е)?(?!\w)", re.IGNORECASE)
_AIMAK_IN_SHORT = re.compile(r"(?<!\w)[аa]\s?[./]\s?[аоөao]\.?(?!\w)", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;:()\[\]/|\n\r\t•«»\"“”]|(?<=\w{4})\.\s|\s[-–—]+\s|[–—]")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together. `first` narrows the level of the place that begins them, `last` of the last one."""

    words: tuple[str, ...]
    first: Levels | None = None
    last: Levels | None = None


def runs(text: str, *, letters_are_kinds: bool = True) -> tuple[Run, ...]:
    """The typed words as runs, kinds and fillers taken out. «с.» and «г.» are kinds unless they may be initials."""
    text = _AIMAK_IN_SHORT.sub(" аймак ", _RAYON_IN_SHORT.sub(" район ", text))
    return tuple(run for piece in _BETWEEN.split(text) for run in _runs(letters(piece), letters_are_kinds))


def may_hold_initials(text: str) -> bool:
    """Whether a lone с or г stands in the words: short for село and город, or somebody's initial."""
    return any(len(word) == 1 and sounds([word]) in _SINGLE for word in letters(text))


def names_a_kind(word: str) -> bool:
    """Whether the word says what kind of place it is, like район or шаары."""
    return _kind(sounds([word])) is not None


@lru_cache(maxsize=4096)
def _kind(sound: str) -> Levels | None:
    if len(sound) > 4:
        sound = next((kind for kind in _OFTEN_MISTYPED if OSA.distance(sound, kind, score_cutoff=1) <= 1), sound)
    return next((levels for pattern, levels in _KINDS if pattern.fullmatch(sound)), None)


def _runs(words: tuple[str, ...], letters_are_kinds: bool) -> Iterator[Run]:
    heard = [sounds([word]) for word in words]
    kinds = [None if sound in _SINGLE and not letters_are_kinds else _kind(sound) for sound in heard]
    open_words: list[str] = []
    first: Levels | None = None
    closed_by: Levels | None = None  # the kind right before, if it closed a run
    for at, sound in enumerate(heard):
        kind = kinds[at]
        if at > 0 and kinds[at - 1] is not None and _council(heard[at - 1], sound):
            kinds[at] = kinds[at - 1]
            continue
        if _FILLER.fullmatch(sound) and len(words) > 1:
            if open_words:
                yield Run(tuple(open_words), first)
                open_words, first = [], None
            closed_by = None
        elif kind is None:
            open_words.append(words[at])
            closed_by = None
        elif _BEFORE_THE_NAME.fullmatch(sound) and at + 1 < len(words) and kinds[at + 1] is None:
            if open_words:
                yield Run(tuple(open_words), first)
            open_words, first, closed_by = [], kind, None
        elif open_words:
            yield Run(tuple(open_words), first, kind)
            open_words, first, closed_by = [], None, kind
        elif closed_by is None or kind != closed_by:
            first, closed_by = kind, None
    if open_words:
        yield Run(tuple(open_words), first)


def _council(before: str, sound: str) -> bool:
    """Whether this word is the kenesh of the kind before it, and not the place called Кеңеш."""
    if _COUNCIL_OF.fullmatch(sound):
        return True
    return _ADJECTIVE.fullmatch(before) is not None and _COUNCIL.fullmatch(sound) is not None
