"""A light Kyrgyz stemmer: takes off case, possessive, plural and common verb endings, outermost first.

Words come folded (bot.guide.normalise), so «өкмөтүнүн» arrives as «окмотунун» and every suffix stands here folded too.
A stem is an agreement between the index and the question, not a dictionary form: both sides are cut the same way."""

_VOWELS = frozenset("аеоуыиэюя")
_HARMONY = ("а", "е", "о")
_NARROW = ("ы", "и", "у")


def _spread(*patterns: str) -> frozenset[str]:
    """Write out vowel harmony and assimilation: A is а/е/о, I is ы/и/у, D is д/т, L is л/д/т, G is г/к, B is б/п, N is н/д/т."""
    letters = {
        "A": _HARMONY,
        "I": _NARROW,
        "D": ("д", "т"),
        "L": ("л", "д", "т"),
        "G": ("г", "к"),
        "B": ("б", "п"),
        "N": ("н", "д", "т"),
    }
    written = [""]
    found: set[str] = set()
    for pattern in patterns:
        written = [""]
        for letter in pattern:
            written = [begun + choice for begun in written for choice in letters.get(letter, (letter,))]
        found.update(written)
    return frozenset(found)


_SUFFIXES = _spread(
    # question particle, cases, possessives, plural
    "BI",
    "NIн",
    "NI",
    "нн",
    "GA",
    "DA",
    "DAн",
    "нA",
    "нDA",
    "нDAн",
    "нAн",
    "DAGI",
    "нDAGI",
    "LAр",
    "сI",
    "I",
    "IбIз",
    "бIз",
    "IнIз",
    "нIз",
    "сIз",
    "Iм",
    "Iн",
    "м",
    "н",
    "Iм",
    "GI",
    # adjectives and nouns from nouns
    "LIк",
    "LIг",
    "LIу",
    "сIз",
    "чI",
    "чA",
    "дAй",
    "DAй",
    # verbs
    "ууну",
    "уунун",
    "ууга",
    "уу",
    "оо",
    "ооGA",
    "ооNI",
    "ооNIн",
    "ооDA",
    "ооDAн",
    "ууDA",
    "ууDAн",
    "ууNI",
    "ууNIн",
    "йт",
    "Aт",
    "йм",
    "Aм",
    "йсIн",
    "Aсын",
    "Aсин",
    "йбIз",
    "AбIз",
    "йсIз",
    "AсIз",
    "DI",
    "DIм",
    "DIн",
    "DIк",
    "DIнIз",
    "GAн",
    "GAнDA",
    "GAнDAн",
    "GAнNI",
    "GAнIм",
    "GAнIн",
    "Iп",
    "сA",
    "сAм",
    "сAн",
    "сAк",
    "сAнIз",
    "Aр",
    "Iр",
    "BA",
    "BAйт",
    "BAй",
    "BAйм",
    "BAйбIз",
    "BAGAн",
    "BAсA",
    "сIн",
    "Iл",
    "Iш",
    "Aлы",
    "йлI",
    "GIлA",
    "GIсI",
    "GIм",
    "GIч",
    "Iнчы",
    "Aбы",
    "Aби",
    "Aбу",
    "AмBI",
    "AсAм",
    "ылат",
    "илет",
    "улат",
)
_LONGEST = max(map(len, _SUFFIXES))
_ROUNDS = 4
_CONVERBS = ("ап", "еп", "оп")  # «баштап», but «китеп»: only after a longer stem


def stem(word: str) -> str:
    """The part of a folded Kyrgyz word that endings do not change; never shorter than three letters."""
    if word.endswith(_CONVERBS) and len(word) > 5:
        word = word[:-2]
    for _ in range(_ROUNDS):
        for size in range(min(_LONGEST, len(word) - 3), 0, -1):
            if word[-size:] in _SUFFIXES and (size > 1 or len(word) > 4) and not _VOWELS.isdisjoint(word[:-size]):
                word = word[:-size]
                break
        else:
            break
    if len(word) > 3 and word[-1] in _VOWELS:
        word = word[:-1]
    return _hard(word)


def _hard(word: str) -> str:
    """A softened last consonant as the dictionary has it: «китеб-» is «китеп», «укуг-» is «укук»."""
    if word[-1] == "б":
        return word[:-1] + "п"
    if word[-1] == "г":
        return word[:-1] + "к"
    return word
