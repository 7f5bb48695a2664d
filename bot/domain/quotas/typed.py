"""What people type or send about seats, lists and votes, made into meaning; what is wrong names its line."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import Refusal
from bot.domain.quotas.lists import ORDER, Trial
from bot.domain.quotas.people import Candidate, Feature, Listed, Sex

MOST_SEATS = 100  # in one district; the largest kenesh has fewer
MOST_DISTRICTS = 60
MOST_NAMES = 200
MOST_VOTES = 10_000_000
LONGEST_NAME = 100
LONGEST_RUN = 10

WOMEN = {"ж", "жен", "женщина", "женский", "а", "a", "аял", "аялзаты", "f", "female", "w", "woman"}
MEN = {"м", "муж", "мужчина", "мужской", "э", "эркек", "m", "male", "man"}
YES = {"да", "ооба", "yes", "true", "1", "+", "x", "х", "✓", "✔"}
LEFT = {"снят", "снята", "снялся", "снялась", "выбыл", "выбыла", "чыкты", "чыгып", "withdrawn"}
NO = {"", "нет", "жок", "no", "false", "0", "-", "–", "—"}

_NUMBERING = re.compile(r"^\s*(?:№\s*)?\d{1,3}\s*[.)]\s*|^\s*\d{1,3}\s+(?=\D)")
_APART = re.compile(r"[\s,;:|\t]+|\s[-–—]+\s")


class Mistake(StrEnum):
    """What is wrong with what was given."""

    SEATS = "seats"  # a whole number from 1 to `limit` is expected
    NO_SEATS = "no seats"
    DISTRICTS = "districts"  # a whole number from 1 to `limit` is expected
    TOO_MANY_DISTRICTS = "too many districts"
    FEWER_SEATS = "fewer seats than districts"
    NAME = "name"  # a name is expected
    SEX = "sex"  # ж or м, а or э is expected
    VOTES = "votes"  # a whole number, 0 or more, is expected
    WITHDRAWN = "withdrawn"  # yes or no is expected
    FEATURE = "feature"  # yes or no is expected
    TWICE = "twice"  # the name stands on line `other` too
    NOBODY = "nobody"
    TOO_MANY = "too many names"
    TRIAL = "trial"  # a known rule and a number are expected


class WrongInput(Refusal):
    """What was given cannot be counted with. `line` is 0 when there is only one; `words` are what stands there."""

    def __init__(self, mistake: Mistake, *, line: int = 0, words: str = "", limit: int = 0, other: int = 0) -> None:
        super().__init__(f"{mistake} on line {line}")
        self.mistake = mistake
        self.line = line
        self.words = words
        self.limit = limit
        self.other = other


@dataclass(frozen=True, slots=True)
class Entry:
    """One line as given, not yet understood."""

    line: int
    name: str
    sex: str
    votes: str = ""
    withdrawn: str = ""
    features: tuple[tuple[Feature, str], ...] = ()


def seats_of(words: str) -> tuple[int, ...]:
    """«5 6 7», «5, 6, 7», «5+6+7»: the seats of each district. Raises WrongInput."""
    parts = [part for part in re.split(r"[\s,;+]+", words.strip()) if part]
    if not parts:
        raise WrongInput(Mistake.NO_SEATS, limit=MOST_SEATS)
    if len(parts) > MOST_DISTRICTS:
        raise WrongInput(Mistake.TOO_MANY_DISTRICTS, limit=MOST_DISTRICTS)
    return tuple(number_of(part, Mistake.SEATS, MOST_SEATS) for part in parts)


def number_of(words: str, mistake: Mistake, limit: int, *, least: int = 1, line: int = 0) -> int:
    """A whole number within its bounds. Raises WrongInput with this mistake."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", words)
    if not re.fullmatch(r"[0-9]{1,9}", plain) or not least <= int(plain) <= limit:
        raise WrongInput(mistake, words=words.strip(), limit=limit, line=line)
    return int(plain)


def total_and_districts(words: str) -> tuple[int, int]:
    """«21 3»: the seats of a kenesh and the number of its districts. Raises WrongInput."""
    parts = [part for part in re.split(r"\D+", words) if part]
    if len(parts) != 2 or "-" in words:
        raise WrongInput(Mistake.DISTRICTS, words=words.strip(), limit=MOST_DISTRICTS)
    return range_bounds(parts[0], parts[1])


def range_bounds(seats: str, districts: str) -> tuple[int, int]:
    """The two numbers of a range, each within its bounds and no district empty. Raises WrongInput."""
    total = number_of(seats, Mistake.SEATS, MOST_SEATS)
    parts = number_of(districts, Mistake.DISTRICTS, MOST_DISTRICTS)
    if parts > total:
        raise WrongInput(Mistake.FEWER_SEATS, limit=total, other=parts)
    return total, parts


def trial_of(words: str) -> Trial:
    """«order=3», «young=20»: a rule to try out. Raises WrongInput."""
    rule, _mark, number = words.strip().partition("=")
    if rule == ORDER:
        return Trial(ORDER, _trial_number(words, number, LONGEST_RUN))
    if rule in tuple(Feature):
        return Trial(rule, _trial_number(words, number, 100))
    raise WrongInput(Mistake.TRIAL, words=words, limit=LONGEST_RUN)


def _trial_number(words: str, number: str, limit: int) -> int:
    if not re.fullmatch(r"[0-9]{1,3}", number) or not 1 <= int(number) <= limit:
        raise WrongInput(Mistake.TRIAL, words=words, limit=LONGEST_RUN)
    return int(number)


def sex_of(words: str) -> Sex | None:
    """«ж», «Аял», «f», «муж.»; None when it is none of them."""
    plain = words.strip().strip(".").casefold()
    if plain in WOMEN:
        return Sex.WOMAN
    return Sex.MAN if plain in MEN else None


def listed(entries: Iterable[Entry]) -> tuple[Listed, ...]:
    """A party's list in its order. Raises WrongInput."""
    checked = _checked(entries)
    return tuple(
        Listed(
            name, sex, frozenset(feature for feature, words in entry.features if _yes(words, Mistake.FEATURE, entry))
        )
        for entry, name, sex in checked
    )


def candidates(entries: Iterable[Entry]) -> tuple[Candidate, ...]:
    """The candidates of a district with their votes. Raises WrongInput."""
    return tuple(
        Candidate(
            name,
            sex,
            number_of(entry.votes, Mistake.VOTES, MOST_VOTES, least=0, line=entry.line),
            _yes(entry.withdrawn, Mistake.WITHDRAWN, entry),
        )
        for entry, name, sex in _checked(entries)
    )


def pasted_list(text: str) -> tuple[Listed, ...]:
    """A list as written into the chat: a name and ж/м or а/э a line. Raises WrongInput."""
    return listed(_entry(line, words, votes=False) for line, words in _lines(text))


def pasted_votes(text: str) -> tuple[Candidate, ...]:
    """Candidates as written into the chat: a name, ж/м or а/э, and votes a line; «снят» or «чыкты» may stand last."""
    return candidates(_entry(line, words, votes=True) for line, words in _lines(text))


def looks_like_list(text: str) -> bool:
    """Whether words that nobody asked for are a party's list: three names or more, each with a sex."""
    return _reads(pasted_list, text)


def looks_like_votes(text: str) -> bool:
    """The same for candidates with votes."""
    return _reads(pasted_votes, text)


def holds_names(text: str) -> bool:
    """Whether two lines or more name somebody with a sex; broader than a list that can be counted."""
    entries = [_entry(line, words, votes=True) for line, words in _lines(text)]
    return sum(sex_of(one.sex) is not None for one in entries) >= 2


def _reads(read: Callable[[str], Sequence[object]], text: str) -> bool:
    if text.startswith("/") or text.count("\n") < 2:
        return False
    try:
        return len(read(text)) >= 3
    except WrongInput:
        return False


def _lines(text: str) -> Sequence[tuple[int, str]]:
    return [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def _entry(line: int, words: str, *, votes: bool) -> Entry:
    """The words of a line from its end: who left, votes and sex in any order, and before them the name."""
    rest = _NUMBERING.sub("", words, count=1).strip()
    sex = cast = left = ""
    while rest:
        head, tail = _last(rest)
        plain = tail.strip(".").casefold()
        if votes and not left and plain in LEFT:
            left = "да"
        elif not sex and head and sex_of(tail) is not None:
            sex = tail
        elif votes and not cast and head and re.search(r"\d", tail):
            cast = tail
        elif cast.isdigit() and len(cast) == 3 and head and plain.isdigit() and len(plain) <= 3:
            cast = plain + cast  # «1 200»
        elif not sex and head and (cast or not votes) and len(plain) <= 2 and not plain.isdigit():
            sex = tail  # short and last: meant as a sex, so the message is about it
        else:
            break
        rest = head
    return Entry(line, rest.strip(" ,;:|-–—\t"), sex, cast, left)


def _last(words: str) -> tuple[str, str]:
    cuts = [found for found in _APART.finditer(words) if found.end() < len(words)]
    if not cuts:
        return "", words.strip(" ,;:|")
    return words[: cuts[-1].start()].rstrip(" ,;:|-–—"), words[cuts[-1].end() :].strip(" ,;:|")


def _checked(entries: Iterable[Entry]) -> list[tuple[Entry, str, Sex]]:
    found: list[tuple[Entry, str, Sex]] = []
    seen: dict[str, int] = {}
    for entry in entries:
        name = " ".join(entry.name.split())[:LONGEST_NAME]
        if not any(letter.isalpha() for letter in name):
            raise WrongInput(Mistake.NAME, line=entry.line, words=entry.name)
        sex = sex_of(entry.sex)
        if sex is None:
            raise WrongInput(Mistake.SEX, line=entry.line, words=entry.sex)
        if name.casefold() in seen:
            raise WrongInput(Mistake.TWICE, line=entry.line, words=name, other=seen[name.casefold()])
        seen[name.casefold()] = entry.line
        found.append((entry, name, sex))
        if len(found) > MOST_NAMES:
            raise WrongInput(Mistake.TOO_MANY, line=entry.line, limit=MOST_NAMES)
    if not found:
        raise WrongInput(Mistake.NOBODY)
    return found


def _yes(words: str, mistake: Mistake, entry: Entry) -> bool:
    plain = words.strip().strip(".").casefold()
    if plain in YES | LEFT:
        return True
    if plain in NO:
        return False
    raise WrongInput(mistake, line=entry.line, words=words)
