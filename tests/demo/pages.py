"""The chat page in a real browser on the real local server, for tests that play the bot by plain Bot API calls."""

import os
import shutil
import struct
import zlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, Locator, Page, async_playwright

from bot.demo.characters import cast
from bot.demo.server import build_app

PAGE = Path(build_app.__code__.co_filename).with_name("page")
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 360, "height": 740}
BOT = "bot7000000001:page"


@dataclass
class Window:
    """A browser's window; `watcher` is the test that looks at it now."""

    page: Page
    looks: tuple[int, str]
    watcher: "Demo | None" = None

    def complains(self, error: Exception) -> None:
        """A script of the page has failed."""
        if self.watcher:
            self.watcher.complaints.append(f"error: {error}")

    def asks(self, url: str) -> None:
        """The page asks for an address; none may be outside."""
        if self.watcher and not url.startswith((self.watcher.base, "blob:", "data:", "about:")):
            self.watcher.complaints.append(f"asked outside: {url}")


class Windows:
    """One browser's windows, by width and theme. A window is used again, on the address of the next server, where
    nothing is remembered yet: a new one takes Chromium twice as long."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[tuple[int, str], list[Window]] = {}

    async def open(self, size: Any, theme: Any) -> Window:
        """A window that nobody uses."""
        looks = (size["width"], theme)
        if free := self._free.get(looks):
            return free.pop()
        context = await self._browser.new_context(
            viewport=size, color_scheme=theme, has_touch=size is NARROW, reduced_motion="reduce"
        )
        window = Window(await context.new_page(), looks)
        window.page.set_default_timeout(8_000)
        window.page.on("pageerror", window.complains)
        window.page.on("request", lambda request: window.asks(request.url))
        return window

    async def leave(self, window: Window) -> None:
        """The window is empty and free for the next test."""
        window.watcher = None
        await window.page.goto("about:blank")
        self._free.setdefault(window.looks, []).append(window)


@dataclass(slots=True)
class Demo:
    """One server with its people, a bot played by hand, and the pages that are open on it."""

    base: str
    http: aiohttp.ClientSession
    windows: Windows
    complaints: list[str] = field(default_factory=list)
    opened_windows: list[Window] = field(default_factory=list)
    offset: int = 0

    async def bot(self, method: str, **params: Any) -> Any:
        """A Bot API call that must succeed."""
        async with self.http.post(f"{self.base}/{BOT}/{method}", json=params) as answer:
            body = await answer.json()
        assert body["ok"], body
        return body["result"]

    async def update(self, kind: str) -> Any:
        """The next update of this kind that the page's people caused."""
        for _ in range(20):
            for update in await self.bot("getUpdates", offset=self.offset, timeout=2):
                self.offset = update["update_id"] + 1
                if kind in update:
                    return update[kind]
        raise AssertionError(f"no {kind} came")

    async def person(self, path: str, **body: Any) -> Any:
        """Something a person does past the page."""
        async with self.http.post(f"{self.base}/sim/{path}", json=body) as answer:
            assert answer.ok, await answer.text()
            return await answer.json()

    async def says(self, chat: int, text: str, person: int | None = None) -> Any:
        """A person says something past the page."""
        return (await self.person(f"chats/{chat}/send", **{"from": person or chat}, text=text))["message"]

    async def uploads(self, chat: int, kind: str, files: Sequence[tuple[str, bytes]]) -> None:
        """A person sends files past the page."""
        form = aiohttp.FormData({"from": str(chat), "kind": kind})
        for name, content in files:
            form.add_field("file", content, filename=name)
        async with self.http.post(f"{self.base}/sim/chats/{chat}/upload", data=form) as answer:
            assert answer.ok, await answer.text()

    async def opened(
        self, chat: int | None = None, *, size: Any = WIDE, lang: str = "ru", theme: Any = "light"
    ) -> Page:
        """The page in a window of its own, on this chat; what it complains of is collected."""
        window = await self.windows.open(size, theme)
        window.watcher = self
        self.opened_windows.append(window)
        await window.page.goto(f"{self.base}/?lang={lang}" + (f"#chat={chat}" if chat else ""))
        await window.page.locator(".chat-entry").first.wait_for(state="attached")
        return window.page

    async def leave(self) -> None:
        """All windows are left."""
        for window in self.opened_windows:
            await self.windows.leave(window)


def chromium() -> str:
    """Where Debian's Chromium is; without it the tests are skipped, or fail where a browser is required."""
    if found := shutil.which("chromium"):
        return found
    reason = "Chromium is not installed (apt-get install chromium): the page is not tested in a browser"
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest_asyncio.fixture(name="windows", loop_scope="session", scope="session")
async def one_browser() -> AsyncIterator[Windows]:
    """One Chromium for all tests."""
    path = chromium()
    async with async_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = await playwright.chromium.launch(executable_path=path, args=options)
        yield Windows(browser)
        await browser.close()


async def serving(port: int = 0) -> tuple[web.AppRunner, str]:
    """A server with the demo's people."""
    runner = web.AppRunner(build_app(cast()), access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, reuse_address=True).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"


@pytest_asyncio.fixture(name="demo", loop_scope="session")
async def one_demo(windows: Windows) -> AsyncIterator[Demo]:
    """A server, and at the end nothing to complain of."""
    runner, base = await serving()
    async with aiohttp.ClientSession() as http:
        demo = Demo(base, http, windows)
        yield demo
        await demo.leave()
    await runner.cleanup()
    assert demo.complaints == []


def picture(width: int, height: int) -> bytes:
    """A plain PNG."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def inline(*rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """An inline keyboard."""
    return {"inline_keyboard": [list(row) for row in rows]}


def bubbles(page: Page) -> Locator:
    """The bubbles of the open chat."""
    return page.locator(".log .bubble")


async def write(page: Page, words: str) -> None:
    """Type into the input and send with Enter."""
    await page.locator("textarea.input").fill(words)
    await page.locator("textarea.input").press("Enter")


async def choose(page: Page, bubble: Locator, action: str) -> None:
    """Choose an action in the menu of a message."""
    await bubble.click(button="right", position={"x": 8, "y": 8})
    await page.get_by_role("menuitem", name=action, exact=True).click()


async def scrolled_from_end(page: Page) -> float:
    """How many pixels are below the lower edge of the log."""
    script = "(box) => box.scrollHeight - box.scrollTop - box.clientHeight"
    return float(await page.locator(".scroller").evaluate(script))
