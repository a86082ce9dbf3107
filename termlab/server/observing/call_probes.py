"""Which way a server counts the system calls of its panes, and what they share for it.

A server has one. It is light as long as nobody observes: what a way needs is imported, and loaded
into the kernel, when the first pane is observed by it.
"""

import sys
from typing import TYPE_CHECKING

from termlab.server.observing.call_seat import GONE, CallSeat

if TYPE_CHECKING:
    from termlab.model.figure import Missing
    from termlab.probes.call_source import CallSource
    from termlab.probes.ebpf.sharing import SharedTracer
    from termlab.server.loop import Loop
    from termlab.server.pane import Pane


class CallProbes:
    """``choice`` is the option's word, which may change: a tier, "auto" or "off"."""

    def __init__(self, loop: "Loop", choice: str = "auto") -> None:
        self.choice = choice
        self._loop = loop
        self._shared: SharedTracer | None = None

    def seat(self, tier: str = "") -> CallSeat:
        """A place for one pane, to be counted by ``tier`` or as the option says."""
        choice = tier or self.choice
        by_ebpf = sys.platform == "linux" and choice in ("auto", "ebpf")
        return CallSeat(choice, self._loop, self._tracer() if by_ebpf else None)

    def close(self) -> None:
        """The server ends, and has left all its seats."""
        if self._shared is not None:
            self._shared.close()

    def _tracer(self) -> "SharedTracer":
        if self._shared is None:
            from termlab.probes.ebpf.sharing import SharedTracer
            from termlab.probes.syscall_ladder import load_tracer

            self._shared = SharedTracer(load_tracer)
        return self._shared


class PaneSeat:
    """The seat of a pane: the one its program was started in, or a new one."""

    def __init__(self, pane: "Pane", loop: "Loop") -> None:
        self._pane = pane
        seat, pane.call_seat = pane.call_seat, None
        probes = pane.call_probes or CallProbes(loop, "off")
        self._seat = seat or probes.seat()
        self.whole = self._seat.whole

    def open(self) -> "CallSource | Missing | None":
        """What counts its processes; None: not yet. Behind their end there is nobody to count."""
        gone = self._pane.closed or self._pane.exit_status is not None
        return GONE if gone and not self.whole else self._seat.open(self._pane.pty)

    def close(self) -> None:
        """Nobody counts any more."""
        self._seat.close()
