"""Commands that show a session on this terminal: bare `termlab`, `attach`, `new` without -d.

What would stop them is looked for first; then the server starts, while the attached client is
imported.
"""

import os
import sys

from termlab.client.start import ATTEMPTS, WINDOWS, Start, begin
from termlab.errors import ServerError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from termlab.commands.parse import Call


def show_latest(path: str, nest: bool) -> int:
    """`termlab` alone: the session used last, or a first one."""
    _check_terminal("termlab", nest)
    start = begin(path)
    if sys.platform != "win32":
        from termlab.client.attach import run

        return run(path, start, create=True)
    raise ServerError(WINDOWS)


def show(path: str, words: list[str]) -> int:
    """`new` and `attach`. Raises ``UsageError`` before a server is started for nothing."""
    from termlab.commands.parse import parse

    call = parse(words)
    if call.row.name == "attach-session":
        _check_terminal("termlab attach", call.flag("nest"))
        return _attach(path, begin(path, start=False), call)
    if call.flag("detached"):
        from termlab.cli.ask import perform

        return perform(path, words, begin(path), again=ATTEMPTS)
    for name, flag in (("cols", "-x"), ("rows", "-y")):
        if call.values.get(name) is not None:
            raise UsageError(f"new-session: {flag} goes with -d: a terminal has its own size")
    _check_terminal("termlab new", call.flag("nest"))
    return _attach(path, begin(path), call)


def _attach(path: str, start: Start, call: "Call") -> int:
    new = call.row.name == "new-session"
    if sys.platform != "win32":
        from termlab.client.attach import run

        return run(
            path,
            start,
            target=call.text("target"),
            create=new,
            fresh=new,
            name=call.text("name"),
            argv=call.rest("command"),
            directory=call.text("directory"),
            read_only=call.flag("read_only"),
        )
    raise ServerError(WINDOWS)


def _check_terminal(command: str, nest: bool) -> None:
    """Whether a session can be shown here. Raises ``UsageError``."""
    if os.environ.get("TERMLAB") and not nest:
        raise UsageError(
            "this is a pane of termlab already: detach first (C-b d), start a session beside it "
            f"with `termlab new -d`, or show one inside it with `{command} --nest`"
        )
    if not (os.isatty(0) and os.isatty(1)):
        raise UsageError(
            "stdin and stdout must be a terminal to show a session: "
            "`termlab new -d` starts one without"
        )
