"""Sequences to what a pyte terminal does: the tables of what this engine knows, by name.

What is not in a table is passed over. Parameters are counted and bounded here, so that no method
of pyte's is called with more than it takes.
"""

from collections.abc import Callable
from typing import Final

from pyte import modes

from termlab.model.geometry import Size
from termlab.terminal.pyte_charset import SLOTS
from termlab.terminal.pyte_filter import numbers
from termlab.terminal.pyte_history import History
from termlab.terminal.pyte_modes import (
    AUTOWRAP,
    COLUMNS,
    CURSOR_VISIBLE,
    HOLD,
    KEYPAD,
    MAY_CHANGE_COLUMNS,
    ORIGIN,
    SAVE_CURSOR,
    SCREENS,
    PrivateModes,
)
from termlab.terminal.pyte_pane import PaneScreen
from termlab.terminal.pyte_reports import ATTRIBUTES, SECONDARY, TERTIARY, Reports
from termlab.terminal.pyte_rows import char_width

# CSI sequences that are a method of the screen, and how many numbers it takes.
SCREEN: Final = {
    "@": ("insert_characters", 1),
    "A": ("cursor_up", 1),
    "B": ("cursor_down", 1),
    "C": ("cursor_forward", 1),
    "D": ("cursor_back", 1),
    "E": ("cursor_down1", 1),
    "F": ("cursor_up1", 1),
    "G": ("cursor_to_column", 1),
    "H": ("cursor_position", 2),
    "I": ("tab_forward", 1),
    "L": ("insert_lines", 1),
    "M": ("delete_lines", 1),
    "P": ("delete_characters", 1),
    "X": ("erase_characters", 1),
    "Z": ("tab_back", 1),
    "`": ("cursor_to_column", 1),
    "a": ("cursor_forward", 1),
    "d": ("cursor_to_line", 1),
    "e": ("lines_down", 1),
    "f": ("cursor_position", 2),
    "j": ("cursor_back", 1),
    "k": ("cursor_up", 1),
    "r": ("set_margins", 2),
}
ESCAPES: Final = {
    "D": "index",
    "M": "reverse_index",
    "H": "set_tab_stop",
    "7": "save_cursor",
    "8": "restore_cursor",
    "#8": "alignment_display",
}
CONTROLS: Final = {
    "\b": "backspace",
    "\t": "tab",
    "\n": "linefeed",
    "\v": "linefeed",
    "\f": "linefeed",
    "\r": "carriage_return",
}
MODE_OF_SCREEN: Final = {AUTOWRAP: modes.DECAWM, ORIGIN: modes.DECOM, CURSOR_VISIBLE: modes.DECTCEM}
SHIFTS: Final = {"\x0f": 0, "\x0e": 1, "n": 2, "o": 3}


class Commands:
    """What one terminal does with its child's output. Fulfils `Sink`; nothing of it raises."""

    def __init__(self, screen: PaneScreen, history: History, reports: Reports, size: Size) -> None:
        self.modes = PrivateModes()
        self.shape = 0
        self.size = size
        self._screen = screen
        self._history = history
        self._reports = reports
        self._last = ""  # the character that REP repeats
        self._own: dict[str, Callable[[list[int]], None]] = {
            "J": self._erase_display, "K": self._erase_line, "?J": self._erase_display,
            "?K": self._erase_line, "S": lambda n: screen.scroll(_count(n)),
            "T": lambda n: screen.scroll(-_count(n)), "b": self._repeat, "g": self._clear_tabs,
            "?W": self._reset_tabs, "h": lambda n: self._ansi_modes(n, True),
            "l": lambda n: self._ansi_modes(n, False), "?h": lambda n: self._private_modes(n, True),
            "?l": lambda n: self._private_modes(n, False), "n": self._status,
            "c": lambda n: reports.reply(ATTRIBUTES), ">c": lambda n: reports.reply(SECONDARY),
            "=c": lambda n: reports.reply(TERTIARY), ">q": lambda n: reports.identity(),
            " q": self._cursor_shape, "?$p": self._ask_mode, "t": self._window, "!p": self._soften,
            "s": lambda n: screen.save_cursor(), "u": lambda n: screen.restore_cursor(),
        }  # fmt: skip

    def text(self, text: str) -> None:
        self._screen.draw(text)
        self._last = next((char for char in reversed(text) if char_width(char) > 0), self._last)

    def control(self, char: str) -> None:
        if char in CONTROLS:
            getattr(self._screen, CONTROLS[char])()
        elif char in SHIFTS:
            self._screen.charsets.shift(SHIFTS[char])
        elif char == "\a":
            self._reports.bell()

    def escape(self, name: str) -> None:
        if name in ESCAPES:
            if name in ("D", "#8"):
                self._screen.settle()
            getattr(self._screen, ESCAPES[name])()
        elif name in SHIFTS:
            self._screen.charsets.shift(SHIFTS[name])
        elif len(name) == 2 and name[0] in SLOTS:
            self._screen.charsets.designate(name[0], name[1])
        elif name == "E":
            self._screen.carriage_return()
            self._screen.index()
        elif name in "=>":
            self.modes.change(KEYPAD, name == "=")
        elif name == "Z":
            self._reports.reply(ATTRIBUTES)
        elif name == "c":
            self._restart()

    def csi(self, name: str, parameters: str) -> None:
        if name == "m":
            self._screen.sgr(parameters)
        elif name in SCREEN:
            method, most = SCREEN[name]
            self._screen.settle()
            getattr(self._screen, method)(*numbers(parameters)[:most])
        elif name in self._own:
            self._own[name](numbers(parameters))

    def osc(self, text: str, end: str) -> None:
        self._reports.osc(text, end)

    # Erasing, tabs, repeats

    def _erase_display(self, given: list[int]) -> None:
        how = _first(given)
        if how == 3:
            self._history.clear()
        elif how < 3:
            self._screen.settle()
            self._screen.erase_in_display(how)

    def _erase_line(self, given: list[int]) -> None:
        if _first(given) < 3:
            self._screen.settle()
            self._screen.erase_in_line(_first(given))

    def _repeat(self, given: list[int]) -> None:
        cells = self._screen.columns * self._screen.lines
        self._screen.draw(self._last * min(_count(given), cells))

    def _clear_tabs(self, given: list[int]) -> None:
        self._screen.clear_tab_stop(_first(given))

    def _reset_tabs(self, given: list[int]) -> None:
        if _first(given) == 5:
            self._screen.reset_tabs()

    # Modes

    def _ansi_modes(self, given: list[int], on: bool) -> None:
        change = self._screen.set_mode if on else self._screen.reset_mode
        for mode in given:
            if mode in (modes.IRM, modes.LNM):
                change(mode)

    def _private_modes(self, given: list[int], on: bool) -> None:
        change = self._screen.set_mode if on else self._screen.reset_mode
        for mode in given:
            if mode in SCREENS:
                self._alternate(mode, on)
            elif mode == SAVE_CURSOR:
                (self._screen.save_cursor if on else self._screen.restore_cursor)()
            elif mode == COLUMNS and MAY_CHANGE_COLUMNS in self.modes:
                self._clear()  # 80 or 132 columns: it gets no others than its pane has
            elif mode in MODE_OF_SCREEN:
                change(MODE_OF_SCREEN[mode])
            self.modes.change(mode, on)

    def _alternate(self, mode: int, on: bool) -> None:
        screen = self._screen
        if mode == 1049 and on:
            screen.save_cursor()
        if mode == 1047 and not on and screen.alternate:
            screen.clear()
        screen.show_alternate(on)
        if mode == 1049 and on:
            screen.clear()
        elif mode == 1049:
            screen.restore_cursor()

    def _clear(self) -> None:
        self._screen.set_margins()
        self._screen.erase_in_display(2)

    def _soften(self, given: list[int]) -> None:
        self._screen.soft_reset()
        for mode in (1, ORIGIN, KEYPAD):
            self.modes.change(mode, False)
        for mode in (AUTOWRAP, CURSOR_VISIBLE):
            self.modes.change(mode, True)

    def _restart(self) -> None:
        self._screen.reset()
        self.modes.reset()
        self.shape = 0
        self._last = ""

    def end_hold(self) -> None:
        """The program held its output for too long, or has another size now."""
        self.modes.change(HOLD, False)

    # Questions

    def _status(self, given: list[int]) -> None:
        if _first(given) == 5:
            self._reports.reply("\x1b[0n")
        elif _first(given) == 6:
            screen = self._screen
            x, y = min(screen.cursor.x, screen.columns - 1), screen.cursor.y - screen.bounds()[0]
            self._reports.reply(f"\x1b[{y + 1};{x + 1}R")

    def _ask_mode(self, given: list[int]) -> None:
        self._reports.reply(self.modes.report(_first(given)))

    def _window(self, given: list[int]) -> None:
        self._reports.size(_first(given), self.size)

    def _cursor_shape(self, given: list[int]) -> None:
        self.shape = _first(given) if _first(given) <= 6 else self.shape


def _first(given: list[int]) -> int:
    return given[0] if given else 0


def _count(given: list[int]) -> int:
    return _first(given) or 1
