"""Sessions in a browser: the stand-alone app behind Textual's own web server, for its owner alone.

Whoever may open the page has a shell. So it listens on loopback alone (from elsewhere: `ssh -L`),
and every request, the websocket's too, must carry a secret: the address printed at the start has
it, and the browser keeps it as a cookie from then on. A request in another site's name (`Host`,
`Origin`) is refused, and the page may load nothing from elsewhere.
"""

import hmac
import secrets
import shlex
import socket
import sys
from collections.abc import MutableMapping, Sequence
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from textual_serve.server import Server

HOST: Final = "127.0.0.1"
TOKEN: Final = "token"
# Browsers keep cookies by host: with the port, pages of several sessions stay apart.
COOKIE: Final = "termlab-web-{port}"
# The page's scripts are its own; fonts and styles of others would tell them who looks.
POLICY: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "connect-src 'self' ws: wss:; frame-ancestors 'none'"
)
_SECRET_BYTES: Final = 32


class Pages(Server):
    """One command shown to each browser that has the secret, in a process of its own."""

    def __init__(self, argv: Sequence[str], port: int, secret: str) -> None:
        super().__init__(shlex.join(argv), HOST, port, title="termlab")
        self.secret = secret

    @property
    def cookie(self) -> str:
        """The name that browsers keep the secret by."""
        return COOKIE.format(port=self.port)

    @property
    def address(self) -> str:
        """What to open: it holds the secret."""
        return f"{self.public_url}/?{TOKEN}={self.secret}"

    async def on_startup(self, app: web.Application) -> None:
        """Say the address."""
        print(f"termlab: this session is at {self.address}\nCtrl-C ends the page, not the session")
        sys.stdout.flush()

    def initialize_logging(self) -> None:
        """What goes wrong goes to standard error; the addresses asked for, secrets, nowhere."""

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(guard(self.secret, self.public_url, self.cookie))
        return app


def serve(argv: Sequence[str], port: int, environ: MutableMapping[str, str]) -> None:
    """Show what ``argv`` draws until interrupted. Raises ``OSError`` where nobody may listen."""
    # A page is no pane: what it shows is attached afresh.
    for name in ("TERMLAB", "TERMLAB_PANE"):
        environ.pop(name, None)
    environ["TERMLAB_UI"] = "standalone"
    # The server says its address before it listens: not where it can't.
    socket.create_server((HOST, port)).close()
    Pages(argv, port, secrets.token_urlsafe(_SECRET_BYTES)).serve()


def guard(secret: str, public_url: str, cookie: str) -> Middleware:
    """Let nobody in without the secret, nor in another site's name."""
    origin = public_url.rstrip("/")
    host = origin.partition("://")[2]

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.host != host or request.headers.get("Origin", origin) != origin:
            raise web.HTTPForbidden(text=f"termlab: this page is {origin} and nothing else")
        if _same(request.query.get(TOKEN), secret):
            raise _let_in(request, secret, cookie)
        if not _same(request.cookies.get(cookie), secret):
            raise web.HTTPForbidden(
                text="termlab: open the address that `termlab web` printed: it has the secret"
            )
        response = await handler(request)
        if not response.prepared:
            response.headers["Content-Security-Policy"] = POLICY
            response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return guarded


def _same(given: str | None, secret: str) -> bool:
    return given is not None and hmac.compare_digest(given.encode(), secret.encode())


def _let_in(request: web.Request, secret: str, cookie: str) -> web.HTTPFound:
    """To the same page without the secret in its address."""
    kept = {name: value for name, value in request.query.items() if name != TOKEN}
    found = web.HTTPFound(request.rel_url.with_query(kept))
    found.set_cookie(cookie, secret, httponly=True, samesite="Strict", path="/")
    return found
