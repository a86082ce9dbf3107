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


def _tried(name: str, attempt: Callable[[], tuple[str, str]], why: str) -> Finding:
    """What came of ``attempt``: what it saw, and what would make it better. ``why`` if it fails."""
    try:
        return Finding(name, True, *attempt())
    except (TermlabError, OSError, ImportError) as error:
        return Finding(name, False, str(error), why)


def _pty() -> tuple[str, str]:
    import select

    backend = _backend()
    pty = backend.spawn(_command())
    said, room = b"", bytearray(256)
    try:
        # The end of the child is an event too, so this waits no longer than it lives.
        while select.select([pty.fileno()], [], [], 5)[0] and (
            count := pty.readv([memoryview(room)])
        ):
            said += room[:count]
    finally:
        pty.close()
    shown = said.decode("ascii", "replace")
    # On Windows what is said comes as a console shows it, among sequences.
    if SAID not in shown if sys.platform == "win32" else shown.strip() != SAID:
        raise TermlabError(f"a program on a PTY of 20x3 said {said!r}")
    return f"a program ran on a PTY ({backend.name})", ""


def _command() -> Command:
    if sys.platform == "win32":
        # The size, but in the user's language; so it only speaks.
        return Command(("cmd.exe", "/d", "/c", "echo", SAID), os.getcwd(), os.environ, SIZE)
    return Command(("/bin/sh", "-c", "stty size"), "/", {"PATH": os.defpath}, SIZE)


def _backend() -> Backend:
    if sys.platform == "win32":
        from termlab.backends.conpty import ConPtyBackend

        return ConPtyBackend()
    else:
        from termlab.backends.unix import UnixBackend

        return UnixBackend()


def _engine() -> tuple[str, str]:
    from termlab.terminal.engine import chosen_engine, make_emulator

    why = chosen_engine().why
    emulator = make_emulator(SIZE, 0)
    try:
        emulator.feed(memoryview(b"\x1b[1mterm\x1b[mlab"))
        shown = emulator.text_at(0, 1)
    finally:
        emulator.close()
    if shown != ["termlab"]:
        raise TermlabError(f"it was fed 'termlab' and shows {shown!r}")
    if emulator.lacks:
        lacking = ", ".join(sorted(emulator.lacks))
        return f"{emulator.name}, degraded: slower, and without {lacking}", why
    return f"{emulator.name} ({why}) parses and shows text", ""


if __name__ == "__main__":
    main()
