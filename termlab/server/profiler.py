"""One run under measurement: from the start of its program to the figures of its end.

Put on a pane as soon as its program runs. It reads what the pane, its PTY and this process have
counted anyway, and has all parts of an observation measured; `finish` may be called whenever the
end is seen first, by the program's end or by that of its pane.
"""

import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from termlab.backends.pty import USAGE
from termlab.model.figure import Figure, Missing
from termlab.model.metrics import FIGURES, RunFigures
from termlab.model.run import Run, with_findings
from termlab.probes.accounting import IoAccount, IoCounts, memory_peak
from termlab.server.loop import Loop
from termlab.server.meter import Meter
from termlab.server.observing.observed_run import Observed, ObservedRun
from termlab.server.pane import Pane
from termlab.server.run_figures import LEFT, Accounts, command_figures, pane_figures
from termlab.server.run_limit import RunLimit

SERVER_COST: Final = "of the server, all its sessions together"
# A program has its libraries by then.
FIRST_SAMPLE_S: Final = 0.005
MIN_SAMPLE_S: Final = 0.002
SAMPLE_SHARE: Final = 0.2
NOT_MEASURED: Final = Missing("this was not measured")


class Profiler:
    """The recorder of one pane's run; ``ended`` is told once `run` is there, and ``cost`` says
    whose CPU time is termlab's own; ``clients`` are the processes that show it."""

    def __init__(
        self,
        pane: Pane,
        loop: Loop,
        ended: Callable[[], None] = lambda: None,
        cost: str = SERVER_COST,
        wall_clock: Callable[[], float] = time.time,
        clients: Callable[[], Iterable[int]] = tuple,
    ) -> None:
        self.pane = pane
        self._loop = loop
        self._on_end = ended
        self._cost = cost
        self.interrupted = False
        self.failed_step = ""  # of the script that types into it, and why
        self.child_at: Callable[[], float] = lambda: float("inf")  # when a child's end was told
        self.before_end: Callable[[], None] = lambda: None  # told before the figures are made
        self.run: Run | None = None  # once it has ended
        self._clock = loop.clock
        self._began_at_s = wall_clock()
        self._ended_at: float | None = None
        self._own_cpu_s = time.process_time()
        self._io: IoCounts | Missing = Missing(
            "this way of starting programs gives no access to their I/O accounts"
        )
        self._account = IoAccount(pane.pty.pid)
        self.meter = Meter(loop.clock, _memory_look(pane), self._end)
        self.limit = RunLimit(pane, loop)
        self._observed = ObservedRun(pane, loop, clients)
        self._timer = loop.call_at(pane.started_at + FIRST_SAMPLE_S, self._sample)
        pane.meter = self.meter
        pane.pty.last_look = self._last_look

    def _sample(self) -> None:
        """Also of a program that prints nothing: after a fifth of the time it has run, so that
        an hour costs 75 samples and little of any run is left unseen."""
        self.meter.sample()
        now = self._loop.now
        due = now + max((now - self.pane.started_at) * SAMPLE_SHARE, MIN_SAMPLE_S)
        self._timer = self._loop.call_at(due, self._sample)

    def _last_look(self, pid: int) -> None:
        # It may have ended while this process was at something else.
        told = self.child_at()
        self._ended_at = min(self._clock(), told if told > self.pane.started_at else float("inf"))
        self._io = self._account.read()
        self._account.close()
        self._observed.processes_ended()

    def finish(self) -> Run:
        """The run's figures; what is left to come is not waited for. Later calls say the same."""
        self.meter.finish()
        assert self.run is not None
        return self.run

    def _end(self) -> None:
        self.before_end()
        self.pane.meter = None
        self._timer.cancel()
        self.limit.close()
        status = self.pane.exit_status
        if status is None:
            status = self.pane.pty.exit_status()
        self._account.close()
        observed = self._observed.finish(self.pane.pty.usage())
        run = Run(
            self._figures(status, observed),
            status if status is not None and status >= 0 else None,
            signal_name(-status) if status is not None and status < 0 else "",
            self.limit.why or _ending(status),
            self.interrupted,
            self._began_at_s,
            bool(self.limit.why),
            observed.table,
            observed.wakers,
            observed.trails,
            observed.samples,
            failed_step=self.failed_step,
        )
        self.run = run
        try:
            self.run = _judged(run)
        finally:  # should that fail, it is logged: whoever waits for the end must hear of it
            self._on_end()

    def _figures(self, status: int | None, observed: Observed) -> RunFigures:
        end = self._ended_at if self._ended_at is not None else self._clock()
        pane, meter = self.pane, self.meter
        accounts = Accounts(
            end - pane.started_at, status, pane.pty.usage(), self._io, self._own_cpu_s, self._cost
        )
        measured: dict[str, Figure] = {row.name: NOT_MEASURED for row in FIGURES}
        measured |= command_figures(pane, meter, accounts) | pane_figures(pane)
        measured |= observed.figures
        return RunFigures(**measured)


def _memory_look(pane: Pane) -> Callable[[], int]:
    """The most that a process of the pane's has had, 0 where nobody can say."""
    return (lambda: 0) if USAGE in pane.pty.lacks else partial(memory_peak, pane.pty.pid)


def _judged(run: Run) -> Run:
    """With what its figures say is wrong with the program."""
    # The table of rules is needed by nobody before a run's end.
    from termlab.runs.findings import judge

    return with_findings(run, judge(run))


def signal_name(number: int) -> str:
    """ "SIGKILL" for 9; a number without a name as it is."""
    import signal

    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _ending(status: int | None) -> str:
    if status is None:
        return LEFT
    return f"exit code {status}" if status >= 0 else f"ended by {signal_name(-status)}"
