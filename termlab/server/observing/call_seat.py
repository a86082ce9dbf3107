"""How one pane's system calls come to be counted: the best way that works, from its start or later.

Made for a pane before its program starts (`launch`, then `started`), or for one that runs (`open`).
Who has one closes it.
"""

import sys
from typing import TYPE_CHECKING, Final

from termlab.model.figure import Missing

if TYPE_CHECKING:
    from termlab.backends.pty import Pty
    from termlab.probes.call_source import CallSource, Launch
    from termlab.probes.ebpf.sharing import SharedTracer
    from termlab.server.loop import Loop

RECORDING: Final = Missing("a recording plays in this pane: there is no process to look at")
GONE: Final = Missing("the program in this pane has ended")


class CallSeat:
    """See the module. ``shared`` where eBPF is among the ways of ``choice``; entered here."""

    def __init__(self, choice: str, loop: "Loop", shared: "SharedTracer | None") -> None:
        self.whole = False  # counted from the program's start
        self._choice = choice
        self._loop = loop
        self._shared = shared
        self._source: CallSource | Missing | None = None
        self._launch: Launch | None = None
        if shared is not None:
            shared.enter()

    def launch(self) -> "Launch":
        """What the program is to be started with. Waits some 20 ms where the kernel is asked
        for the first time."""
        from termlab.probes.call_source import Launch

        if sys.platform != "linux":
            self._launch = Launch()  # `open` has the system's own way
        else:
            from termlab.server.observing.call_ways import launched

            found = launched(self._choice, self._shared)
            if isinstance(found, Missing):
                self._source = found
                found = Launch()
            self._launch = found
        return self._launch

    def started(self, pty: "Pty") -> None:
        """The program runs."""
        launch, self._launch = self._launch, None
        if self._source is None and launch is not None and sys.platform == "linux":
            self._source = launch.source(pty.pid, pty.fileno())
            self.whole = not isinstance(self._source, Missing)
            self._read_along()

    def open(self, pty: "Pty") -> "CallSource | Missing | None":
        """What counts the program on ``pty``; None where it is not there yet: ask again."""
        if self._source is None:
            if not pty.pid:
                self._source = RECORDING
            elif sys.platform != "linux":
                self._source = _elsewhere(pty.pid)
            else:
                from termlab.server.observing.call_ways import attached

                self._source = attached(self._choice, self._shared, pty.pid, pty.fileno())
                self._read_along()
        return self._source

    def close(self) -> None:
        """Nobody counts any more; may be called twice."""
        if self._launch is not None:
            self._launch.cancel()
            self._launch = None
        source, self._source = self._source, GONE
        shared, self._shared = self._shared, None
        try:
            if source is not None and not isinstance(source, Missing):
                source.close()
        finally:  # else the programs stay in the kernel
            if shared is not None:
                shared.leave()

    def _read_along(self) -> None:
        """strace is heard all the time: who reads it is who has the loop."""
        if sys.platform != "win32" and self._choice == "strace":
            from termlab.probes.strace_calls import StraceCalls

            source = self._source
            if isinstance(source, StraceCalls):
                fd = source.fileno()

                def ready(events: int) -> None:
                    if not source.take():
                        self._loop.unwatch(fd)

                self._loop.watch(fd, ready)


def _elsewhere(pid: int) -> "CallSource | Missing":
    """Where nobody but the system counts: macOS and Windows."""
    from termlab.probes.calls_elsewhere import SystemCalls, count_of_this_system

    try:
        return SystemCalls(pid, count_of_this_system())
    except LookupError as error:
        return Missing(str(error.args[0]))
