"""One run under measurement: from the start of its program to the figures of its end.

Put on a pane as soon as its program runs. It reads what the pane, its PTY and this process have
counted anyway, and asks the probes for the rest; `finish` may be called whenever the end is seen
first, by the program's end or by that of its pane.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import Final

from termlab.backends.pty import USAGE, ChildUsage
from termlab.model.metrics import Amount, Figure, Missing, Run, RunFigures
from termlab.probes.accounting import IoCounts, io_counts, memory_peak
from termlab.runs.summary import percentiles
from termlab.server.loop import Loop
from termlab.server.meter import ANSWER_S, NOISE_S, Meter
from termlab.server.pane import Pane
from termlab.terminal.coalescer import Flush

# What the copy of this process may still take between its own last look and the program's start.
_FLOOR_BYTES: Final = 256 * 1024
SERVER_COST: Final = "of the server, all its sessions together"
# A program has its libraries by then.
FIRST_SAMPLE_S: Final = 0.005
MIN_SAMPLE_S: Final = 0.002
SAMPLE_SHARE: Final = 0.2
_LEFT: Final = "the command was still running when its pane was closed"


class Profiler:
    """The recorder of one pane's run; ``ended`` is told once `run` is there, and ``cost`` says
    whose CPU time is termlab's own."""

    def __init__(
        self,
        pane: Pane,
        loop: Loop,
        ended: Callable[[], None] = lambda: None,
        cost: str = SERVER_COST,
    ) -> None:
        self.pane = pane
        self._loop = loop
        self._on_end = ended
        self._cost = cost
        self.interrupted = False
        self.run: Run | None = None  # once it has ended
        self._clock = loop.clock
        self._ended_at: float | None = None
        self._own_cpu_s = time.process_time()
        pid = pane.pty.pid
        self._io: IoCounts | Missing = Missing(
            "this way of starting programs gives no access to their I/O accounts"
        )
        look = (lambda: 0) if USAGE in pane.pty.lacks else partial(memory_peak, pid)
        self.meter = Meter(loop.clock, look, self._end)
        pane.meter = self.meter
        pane.pty.last_look = self._last_look
        self._timer = loop.call_at(pane.started_at + FIRST_SAMPLE_S, self._sample)

    def _sample(self) -> None:
        """Also of a program that prints nothing: after a fifth of the time it has run, so that
        an hour costs 75 samples and little of any run is left unseen."""
        self.meter.sample()
        now = self._loop.now
        due = now + max((now - self.pane.started_at) * SAMPLE_SHARE, MIN_SAMPLE_S)
        self._timer = self._loop.call_at(due, self._sample)

    def _last_look(self, pid: int) -> None:
        self._ended_at = self._clock()
        self._io = io_counts(pid)

    def finish(self) -> Run:
        """The run's figures; what is left to come is not waited for. Later calls say the same."""
        self.meter.finish()
        assert self.run is not None
        return self.run

    def _end(self) -> None:
        self.pane.meter = None
        self._timer.cancel()
        status = self.pane.exit_status
        if status is None:
            status = self.pane.pty.exit_status()
        self.run = Run(
            self._figures(status),
            status if status is not None and status >= 0 else None,
            signal_name(-status) if status is not None and status < 0 else "",
            _ending(status),
            self.interrupted,
        )
        self._on_end()

    def _figures(self, status: int | None) -> RunFigures:
        end = self._ended_at if self._ended_at is not None else self._clock()
        usage = self.pane.pty.usage()
        io = self._io if status is not None else Missing(_LEFT)
        stats = self.pane.coalescer.stats()
        flushes = stats.flushes
        p50, p95, p99, most = self._latency()
        return RunFigures(
            wall_s=Amount(end - self.pane.started_at),
            cpu_s=self._cpu(usage, status, "cpu_s"),
            cpu_user_s=self._cpu(usage, status, "user_s"),
            cpu_system_s=self._cpu(usage, status, "system_s"),
            memory_peak_bytes=self._memory(usage),
            read_calls=_account(io, "read_calls"),
            read_bytes=_account(io, "read_bytes"),
            write_calls=_account(io, "write_calls"),
            write_bytes=_account(io, "write_bytes"),
            pty_bytes=Amount(stats.bytes),
            pty_reads=Amount(stats.reads),
            frames=Amount(self.pane.frames, "sent, to all clients"),
            flushes=Amount(sum(flushes.values())),
            flushes_full=Amount(flushes[Flush.FULL]),
            flushes_size=Amount(flushes[Flush.SIZE]),
            flushes_key=Amount(flushes[Flush.KEY]),
            flushes_quiet=Amount(flushes[Flush.QUIET]),
            flushes_time=Amount(flushes[Flush.TIME]),
            flushes_end=Amount(flushes[Flush.END]),
            writes_saved=Amount(stats.saved, "reads less flushes"),
            keys=self._keys(),
            key_p50_ms=p50,
            key_p95_ms=p95,
            key_p99_ms=p99,
            key_max_ms=most,
            termlab_cpu_s=Amount(time.process_time() - self._own_cpu_s, self._cost),
        )

    def _cpu(self, usage: ChildUsage | None, status: int | None, field: str) -> Figure:
        if usage is not None:
            value: float = getattr(usage, field)
            return Amount(value)
        if status is None:
            return Missing(_LEFT)
        return Missing("this way of starting programs gives no account of their CPU time")

    def _memory(self, usage: ChildUsage | None) -> Figure:
        """The kernel's figure where it is the program's, else the most that was seen of it."""
        if usage is not None and usage.peak_bytes > usage.floor_bytes + _FLOOR_BYTES:
            return Amount(usage.peak_bytes, "RSS of the largest process")
        if self.meter.memory_bytes:
            return Amount(
                self.meter.memory_bytes,
                "RSS of the largest process, as seen",
            )
        if usage is not None:
            return Missing(
                f"it stayed under the {usage.floor_bytes / (1 << 20):.0f} MiB that the kernel "
                "books on it from its start in termlab, and ended before it was seen"
            )
        return Missing("nothing was seen of its memory while it ran")

    def _keys(self) -> Figure:
        meter = self.meter
        left_out = [
            text
            for count, text in (
                (meter.noisy, f"{meter.noisy} typed within {NOISE_S * 1000:.0f} ms of output"),
                (meter.unanswered, f"{meter.unanswered} without output in {ANSWER_S:.0f} s"),
                (meter.overflow, f"{meter.overflow} beyond what is kept"),
            )
            if count
        ]
        note = f"left out: {', '.join(left_out)}" if left_out else ""
        if not meter.latencies_s and not left_out:
            return Missing("no keys were typed")
        return Amount(len(meter.latencies_s), note)

    def _latency(self) -> tuple[Figure, Figure, Figure, Figure]:
        if not self.meter.latencies_s:
            keys = self._keys()
            why = Missing(keys.reason if isinstance(keys, Missing) else "no key could be measured")
            return why, why, why, why
        found = percentiles([each * 1000 for each in self.meter.latencies_s])
        note = "the kernel's echo included"
        return (
            Amount(found.p50, note),
            Amount(found.p95, note),
            Amount(found.p99, note),
            Amount(found.most, note),
        )


def _account(io: IoCounts | Missing, field: str) -> Figure:
    if isinstance(io, Missing):
        return io
    return Amount(getattr(io, field))


def signal_name(number: int) -> str:
    """ "SIGKILL" for 9; a number without a name as it is."""
    import signal

    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _ending(status: int | None) -> str:
    if status is None:
        return _LEFT
    return f"exit code {status}" if status >= 0 else f"ended by {signal_name(-status)}"
