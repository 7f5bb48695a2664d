"""Ids that the type checker keeps apart, and the two languages everything is said in."""

from enum import StrEnum
from typing import NewType

ChatId = NewType("ChatId", int)  # Telegram's number; a group's is negative
MessageId = NewType("MessageId", int)
UpdateId = NewType("UpdateId", int)
QuestionId = NewType("QuestionId", int)
SourceId = NewType("SourceId", int)
DeliveryId = NewType("DeliveryId", int)
InviteId = NewType("InviteId", int)
EntryId = NewType("EntryId", int)
ElectionId = NewType("ElectionId", int)
CandidacyId = NewType("CandidacyId", int)
Slug = NewType("Slug", str)
PlaceSlug = NewType("PlaceSlug", str)


class Language(StrEnum):
    """The languages of the bot; Kyrgyz stands first wherever both are shown."""

    KY = "ky"
    RU = "ru"
