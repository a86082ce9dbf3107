"""Commands about sessions and windows. Each returns what is printed."""

from termlab.commands.parse import Call
from termlab.commands.playing import read_playing
from termlab.errors import PtyError, UsageError
from termlab.model.geometry import Size, check_size
from termlab.server.caller import Caller
from termlab.server.listings import listing
from termlab.server.naming import check_name
from termlab.server.sessions import Window
from termlab.server.spawn import Program
from termlab.server.targets import Place as Target
from termlab.wire.jsontext import to_json
from termlab.wire.messages import Replay

DETACHED_SIZE = Size(80, 24)


def new_session(caller: Caller, call: Call) -> str:
    size = asked_size(call, DETACHED_SIZE)
    return f"{caller.server.new_session(call.text('name'), program(caller, call), size).name}\n"


def asked_size(call: Call, default: Size) -> Size:
    """The size of a session that no terminal shows yet."""
    size = Size(call.number("cols", default.cols), call.number("rows", default.rows))
    try:
        return check_size(size)
    except PtyError as error:
        raise UsageError(f"{call.row.name}: {error}") from error


def program(caller: Caller, call: Call) -> Program:
    """What is to run in a new pane."""
    argv, directory = call.rest("command"), call.text("directory")
    return Program(caller.place, argv, directory, call.flag("remain"))


def replay(caller: Caller, call: Call) -> str:
    """As new-session, with a recording for a program; what it showed last remains."""
    speed, idle_limit_s = read_playing(call)
    recording = Replay(call.text("file"), speed, idle_limit_s)
    what = Program(caller.place, remain=True, replay=recording)
    size = asked_size(call, DETACHED_SIZE)
    return f"{caller.server.new_session(call.text('name'), what, size).name}\n"


def list_sessions(caller: Caller, call: Call) -> str:
    server = caller.server
    sessions = list(server.sessions.all.values())
    if call.flag("json"):
        return to_json([listing(s, len(list(server.attached(s)))) for s in sessions])
    lines = []
    for session in sessions:
        count = len(session.windows)
        names = ", ".join(_named(window) for window in session.windows)
        watched = " (attached)" if any(server.attached(session)) else ""
        lines.append(
            f"{session.name}: {count} window{'s' if count != 1 else ''} [{names}]{watched}\n"
        )
    return "".join(lines)


def _named(window: Window) -> str:
    """A window in one line, with how those of its commands ended whose panes remain."""
    ended = ", ".join(pane.ended for pane in window.ordered() if pane.ended)
    return f"{window.index}:{window.label()}" + (f" ({ended})" if ended else "")


def kill_session(caller: Caller, call: Call) -> str:
    caller.server.kill_session(caller.target(call).session)
    return ""


def kill_server(caller: Caller, call: Call) -> str:
    # The answer goes out before the end does.
    caller.server.loop.soon(caller.server.close)
    return ""


def rename_session(caller: Caller, call: Call) -> str:
    session = caller.target(call).session
    caller.server.rename(session, call.text("name"))
    return ""


def new_window(caller: Caller, call: Call) -> str:
    target = caller.target(call)
    window = caller.server.new_window(target.session, call.text("name"), program(caller, call))
    if not call.flag("detached"):
        show(caller, target._replace(window=window, pane=window.panes[window.active]))
    return f"@{window.id}\n"


def select_window(caller: Caller, call: Call) -> str:
    show(caller, caller.window_target(call))
    return ""


def next_window(caller: Caller, call: Call) -> str:
    return _step(caller, call, 1)


def previous_window(caller: Caller, call: Call) -> str:
    return _step(caller, call, -1)


def _step(caller: Caller, call: Call, by: int) -> str:
    target = caller.target(call)
    windows = target.session.windows
    window = windows[(windows.index(target.window) + by) % len(windows)]
    show(caller, target._replace(window=window))
    return ""


def last_window(caller: Caller, call: Call) -> str:
    target = caller.target(call)
    attachment = caller.attachment
    window = attachment.last_window if attachment is not None else target.session.last
    if window is not None:
        show(caller, target._replace(window=window))
    return ""


def show(caller: Caller, target: Target) -> None:
    """Make a window the one shown, for those whose screen this moves."""
    if caller.attachment is None or not caller.attachment.read_only:
        target.session.show(target.window)
    for attachment in caller.audience(target):
        attachment.show(target.window)
    caller.server.sizes_changed()
    caller.server.session_changed(target.session)


def kill_window(caller: Caller, call: Call) -> str:
    caller.server.kill_window(caller.window_target(call).window)
    return ""


def rename_window(caller: Caller, call: Call) -> str:
    target = caller.window_target(call)
    target.window.name = check_name(call.text("name"))
    caller.server.session_changed(target.session)
    return ""
