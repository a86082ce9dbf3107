"""The private modes a program may set in a pyte terminal, and what DECRQM says of each."""

from typing import Final

from termlab.model.screen import MOUSE_ANY, MOUSE_BUTTONS, MOUSE_DRAG, MOUSE_OFF, MOUSE_PRESS

CURSOR_KEYS: Final = 1
COLUMNS: Final = 3
ORIGIN: Final = 6
AUTOWRAP: Final = 7
CURSOR_VISIBLE: Final = 25
MAY_CHANGE_COLUMNS: Final = 40
KEYPAD: Final = 66
BACKSPACE: Final = 67
FOCUS_REPORTS: Final = 1004
MOUSE_UTF8: Final = 1005
MOUSE_SGR: Final = 1006
MOUSE_URXVT: Final = 1015
MOUSE_PIXELS: Final = 1016
KEYPAD_AS_TYPED: Final = 1035  # Num Lock decides, not the application keypad
BRACKETED_PASTE: Final = 2004
HOLD: Final = 2026

SCREENS: Final = (47, 1047, 1049)
SAVE_CURSOR: Final = 1048

MOUSE_KINDS: Final = (MOUSE_ANY, MOUSE_DRAG, MOUSE_BUTTONS, MOUSE_PRESS)
DEFAULT: Final = frozenset({AUTOWRAP, CURSOR_VISIBLE, KEYPAD_AS_TYPED})
KNOWN: Final = frozenset(
    {*DEFAULT, *MOUSE_KINDS, *SCREENS, CURSOR_KEYS, ORIGIN, 12, KEYPAD, BACKSPACE, FOCUS_REPORTS}
    | {
        COLUMNS,
        MAY_CHANGE_COLUMNS,
        MOUSE_UTF8,
        MOUSE_SGR,
        MOUSE_URXVT,
        MOUSE_PIXELS,
        BRACKETED_PASTE,
        HOLD,
    }
)


class PrivateModes:
    """Those of one terminal that are set."""

    def __init__(self) -> None:
        self._set = set(DEFAULT)

    def __contains__(self, mode: int) -> bool:
        return mode in self._set

    def change(self, mode: int, on: bool) -> None:
        """Set or reset one; unknown ones are not kept."""
        if not on:
            self._set.discard(mode)
        elif mode in KNOWN:
            self._set.add(mode)

    def reset(self) -> None:
        self._set = set(DEFAULT)

    def report(self, mode: int) -> str:
        """The answer to DECRQM: 1 set, 2 reset, 0 unknown."""
        state = 0 if mode not in KNOWN else 1 if mode in self._set else 2
        return f"\x1b[?{mode};{state}$y"

    def mouse(self) -> int:
        """The widest kind of mouse reports asked for."""
        return next((kind for kind in MOUSE_KINDS if kind in self._set), MOUSE_OFF)
