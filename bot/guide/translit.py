"""Kyrgyz and Russian typed in Latin letters: the Cyrillic words that were probably meant.

People follow no standard («j» is ж for one and й for another), so a word has several readings; which one is a word is for the caller to know."""

_PIECES: dict[str, tuple[str, ...]] = {
    "shch": ("щ",), "sch": ("щ", "сч"), "zh": ("ж",), "kh": ("х",), "ch": ("ч",), "sh": ("ш", "щ"), "ts": ("ц", "тс"), "tc": ("ц",),
    "ya": ("я",), "ja": ("жа", "я"), "ia": ("ия", "я"), "yu": ("ю",), "ju": ("жу", "ю"), "iu": ("ю", "иу"), "yo": ("е", "йо"), "jo": ("жо", "е"), "ye": ("е", "ые"), "je": ("же", "е"),
    "dj": ("ж",), "dzh": ("ж", "дж"), "iy": ("ий",), "yi": ("ый", "ыи"), "yy": ("ый", "ыы"), "ng": ("н", "нг"), "gh": ("г",), "ck": ("к",), "ee": ("ее", "и"), "oo": ("оо", "у"),
    "a": ("а",), "b": ("б",), "c": ("с", "ц", "к"), "d": ("д",), "e": ("е", "э"), "f": ("ф",), "g": ("г",), "h": ("х", "ш"), "i": ("и", "й", "ы"), "j": ("ж", "й"), "k": ("к",), "l": ("л",), "m": ("м",),
    "n": ("н",), "o": ("о",), "p": ("п",), "q": ("к",), "r": ("р",), "s": ("с",), "t": ("т",), "u": ("у", "ю"), "v": ("в",), "w": ("ш", "в"), "x": ("х", "кс"), "y": ("ы", "й"), "z": ("з",),
}  # fmt: skip
_LONGEST = 4
_AT_MOST = 48


def readings(word: str) -> tuple[str, ...]:
    """Cyrillic readings of a folded Latin word, the usual ones first; at most a few dozen."""
    found = [(0, "")]
    place = 0
    while place < len(word):
        piece = next(
            (word[place : place + size] for size in range(_LONGEST, 0, -1) if word[place : place + size] in _PIECES), ""
        )
        if not piece:
            place += 1
            continue
        choices = _PIECES[piece]
        found = [(oddity + rank, begun + choice) for oddity, begun in found for rank, choice in enumerate(choices)]
        found.sort(key=lambda reading: reading[0])
        found = found[:_AT_MOST]
        place += len(piece)
    return tuple(dict.fromkeys(reading for _, reading in found if reading))
