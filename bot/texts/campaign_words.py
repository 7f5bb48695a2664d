"""Single words of campaigns: states, topics, causes; and times with their zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import i18n
from bot.domain.campaigns import CampaignStatus, CampaignTopic, Halt, Lack, Warning
from bot.domain.deliveries import DeliveryStatus, Reason
from bot.domain.ids import Language
from bot.i18n import catalog


def status_name(status: CampaignStatus, language: Language) -> str:
    """How a campaign stands."""
    _ = catalog(language).gettext
    return {
        CampaignStatus.DRAFT: _("draft"),
        CampaignStatus.WAITING: _("waits for approval"),
        CampaignStatus.APPROVED: _("approved"),
        CampaignStatus.RUNNING: _("is being sent"),
        CampaignStatus.PAUSED: _("paused"),
        CampaignStatus.DONE: _("finished"),
        CampaignStatus.CANCELLED: _("cancelled"),
    }[status]


def halt_words(halt: Halt, language: Language) -> str:
    """Why a campaign stands still."""
    _ = catalog(language).gettext
    return {
        Halt.NONE: "",
        Halt.PERSON: _("A coordinator paused it."),
        Halt.FAILURES: _(
            "Telegram refused twenty letters in a row for the same reason. The rest waits; look at the text."
        ),
        Halt.AUTHOR_LEFT: _("Its author no longer has the right to send. Whoever resumes it answers for it."),
        Halt.NEW_HOME: _("The bot has woken up on another machine. An administrator confirms it in /campaign."),
    }[halt]


def topic_name(topic: CampaignTopic, language: Language) -> str:
    """What a campaign is about."""
    _ = catalog(language).gettext
    return {
        CampaignTopic.HOW_TO_VOTE: _("how to vote"),
        CampaignTopic.QUOTA: _("the quota"),
        CampaignTopic.STANDING: _("standing for election"),
        CampaignTopic.HEARINGS: _("hearings"),
        CampaignTopic.PROGRAMMES: _("programmes and training"),
    }[topic]


def lack_words(lack: Lack, language: Language) -> str:
    """What a draft still needs."""
    _ = catalog(language).gettext
    return {
        Lack.WORDS: _("there are no words yet"),
        Lack.LANGUAGE: _("one language is missing: write it, or say that it is not needed"),
        Lack.TOO_LONG: _("the text is too long"),
        Lack.TOPIC: _("the topic is not chosen"),
        Lack.SIGNED: _("it does not say from whom it comes"),
        Lack.TOO_LATE: _("its time has passed"),
    }[lack]


def warning_words(warning: Warning, language: Language) -> str:
    """What to look at twice."""
    _ = catalog(language).gettext
    return {
        Warning.NOBODY: _("nobody would receive it"),
        Warning.VERY_MANY: _("more than twice as many people as usual"),
        Warning.SAME_TEXT: _("the same people received this very text within a day"),
        Warning.PARTY: _("the text names a party"),
    }[warning]


def outcome_name(status: DeliveryStatus, language: Language) -> str:
    """How letters ended."""
    _ = catalog(language).gettext
    return {
        DeliveryStatus.QUEUED: _("waiting"),
        DeliveryStatus.SENDING: _("in flight"),
        DeliveryStatus.SENT: _("sent"),
        DeliveryStatus.REFUSED: _("refused"),
        DeliveryStatus.FAILED: _("failed"),
        DeliveryStatus.UNCERTAIN: _("uncertain"),
        DeliveryStatus.CANCELLED: _("stopped"),
        DeliveryStatus.EXPIRED: _("too late"),
        DeliveryStatus.SKIPPED: _("skipped"),
    }[status]


def cause_name(reason: Reason, language: Language) -> str:
    """Why they ended so; "" when there is nothing to add."""
    _ = catalog(language).gettext
    return {
        Reason.BLOCKED: _("the bot is blocked"),
        Reason.OUR_MISTAKE: _("Telegram did not take the letter"),
        Reason.UNKNOWN_FATE: _("no clear answer from Telegram"),
        Reason.CRASH: _("the bot was cut off while sending"),
        Reason.UNREACHABLE: _("cannot be reached"),
        Reason.OPTED_OUT: _("wants no such letters"),
        Reason.WEEKLY_LIMIT: _("has had enough letters this week"),
        Reason.REPEATED: _("sent once more"),
    }.get(reason, "")


def moment(at: datetime, language: Language, zone: ZoneInfo) -> str:
    """A moment with the zone written beside it: «25 ноября, 10:00 (Asia/Bishkek)»."""
    return f"{i18n.moment(at, language, zone)} ({zone.key})"


def duration(seconds: float, language: Language) -> str:
    """About how long, in hours and minutes."""
    _ = catalog(language).gettext
    minutes = max(1, round(timedelta(seconds=seconds).total_seconds() / 60))
    hours, minutes = divmod(minutes, 60)
    if hours:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return _("{minutes} min").format(minutes=minutes)


def many(number: int) -> str:
    """500 000 with spaces at which no line breaks."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")
