"""A key binding as data: what a key does, in the words of the command table.

The server sends these to the client with the options; `commands.keytable` makes the look-up tables.
"""

from typing import Final

from termlab.model.records import msgspec

# What follows the prefix, what the scroll-back view understands, and what follows the key of the
# lab dock's keys.
PREFIX_TABLE: Final = "prefix"
SCROLL_TABLE: Final = "scroll"
DOCK_TABLE: Final = "dock"


class Binding(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """``key`` runs ``command``, as one would write it ("split-window -h").

    ``note`` says what that is for, in the hint line and in help. ``repeat``: the key may be
    pressed again without the prefix for a short time. ``own``: the person has set it.
    """

    key: str
    command: str
    note: str = ""
    repeat: bool = False
    own: bool = False
