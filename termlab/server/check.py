"""Whether this machine has what a server needs: a PTY and the engine, each really tried.

``python -m termlab.server.check`` prints findings as JSON. A process of its own, for nothing but a
server loads the engine, and a broken library would take down whoever loads it.
"""

import os
import sys
from collections.abc import Callable

from termlab.backends.pty import Backend, Command
from termlab.errors import TermlabError
from termlab.model.geometry import Size
from termlab.model.listing import Finding
from termlab.wire.jsontext import to_json

SIZE = Size(20, 3)
# Printed by the child as it asks its terminal for the size: both directions of the ioctl.
SAID = "3 20"


def main() -> None:
    findings = [
        _tried("pty", _pty, "give this user a PTY: is /dev/pts mounted, is its limit reached?"),
        _tried("engine", _engine, "install it anew: `pip install --force-reinstall pyghostty`"),
    ]
    sys.stdout.write(to_json(findings))


def _tried(name: str, attempt: Callable[[], str], why: str) -> Finding:
    try:
        return Finding(name, True, attempt())
    except (TermlabError, OSError, ImportError) as error:
        return Finding(name, False, str(error), why)


def _pty() -> str:
    import select

    backend = _backend()
    command = Command(("/bin/sh", "-c", "stty size"), "/", {"PATH": os.defpath}, SIZE)
    pty = backend.spawn(command)
    said, room = b"", bytearray(256)
    try:
        # The end of the child is an event too, so this waits no longer than it lives.
        while select.select([pty.fileno()], [], [], 5)[0] and (
            count := pty.readv([memoryview(room)])
        ):
            said += room[:count]
    finally:
        pty.close()
    if said.decode("ascii", "replace").strip() != SAID:
        raise TermlabError(f"a program on a PTY of 20x3 said {said!r}")
    return f"a program ran on a PTY ({backend.name})"


def _backend() -> Backend:
    if sys.platform != "win32":
        from termlab.backends.unix import UnixBackend

        return UnixBackend()
    raise TermlabError("there is no PTY backend for Windows")


def _engine() -> str:
    from termlab.terminal.ghostty import GhosttyEmulator
    from termlab.terminal.ghostty_lib import PACKAGE_VERSION

    emulator = GhosttyEmulator(SIZE)
    try:
        emulator.feed(memoryview(b"\x1b[1mterm\x1b[mlab"))
        shown = emulator.text_at(0, 1)
    finally:
        emulator.close()
    if shown != ["termlab"]:
        raise TermlabError(f"it was fed 'termlab' and shows {shown!r}")
    return f"{emulator.name} (pyghostty {PACKAGE_VERSION}) parses and shows text"


if __name__ == "__main__":
    main()
