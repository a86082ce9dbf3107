"""A real browser without a window, driven by its own protocol (Chrome DevTools Protocol)."""

import asyncio
import base64
import re
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from aiohttp import ClientSession, ClientWebSocketResponse

CONTROL: Final = 2
OPTIONS: Final = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--remote-debugging-port=0",
    "--window-size=1000,640",
)
# The protocol's error where the page went on to another address meanwhile.
LEFT: Final = -32000
# Only ends a hang.
PATIENCE_S: Final = 60.0


class Page:
    """One page of the browser."""

    def __init__(self, channel: ClientWebSocketResponse) -> None:
        self._channel = channel
        self._number = 0
        self.events: list[dict[str, Any]] = []  # of the domains that were enabled

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One call of the protocol and its result."""
        self._number += 1
        await self._channel.send_json({"id": self._number, "method": method, "params": parameters})
        while True:
            answer = await self._channel.receive_json(timeout=PATIENCE_S)
            if "method" in answer:
                self.events.append(answer)
            if answer.get("id") == self._number:
                assert "result" in answer or answer["error"]["code"] == LEFT, answer
                return dict(answer.get("result", {}))

    async def evaluate(self, expression: str) -> object:
        """The value of an expression; a promise's once it is there. None of a page just left."""
        result = await self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        return result.get("result", {}).get("value")

    async def click(self, x: int, y: int) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            await self.call(
                "Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1
            )

    async def type(self, text: str) -> None:
        for character in text:
            key = "Enter" if character == "\r" else character
            code = 13 if character == "\r" else 0
            for kind in ("keyDown", "keyUp"):
                await self.call(
                    "Input.dispatchKeyEvent",
                    type=kind,
                    key=key,
                    text=character if kind == "keyDown" else "",
                    windowsVirtualKeyCode=code,
                )

    async def control(self, letter: str) -> None:
        """A letter with Control held."""
        for kind in ("rawKeyDown", "keyUp"):
            await self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                modifiers=CONTROL,
                key=letter,
                code=f"Key{letter.upper()}",
                windowsVirtualKeyCode=ord(letter.upper()),
            )

    async def picture(self) -> bytes:
        """What it shows, as a PNG."""
        shot = await self.call("Page.captureScreenshot")
        return base64.b64decode(shot["data"])


@asynccontextmanager
async def browsing(url: str) -> AsyncIterator[Page]:
    """A browser that shows ``url``, gone behind the block."""
    profile = tempfile.mkdtemp(prefix="tl-web-")
    program = shutil.which("chromium")
    assert program is not None
    browser = await asyncio.create_subprocess_exec(
        program, *OPTIONS, f"--user-data-dir={profile}", "about:blank", stderr=subprocess.PIPE
    )
    try:
        base = await asyncio.wait_for(_listens(browser), PATIENCE_S)
        async with ClientSession() as session:
            async with session.put(f"http://{base}/json/new?{url}") as made:
                where = (await made.json(content_type=None))["webSocketDebuggerUrl"]
            async with session.ws_connect(where, max_msg_size=0) as channel:
                yield Page(channel)
    finally:
        browser.kill()
        await browser.wait()
        shutil.rmtree(profile, ignore_errors=True)


async def _listens(browser: asyncio.subprocess.Process) -> str:
    """Host and port that it says it listens on."""
    assert browser.stderr is not None
    async for line in browser.stderr:
        if found := re.search(rb"DevTools listening on ws://([^/]+)", line):
            return found[1].decode()
    raise AssertionError("the browser has ended")


async def until(condition: Callable[[], Awaitable[bool]], page: Page) -> None:
    """Wait for it, looking once a frame of the page."""
    async with asyncio.timeout(PATIENCE_S):
        while not await condition():
            await page.evaluate("new Promise(done => requestAnimationFrame(done))")
