"""`bridge new` from its first step to its last: everything it takes, let go of in reverse order.

Whatever ends it (the child, a signal, a reader that went, a failure of any step): the terminal is
as it was, the child has ended, no file and no process stays.
"""

import os
import signal
import sys
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from typing import Final

from termlab.backends.pty import Backend, Command, Pty
from termlab.errors import SpawnError, UsageError
from termlab.model.geometry import Size
from termlab.server.bridge.control import Control, listen
from termlab.server.bridge.flows import Sink, Source
from termlab.server.bridge.interrupts import Interrupts
from termlab.server.bridge.joint import Joint
from termlab.server.bridge.outer_modes import OuterModes
from termlab.server.bridge.registry import claim
from termlab.server.loop import Loop

# A size that is fixed there would win over every resize.
_NOT_PASSED: Final = frozenset({"COLUMNS", "LINES"})
_TERM: Final = "xterm-256color"


def run(bridge_id: str, size: Size, argv: tuple[str, ...], environment: Mapping[str, str]) -> int:
    """Join a new terminal with ``argv`` on it to standard input and output, until that ends: the
    exit code. Raises ``TermlabError`` where it can't be started."""
    failures: list[Exception] = []

    def failed(error: Exception) -> None:
        failures.append(error)
        joint.end(1)

    with ExitStack() as undo:
        _hold_standard_streams(undo)
        modes = OuterModes()
        interrupts = Interrupts(*(_suspending() if modes.found else ()))
        undo.callback(interrupts.close)
        undo.callback((ours := claim(bridge_id, environment)).release)
        listening = listen(ours.path, environment)
        undo.callback(listening.close)
        source, sink = _streams()
        undo.callback(sink.close, False)
        undo.callback(source.close)
        loop = Loop(failed)
        pty = _backend().spawn(Command(argv, _here(), _passed(environment), size))
        undo.callback(_end, pty)
        undo.callback(modes.restore)
        modes.set()
        joint = Joint(loop, pty, source, sink, interrupts, modes)
        undo.callback(joint.close)
        undo.callback(Control(listening, loop, joint.resize).close)
        loop.run()
        sink.close(joint.whole)
    if failures:
        raise failures[0]
    return joint.code


def _end(pty: Pty) -> None:
    """The last word to a child that is still there: the loop, which ends them with patience, did
    not come to it."""
    pty.close()
    if sys.platform != "win32" and pty.exit_status() is None:
        with suppress(OSError):
            os.killpg(pty.pid, signal.SIGKILL)


def _backend() -> Backend:
    if sys.platform == "win32":
        from termlab.backends.conpty import ConPtyBackend

        return ConPtyBackend()
    else:
        from termlab.backends.unix import UnixBackend

        return UnixBackend()


def _streams() -> tuple[Source, Sink]:
    if sys.platform == "win32":
        from termlab.server.bridge.stream_pumps import PumpedSink, PumpedSource

        return PumpedSource(0), PumpedSink(1)
    else:
        from termlab.server.bridge.streams import open_sink, open_source

        return open_source(), open_sink()


def _hold_standard_streams(undo: ExitStack) -> None:
    """No descriptor of ours may come to stand where one of them is missing."""
    try:
        os.fstat(1)
    except OSError as error:
        raise UsageError(
            "bridge: standard output is closed: give it a pipe, a file or a terminal"
        ) from error
    for number in (0, 2):
        try:
            os.fstat(number)
        except OSError:
            undo.callback(os.close, os.open(os.devnull, os.O_RDWR))


def _suspending() -> tuple[int, ...]:
    if sys.platform == "win32":
        return ()
    else:
        return (signal.SIGTSTP, signal.SIGCONT)


def _passed(environment: Mapping[str, str]) -> dict[str, str]:
    """The program's: ours, for who embeds it has said there what its terminal is."""
    kept = {name: value for name, value in environment.items() if name not in _NOT_PASSED}
    return {"TERM": _TERM} | kept


def _here() -> str:
    try:
        return os.getcwd()
    except FileNotFoundError as error:
        raise SpawnError("bridge: the current directory has gone: start it in another") from error
