"""What the end of input is on a terminal, which has none: the key a person would press.

Decided by what the program has made of its terminal at that moment:

- *lines* (the terminal collects them): the end-of-file key, ``C-d`` unless it was changed; twice
  behind an unfinished line, where the first only hands that line over;
- *editing* (a shell's or an interpreter's own line editor: keys one by one, but ``C-c`` is still
  the terminal's): the same key, which such editors take for the end;
- *raw* (every byte is data): nothing, or a byte would reach the program that nobody sent.

A pipe stays at its end, for whoever reads it next; a key is for one, and lost on a program that
changes the mode before it reads. So `joint` presses it anew some pauses after it, and after output.
(Who goes raw only then, without having read, finds the key as a byte: that is how terminals are.)
"""

import sys
from typing import Final, Literal, NamedTuple

if sys.platform != "win32":
    import termios

Kind = Literal["lines", "editing", "raw"]

_LFLAG: Final = 3
_CC: Final = 6
_OFF: Final = (b"\0", b"\xff")  # _POSIX_VDISABLE of Linux and of macOS
# What a console's line mode takes for the end, whichever program reads: what mode it is in, Windows
# does not tell.
CONSOLE_END: Final = b"\x1a\r"


class Mode(NamedTuple):
    """How a terminal treats what is typed, and its end-of-file key (empty if it has none)."""

    kind: Kind
    key: bytes


NO_END: Final = Mode("raw", b"")


def keys_for(mode: Mode, last_input: bytes = b"") -> bytes:
    """What to type for the end behind input whose last byte is ``last_input`` (empty: none)."""
    if mode.kind == "raw":
        return b""
    finished = last_input in (b"", b"\n", b"\r", mode.key)
    return mode.key * (1 if finished or mode.kind == "editing" else 2)


def mode_of(fd: int) -> Mode:
    """The mode of the terminal whose master side is ``fd``; raw if it can't be told any more."""
    if sys.platform == "win32":
        return Mode("lines", CONSOLE_END)
    else:
        try:
            attributes = termios.tcgetattr(fd)
        except termios.error:
            return NO_END
        local, key = attributes[_LFLAG], attributes[_CC][termios.VEOF]
        if not isinstance(key, bytes) or key in _OFF:
            return NO_END
        if local & termios.ICANON:
            return Mode("lines", key)
        return Mode("editing" if local & termios.ISIG else "raw", key)
