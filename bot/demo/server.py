"""The HTTP side: `/bot<token>/<method>` for the bot, `/file/…` for its files, `/sim` and the page for people."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import orjson
from aiohttp import web

from bot.demo import people
from bot.demo.call import METHODS, Call
from bot.demo.check import Upload, checked, method_named
from bot.demo.faults import Deed, Planned
from bot.demo.methods import chats, media, messages, polls, profile, queries
from bot.demo.refusals import (
    Refused,
    bad_request,
    forbidden,
    migrated,
    not_found,
    too_many,
    unauthorized,
)
from bot.demo.sim import people_routes
from bot.demo.world import ChatType, World

IMITATIONS = (chats, media, messages, polls, profile, queries)
"""The modules whose functions answer the methods; importing them registers these."""

LOG = logging.getLogger(__name__)
BODY_LIMIT = 60 * 1024 * 1024
SILENCE_S = 600.0
PAGE = Path(__file__).with_name("page")
TOKEN = re.compile(r"(\d{1,16}):\S+")
WORLD: web.AppKey[World] = web.AppKey("world", World)


def json_answer(body: Any, status: int = 200) -> web.Response:
    """A JSON answer."""
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")


async def _raw(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The parameters of a call as they came, from the query and any kind of body, and its files."""
    raw: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        body = await request.read()
        if body:
            try:
                parsed = orjson.loads(body)
            except orjson.JSONDecodeError:
                raise bad_request("can't parse request: JSON is malformed") from None
            if not isinstance(parsed, dict):
                raise bad_request("can't parse request: JSON object is expected")
            raw |= parsed
        return {name: value for name, value in raw.items() if value is not None}, files
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename, value.content_type, value.file.read())
        elif isinstance(value, bytes | bytearray):
            files[name] = Upload(name, "application/octet-stream", bytes(value))
        else:
            raw[name] = value
    return raw, files


def _chat_id(raw: dict[str, Any]) -> int | None:
    try:
        return int(raw["chat_id"])
    except (KeyError, TypeError, ValueError):
        return None


def _let_in(world: World, token: str) -> None:
    """Raises 404 for what is no token and 401 for one that is not let in; the bot's id is the token's number."""
    found = TOKEN.fullmatch(token)
    if found is None:
        raise not_found()
    if world.token is not None and token != world.token:
        raise unauthorized()
    if world.bot.id != int(found[1]):
        world.bot.id = int(found[1])


def _planned_refusal(world: World, planned: Planned, chat_id: int | None) -> Refused | None:
    """The refusal a planned fault answers with, if it is one that answers in Telegram's form."""
    match planned.do:
        case Deed.TOO_MANY:
            return too_many(planned.retry_after or 1)
        case Deed.ERROR:
            return Refused("Internal Server Error", 500)
        case Deed.BLOCKED:
            return forbidden("bot was blocked by the user")
        case Deed.NO_CHAT:
            return bad_request("chat not found")
        case Deed.UNAUTHORIZED:
            return unauthorized()
        case Deed.MIGRATE:
            chat = world.chats.get(chat_id or 0)
            if chat is not None and chat.type is ChatType.GROUP and chat.migrated_to is None:
                return migrated(people.migrates(world, chat).id)
            return migrated(world.fresh_group_id(ChatType.SUPERGROUP))
    return None


class BotSide:
    """Answers the bot's calls, with the faults that are switched on."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.stopping = asyncio.Event()

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One call of a method."""
        world = self.world
        entry: dict[str, Any] = {
            "at": world.now(), "method": request.match_info["method"], "params": {}, "chat_id": None,
            "ok": None, "response": None, "status": None,
        }  # fmt: skip
        try:
            _let_in(world, request.match_info["token"])
            entry["method"] = method_named(request.match_info["method"])
            raw, files = await _raw(request)
        except Refused as refused:
            return self._refuse(entry, refused)
        entry["params"], entry["chat_id"] = raw, _chat_id(raw)
        if files:
            entry["files"] = [
                {"name": name, "field": name, "filename": file.filename, "size": len(file.content)}
                for name, file in files.items()
            ]
        planned = world.faults.strike(entry["method"], entry["chat_id"])
        if world.faults.latency_ms and entry["method"] != "getUpdates":
            await asyncio.sleep(world.faults.latency_ms / 1000)
        if planned is not None:
            return await self._struck(request, entry, planned, raw, files)
        return await self._answered(entry, raw, files)

    async def _answered(self, entry: dict[str, Any], raw: dict[str, Any], files: dict[str, Upload]) -> web.Response:
        try:
            result = await self._executed(entry, raw, files)
        except Refused as refused:
            return self._refuse(entry, refused)
        except Exception:
            LOG.exception("%s has failed in the server itself", entry["method"])
            return self._refuse(entry, Refused("Internal Server Error", 500))
        return self._accept(entry, result)

    async def _executed(self, entry: dict[str, Any], raw: dict[str, Any], files: dict[str, Upload]) -> Any:
        method = entry["method"]
        params = checked(method, raw, files)
        entry["params"] = {name: value for name, value in params.items() if not isinstance(value, Upload)}
        handler = METHODS.get(method)
        if handler is None:
            raise bad_request(f"{method} is not imitated by this server")
        return await handler(Call(self.world, method, params, files))

    def _note(self, entry: dict[str, Any]) -> None:
        if "n" not in entry:
            self.world.journal.note(entry)

    def _accept(self, entry: dict[str, Any], result: Any) -> web.Response:
        entry |= {"ok": True, "status": 200, "response": None if entry["method"] == "getUpdates" else result}
        self._note(entry)
        return json_answer({"ok": True, "result": result})

    def _refuse(self, entry: dict[str, Any], refused: Refused) -> web.Response:
        answer = refused.answer()
        entry |= {"ok": False, "status": refused.code, "response": answer, "error": refused.description}
        self._note(entry)
        return json_answer(answer, refused.code)

    async def _struck(
        self, request: web.Request, entry: dict[str, Any], planned: Planned, raw: dict[str, Any],
        files: dict[str, Upload],
    ) -> web.StreamResponse:  # fmt: skip
        refused = _planned_refusal(self.world, planned, entry["chat_id"])
        if refused is not None:
            return self._refuse(entry, refused)
        if planned.do is Deed.GATEWAY:
            entry |= {"ok": False, "status": 502, "error": "502 Bad Gateway"}
            self._note(entry)
            body = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
            return web.Response(text=body, status=502, content_type="text/html")
        before = planned.do in (Deed.TIMEOUT_BEFORE, Deed.DROP_BEFORE, Deed.HOLD_BEFORE)
        if planned.do is Deed.HOLD_BEFORE:
            await self._held(entry, "before")
            if request.transport is None or request.transport.is_closing():
                entry["error"] = "the caller has gone before the call was released"
                return web.Response(status=500)
            return await self._answered(entry, raw, files)
        answer = None if before else await self._tried(entry, raw, files)
        if planned.do is Deed.HOLD_AFTER and answer is not None:
            settled = {name: entry[name] for name in ("ok", "status", "response")}
            entry |= {"ok": None, "status": None, "response": None}
            await self._held(entry, "after")
            entry |= settled
            return answer
        entry |= {"ok": None, "status": None, "error": str(planned.do)}
        self._note(entry)
        if planned.do is Deed.BAD_JSON and answer is not None:
            return web.Response(body=bytes(answer.body or b"")[:-7], content_type="application/json")  # type: ignore[arg-type]
        if planned.do in (Deed.TIMEOUT_BEFORE, Deed.TIMEOUT_AFTER):
            await self._silence(request)
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)

    async def _tried(self, entry: dict[str, Any], raw: dict[str, Any], files: dict[str, Upload]) -> web.Response:
        """The call takes effect; its answer is kept back."""
        try:
            result = await self._executed(entry, raw, files)
        except Refused as refused:
            entry |= {"ok": False, "status": refused.code, "response": refused.answer(), "error": refused.description}
            return json_answer(refused.answer(), refused.code)
        entry |= {"ok": True, "status": 200, "response": result}
        return json_answer({"ok": True, "result": result})

    async def _held(self, entry: dict[str, Any], when: str) -> None:
        entry["held"] = when
        self._note(entry)
        await self.world.faults.hold(entry)
        del entry["held"]

    async def _silence(self, request: web.Request) -> None:
        """No answer until the caller gives up, at most ten minutes."""
        end = self.world.monotonic() + SILENCE_S
        while self.world.monotonic() < end and not self.stopping.is_set():
            if request.transport is None or request.transport.is_closing():
                return
            try:
                await asyncio.wait_for(self.stopping.wait(), 0.1)
            except TimeoutError:
                continue

    async def file(self, request: web.Request) -> web.Response:
        """The bytes of a file, by its file_path."""
        try:
            _let_in(self.world, request.match_info["token"])
        except Refused as refused:
            return json_answer(refused.answer(), refused.code)
        stored = self.world.files.by_path(request.match_info["path"])
        if stored is None:
            return json_answer(not_found().answer(), 404)
        return web.Response(body=stored.content, content_type="application/octet-stream")


@web.middleware
async def _fresh(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Nothing of the page is cached: who changes it sees the change."""
    response = await handler(request)
    if not response.prepared and (request.path == "/" or request.path.startswith(("/page", "/sim"))):
        response.headers["Cache-Control"] = "no-store"
    return response


async def _index(request: web.Request) -> web.StreamResponse:
    file = PAGE / "index.html"
    return web.FileResponse(file) if file.is_file() else web.Response(text="The page is not built yet.\n")


async def _icon(request: web.Request) -> web.Response:
    return web.Response(status=204)


def build_app(world: World) -> web.Application:
    """The whole server for this world, as an aiohttp application."""
    app = web.Application(client_max_size=BODY_LIMIT, middlewares=[_fresh])
    app[WORLD] = world
    bot = BotSide(world)
    app.router.add_route("*", "/bot{token}/{method}", bot.call)
    app.router.add_get("/file/bot{token}/{path:.+}", bot.file)
    app.router.add_routes(people_routes(world))
    app.router.add_get("/", _index)
    app.router.add_get("/favicon.ico", _icon)
    if PAGE.is_dir():
        app.router.add_static("/page", PAGE)

    async def let_everyone_go(_: web.Application) -> None:
        bot.stopping.set()
        world.journal.close()
        world.faults.release()
        world.updates.interrupt("terminated by the end of the server")

    app.on_shutdown.append(let_everyone_go)
    return app
