"""Who is let in to a session's page: driven over real sockets, as browsers and strangers would."""

import asyncio
import random
import socket
import sys
from collections.abc import Awaitable, Callable

from aiohttp import ClientSession, CookieJar
from aiohttp.test_utils import TestServer

from termlab.ui.browser import COOKIE, HOST, POLICY, Pages

SECRET = "s" * 43
# A command that only says what a Textual app says first.
COMMAND = [sys.executable, "-c", "print('__GANGLION__')"]


def free_port() -> int:
    """Below those that the kernel gives away by itself: it is still free when it is taken."""
    while True:
        with socket.socket() as probe:
            port = random.randrange(15_000, 30_000)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue  # somebody listens there
            return port


def visit(what: Callable[[ClientSession, str], Awaitable[None]]) -> None:
    async def visited() -> None:
        pages = Pages(COMMAND, free_port(), SECRET)
        server = TestServer(await pages._make_app(), host=HOST, port=pages.port)
        async with server, ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
            await what(browser, pages.public_url)

    asyncio.run(visited())


async def status(browser: ClientSession, url: str, **headers: str) -> int:
    async with browser.get(url, headers=headers) as answer:
        return answer.status


def test_the_secret_alone_lets_in_and_it_leaves_the_address() -> None:
    async def look(browser: ClientSession, url: str) -> None:
        assert await status(browser, f"{url}/ws", Upgrade="websocket") == 403
        for path in ("/", "/ws", "/static/js/textual.js", "/no", f"/?token={SECRET}x", "/?token="):
            assert await status(browser, url + path) == 403, path
        async with browser.get(f"{url}/?token={SECRET}&fontsize=20") as answer:
            assert (answer.status, str(answer.url)) == (200, f"{url}/?fontsize=20")
            assert answer.headers["Content-Security-Policy"] == POLICY
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            kept = answer.history[0].cookies[COOKIE.format(port=answer.url.port)]
            assert (kept["httponly"], kept["samesite"]) == (True, "Strict")
        assert await status(browser, f"{url}/static/js/textual.js") == 200

    visit(look)


def test_no_request_in_another_sites_name_is_heard() -> None:
    async def look(browser: ClientSession, url: str) -> None:
        assert await status(browser, f"{url}/?token={SECRET}") == 200
        assert await status(browser, url, Origin="http://elsewhere.example") == 403
        assert await status(browser, url, Host="elsewhere.example") == 403
        assert await status(browser, url, Origin=url) == 200

    visit(look)


def test_pages_of_two_sessions_keep_their_secrets_apart() -> None:
    async def look(browser: ClientSession, url: str) -> None:
        other = Pages(COMMAND, free_port(), "t" * 43)
        server = TestServer(await other._make_app(), host=HOST, port=other.port)
        async with server:
            assert await status(browser, f"{url}/?token={SECRET}") == 200
            assert await status(browser, other.address) == 200
            assert await status(browser, url) == 200

    visit(look)
