"""A session in a real browser: typed into, split, closed and found again."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.ui.test_browser import free_port

if sys.platform != "win32":
    from tests.e2e.chromium import Page, browsing, until
    from tests.e2e.session import TERMLAB, OwnServer, program
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = pytest.mark.slow
READY = "document.body.className.includes('-first-byte')"


@contextmanager
def served(own: OwnServer, *words: str) -> Iterator[str]:
    """The address of a page of the server's sessions."""
    argv = [*TERMLAB, "web", "--port", str(free_port()), *words]
    with subprocess.Popen(argv, env=own.env, stdout=subprocess.PIPE, text=True) as page:
        assert page.stdout is not None
        address = re.search(r"http://\S+", page.stdout.readline())
        assert address is not None
        try:
            yield address[0]
        finally:
            page.terminate()


async def shown(page: Page) -> None:
    async def ready() -> bool:
        return await page.evaluate(READY) is True

    await until(ready, page)
    await page.click(300, 100)


async def changed(page: Page, before: bytes) -> bool:
    return await page.picture() != before


async def says(own: OwnServer, page: Page, text: str) -> None:
    """Until the focused pane shows it."""

    async def there() -> bool:
        return re.search(text, own.ok("capture"), re.MULTILINE) is not None

    await until(there, page)


def test_a_browser_shows_a_session_and_types_into_it() -> None:
    program("chromium")

    async def use(own: OwnServer, address: str) -> None:
        async with browsing(address) as page:
            await shown(page)
            await page.type("echo from''browser\r")
            await says(own, page, "^frombrowser")
            before = await page.picture()
            await page.control("b")
            await page.type("%")
            await page.type("echo sec''ond\r")
            await says(own, page, "^second")
            assert len(own.pane_pids()) == 2
            await until(lambda: changed(page, before), page)

    with OwnServer() as own, served(own) as address:
        asyncio.run(use(own, address))
        # The page is gone with its browser, the session is not.
        assert "frombrowser" in own.ok("capture", "-t", ":0.0")


def test_a_read_only_page_types_nothing() -> None:
    program("chromium")

    async def use(own: OwnServer, address: str) -> None:
        async with browsing(address) as page:
            await shown(page)
            await page.type("echo never\r")
            await page.picture()  # it has been handled
            own.ok("send-text", "echo alw''ays")
            own.ok("send-keys", "Enter")
            await says(own, page, "^always")
            assert "never" not in own.ok("capture")

    with OwnServer() as own:
        own.ok("new", "-d", "-s", "work")
        with served(own, "-t", "work", "--read-only") as address:
            asyncio.run(use(own, address))
