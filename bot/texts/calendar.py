"""Appointments for people's calendars (.ics, RFC 5545): a fixed UID, a SEQUENCE that grows, CANCEL when it is off."""

from datetime import datetime, timedelta

from bot.domain.hearings import Hearing, HearingStatus
from bot.domain.ids import Language
from bot.i18n import catalog
from bot.texts.hearings import Setting

LASTS = timedelta(hours=2)


def appointment(
    *,
    uid: str,
    sequence: int,
    begins: datetime,
    ends: datetime,
    title: str,
    where: str,
    about: str,
    link: str,
    stamp: datetime,
    cancelled: bool,
) -> bytes:
    """One event as a file. The same uid with a greater sequence replaces what a calendar holds; METHOD:CANCEL takes it
    out. Times are written in UTC."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//kenesh-bot//hearings//")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", stamp)
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("summary", title)
    event.add("location", where)
    event.add("description", about)
    event.add("url", link)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def hearing_file(hearing: Hearing, setting: Setting, language: Language, now: datetime) -> bytes:
    """The hearing as it stands now."""
    _ = catalog(language).gettext
    terms = hearing.terms
    return appointment(
        uid=f"hearing-{hearing.id}@{setting.bot}",
        sequence=hearing.revision - 1,
        begins=hearing.starts_at,
        ends=max(hearing.ends_at, hearing.starts_at + LASTS),
        title=_("Hearing № {number}").format(number=hearing.id) + f": {terms.topic}",
        where=terms.venue or terms.link or setting.place(hearing.place, language),
        about="\n".join(filter(None, (terms.agenda, terms.organiser, terms.contact, terms.link))),
        link=setting.link(f"h_{hearing.id}"),
        stamp=now,
        cancelled=hearing.status is HearingStatus.CANCELLED,
    )


def caption(hearing: Hearing, language: Language) -> str:
    """What is said beside the file."""
    _ = catalog(language).gettext
    if hearing.status is HearingStatus.CANCELLED:
        return _(
            "Open the file: the calendar takes the cancelled hearing out. Some phones ignore it: then delete it by hand."
        )
    return _(
        "Open the file to add the hearing to your calendar. If it is moved, press the button again: some phones ignore updates, so rely on the messages here."
    )
