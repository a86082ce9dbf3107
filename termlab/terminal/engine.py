"""Which engine a process gives its panes: the native one, or pyte where that can't be loaded.

Neither is imported before it is asked for. ``TERMLAB_ENGINE`` in the process's environment decides
instead, to try the other one.
"""

import functools
import os
from typing import Final, NamedTuple

from termlab.errors import EngineError
from termlab.model.geometry import Size
from termlab.terminal.arena import Temporary
from termlab.terminal.emulator import Emulator

VARIABLE: Final = "TERMLAB_ENGINE"
NATIVE: Final = "ghostty"
DEGRADED: Final = "pyte"


class Choice(NamedTuple):
    """An engine, and in one sentence why it is this one."""

    name: str
    why: str


def chosen_engine() -> Choice:
    """The engine of this process. Raises ``EngineError`` if the one that was asked for can't be."""
    return choose_engine(os.environ.get(VARIABLE, ""))


@functools.cache
def choose_engine(wanted: str) -> Choice:
    """``wanted`` or, if that is "", the best that can be loaded here: tried once."""
    if wanted == DEGRADED:
        return Choice(DEGRADED, f"{VARIABLE}={DEGRADED} asks for it: unset it")
    if wanted not in ("", NATIVE):
        raise EngineError(f"{VARIABLE} is {wanted!r}: make it {NATIVE} or {DEGRADED}, or unset it")
    from termlab.terminal.ghostty_lib import PACKAGE_VERSION, load

    try:
        load()
    except EngineError as error:
        if wanted:
            raise
        return Choice(DEGRADED, str(error))
    return Choice(NATIVE, f"pyghostty {PACKAGE_VERSION} is installed")


def make_emulator(
    size: Size,
    scrollback_bytes: int,
    *,
    version: str = "",
    host: str = "",
    arena: Temporary | None = None,
) -> Emulator:
    """A terminal of this process's engine; see `Emulator`. ``arena`` is for the frames it makes.

    Raises ``EngineError`` if there is none, ``PtyError`` on an impossible size.
    """
    if chosen_engine().name == NATIVE:
        from termlab.terminal.ghostty import GhosttyEmulator

        return GhosttyEmulator(size, scrollback_bytes, version, host, arena)
    from termlab.terminal.pyte_engine import PyteEmulator

    return PyteEmulator(size, scrollback_bytes, version, host)
