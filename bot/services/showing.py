"""An article's picture and its recording, ready to be sent: drawn or read once, then known to Telegram by an id."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from hashlib import sha256

from bot.domain.guide import Picture
from bot.domain.ids import Language, Slug
from bot.ports import Enclosure, File, Letter
from bot.services.reading import Books
from bot.texts.pictures import wording
from bot.texts.pictures.drawings import draw

REMEMBERED = 500


@dataclass(slots=True)
class Uploads:
    """Telegram's ids of what was sent before, by the hash of its content; lost at a restart, learnt again."""

    ids: OrderedDict[str, str] = field(default_factory=OrderedDict)

    def add(self, content: str, file_id: str) -> None:
        """From now on this content goes by its id."""
        self.ids[content] = file_id
        while len(self.ids) > REMEMBERED:
            self.ids.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter with a file, and the hash under which its id is to be remembered."""

    letter: Letter
    content: str


@dataclass(frozen=True, slots=True)
class ShowArticle:
    """What stands beside an article's words. The first person waits for the drawing, the second gets it at once."""

    library: Books
    uploads: Uploads = field(default_factory=Uploads)
    _one_by_one: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def picture(self, slug: Slug, language: Language) -> Shown | None:
        """The article's picture with a caption that says the same, or None; drawn in a thread, one at a time."""
        picture = self.library.picture(slug, language)
        if picture is None:
            return None
        content = _hash(repr(picture).encode())
        file_id = self.uploads.ids.get(content, "")
        png = b"" if file_id else await self._drawn(picture)
        file = File(Enclosure.PHOTO, file_id, f"{picture.name}.{language}.png", png)
        return Shown(Letter(wording.caption(picture), file=file), content)

    async def voice(self, slug: Slug, language: Language) -> Shown | None:
        """The article's recording in this language, or None, also when the file has gone since."""
        path, article = self.library.voice(slug, language), self.library.article(slug, language)
        if path is None or article is None:
            return None
        try:
            recording = await asyncio.to_thread(path.read_bytes)
        except OSError:
            return None
        content = _hash(recording)
        file_id = self.uploads.ids.get(content, "")
        file = File(Enclosure.VOICE, file_id, path.name, b"" if file_id else recording)
        return Shown(Letter(wording.spoken(article), file=file), content)

    def sent(self, shown: Shown, file_id: str) -> None:
        """Telegram has it now and calls it so."""
        if file_id:
            self.uploads.add(shown.content, file_id)

    async def _drawn(self, picture: Picture) -> bytes:
        async with self._one_by_one:
            return await asyncio.to_thread(draw, picture)


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()
