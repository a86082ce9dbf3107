"""Commands that show a session on this terminal: bare `termlab`, `attach`, `new` without -d.

What would stop them is looked for first; then the server starts, while the attached client is
imported.
"""

import os
import sys

from termlab.client.start import ATTEMPTS, Start, begin
from termlab.errors import ServerError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from termlab.commands.parse import Call


def show_latest(path: str, nest: bool) -> int:
    """`termlab` alone: the session used last, or a first one."""
    check_terminal("termlab", nest)
    placed = placement(os.environ)
    start = begin(path)  # before the imports that showing it takes
    return attached(placed)(path, start, create=True)


def show(path: str, words: list[str]) -> int:
    """`new` and `attach`. Raises ``UsageError`` before a server is started for nothing."""
    from termlab.commands.parse import parse

    call = parse(words)
    placed = placement(os.environ)
    if call.row.name == "attach-session":
        check_terminal("termlab attach", call.flag("nest"))
        return _attach(path, begin(path, start=False), call, placed)
    if call.flag("detached"):
        from termlab.cli.ask import perform

        return perform(path, words, begin(path), again=ATTEMPTS)
    for name, flag in (("cols", "-x"), ("rows", "-y")):
        if call.values.get(name) is not None:
            raise UsageError(f"new-session: {flag} goes with -d: a terminal has its own size")
    check_terminal("termlab new", call.flag("nest"))
    return _attach(path, begin(path), call, placed)


def _attach(path: str, start: Start, call: "Call", placed: str) -> int:
    new = call.row.name == "new-session"
    return attached(placed)(
        path,
        start,
        target=call.text("target"),
        create=new,
        fresh=new,
        name=call.text("name"),
        argv=call.rest("command"),
        directory=call.text("directory"),
        read_only=call.flag("read_only"),
        remain=call.flag("remain"),
    )


def placement(environment: "Mapping[str, str]") -> str:
    """Where the screen is drawn: "guest" (by the client, with the Textual app as its guest), "none"
    (by the client alone), "standalone" (by the app itself), or "stock" (by it, on a driver of
    Textual's own). Raises ``UsageError``, which is why it is asked before a server starts.
    """
    if sys.platform == "win32" or environment.get("TEXTUAL_DRIVER"):
        return "stock"
    asked = environment.get("TERMLAB_UI", "")
    if asked not in ("", "guest", "none", "standalone"):
        raise UsageError(
            f"TERMLAB_UI={asked}: guest, none and standalone are what there is; unset, it is guest"
        )
    return asked or "guest"


def attached(placed: str) -> "Callable[..., int]":
    """The program that shows a session here: a function with the signature of `attach.run`."""
    if placed == "stock":
        from termlab.ui.stock import run as stock

        return stock
    if sys.platform != "win32":
        if placed == "standalone":
            from termlab.ui.standalone import run as standalone

            return standalone
        from termlab.client.attach import run

        return run
    raise ServerError(f"{placed}: on Windows Textual's own driver shows sessions")


def check_terminal(command: str, nest: bool) -> None:
    """Whether a session can be shown here. Raises ``UsageError``."""
    if os.environ.get("TERMLAB") and not nest:
        raise UsageError(
            "this is a pane of termlab already: detach first (C-b d), start a session beside it "
            f"with `termlab new -d`, or show one inside it with `{command} --nest`"
        )
    if placement(os.environ) != "stock" and not (os.isatty(0) and os.isatty(1)):
        raise UsageError(
            "stdin and stdout must be a terminal to show a session: "
            "with -d, new and replay start one without"
        )
