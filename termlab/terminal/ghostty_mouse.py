"""A mouse event as the program in a ghostty terminal asked for it, in any protocol and format.

The engine's encoder decides by the terminal's modes what is reported and how. It counts in pixels;
our events are cells, so the middle of the cell is given.
"""

from typing import Any

from termlab.model.geometry import Size
from termlab.model.keys import (
    LEFT,
    MIDDLE,
    MOTION,
    PRESS,
    RELEASE,
    RIGHT,
    WHEEL_DOWN,
    WHEEL_LEFT,
    WHEEL_RIGHT,
    WHEEL_UP,
    Mouse,
)
from termlab.terminal.ghostty_keys import native_mods
from termlab.terminal.ghostty_lib import Library, sized

# The engine needs some size of a cell to count in; only the pixel format shows which.
NOMINAL_CELL = (8, 16)
BUFFER_BYTES = 64

BUTTONS = {
    LEFT: "LEFT",
    MIDDLE: "MIDDLE",
    RIGHT: "RIGHT",
    WHEEL_UP: "FOUR",
    WHEEL_DOWN: "FIVE",
    WHEEL_LEFT: "SIX",
    WHEEL_RIGHT: "SEVEN",
}
ACTIONS = {PRESS: "PRESS", RELEASE: "RELEASE", MOTION: "MOTION"}


class MouseEncoder:
    """Encodes mouse events for one terminal; the terminal must outlive it."""

    def __init__(self, library: Library, terminal: Any) -> None:
        ffi, lib = library.ffi, library.lib
        self._ffi = ffi
        self._lib = lib
        self._terminal = terminal
        self._encoder = ffi.new("GhosttyMouseEncoder *")
        lib.ghostty_mouse_encoder_new(ffi.NULL, self._encoder)
        self._event = ffi.new("GhosttyMouseEvent *")
        lib.ghostty_mouse_event_new(ffi.NULL, self._event)
        self._area = sized(ffi, "GhosttyMouseEncoderSize")
        self._position = ffi.new("GhosttyMousePosition *")
        self._held = ffi.new("bool *")
        self._buffer = ffi.new("char[]", BUFFER_BYTES)
        self._length = ffi.new("size_t *")
        self._buttons = {
            ours: getattr(lib, f"GHOSTTY_MOUSE_BUTTON_{name}") for ours, name in BUTTONS.items()
        }
        self._actions = {
            ours: getattr(lib, f"GHOSTTY_MOUSE_ACTION_{name}") for ours, name in ACTIONS.items()
        }

    def close(self) -> None:
        """Free the encoder, before the terminal."""
        self._lib.ghostty_mouse_event_free(self._event[0])
        self._lib.ghostty_mouse_encoder_free(self._encoder[0])

    def encode(self, mouse: Mouse, size: Size) -> bytes:
        """The report; b"" if the program asked for none of this kind. Places are clamped."""
        action = self._actions.get(mouse.action)
        if action is None or (mouse.button and mouse.button not in self._buttons):
            return b""
        lib, event = self._lib, self._event[0]
        lib.ghostty_mouse_event_set_action(event, action)
        if mouse.button:
            lib.ghostty_mouse_event_set_button(event, self._buttons[mouse.button])
        else:
            lib.ghostty_mouse_event_clear_button(event)
        lib.ghostty_mouse_event_set_mods(event, native_mods(mouse.mods))
        self._place(mouse, size)
        self._sync(held=mouse.button != 0)
        failed = lib.ghostty_mouse_encoder_encode(
            self._encoder[0], event, self._buffer, BUFFER_BYTES, self._length
        )
        return b"" if failed else bytes(self._ffi.buffer(self._buffer, self._length[0]))

    def _place(self, mouse: Mouse, size: Size) -> None:
        width = size.xpixel // size.cols or NOMINAL_CELL[0]
        height = size.ypixel // size.rows or NOMINAL_CELL[1]
        area = self._area
        area.screen_width, area.cell_width = size.cols * width, width
        area.screen_height, area.cell_height = size.rows * height, height
        self._position.x = min(max(mouse.x, 0), size.cols - 1) * width + width / 2
        self._position.y = min(max(mouse.y, 0), size.rows - 1) * height + height / 2
        self._lib.ghostty_mouse_event_set_position(self._event[0], self._position[0])

    def _sync(self, held: bool) -> None:
        lib, encoder = self._lib, self._encoder[0]
        lib.ghostty_mouse_encoder_setopt_from_terminal(encoder, self._terminal)
        lib.ghostty_mouse_encoder_setopt(encoder, lib.GHOSTTY_MOUSE_ENCODER_OPT_SIZE, self._area)
        self._held[0] = held
        lib.ghostty_mouse_encoder_setopt(
            encoder, lib.GHOSTTY_MOUSE_ENCODER_OPT_ANY_BUTTON_PRESSED, self._held
        )
