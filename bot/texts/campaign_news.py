"""Words to coordinators about a campaign: asked to approve, approved, sent back, begun, held by silence."""

from zoneinfo import ZoneInfo

from bot.domain.campaigns import Campaign
from bot.domain.ids import Language
from bot.i18n import catalog
from bot.ports import Button, Letter
from bot.texts import campaigns
from bot.texts.words import numbered


def asks_for_approval(one: Campaign, language: Language) -> Letter:
    """Another coordinator is asked to look at this version."""
    _ = catalog(language).gettext
    text = _("Campaign {number}, version {version}, waits for your approval. Look at its letters first.")
    rows = ((Button(_("👁 Look and decide"), f"c:decide:{one.id}"),),)
    return Letter(text.format(number=numbered(one.id), version=one.version), rows)


def approved(one: Campaign, language: Language, zone: ZoneInfo) -> Letter:
    """Its author hears that it is approved."""
    return campaigns.approved(one, language, zone)


def sent_back(one: Campaign, language: Language) -> Letter:
    """Its author hears that it is a draft again."""
    _ = catalog(language).gettext
    text = _("Campaign {number} was sent back: it is a draft again.").format(number=numbered(one.id))
    return Letter(text, ((Button(_("Open"), f"c:card:{one.id}"),),))


def begun(one: Campaign, language: Language) -> Letter:
    """A scheduled one has begun."""
    _ = catalog(language).gettext
    text = _("Campaign {number} has begun at its time.").format(number=numbered(one.id))
    return Letter(text, ((Button(_("📊 How it goes"), f"c:look:{one.id}"),),))


def silence(one: Campaign, releasable: bool, language: Language) -> Letter:
    """A silence period holds it."""
    _ = catalog(language).gettext
    text = _("Campaign {number} is held: the silence period of an election stands in its places.").format(
        number=numbered(one.id)
    )
    if not releasable:
        return Letter(text)
    more = _("It is about how to vote: two coordinators may release it.")
    return Letter(f"{text}\n{more}", ((Button(_("I release it"), f"c:release:{one.id}"),),))
