"""What a terminal reports besides keys: the mouse, the focus, and its answers to our questions.

Complete sequences in, events out. `sequences` calls this for CSI, `input` for all else.
"""

import re
from collections.abc import Sequence
from typing import Final

from termlab.model.keys import (
    ALT,
    CTRL,
    LEFT,
    MOTION,
    PRESS,
    RELEASE,
    SHIFT,
    WHEEL_UP,
    Focus,
    InputEvent,
    Mouse,
    TerminalReply,
)

# A parameter with more digits than this is no code, size or place, and would not fit the wire.
MAX_DIGITS: Final = 9
# Three of them.
SGR_MOUSE_LIMIT: Final = 32
# What OSC 10 and 11 ask for.
_COLOURS: Final = {"10": "foreground", "11": "background"}
# What "CSI 14 t" and "CSI 16 t" ask for.
_SIZES: Final = {4: "area", 6: "cell"}

_PEN: Final = re.compile(r"[0-9:;]*")

_NO_BUTTON = 3
_MOTION_BIT = 32
_WHEEL_BIT = 64
_EXTRA_BIT = 128
_FIRST_EXTRA = 8


def decode_report(body: str, params: Sequence[int] = ()) -> list[InputEvent]:
    """The event of ``CSI body`` with the parameters ``params``; none if it is unknown."""
    lead, final = body[0], body[-1]
    event: InputEvent | None = None
    if lead == "<":
        whole = final in "Mm" and len(params) == 3
        event = decode_sgr_mouse(params[0], params[1], params[2], final == "m") if whole else None
    elif lead == "?":
        event = _private(body, params)
    elif body in ("I", "O"):
        event = Focus(body == "I")
    elif final == "t" and len(params) == 3 and params[0] in _SIZES:
        event = TerminalReply(_SIZES[params[0]], (params[1], params[2]))
    return [event] if event else []


def decode_x10_mouse(code: int, column: int, row: int) -> Mouse:
    """The mouse of ``CSI M`` and three bytes. It does not say which button was let go: 0."""
    bits = code - 32
    released = bits & _NO_BUTTON == _NO_BUTTON and bits < _MOTION_BIT
    return _mouse(bits, column - 32, row - 32, RELEASE if released else PRESS)


def decode_sgr_mouse(bits: int, column: int, row: int, released: bool) -> Mouse | None:
    """The mouse of ``CSI < bits ; column ; row M``, or m for what was ``released``."""
    if released and bits & _WHEEL_BIT:
        return None  # some terminals let a wheel go; nothing was held
    return _mouse(bits, column, row, RELEASE if released else PRESS)


def find_sgr_mouse(buffer: bytes, start: int, events: list[InputEvent]) -> int:
    """Where the mouse's ``< bits ; column ; row M`` ends, or m; 0 if it is not all there, or odd.

    Motion comes so: 5 us by the general way, 2 by this.
    """
    stop = start + SGR_MOUSE_LIMIT
    end = buffer.find(b"M", start, stop)
    released = buffer.find(b"m", start, end if end >= 0 else stop)
    end = released if released >= 0 else end
    numbers = buffer[start + 1 : end].split(b";") if end >= 0 else []
    if len(numbers) != 3 or not all(n.isdigit() and len(n) <= MAX_DIGITS for n in numbers):
        return 0
    bits, column, row = map(int, numbers)
    if mouse := decode_sgr_mouse(bits, column, row, released >= 0):
        events.append(mouse)
    return end + 1


def decode_osc(payload: str) -> list[InputEvent]:
    """The colour in ``10;rgb:ffff/ffff/ffff``; nothing for any other OSC."""
    number, _, value = payload.partition(";")
    colour = _colour(value)
    if number not in _COLOURS or colour is None:
        return []
    return [TerminalReply(_COLOURS[number], colour)]


def decode_dcs(payload: str) -> list[InputEvent]:
    """The answer to DECRQSS for the pen (``1$r0;4:3m``), to XTGETTCAP (``1+r`` NAME ``=`` VALUE,
    both in hexadecimal) or XTVERSION (``>|name``); nothing for any other DCS."""
    if payload.startswith("1$r") and payload.endswith("m"):
        pen = payload[3:-1]
        return [TerminalReply("pen", text=pen)] if _PEN.fullmatch(pen) else []
    if payload.startswith("1+r"):
        return list(filter(None, map(_capability, payload[3:].split(";"))))
    if payload.startswith(">|"):
        name = payload[2:].strip()
        return [TerminalReply("version", text=name)] if name.isprintable() and name else []
    return []


def _capability(pair: str) -> TerminalReply | None:
    name, equals, value = pair.partition("=")
    try:
        told = equals.join(bytes.fromhex(part).decode("latin-1") for part in (name, value))
    except ValueError:
        return None
    return TerminalReply("capability", text=told) if name else None


def _private(body: str, params: Sequence[int]) -> TerminalReply | None:
    """``CSI ? params final``: DA1, the kitty flags, the colour scheme, and DECRPM, whose ``$``
    leaves no params."""
    if body[-1] == "c" and params:
        return TerminalReply("da1", tuple(params))
    if body[-1] == "u" and len(params) == 1:
        return TerminalReply("kitty", (params[0],))
    if body in ("?997;1n", "?997;2n"):
        return TerminalReply("scheme", (params[1],))
    mode, semicolon, state = body[1:-2].partition(";")
    numeric = mode.isdigit() and state.isdigit() and len(mode + state) <= 9
    if body.endswith("$y") and semicolon and numeric:
        return TerminalReply("mode", (int(mode), int(state)))
    return None


def _mouse(bits: int, column: int, row: int, action: int) -> Mouse:
    """A mouse event from its bits and its place, which terminals count from 1."""
    mods = (bits & 4 and SHIFT) | (bits & 8 and ALT) | (bits & 16 and CTRL)
    button = bits & 3
    if bits & _EXTRA_BIT:
        button += _FIRST_EXTRA
    elif bits & _WHEEL_BIT:
        button += WHEEL_UP
    else:
        button = 0 if button == _NO_BUTTON else button + LEFT
    if bits & _MOTION_BIT:
        action = MOTION
    return Mouse(max(column - 1, 0), max(row - 1, 0), action, button, mods)


def _colour(value: str) -> tuple[int, ...] | None:
    """Red, green, blue as bytes from XParseColor's ``rgb:`` with one to four digits for each."""
    space, _, rest = value.partition(":")
    parts = rest.split("/")
    if (space, len(parts)) not in (("rgb", 3), ("rgba", 4)):
        return None
    if not all(1 <= len(part) <= 4 and part.isascii() and part.isalnum() for part in parts):
        return None
    try:
        return tuple(round(int(p, 16) * 255 / (16 ** len(p) - 1)) for p in parts[:3])
    except ValueError:
        return None
