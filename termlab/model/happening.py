"""What happens in a server, as `termlab events` tells it: one record for each."""

from typing import Final

from termlab.model.records import msgspec

# Every kind, with what its text and status are. Programs may come to rely on the names.
KINDS: Final = {
    "session-opened": "its name",
    "session-renamed": "its new name",
    "session-closed": "its name",
    "window-opened": "its name",
    "window-renamed": "its new name",
    "window-closed": "its name",
    "pane-opened": "the program in it",
    "program-ended": "how the program of a pane ended, its exit status, 128 + N for signal N",
    "pane-moved": "the window it was in",
    "pane-closed": "the program that was in front",
    "command-changed": "the program in front now",
    "command-ended": "nothing, and its exit status, where the shell marks its commands",
    "title-changed": "the new title",
    "directory-changed": "the new directory",
    "bell": "nothing",
    "client-attached": "the client's number",
    "client-detached": "the client's number",
    "config-reloaded": "nothing",
}


class Happening(msgspec.Struct, frozen=True, array_like=True):
    """``at_s`` is the wall clock's, in seconds of the epoch. ``session`` is a name, ``window`` and
    ``pane`` are targets (@1, %2); "" where it is about none."""

    kind: str
    at_s: float
    session: str = ""
    window: str = ""
    pane: str = ""
    text: str = ""
    status: int | None = None
