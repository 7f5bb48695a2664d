"""An answer about quotas as letters: the words, and below the last what can be done with it."""

from collections.abc import Sequence

from bot.domain.ids import Language
from bot.domain.quotas.allocation import Allocation
from bot.domain.quotas.lists import Verdict
from bot.domain.quotas.people import Feature, Listed
from bot.domain.quotas.reservation import Range, Reservation
from bot.i18n import catalog
from bot.ports import Letter
from bot.texts import quotas, quotas_asking, quotas_lists
from bot.texts.pieces import units

ROOM = 3600
LONGEST_LINK = 40
Meant = Reservation | Range | Verdict | Allocation


def letters(
    found: Meant,
    names: Sequence[Listed],
    token: str,
    bot_name: str,
    language: Language,
    features: frozenset[Feature] = frozenset(),
    around: tuple[str, str] = ("", ""),
) -> tuple[Letter, ...]:
    """The whole answer; a long one is parted between lines, the buttons stand below the last."""
    way, payload = _way(found)
    buttons = quotas_asking.below(way, token, payload, bot_name, language)
    if isinstance(found, Verdict):
        buttons = (*quotas_asking.trials(token, features, language), *buttons)
    parts = parted("\n".join(filter(None, (around[0], words(found, names, language), around[1]))))
    return (*(Letter(part) for part in parts[:-1]), Letter(parts[-1], buttons))


def words(found: Meant, names: Sequence[Listed], language: Language) -> str:
    """The answer as HTML."""
    match found:
        case Reservation():
            return quotas.reserved(found, language)
        case Range():
            return quotas.between(found, language)
        case Verdict():
            return quotas_lists.verdict(found, names, language)
        case Allocation():
            return quotas_lists.allocation(found, language)


def caption(found: Meant, language: Language) -> str:
    """What stands beside a picture or a file: for a calculation of seats what it is, else that the bot counted it."""
    _ = catalog(language).gettext
    if isinstance(found, Allocation) and not found.rule.confirmed:
        return f"<b>{quotas_lists.opening(language)}</b>"
    return _("Calculated by the bot: /quota")


def parted(html: str, room: int = ROOM) -> tuple[str, ...]:
    """HTML cut between lines into pieces that fit a message; no tag of ours goes over a line."""
    pieces = [""]
    for line in html.split("\n"):
        longer = f"{pieces[-1]}\n{line}" if pieces[-1] else line
        if pieces[-1] and units(quotas.plain(longer)) > room:
            pieces.append(line)
        else:
            pieces[-1] = longer
    return tuple(piece for piece in pieces if piece.strip())


def _way(found: Meant) -> tuple[str, str]:
    """Which way it belongs to, and the link by which others open the same; a list and votes open empty for others."""
    match found:
        case Reservation():
            same = "q_s-" + "-".join(str(one.seats) for one in found.districts)
            return "aiyl", same if len(same) <= LONGEST_LINK else "q_aiyl"
        case Range():
            return "aiyl", f"q_n-{found.seats}-{found.districts}"
        case Verdict():
            return "list", "q_list"
        case Allocation():
            return "who", "q_who"
