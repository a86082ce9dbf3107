"""What a pane's screen is made of once the engine has read its bytes: cursor, modes, events.

Rows travel as self-contained VT bytes for a line that was erased before (see `terminal.emulator`).
"""

from typing import Final

from termlab.model.records import msgspec

MOUSE_OFF: Final = 0
MOUSE_PRESS: Final = 9  # X10: presses only
MOUSE_BUTTONS: Final = 1000
MOUSE_DRAG: Final = 1002
MOUSE_ANY: Final = 1003


class Cursor(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Where the cursor stands (0-based cell of the screen) and how it looks.

    ``shape`` is DECSCUSR's number: 1/2 block, 3/4 underline, 5/6 bar (odd blinks), 0 the default.
    """

    x: int
    y: int
    visible: bool = True
    shape: int = 0


class Modes(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The modes of a pane that decide about input: read from the engine after each feed."""

    alternate: bool = False
    mouse: int = MOUSE_OFF
    focus: bool = False
    bracketed_paste: bool = False
    kitty: int = 0


class Bell(msgspec.Struct, frozen=True, tag=True):
    """The program rang the bell (rings within one feed are one event)."""


class TitleChanged(msgspec.Struct, frozen=True, tag=True):
    """OSC 0/2, bounded, control characters stripped."""

    title: str


class DirectoryChanged(msgspec.Struct, frozen=True, tag=True):
    """OSC 7 or 1337, as a path on this host, bounded."""

    path: str


EngineEvent = Bell | TitleChanged | DirectoryChanged
