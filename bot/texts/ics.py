"""A candidate's dates for a calendar (.ics, RFC 5545): one all-day or hourly event for each date still to come."""

import re
from datetime import datetime, timedelta
from html import unescape

from bot.domain.candidacy import Plan
from bot.domain.elections import MIDNIGHT_AFTER
from bot.domain.ids import Language
from bot.i18n import catalog
from bot.texts.elections import mark
from bot.texts.hearings import Setting


def plan_file(shown: Plan, setting: Setting, language: Language, now: datetime) -> bytes | None:
    """Every date of the plan that is ahead and not done; None when there is none. The same date keeps its UID, and its
    SEQUENCE is the revision of the plan, so that a newer file replaces an older one."""
    from icalendar import Calendar, Event

    lines = [one for one in shown.lines if one.ahead(now, setting.zone) and not one.done]
    if not lines or shown.election is None:
        return None
    calendar = Calendar()
    calendar.add("prodid", "-//kenesh-bot//candidacy//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for one in lines:
        deadline = one.deadline
        assert deadline is not None
        event = Event()
        event.add("uid", f"candidacy-{shown.candidacy.id}-{one.key}@{setting.bot}")
        event.add("sequence", shown.election.revision)
        event.add("dtstamp", now)
        if deadline.hour and deadline.hour != MIDNIGHT_AFTER:
            event.add("dtstart", deadline.moment(setting.zone) - timedelta(hours=int(deadline.end)))
            event.add("dtend", deadline.moment(setting.zone) + timedelta(hours=int(not deadline.end)))
        else:
            event.add("dtstart", deadline.day)
            event.add("dtend", deadline.day + timedelta(days=1))
        event.add("summary", _summary(one.title[language], deadline.end, language))
        about = [mark(deadline, language), plain(one.step.what[language]) if one.step is not None else ""]
        event.add("description", "\n".join(filter(None, about)))
        event.add("url", setting.link(""))
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def plain(html: str) -> str:
    """Words without their tags."""
    return unescape(re.sub(r"<[^>]+>", "", html))


def _summary(title: str, end: bool, language: Language) -> str:
    _ = catalog(language).gettext
    return _("Last day: {title}").format(title=title) if end else title
