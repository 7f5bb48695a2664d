"""Whether a coordinator may do this, here, now; refused attempts are logged."""

from collections.abc import Iterable
from dataclasses import dataclass

import aiosqlite
import structlog

from bot.domain.chats import Act, Grant
from bot.domain.errors import NotAllowed
from bot.domain.ids import ChatId, PlaceSlug, UpdateId
from bot.domain.places import Places
from bot.ports import Clock
from bot.services.duty import covers
from bot.storage import chats, roles
from bot.storage.database import Database

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Authority:
    """Roles bound to branches of places, read at the moment of acting."""

    db: Database
    clock: Clock
    places: Places

    def allowed(self, grants: Iterable[Grant], act: Act, place: PlaceSlug | None) -> bool:
        """Whether any of these roles covers the act in this place."""
        return any(covers(self.places, grant, act, place) for grant in grants)

    async def require(
        self, db: aiosqlite.Connection, chat: ChatId, act: Act, place: PlaceSlug | None, what: str
    ) -> None:
        """Raises NotAllowed unless a role held now covers the act in this place."""
        if not self.allowed(await roles.of_chat(db, chat), act, place):
            raise NotAllowed(what)

    async def grants(self, chat: ChatId) -> list[Grant]:
        """The roles this chat holds now."""
        return await roles.of_chat(self.db.read, chat)

    async def refused(self, chat: ChatId, what: str, cause: UpdateId) -> None:
        """A coordinator's attempt without the right to it is written to the audit log; of a stranger, who may ask to be
        forgotten, the running log says only that somebody tried."""
        async with self.db.transaction() as tx:
            if not await chats.has_served(tx, chat):
                log.info("stranger_refused", what=what)
                return
            await roles.log(tx, chat, "refused", what, self.clock.now(), cause, allowed=False)
