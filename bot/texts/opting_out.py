"""«Токтот», «стоп», "stop": what is stopped, what is kept, and the way back."""

from collections.abc import Collection

from bot.domain.campaigns import CampaignTopic
from bot.domain.ids import Language
from bot.i18n import catalog
from bot.ports import Button, Letter
from bot.texts.campaign_words import topic_name

STOP_WORDS = frozenset({"токтот", "токто", "токтотуу", "стоп", "stop"})


def asks_to_stop(words: str) -> bool:
    """Whether these words, alone, ask for no more campaigns."""
    return words.strip().strip("«»\"'.!/ ").casefold() in STOP_WORDS


def stopped(kept: Collection[CampaignTopic], language: Language) -> Letter:
    """What is stopped and what is kept; each topic by one tap, and everything back by another."""
    _ = catalog(language).gettext
    if len(kept) == len(CampaignTopic):
        text = _("You receive information letters again, on every topic.")
    elif kept:
        names = ", ".join(topic_name(topic, language) for topic in CampaignTopic if topic in kept)
        text = _("You receive information letters only on: {topics}.").format(topics=names)
    else:
        text = _(
            "Done: no more information letters will come. Answers to your questions and what you follow still come."
        )
    rows = [
        (Button(("☑ " if topic in kept else "☐ ") + topic_name(topic, language), f"oo:{topic}"),)
        for topic in CampaignTopic
    ]
    undo = () if len(kept) == len(CampaignTopic) else ((Button(_("↩ Undo"), "oo_undo"),),)
    return Letter(text + "\n" + _("You may keep single topics:"), (*rows, *undo))
