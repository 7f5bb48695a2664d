"""Photos, files, recordings, albums: there and back."""

import struct
import zlib

import aiohttp
import pytest

from bot.demo.files import Files, ogg_seconds, picture_size
from bot.demo.refusals import Refused

TOKEN = "7000000001:for-tests"


def a_png(width=8, height=6):
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = b"".join(b"\0" + b"\x30\x80\xc0" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def a_jpeg(width, height):
    frame = b"\xff\xc0" + struct.pack(">HBHH", 17, 8, height, width) + bytes(10)
    return b"\xff\xd8\xff\xe0" + struct.pack(">H", 4) + b"\0\0" + frame + b"\xff\xd9"


def an_ogg(seconds):
    return b"OggS\0\4" + (48_000 * seconds).to_bytes(8, "little") + bytes(14)


async def upload(town, chat, kind, *files, by=None, **fields):
    form = aiohttp.FormData({"from": str(by or chat), "kind": kind, **fields}, quote_fields=False)
    for name, content in files:
        form.add_field("file", content, filename=name)
    async with town.client.post(f"/sim/chats/{chat}/upload", data=form) as response:
        return response.status, await response.json()


async def fetched(town, file_id):
    file = await town.did("getFile", file_id=file_id)
    async with town.client.get(f"/file/bot{TOKEN}/{file['file_path']}") as response:
        assert response.status == 200
        return await response.read()


def test_pictures_are_measured_by_their_first_bytes():
    assert picture_size(a_png(640, 480)) == (640, 480)
    assert picture_size(a_jpeg(1280, 720)) == (1280, 720)
    assert picture_size(b"GIF89a" + struct.pack("<HH", 3, 4)) == (3, 4)
    assert picture_size(b"%PDF-1.7") is None
    assert picture_size(b"\xff\xd8\xff\xe0\0") is None


def test_a_recording_is_as_long_as_its_last_page_says():
    assert ogg_seconds(an_ogg(7)) == 7
    assert ogg_seconds(b"") == 1


def test_the_oldest_files_go_when_memory_is_full():
    files = Files(memory=25)
    ids = [files.keep("document", bytes([place]) * 10, "a.txt")["file_id"] for place in range(3)]

    assert [files.by_id(one) is not None for one in ids] == [False, True, True]


def test_an_empty_file_is_refused():
    with pytest.raises(Refused, match="file must be non-empty"):
        Files().keep("document", b"", "a.txt")


async def test_a_photo_of_a_person_can_be_fetched_by_the_bot_and_sent_on(town, chat):
    picture = a_png(640, 480)
    status, answer = await upload(town, chat, "photo", ("a.png", picture), caption="/ask бул эмне?")
    assert status == 200

    (update,) = await town.updates()
    message = update["message"]
    assert message == answer["messages"][0]
    assert message["caption_entities"][0]["type"] == "bot_command"
    assert [(one["width"], one["height"]) for one in message["photo"]] == [(320, 240), (640, 480)]
    assert await fetched(town, message["photo"][-1]["file_id"]) == picture

    sent = await town.did("sendPhoto", chat_id=chat, photo=message["photo"][-1]["file_id"], caption="<b>x</b>",
                          parse_mode="HTML")  # fmt: skip
    assert sent["photo"] == message["photo"]
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("x", "bold")


async def test_an_album_of_a_person_is_several_messages_of_one_group(town, chat):
    _, answer = await upload(town, chat, "photo", ("a.png", a_png()), ("b.png", a_png(9, 9)), caption="эки сүрөт")

    first, second = [one["message"] for one in await town.updates()]
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("эки сүрөт", False)
    assert answer["messages"] == [first, second]


@pytest.mark.parametrize(
    ("kind", "name", "content", "field", "value"),
    [
        ("document", "тизме.docx", b"PK\3\4", "file_name", "тизме.docx"),
        ("voice", "a.oga", an_ogg(3), "duration", 3),
        ("video", "a.mp4", b"video", "mime_type", "video/mp4"),
        ("audio", "a.mp3", b"audio", "mime_type", "audio/mpeg"),
    ],
)
async def test_files_of_every_kind_travel(town, chat, kind, name, content, field, value):
    _, answer = await upload(town, chat, kind, (name, content))

    shape = answer["messages"][0][kind]
    assert shape[field] == value
    assert shape["file_size"] == len(content)
    assert await fetched(town, shape["file_id"]) == content
    async with town.client.get(f"/sim/files/{shape['file_id']}") as response:
        assert await response.read() == content
    copied = await town.did(
        "copyMessage", chat_id=chat, from_chat_id=chat, message_id=answer["messages"][0]["message_id"]
    )
    assert (await town.messages(chat))[-1][kind] == shape
    assert copied["message_id"]


async def test_privacy_mode_keeps_a_photo_without_a_command_from_the_bot(town, group):
    _, answer = await upload(town, group, "photo", ("a.png", a_png()), by=5_000_000_022)
    assert answer["update_ids"] == [None]

    _, answer = await upload(town, group, "photo", ("a.png", a_png()), by=5_000_000_022, caption="/ask")
    assert answer["update_ids"] != [None]


async def test_what_is_no_picture_is_no_photo(town, chat):
    assert (await upload(town, chat, "photo", ("a.png", b"not a picture")))[0] == 400
    assert (await upload(town, chat, "painting", ("a.png", a_png())))[0] == 400
    assert (await upload(town, chat, "photo"))[0] == 400


async def test_the_bot_uploads_a_document(town, chat):
    markup = {"inline_keyboard": [[{"text": "a", "url": "a.kg"}]]}
    words = {"caption": "<i>кат</i>", "parse_mode": "HTML"}
    file = {"document": ("кат.pdf", b"%PDF")}
    answer = await town.form("sendDocument", file, chat_id=chat, reply_markup=markup, **words)

    sent = answer["result"]
    assert (sent["document"]["file_name"], sent["caption"]) == ("кат.pdf", "кат")
    assert sent["reply_markup"]["inline_keyboard"][0][0]["text"] == "a"
    assert await fetched(town, sent["document"]["file_id"]) == b"%PDF"
    (entry,) = (await town.seen("/requests", method="sendDocument"))["requests"]
    assert entry["files"] == [{"name": "document", "field": "document", "filename": "кат.pdf", "size": 4}]


async def test_the_bot_sends_an_album(town, chat):
    media = [{"type": "photo", "media": "attach://one", "caption": "x"}, {"type": "photo", "media": "attach://two"}]
    files = {"one": ("a.png", a_png()), "two": ("b.png", a_png(9, 9))}

    first, second = (await town.form("sendMediaGroup", files, chat_id=chat, media=media))["result"]
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], first["photo"][0]["width"], second["photo"][0]["width"]) == ("x", 8, 9)


async def test_an_album_whose_second_file_is_wrong_sends_nothing(town, chat):
    before = len(await town.messages(chat))
    media = [{"type": "photo", "media": "attach://one"}, {"type": "photo", "media": "attach://missing"}]
    answer = await town.form("sendMediaGroup", {"one": ("a.png", a_png())}, chat_id=chat, media=media)
    assert "missing is not attached" in answer["description"]

    one = {"type": "photo", "media": "attach://one"}
    long = [one, one | {"caption": "ө" * 1025}]
    answer = await town.form("sendMediaGroup", {"one": ("a.png", a_png())}, chat_id=chat, media=long)
    assert answer["description"] == "Bad Request: message caption is too long"
    mixed = [{"type": "photo", "media": "attach://one"}, {"type": "document", "media": "attach://one"}]
    assert not (await town.form("sendMediaGroup", {"one": ("a.png", a_png())}, chat_id=chat, media=mixed))["ok"]
    assert len(await town.messages(chat)) == before


async def test_wrong_files_are_refused(town, chat):
    unused = await town.form("sendMessage", {"photo": ("a.png", a_png())}, chat_id=str(chat), text="x")
    assert unused["description"] == "Bad Request: file photo is sent but not used"
    assert "wrong file identifier" in await town.refused("sendPhoto", chat_id=chat, photo="AgACxyz")
    assert "failed to get HTTP URL" in await town.refused("sendPhoto", chat_id=chat, photo="https://a.kg/x.png")
    assert "there is no photo" in await town.refused("sendPhoto", chat_id=chat)
    assert "wrong file_id" in await town.refused("getFile", file_id="x")
    document = (await town.form("sendDocument", {"document": ("a.txt", b"x")}, chat_id=chat))["result"]["document"]
    assert "can't use file of type Document as Photo" in await town.refused(
        "sendPhoto", chat_id=chat, photo=document["file_id"]
    )


async def test_a_sticker_is_sent_by_its_id(town, chat):
    said = await town.sim(f"/chats/{chat}/send", **{"from": chat}, sticker="👍")

    sent = await town.did("sendSticker", chat_id=chat, sticker=said["message"]["sticker"]["file_id"])
    assert sent["sticker"]["width"] == 512


async def test_captions_and_media_are_edited(town, chat):
    sent = (await town.form("sendPhoto", {"photo": ("a.png", a_png())}, chat_id=chat, caption="бир"))["result"]
    one = {"chat_id": chat, "message_id": sent["message_id"]}

    assert (await town.did("editMessageCaption", **one, caption="эки"))["caption"] == "эки"
    assert "not modified" in await town.refused("editMessageCaption", **one, caption="эки")
    assert "no text in the message" in await town.refused("editMessageText", **one, text="x")
    assert "caption" not in await town.did("editMessageCaption", **one)

    media = {"type": "document", "media": "attach://new", "caption": "файл"}
    edited = (await town.form("editMessageMedia", {"new": ("a.txt", b"x")}, **one, media=media))["result"]
    assert (edited["document"]["file_name"], edited["caption"], "photo" in edited) == ("a.txt", "файл", False)
