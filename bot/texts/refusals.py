"""When something is not allowed, not known or went wrong: one clear sentence in the person's language."""

from bot.domain.candidacy import NoRoom
from bot.domain.elections import NoPlanName, NoSuchDay, TooManyDeadlines
from bot.domain.errors import InviteRefused, NotAllowed, Refusal, Unknown, WrongMove
from bot.domain.ids import Language
from bot.domain.questions import Settled, TakenByAnother
from bot.i18n import catalog
from bot.texts import desk
from bot.texts.words import both


def refusal(error: Refusal, language: Language) -> str:
    """Why the rules do not allow this."""
    _ = catalog(language).gettext
    match error:
        case NotAllowed():
            return _("Your role does not allow this here.")
        case TakenByAnother(who=who):
            return desk.taken_by_another(who, language)
        case Settled(number=number, status=status):
            return desk.settled(number, status, language)
        case InviteRefused():
            return _("This invitation is used, expired or revoked. Ask for a new one.")
        case WrongMove():
            return _("That is already done or no longer possible.")
        case NoPlanName():
            return _("First name the calendar plan by which you confirm dates.")
        case NoSuchDay():
            return _("This day has gone already.")
        case TooManyDeadlines():
            return _("A plan holds at most 60 dates. Nothing was changed.")
        case NoRoom():
            return _("This candidate has invited as many people as possible.")
        case Unknown():
            return _("There is no such thing any more.")
    return _("This is not possible now.")


def our_fault(language: Language | None) -> str:
    """Something broke on our side; what the person sent is kept or they know it is not."""
    if language is None:
        return both(our_fault)
    _ = catalog(language).gettext
    return _("Something went wrong on our side. Please send it again in a minute.")


def not_kept(language: Language | None, phone: str) -> str:
    """What the person sent cannot be written down now; Telegram keeps it for us, at most a day."""
    if language is None:
        return both(lambda one: not_kept(one, phone))
    _ = catalog(language).gettext
    return _(
        "I cannot write down your message right now. There is no need to send it again: I will answer as soon as I "
        "can. If nothing comes within a day, write once more. If it is urgent, call the Central Election Commission: "
        "{phone}"
    ).format(phone=phone)


def not_now(language: Language | None) -> str:
    """The same in few words, for the press of a button."""
    if language is None:
        return both(not_now)
    _ = catalog(language).gettext
    return _("I cannot do this right now. I will as soon as I can.")


def old_button(language: Language | None) -> str:
    """A button of a message from another time."""
    if language is None:
        return both(old_button)
    _ = catalog(language).gettext
    return _("This button is too old. Please begin anew: /help")


def unknown_command(language: Language) -> str:
    """A command nobody knows."""
    _ = catalog(language).gettext
    return _("I do not know this command. All that I can do: /help")


def not_readable(language: Language) -> str:
    """Stickers, places on a map, contacts: things that carry no question."""
    _ = catalog(language).gettext
    return _("I understand words, photos, voice messages and documents. Please write your question in words.")


def only_admins(language: Language | None) -> str:
    """In a group only its administrators change the bot."""
    if language is None:
        return both(only_admins)
    _ = catalog(language).gettext
    return _("Only an administrator of this group can change that.")


def only_the_asker(language: Language) -> str:
    """In a group the buttons under an answer belong to whoever asked."""
    _ = catalog(language).gettext
    return _("Only the person who asked can press this.")


def words_are_gone(language: Language) -> str:
    """The message with the question cannot be read any more."""
    _ = catalog(language).gettext
    return _("I can no longer see your question. Please write it once more.")


def stopped(language: Language) -> str:
    """A form was closed before its end."""
    _ = catalog(language).gettext
    return _("Stopped. Nothing was changed.")
