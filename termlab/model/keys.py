"""What a person's hands can do: keys, mouse, paste and focus, as frozen records.

They are the same on both sides of the wire: the client makes them from what the outer terminal
sends, the server turns them into what the pane's modes ask for. Spelling ("C-b") is in `keyname`.
"""

from typing import Final

from termlab.model.records import msgspec

# The modifier bits of the kitty keyboard protocol.
SHIFT: Final = 1
ALT: Final = 2
CTRL: Final = 4
SUPER: Final = 8

RELEASE: Final = 0
PRESS: Final = 1
REPEAT: Final = 2
MOTION: Final = 3

LEFT: Final = 1
MIDDLE: Final = 2
RIGHT: Final = 3
WHEEL_UP: Final = 4
WHEEL_DOWN: Final = 5
WHEEL_LEFT: Final = 6
WHEEL_RIGHT: Final = 7


class Key(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One key event.

    ``name`` is the character ("a", "A", "ß") or the key's name ("Up", "F5", "Enter").
    ``text`` is what the key types, if anything; ``base`` the character without Shift, if known.
    ``mods`` are held modifiers as the source gave them (Shift included).
    """

    name: str
    mods: int = 0
    text: str = ""
    action: int = PRESS
    base: str = ""


class Mouse(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One mouse event at a cell (0-based). ``button`` is 0 for motion without a button."""

    x: int
    y: int
    action: int
    button: int = 0
    mods: int = 0


class Paste(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Part of one paste, as typed by the outer terminal; ``last`` closes it."""

    data: bytes
    first: bool = True
    last: bool = True


class Focus(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The outer terminal gained or lost the focus."""

    gained: bool


class TerminalReply(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the outer terminal answered to a question of ours.

    ``kind`` is "da1", "foreground", "background", "cell", "area", "kitty", "mode", "scheme", "pen",
    "capability" or "version"; ``value`` three colour bytes for the colours, (height, width) in
    pixels for the sizes, (flags,) for "kitty", (number, state) for "mode", (1,) for a dark "scheme"
    and (2,) for a light one, the parameters for "da1". ``text`` is the "pen" as SGR's parameters,
    the "capability" as NAME=VALUE, the terminal's own name for "version".
    """

    kind: str
    value: tuple[int, ...] = ()
    text: str = ""


InputEvent = Key | Mouse | Paste | Focus | TerminalReply
