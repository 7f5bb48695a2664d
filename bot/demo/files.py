"""Files of messages: bytes kept in memory, named as Telegram names them, measured by hand."""

import hashlib
import mimetypes
import secrets
import struct
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.demo.refusals import Refused, bad_request

MEMORY = 256 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
SMALL = 320

_LETTERS = {"photo": "AgAC", "document": "BQAC", "video": "BAAC", "audio": "CQAC", "voice": "AwAC", "sticker": "CAAC"}
_ENDINGS = {"photo": ".jpg", "voice": ".oga", "video": ".mp4", "audio": ".mp3", "sticker": ".webp"}
_FOLDERS = {"photo": "photos", "voice": "voice", "video": "videos", "audio": "music", "sticker": "stickers"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file: its bytes, where it can be fetched, and the object that messages carry."""

    kind: str
    file_id: str
    path: str
    mime_type: str
    content: bytes
    shape: Any

    def as_file(self, unique_id: str) -> dict[str, Any]:
        """The File that getFile answers."""
        return {
            "file_id": self.file_id,
            "file_unique_id": unique_id,
            "file_size": len(self.content),
            "file_path": self.path,
        }


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF, JPEG or WebP, read from its first bytes; None for anything else."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    if content[:4] == b"GIF8" and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return int(width), int(height)
    if content[:2] == b"\xff\xd8":
        return _jpeg_size(content)
    if content[:4] == b"RIFF" and content[8:16] == b"WEBPVP8X" and len(content) >= 30:
        return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 < len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return int(width), int(height)
        place += 2 + int(struct.unpack(">H", content[place + 2 : place + 4])[0])
    return None


def ogg_seconds(content: bytes) -> int:
    """The length of an Opus or Vorbis recording by its last page; 1 when it cannot be read."""
    place = content.rfind(b"OggS")
    if place < 0 or len(content) < place + 14:
        return 1
    granule = int.from_bytes(content[place + 6 : place + 14], "little")
    return max(1, round(granule / 48_000)) if granule < 1 << 40 else 1


@dataclass(slots=True)
class Files:
    """Every file that people or the bot have sent; the oldest go when memory for them is full."""

    memory: int = MEMORY
    _by_id: "OrderedDict[str, StoredFile]" = field(default_factory=OrderedDict)
    _by_path: dict[str, str] = field(default_factory=dict)
    _size: int = 0
    _count: int = 0

    def keep(
        self, kind: str, content: bytes, name: str, mime_type: str = "", extra: Mapping[str, Any] | None = None
    ) -> Any:
        """Keep a file and return what a message carries: PhotoSizes for a photo, else a Document, Voice and so on."""
        if not content:
            raise bad_request("file must be non-empty")
        if len(content) > UPLOAD_LIMIT:
            raise Refused("Request Entity Too Large", 413)
        mime = mime_type if mime_type and mime_type != "application/octet-stream" else ""
        mime = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        if kind == "photo":
            return self._keep_photo(content, name)
        shape: dict[str, Any] = {"file_size": len(content)}
        if kind == "document":
            shape |= {"file_name": name or "file", "mime_type": mime}
        elif kind == "voice":
            shape |= {"duration": ogg_seconds(content), "mime_type": mime if "/" in mime_type else "audio/ogg"}
        elif kind == "audio":
            shape |= {"duration": 1, "file_name": name or "audio.mp3", "mime_type": mime}
        elif kind == "video":
            shape |= {"duration": 1, "width": 640, "height": 360, "file_name": name or "video.mp4", "mime_type": mime}
        elif kind == "sticker":
            shape |= {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        shape |= extra or {}
        return self._add(kind, content, name, mime, shape)

    def _keep_photo(self, content: bytes, name: str) -> list[dict[str, Any]]:
        size = picture_size(content)
        if size is None or not all(size):
            raise bad_request("IMAGE_PROCESS_FAILED")
        width, height = size
        if len(content) > PHOTO_LIMIT or width + height > 10_000 or max(size) > 20 * min(size):
            raise bad_request("PHOTO_INVALID_DIMENSIONS" if len(content) <= PHOTO_LIMIT else "file is too big")
        steps = [(width, height)]
        if max(size) > SMALL:
            scale = SMALL / max(size)
            steps.insert(0, (max(1, round(width * scale)), max(1, round(height * scale))))
        mime = mimetypes.guess_type(name)[0] or "image/jpeg"
        sizes: list[dict[str, Any]] = []
        for wide, high in steps:
            shape = {"width": wide, "height": high, "file_size": len(content)}
            sizes.append(self._add("photo", content, name, mime, shape, mark=f"{wide}"))
        for one in sizes:
            stored = self._by_id[one["file_id"]]
            self._by_id[one["file_id"]] = StoredFile(
                stored.kind, stored.file_id, stored.path, stored.mime_type, stored.content, sizes
            )
        return sizes

    def _add(
        self, kind: str, content: bytes, name: str, mime: str, shape: dict[str, Any], mark: str = ""
    ) -> dict[str, Any]:
        self._count += 1
        file_id = f"{_LETTERS.get(kind, 'BQAC')}{secrets.token_urlsafe(36)}"
        ending = "." + name.rpartition(".")[2] if "." in name else _ENDINGS.get(kind, "")
        ending = ending if ending[1:].isalnum() else ""
        path = f"{_FOLDERS.get(kind, 'documents')}/file_{self._count}{ending}"
        whole = {"file_id": file_id, "file_unique_id": unique_id(content, mark)} | shape
        self._by_id[file_id] = StoredFile(kind, file_id, path, mime, content, whole)
        self._by_path[path] = file_id
        self._size += len(content)
        while self._size > self.memory and len(self._by_id) > 1:
            _, old = self._by_id.popitem(last=False)
            del self._by_path[old.path]
            self._size -= len(old.content)
        return whole

    def by_id(self, file_id: str) -> StoredFile | None:
        """The file of this id, if it is still kept."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """The file at this file_path, if it is still kept."""
        file_id = self._by_path.get(path)
        return self._by_id.get(file_id) if file_id else None


def unique_id(content: bytes, mark: str = "") -> str:
    """The same for the same bytes, as Telegram's file_unique_id is."""
    return "AQAD" + hashlib.sha256(content + mark.encode()).hexdigest()[:12]
