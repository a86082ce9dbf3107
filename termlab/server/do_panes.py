"""Commands about panes: their place, their focus, what is typed into them, what they show."""

import re

from termlab.commands.parse import Call
from termlab.errors import PtyError, TermlabError, UsageError
from termlab.model.keyname import parse_key
from termlab.model.keys import Key
from termlab.model.layout import Axis, arrange
from termlab.model.layout_edit import Direction, neighbour, resize_pane, resize_to
from termlab.model.listing import CaptureListing, WaitListing
from termlab.server.caller import Caller
from termlab.server.do_lines import last_listing, last_output
from termlab.server.do_sessions import program, show
from termlab.server.pane import Pane
from termlab.server.remains import closes
from termlab.server.sessions import Window
from termlab.server.targets import Place as Target
from termlab.server.waits import Wait
from termlab.terminal.reported import clean_title
from termlab.wire.jsontext import to_json

DIRECTIONS: tuple[Direction, ...] = ("left", "right", "up", "down")
DEFAULT_TIMEOUT_S = 30.0
MAX_TIME_S = 7 * 24 * 3600.0
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "": 1.0}


def split_window(caller: Caller, call: Call) -> str:
    target = caller.target(call)
    pane = caller.server.split(
        target.window,
        target.pane,
        _direction(call),
        percent_of(call.text("size")),
        program(caller, call),
    )
    if not call.flag("no_focus"):
        focus(caller, target._replace(pane=pane))
    return f"%{pane.id}\n"


def _direction(call: Call) -> Direction:
    for direction in DIRECTIONS:
        if call.text("direction") == direction:
            return direction
    before = call.flag("before")
    if call.flag("horizontal"):
        return "left" if before else "right"
    return "up" if before else "down"


def percent_of(size: str) -> int:
    """The share a word like "25%" means; half without one. Raises ``UsageError``."""
    digits = size.removesuffix("%")
    if not size:
        return 50
    if digits.isdecimal() and 1 <= int(digits) <= 99:
        return int(digits)
    raise UsageError(f"the size {size!r} can't be: give a share of the pane from 1% to 99%")


def select_pane(caller: Caller, call: Call) -> str:
    target = caller.target(call)
    if call.values.get("title") is not None:
        # Until the program in it says another, as its own titles do.
        target.pane.title = clean_title(call.text("title"))
        caller.server.pane_changed(target.pane)
        return ""
    direction = _side(call)
    if direction is not None:
        window = target.window
        placed = arrange(window.tree, window.cols, window.rows, target.pane.id)
        found = neighbour(placed, target.pane.id, direction)
        if found is None:
            return ""
        target = target._replace(pane=window.panes[found])
    focus(caller, target)
    return ""


def _side(call: Call) -> Direction | None:
    return next((direction for direction in DIRECTIONS if call.flag(direction)), None)


def last_pane(caller: Caller, call: Call) -> str:
    target = caller.window_target(call)
    last = target.window.last_active
    if last in target.window.panes and last is not None:
        focus(caller, target._replace(pane=target.window.panes[last]))
    return ""


def focus(caller: Caller, target: Target) -> None:
    """Focus a pane, and show its window, for those whose screen this moves."""
    for attachment in caller.audience(target):
        attachment.focus_in(target.window, target.pane)
    target.window.focus(target.pane.id)
    show(caller, target)


def resize(caller: Caller, call: Call) -> str:
    target = caller.target(call)
    window = target.window
    direction = _side(call)
    if call.flag("zoom"):
        zoomed = not window.zoomed and len(window.panes) > 1
        window.focus(target.pane.id)
        window.zoomed = zoomed
    elif direction is not None:
        cells = call.number("cells", 1)
        if cells < 1:
            raise UsageError(f"{cells} cells can't be: give 1 or more")
        window.zoomed = False
        window.tree = resize_pane(
            window.tree, window.cols, window.rows, target.pane.id, direction, cells
        )
    elif call.text("width") or call.text("height"):
        _resize_to(window, target.pane, call)
    else:
        raise UsageError(
            "resize-pane: say which way with -L, -R, -U or -D, what size with -x or -y, or -Z to "
            "zoom"
        )
    caller.server.layout_changed(window)
    return ""


def _resize_to(window: Window, pane: Pane, call: Call) -> None:
    """Give a pane the size that ``-x`` and ``-y`` say, as near as its neighbours allow."""
    cols = _cells(call.text("width"), window.cols)
    rows = _cells(call.text("height"), window.rows)
    window.zoomed = False
    wanted: tuple[tuple[Axis, int], ...] = (("row", cols), ("column", rows))
    for axis, cells in wanted:
        if cells:
            window.tree = resize_to(window.tree, window.cols, window.rows, pane.id, axis, cells)


def _cells(size: str, whole: int) -> int:
    """A number of cells, or a share of ``whole``; 0 for "". Raises ``UsageError``."""
    if not size:
        return 0
    share = size.removesuffix("%")
    number = int(share) if share.isdecimal() and len(share) < 6 else 0
    if number < 1 or (share != size and number > 100):
        raise UsageError(
            f"the size {size!r} can't be: give cells, 1 or more, or a share of the window from 1% "
            "to 100%"
        )
    return number if share == size else max(number * whole // 100, 1)


def kill_pane(caller: Caller, call: Call) -> str:
    caller.server.kill_pane(caller.target(call).pane)
    return ""


def send_keys(caller: Caller, call: Call) -> str:
    pane = caller.target(call).pane
    keys = [key for word in call.rest("keys") for key in _keys(word)]
    if pane.ended and any(map(closes, keys)):
        caller.server.kill_pane(pane)
        return ""
    encode = pane.emulator.encode_key
    # A control that is no key goes as it is.
    return _typed(
        pane,
        b"".join(encode(key) if key.name.isprintable() else key.name.encode() for key in keys),
    )


def _keys(word: str) -> list[Key]:
    """A key's name is that key; any other word is typed, letter by letter."""
    try:
        return [parse_key(word)]
    except UsageError:
        return [Key(letter, text=letter) for letter in word]


def send_text(caller: Caller, call: Call) -> str:
    return _typed(caller.target(call).pane, " ".join(call.rest("text")).encode())


def _typed(pane: Pane, data: bytes) -> str:
    if pane.ended:
        raise PtyError(
            f"pane %{pane.id} has ended ({pane.ended}) and takes no input: the keys Enter and q "
            "close it"
        )
    if data and not pane.type(data):
        raise PtyError(
            f"pane %{pane.id} has not taken its last {pane.input_waiting} bytes of input: "
            "nothing of this was sent; try again when it reads"
        )
    return ""


def capture(caller: Caller, call: Call) -> str:
    target = caller.target(call)
    pane = target.pane
    emulator = pane.emulator
    if call.flag("last_output"):
        return last_output(pane)
    history = emulator.history_rows()
    first = 0 if call.flag("scrollback") else history
    count = history + emulator.size.rows - first
    if call.flag("ansi"):
        rows = emulator.rows_at(first, count)
        return "".join(f"{row.decode('utf-8', 'replace')}\x1b[m\n" for row in rows)
    lines = emulator.text_at(first, count)
    if not call.flag("json"):
        return "".join(f"{line}\n" for line in lines)
    cursor = emulator.cursor()
    return to_json(
        CaptureListing(
            f"%{pane.id}",
            emulator.size.cols,
            emulator.size.rows,
            cursor.x,
            cursor.y,
            cursor.visible,
            pane.title,
            history,
            tuple(lines),
            last_listing(pane, caller.server.loop.clock()),
        )
    )


def wait(caller: Caller, call: Call) -> None:
    """Answers later, when what is waited for happens or the time is up."""
    pane = caller.target(call).pane
    asked = [name for name in ("text", "quiet") if call.text(name)] + (
        ["exit"] if call.flag("exit") else []
    )
    if len(asked) != 1:
        raise UsageError("wait: say what for, with one of --text, --quiet or --exit")
    timeout = call.text("timeout")
    timeout_s = seconds(timeout) if timeout else DEFAULT_TIMEOUT_S
    quiet = seconds(call.text("quiet")) if asked == ["quiet"] else None
    as_json = call.flag("json")

    def done(what: str | TermlabError, status: int | None) -> None:
        if isinstance(what, TermlabError):
            caller.reply(what.exit_code, str(what))
        else:
            text = to_json(WaitListing(f"%{pane.id}", what, status)) if as_json else ""
            caller.reply(0, text)

    pattern = _pattern(call.text("text")) if asked == ["text"] else None
    request = Wait(pane, done, pattern, quiet, asked == ["exit"], caller.asker)
    caller.server.waits.add(request, timeout_s)


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text, re.MULTILINE)
    except re.error as error:
        raise UsageError(f"wait: {text!r} is no regular expression: {error}") from error


def seconds(text: str) -> float:
    """ "500ms", "2s", "1.5m" or plain seconds. Raises ``UsageError``."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s|m|h|)", text)
    if match is None or float(match[1]) * _UNITS[match[2]] > MAX_TIME_S:
        raise UsageError(f"{text!r} is no time: write 500ms, 30s, 2m or 1h, at most a week")
    return float(match[1]) * _UNITS[match[2]]
