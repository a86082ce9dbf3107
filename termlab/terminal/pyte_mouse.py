"""A mouse event as the program in a pyte terminal asked for it. Pure."""

from typing import Final

from termlab.model.geometry import Size
from termlab.model.keys import (
    ALT,
    CTRL,
    LEFT,
    MIDDLE,
    MOTION,
    PRESS,
    RELEASE,
    RIGHT,
    SHIFT,
    WHEEL_DOWN,
    WHEEL_LEFT,
    WHEEL_RIGHT,
    WHEEL_UP,
    Mouse,
)
from termlab.model.screen import MOUSE_ANY, MOUSE_DRAG, MOUSE_OFF, MOUSE_PRESS
from termlab.terminal.pyte_modes import (
    MOUSE_PIXELS,
    MOUSE_SGR,
    MOUSE_URXVT,
    MOUSE_UTF8,
    PrivateModes,
)

_BUTTONS: Final = {
    LEFT: 0, MIDDLE: 1, RIGHT: 2, WHEEL_UP: 64, WHEEL_DOWN: 65, WHEEL_LEFT: 66, WHEEL_RIGHT: 67,
}  # fmt: skip
_NO_BUTTON: Final = 3
_MOTION: Final = 32
_MODIFIERS: Final = ((SHIFT, 4), (ALT, 8), (CTRL, 16))
# The pixel format must count in something where cells' sizes are unknown.
_NOMINAL_CELL: Final = (8, 16)
_LAST_IN_A_BYTE: Final = 255 - 32
_LAST_IN_TWO: Final = 2047 - 32


def encode_mouse(mouse: Mouse, modes: PrivateModes, size: Size) -> bytes:
    """The report; b"" if the program asked for none of this kind. Places are clamped."""
    kind = modes.mouse()
    if not _is_reported(mouse, kind):
        return b""
    code = _BUTTONS.get(mouse.button, _NO_BUTTON)
    code += _MOTION * (mouse.action == MOTION)
    if kind != MOUSE_PRESS:
        code += sum(bit for modifier, bit in _MODIFIERS if mouse.mods & modifier)
    x = min(max(mouse.x, 0), size.cols - 1)
    y = min(max(mouse.y, 0), size.rows - 1)
    final = "m" if mouse.action == RELEASE else "M"
    if MOUSE_PIXELS in modes:
        width = size.xpixel // size.cols or _NOMINAL_CELL[0]
        height = size.ypixel // size.rows or _NOMINAL_CELL[1]
        return f"\x1b[<{code};{x * width + width // 2};{y * height + height // 2}{final}".encode()
    if MOUSE_SGR in modes:
        return f"\x1b[<{code};{x + 1};{y + 1}{final}".encode()
    if mouse.action == RELEASE:
        code = code & ~0xC3 | _NO_BUTTON
    if MOUSE_URXVT in modes:
        return f"\x1b[{code + 32};{x + 1};{y + 1}M".encode()
    return _in_characters(code, x + 1, y + 1, MOUSE_UTF8 in modes)


def _is_reported(mouse: Mouse, kind: int) -> bool:
    if kind == MOUSE_OFF or mouse.action not in (PRESS, RELEASE, MOTION):
        return False
    if mouse.button and mouse.button not in _BUTTONS:
        return False
    if mouse.action == MOTION:
        return kind == MOUSE_ANY or (kind == MOUSE_DRAG and mouse.button != 0)
    if kind == MOUSE_PRESS:
        return mouse.action == PRESS and mouse.button in (LEFT, MIDDLE, RIGHT)
    return mouse.button != 0


def _in_characters(code: int, x: int, y: int, utf8: bool) -> bytes:
    """The oldest format: a character each, as far as one reaches."""
    if max(x, y) > (_LAST_IN_TWO if utf8 else _LAST_IN_A_BYTE):
        return b""
    numbers = (code + 32, x + 32, y + 32)
    body = "".join(map(chr, numbers)).encode() if utf8 else bytes(numbers)
    return b"\x1b[M" + body
