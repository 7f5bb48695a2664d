"""The demo: the real bot against our local Bot API server, in one process, with people already there."""

import asyncio
import contextlib
from pathlib import Path

from aiohttp import ClientSession, web
from pydantic import SecretStr

from bot.app import Kernel, run
from bot.demo.characters import ADMINISTRATOR, COORDINATOR, cast
from bot.demo.server import build_app
from bot.domain.chats import Role
from bot.domain.ids import ChatId, Language, PlaceSlug, UpdateId
from bot.services import Services
from bot.settings import Settings

TOKEN = "1000001:demo-needs-no-secret"  # noqa: S105
HOST = "127.0.0.1"
OBLAST = PlaceSlug("issyk-kul")


async def demo(settings: Settings, folder: Path) -> None:
    """Serve the page and run the bot until Ctrl-C. The world begins anew each time, so the demo's file does too."""
    app = web.AppRunner(build_app(cast()), access_log=None)
    await app.setup()
    site = web.TCPSite(app, HOST, settings.demo_port)
    await site.start()
    port = app.addresses[0][1]
    page = f"http://{HOST}:{port}"
    database = folder / "demo.sqlite3"
    _begin_anew(folder)
    changed = settings.model_copy(
        update={
            "bot_token": SecretStr(TOKEN),
            "bot_api_base": page,
            "database": database,
            "admins": (ChatId(ADMINISTRATOR),),
        }
    )

    async def ready(services: Services) -> None:
        await _colleagues(services, page)
        print(f"\n  Open {page} and press Start.  Ctrl-C ends.\n", flush=True)  # noqa: T201

    try:
        await run(changed, Kernel.load(), ready=ready)
    finally:
        with contextlib.suppress(asyncio.CancelledError):
            await app.cleanup()


def _begin_anew(folder: Path) -> None:
    for leftover in folder.glob("demo.sqlite3*"):
        leftover.unlink()


class _Phone:
    """What a person does with the chat, by the demo's own door."""

    def __init__(self, page: str, session: ClientSession) -> None:
        self._page = page
        self._session = session

    async def start(self, person: int, language: Language, link: str = "") -> None:
        """Press Start, perhaps by a link, and choose a language."""
        said = {"via_deep_link": link} if link else {"text": "/start"}
        await self._post(f"/sim/chats/{person}/send", {"from": person, **said})
        await self.press(person, language)

    async def press(self, person: int, words: str) -> None:
        """Press the button of the newest message whose data holds these words, once it is there."""
        for _attempt in range(100):
            async with self._session.get(f"{self._page}/sim/chats/{person}/messages") as answer:
                messages = (await answer.json())["messages"]
            for message in reversed(messages):
                for row in message.get("reply_markup", {}).get("inline_keyboard", ()):
                    for button in row:
                        if words in button.get("callback_data", "").split(":"):
                            where = f"/sim/chats/{person}/messages/{message['message_id']}/press"
                            await self._post(where, {"from": person, "callback_data": button["callback_data"]})
                            return
            await asyncio.sleep(0.1)
        raise TimeoutError(f"no button {words}")

    async def _post(self, path: str, body: dict[str, object]) -> None:
        async with self._session.post(self._page + path, json=body) as answer:
            answer.raise_for_status()


async def _colleagues(services: Services, page: str) -> None:
    """The demo's two coordinators come to work as anybody would: Start, a language, an invitation accepted."""
    async with ClientSession() as session:
        phone = _Phone(page, session)
        await phone.start(ADMINISTRATOR, Language.KY)
        _invite, token = await services.people.invite(ChatId(ADMINISTRATOR), Role.COORDINATOR, OBLAST, UpdateId(0))
        await phone.start(COORDINATOR, Language.RU, f"inv_{token}")
        await phone.press(COORDINATOR, "accept")
