"""Photos, files, recordings, albums."""

from typing import Any

from bot.demo.call import Call, imitates
from bot.demo.check import Upload
from bot.demo.files import DOWNLOAD_LIMIT
from bot.demo.methods.messages import edited, settle_edit
from bot.demo.refusals import bad_request

_SENDERS = {
    "sendPhoto": "photo", "sendDocument": "document", "sendVoice": "voice", "sendVideo": "video",
    "sendAudio": "audio", "sendSticker": "sticker",
}  # fmt: skip
_EXTRA = {
    "voice": ("duration",),
    "video": ("duration", "width", "height"),
    "audio": ("duration", "performer", "title"),
}
_NO_CAPTION = frozenset({"sticker"})


def _content(call: Call, kind: str, given: Upload | str, extra: dict[str, Any]) -> Any:
    """What a message carries of an uploaded file or of one already here; raises Refused."""
    files = call.world.files
    if isinstance(given, str) and given.startswith("attach://"):
        name = given.removeprefix("attach://")
        if name not in call.files:
            raise bad_request(f"can't parse input media: file {name} is not attached")
        given = call.files[name]
    if isinstance(given, Upload):
        return files.keep(kind, given.content, given.filename, given.mime_type, extra)
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = files.by_id(given)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        if kind == "document" and stored.kind != "photo":
            return stored.shape
        raise bad_request(f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}")
    return stored.shape


def _extra(kind: str, source: dict[str, Any]) -> dict[str, Any]:
    return {name: source[name] for name in _EXTRA.get(kind, ()) if name in source}


@imitates(*_SENDERS)
async def send_file(call: Call) -> Any:
    """One file with a caption."""
    kind = _SENDERS[call.method]
    chat = call.place()
    caption = {} if kind in _NO_CAPTION else call.caption()
    content = {kind: _content(call, kind, call.params[kind], _extra(kind, call.params))} | caption
    if call.get("has_spoiler"):
        content["has_media_spoiler"] = True
    return call.deliver(chat, content).message


@imitates("sendMediaGroup")
async def send_media_group(call: Call) -> Any:
    """Two to ten files as one album."""
    chat = call.place()
    media = call.params["media"]
    kinds = {item["type"] for item in media}
    if len(kinds) > 1 and kinds & {"document", "audio"}:
        raise bad_request("Document and Audio files can't be mixed with other media types in an album")
    if kinds - {"photo", "video", "document", "audio"}:
        raise bad_request("this kind of media is not imitated by this server")
    contents = [
        {item["type"]: _content(call, item["type"], item["media"], _extra(item["type"], item))} | call.caption(item)
        for item in media
    ]
    album = f"{call.world.fresh_query_id()}"
    return [call.deliver(chat, content | {"media_group_id": album}).message for content in contents]


@imitates("getFile")
async def get_file(call: Call) -> Any:
    """Where the bytes of a file can be fetched; up to 20 MB."""
    stored = call.world.files.by_id(call.params["file_id"])
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.content) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    shapes = stored.shape if isinstance(stored.shape, list) else [stored.shape]
    shape = next(one for one in shapes if one["file_id"] == stored.file_id)
    return stored.as_file(shape["file_unique_id"])


@imitates("editMessageMedia")
async def edit_message_media(call: Call) -> Any:
    """Another file in place of the old, or a file in place of words."""
    chat, post = edited(call)
    media = call.params["media"]
    kind = media["type"]
    if kind not in ("photo", "video", "document", "audio"):
        raise bad_request("this kind of media is not imitated by this server")
    had = next((one for one in ("photo", "video", "document", "audio", "voice", "text") if one in post.message), None)
    if had is None or had == "voice":
        raise bad_request("message can't be edited")
    if "media_group_id" in post.message and kind != had and {kind, had} & {"document", "audio"}:
        raise bad_request("message content type can't be changed in an album")
    content = {kind: _content(call, kind, media["media"], _extra(kind, media))} | call.caption(media)
    gone = (had, kind, "caption", "caption_entities", "show_caption_above_media", "entities", "link_preview_options")
    return settle_edit(call, chat, post, content, tuple(dict.fromkeys(gone)))
