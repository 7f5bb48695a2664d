"""The fields of a pasted announcement: labelled lines first, then what stands in running text."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.announcements.calendar_words import folded
from bot.domain.announcements.dates import (
    DateTrouble,
    FoundClock,
    FoundDay,
    When,
    clocks,
    days,
    moment_of,
)
from bot.domain.announcements.patterns import (
    ADDRESS_RU,
    DEADLINE_AFTER,
    DEADLINE_BEFORE,
    KINDS,
    LABEL,
    LAW_AFTER,
    LAW_BEFORE,
    LOCATIVE,
    MAIL,
    NAMES,
    NO_LONGER_AFTER,
    NO_LONGER_BEFORE,
    ORGANISER_INLINE,
    ORGANISER_KY,
    ORGANISER_RU,
    PHONE,
    PUBLISHED,
    PUBLISHED_AFTER,
    SPEAKS_OF_PROPOSALS,
    SPEAKS_OF_SIGNING_UP,
    TAKES_PLACE,
    TOPIC_INLINE,
    TOPIC_KY,
    TOPIC_QUOTED,
    TOPIC_RU,
    URL,
    VENUE_INLINE,
    VENUE_KY_SHORT,
    VENUE_RU,
)
from bot.domain.hearings import HearingKind


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a pasted text says. `where` are words that may name the place, the most telling first."""

    topic: str = ""
    kind: HearingKind = HearingKind.OTHER
    starts: When = field(default_factory=lambda: When(None, DateTrouble.NO_DATE))
    deadline: When | None = None
    venue: str = ""
    link: str = ""
    agenda: str = ""
    organiser: str = ""
    contact: str = ""
    proposals: str = ""
    where: tuple[str, ...] = ()


def recognise(text: str, now: datetime, zone: ZoneInfo) -> Announcement:
    """Everything that the text says, with dates that are sure only when they are beyond doubt."""
    said = _labelled(text)
    words = folded(text)
    starts, deadline = _moments(text, said, now, zone)
    return Announcement(
        topic=_topic(text, said),
        kind=next((kind for kind, pattern in KINDS if re.search(pattern, words)), HearingKind.OTHER),
        starts=starts,
        deadline=deadline,
        venue=_venue(text, said),
        link=_first(URL, text).rstrip(".,)"),
        agenda=said.get("agenda", "")[:1500],
        organiser=_organiser(text, said),
        contact=_contact(text, said),
        proposals=_proposals(text, said),
        where=_where(text, said),
    )


def _labelled(text: str) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    here = ""
    for line in text.splitlines():
        match = LABEL.match(line)
        key = NAMES.get(folded(match["name"]).strip()) if match else None
        if match and key:
            here = key
            found.setdefault(key, []).append(match["rest"].strip())
        elif not line.strip() or match:
            here = ""
        elif here in ("agenda", "venue", "topic") and (here == "agenda" or not found[here][0]):
            found[here].append(line.strip())
    return {key: "\n".join(filter(None, lines)) for key, lines in found.items() if any(lines)}


def _moments(text: str, said: dict[str, str], now: datetime, zone: ZoneInfo) -> tuple[When, When | None]:
    today = now.astimezone(zone).date()
    words = folded(text)
    every, hours = days(text, today), clocks(text)
    hours = [one for one in hours if not any(day.start < one.end and one.start < day.end for day in every)]
    starts: list[FoundDay] = []
    deadlines: list[FoundDay] = []
    for day in every:
        match _sense(words, day):
            case "deadline":
                deadlines.append(day)
            case "start":
                starts.append(day)
    if "when" in said and (labelled := days(said["when"], today)):
        at = text.find(said["when"].splitlines()[0])
        inside = [day for day in starts if at <= day.start < at + len(said["when"])]
        starts = inside or labelled
        several = len({day.on(today) for day in starts}) > 1
    else:
        several = len({day.on(today) for day in starts}) > 1
    first = starts[0] if starts else None
    when = moment_of(first, _hour_of(words, first, hours, deadlines, said), now, zone)
    if several and when.trouble in (DateTrouble.NONE, DateTrouble.GUESSED):
        when = When(when.at, DateTrouble.SEVERAL, when.weekday)
    deadline = None
    if deadlines:
        near = [one for one in hours if 0 <= one.start - deadlines[0].end <= 20]
        until = near[0] if near else FoundClock(0, 0, time(18), guessed=True)
        deadline = moment_of(deadlines[0], until, now, zone)
    return when, deadline


def _sense(words: str, day: FoundDay) -> str:
    before, after = words[max(0, day.start - 70) : day.start], words[day.end : day.end + 60]
    line_start = max(words.rfind("\n", 0, day.start), words.rfind(". ", 0, day.start)) + 1
    line_end = min((at for at in (words.find("\n", day.end), words.find(". ", day.end)) if at >= 0), default=len(words))
    sentence = words[line_start:line_end]
    if LAW_BEFORE.search(before[-14:]) or LAW_AFTER.search(after[:24]) or PUBLISHED.search(before):
        return "other"
    if PUBLISHED_AFTER.search(after) or NO_LONGER_BEFORE.search(before) or NO_LONGER_AFTER.search(after):
        return "other"
    ends = bool(DEADLINE_BEFORE.search(before[-24:]) or DEADLINE_AFTER.search(after))
    if ends and SPEAKS_OF_PROPOSALS.search(sentence):
        return "deadline"
    if ends or (SPEAKS_OF_SIGNING_UP.search(sentence) and "слушани" not in sentence and "угуу" not in sentence):
        return "other"
    return "start"


def _hour_of(
    words: str, day: FoundDay | None, hours: list[FoundClock], deadlines: list[FoundDay], said: dict[str, str]
) -> FoundClock | None:
    if "clock" in said and (labelled := clocks(said["clock"]) or clocks(f"саат {said['clock']}")):
        return labelled[0]
    usable = [one for one in hours if not _belongs_elsewhere(words, one, deadlines)]
    if day is None:
        return usable[0] if usable else None
    after = [one for one in usable if one.start >= day.end]
    return after[0] if after else (usable[0] if usable else None)


def _belongs_elsewhere(words: str, clock: FoundClock, deadlines: list[FoundDay]) -> bool:
    before = words[max(0, clock.start - 45) : clock.start].rpartition("\n")[2].rpartition(". ")[2]
    after = words[clock.end : clock.end + 30]
    if any(0 <= clock.start - day.end <= 20 for day in deadlines):
        return True
    return bool(
        SPEAKS_OF_SIGNING_UP.search(before)
        or SPEAKS_OF_SIGNING_UP.match(after.strip(" -—,гоедан"))
        or re.search(r"\bдо\s*$", before)
        or re.match(r"\s*-?\s*(?:ге|го|га|ко|ка)?\s*чейин", after)
    )


def _topic(text: str, said: dict[str, str]) -> str:
    if "topic" in said:
        return _line(said["topic"])
    for pattern in (TOPIC_INLINE, TOPIC_QUOTED, TOPIC_KY, TOPIC_RU):
        match = pattern.search(text)
        if match:
            found = match["t"]
            if pattern is TOPIC_KY:
                return _line(_after_the_place(found))
            cut = days(found, date(2026, 1, 1))
            found = found[: cut[0].start] if cut and cut[0].start > 10 else found
            return _line(TAKES_PLACE.sub("", re.sub(r",?\s*котор\w+\b.*$", "", found)).strip(' ,:-–—«»"'))
    first = next((line for line in text.splitlines() if line.strip()), "")
    return _line(first)


def _after_the_place(words: str) -> str:
    """In Kyrgyz the topic stands last, after who, when and where: what follows the last locative."""
    cuts = [match.end() for match in LOCATIVE.finditer(words) if len(words) - match.end() >= 12]
    return words[cuts[-1] :] if cuts else words


def _venue(text: str, said: dict[str, str]) -> str:
    if "venue" in said:
        return _line(said["venue"])
    inline = VENUE_INLINE.search(text)
    if inline:
        return _line(inline["v"])
    address = ADDRESS_RU.search(text)
    inside = VENUE_RU.search(text)
    ky = VENUE_KY_SHORT.search(text)
    if ky:
        return _line(ky["v"])
    parts = [TAKES_PLACE.sub("", re.sub(r"\s+по адресу.*$", "", inside["v"], flags=re.I))] if inside else []
    if address and (not parts or address["v"] not in parts[0]):
        parts.append(address["v"])
    return _line(", ".join(part.strip(" ,:") for part in parts))


def _organiser(text: str, said: dict[str, str]) -> str:
    if "organiser" in said:
        return _line(said["organiser"])
    for pattern in (ORGANISER_INLINE, ORGANISER_RU, ORGANISER_KY):
        match = pattern.search(text)
        if match:
            return _line(match["o"])
    return ""


def _contact(text: str, said: dict[str, str]) -> str:
    if "contact" in said:
        return _line(said["contact"])
    found = [*PHONE.findall(text), *MAIL.findall(text)]
    return _line(", ".join(dict.fromkeys(one.strip() for one in found)))


def _proposals(text: str, said: dict[str, str]) -> str:
    if "proposals" in said:
        return said["proposals"].replace("\n", " ")[:300]
    for sentence in re.split(r"(?<=[.!?])\s+|\n", text):
        if re.search(r"предложени|замечани|сунуш", folded(sentence)) and (
            MAIL.search(sentence) or re.search(r"принима|направ|присыл|кабыл ал|жибер|чейин", folded(sentence))
        ):
            return _line(sentence)
    return ""


def _where(text: str, said: dict[str, str]) -> tuple[str, ...]:
    name = r"(?:[А-ЯӨҮҢЁ][а-яөүңё]+(?:-[А-ЯӨҮҢЁа-яөүңё]+)*)"
    kinds_after = (
        r"(?:айылн\w+\s+(?:аймак\w*|о?кмот\w*|округ\w*|кенеш\w*)|айыл(?:дык|ының|дын)?\s+(?:аймаг\w*|өкмөт\w*|окмот\w*|кеңеш\w*|кенеш\w*)"
        r"|айылы\w*|айыл\w*\s+өкмөтүнүн|шаар\w*|район\w*|облус\w*|област\w*|АО\b|АӨ\b|ААО?\b)"
    )
    venue = said.get("venue", "")
    whole, text = text, text.replace(venue, " ") if venue else text
    found = [match[0] for match in re.finditer(rf"{name}(?:\s+{name})?\s+{kinds_after}", text)]
    found += [match[0] for match in re.finditer(rf"(?:\bг\.\s?|город\w*\s|сел\w*\s|с\.\s?|айыл\w*\s){name}", text)]
    found += [
        match[0]
        for match in re.finditer(rf"\b{name}\b", "\n".join((said.get("organiser", ""), _organiser(text, said))))
    ]
    found += [match[0] for match in re.finditer(rf"\b{name}\b", text)]
    found += [match[0] for match in re.finditer(rf"\b{name}\b", venue)] if whole != text else []
    return tuple(dict.fromkeys(" ".join(one.split()) for one in found))[:40]


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0] if match else ""


def _line(words: str) -> str:
    line = " ".join(words.split()).strip(" ,;:-–—")
    return line[:200]
