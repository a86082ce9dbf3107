"""A pane's vitals, look by look: what the lab dock of one client shows of it.

What the kernel has booked on its processes comes from the probes by way of the pane's `Gauge`, all
else is what the pane has counted anyway. Rates are over the time since this client's last look.
"""

import sys
import time
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

from termlab.model.metrics import Amount, Figure, Missing
from termlab.model.vitals import (
    LATENCY_EDGES_MS,
    Activity,
    ArenaUse,
    Latency,
    Storage,
    Syscalls,
    Vitals,
)
from termlab.probes.tally import GONE, Sums, Tally
from termlab.server.loop import Loop
from termlab.server.meter import ANSWER_S, NOISE_S
from termlab.server.pane import Pane
from termlab.server.pane_gauge import Gauge, Silence
from termlab.terminal.arena_stats import ArenaStats, PaneArenaStats

if sys.platform == "linux":
    from termlab.probes.process_tree import lives, look
else:
    from termlab.probes.process_tree_elsewhere import lives, look

FIRST: Final = Missing("this is the first look: rates come with the next")
RECORDING: Final = Missing("a recording plays in this pane: there is no process to look at")
NOT_SILENT: Final = Missing("the terminal was not silent for 250 ms since the last look")
NO_ARENAS: Final = Missing('arenas = "off" in the configuration: the heap has what they would')
SERVER_COST: Final = "of the server, all its sessions together"
# Of less silence than this a share says nothing.
MIN_SILENCE_S: Final = 0.1


class _Before(NamedTuple):
    """The last look."""

    at_s: float
    own_cpu_s: float
    sums: Sums | Missing
    silence: Silence


class PaneVitals:
    """One client's looks at one pane; `close` when it looks elsewhere."""

    def __init__(self, pane: Pane, loop: Loop) -> None:
        self.pane = pane
        self._clock = loop.clock
        self._before: _Before | None = None
        if pane.gauge is None:
            pane.gauge = Gauge(_tree(pane), loop, pane.output_at)
        self._gauge = pane.gauge
        self._gauge.watchers += 1
        self._latency: tuple[object, Latency] | None = None  # with what it was made of

    def close(self) -> None:
        """The last one to look takes the gauge away: what nobody sees is not measured."""
        self._gauge.watchers -= 1
        if not self._gauge.watchers:
            self._gauge.close()
            if self.pane.gauge is self._gauge:
                self.pane.gauge = None

    def look(self) -> Vitals:
        """What has become of it. The pane is not closed."""
        start = self._clock()
        sums = self._gauge.read()
        now = _Before(start, time.process_time(), sums, self._gauge.silence)
        before, self._before = self._before, now
        interval_s = start - before.at_s if before is not None else 0.0
        storage, latency = self._storage(sums), self._latencies()
        own: Figure = FIRST
        if before is not None and interval_s:
            own = Amount((now.own_cpu_s - before.own_cpu_s) / interval_s * 100, SERVER_COST)
        return Vitals(
            self.pane.id,
            interval_s,
            _syscalls(before, now),
            _activity(before, now),
            storage,
            latency,
            own,
            Amount((self._clock() - start) * 1000, "of this look"),
        )

    def _storage(self, sums: Sums | Missing) -> Storage:
        pane = self.pane
        ring, engine = pane.ring.stats(), pane.emulator.stats()
        return Storage(
            _memory(sums),
            Amount(ring.high_water),
            Amount(ring.capacity),
            Amount(engine.memory_bytes, "as the engine reckons, before idle history is compressed"),
            Amount(sum(map(len, pane.refresh().rows))),
            Amount(engine.history_rows),
            *_arenas(pane.arenas.stats()),
        )

    def _latencies(self) -> Latency:
        """Made anew only where a key was noted since."""
        meter = self._gauge.keys()
        values = self._gauge.latencies_s
        noted = (len(values), values[-1] if values else 0.0, meter.noisy, meter.unanswered)
        if self._latency is None or self._latency[0] != noted:
            left_out = _left_out(meter.noisy, meter.unanswered)
            self._latency = noted, _latency([each * 1000 for each in values], left_out)
        return self._latency[1]


def _tree(pane: Pane) -> Callable[[float], Sums | Missing]:
    """What sums up the pane's processes. Behind its end the number may be another's."""
    if not pane.pty.pid:
        return lambda now: RECORDING
    tally = Tally(partial(look, pane.pty.pid), lives)
    return lambda now: tally.look(now) if pane.exit_status is None else GONE


def _syscalls(before: _Before | None, now: _Before) -> Syscalls:
    return Syscalls(*(_io_rate(before, now, field) for field in (0, 2, 1, 3)))


def _io_rate(before: _Before | None, now: _Before, field: int) -> Figure:
    if isinstance(now.sums, Missing):
        return now.sums
    if isinstance(now.sums.io, Missing):
        return now.sums.io
    if before is None or isinstance(before.sums, Missing) or isinstance(before.sums.io, Missing):
        return FIRST
    grown = now.sums.io[field] - before.sums.io[field]
    strangers = now.sums.strangers
    note = f"without {strangers} of another user's, which is not shown" if strangers else ""
    return Amount(grown / _between(before.sums, now.sums), note or _cut(now.sums))


def _activity(before: _Before | None, now: _Before) -> Activity:
    sums = now.sums
    if isinstance(sums, Missing):
        return Activity(sums, sums, sums, sums, sums)
    processes = Amount(sums.processes, _cut(sums))
    if before is None or isinstance(before.sums, Missing):
        return Activity(processes, FIRST, FIRST, FIRST, FIRST)
    between = _between(before.sums, sums)
    cpu = Amount((sums.cpu_s - before.sums.cpu_s) / between * 100, _cut(sums))
    wakeups = _wakeups(before.sums, sums, between)
    idle_cpu, idle_wakeups = _idle(before.silence, now.silence, between)
    if isinstance(wakeups, Missing):
        idle_wakeups = wakeups
    return Activity(processes, cpu, wakeups, idle_cpu, idle_wakeups)


def _wakeups(before: Sums, now: Sums, between: float) -> Figure:
    if isinstance(now.switches, Missing):
        return now.switches
    if isinstance(before.switches, Missing):
        return FIRST
    note = "those of processes and threads that ended left out" if now.ended else ""
    return Amount((now.switches - before.switches) / between, note or _cut(now))


def _idle(before: Silence, now: Silence, between: float) -> tuple[Figure, Figure]:
    """CPU and wakeups a second while the terminal was silent."""
    silent_s = now.s - before.s
    if silent_s < MIN_SILENCE_S:
        return NOT_SILENT, NOT_SILENT
    note = "" if silent_s > between * 0.9 else f"over {silent_s:.2f} s of silence"
    return (
        Amount((now.cpu_s - before.cpu_s) / silent_s * 100, note),
        Amount((now.switches - before.switches) / silent_s, note),
    )


def _memory(sums: Sums | Missing) -> Figure:
    if isinstance(sums, Missing):
        return sums
    shared = "pages that several share counted in each" if sums.processes > 1 else ""
    return Amount(sums.rss_bytes, shared)


def _arenas(stats: PaneArenaStats) -> tuple[Figure, ArenaUse, ArenaUse]:
    """What both have room for, and each."""
    if not stats.on:
        none = ArenaUse(*(NO_ARENAS,) * 4)
        return NO_ARENAS, none, none
    room = stats.persistent.capacity_bytes + stats.temporary.capacity_bytes
    figure = Amount(room, "room: it is memory as far as it was written")
    return figure, _arena(stats.persistent), _arena(stats.temporary)


def _arena(stats: ArenaStats) -> ArenaUse:
    return ArenaUse(
        Amount(stats.used_bytes),
        Amount(stats.capacity_bytes),
        Amount(stats.high_water_bytes),
        Amount(stats.fallbacks, f"{stats.heap_bytes} bytes on the heap" if stats.fallbacks else ""),
        stats.resizes.partition("; ")[0],
    )


def _latency(values_ms: Sequence[float], left_out: str) -> Latency:
    if not values_ms:
        why = Missing(
            f"no key could be measured yet: {left_out}"
            if left_out
            else "no key was typed into this pane since it is looked at"
        )
        return Latency(why, why, why, why, why)
    # It brings a library along that nobody needs before the first key.
    from termlab.runs.summary import percentiles

    found = percentiles(values_ms)
    bins = [0] * (len(LATENCY_EDGES_MS) + 1)
    for value in values_ms:
        bins[bisect_left(LATENCY_EDGES_MS, value)] += 1
    note = "the kernel's echo included"
    keys = Amount(len(values_ms), f"left out: {left_out}" if left_out else "")
    p50, p95 = Amount(found.p50, note), Amount(found.p95, note)
    return Latency(keys, p50, p95, Amount(found.p99, note), Amount(found.most, note), tuple(bins))


def _left_out(noisy: int, unanswered: int) -> str:
    texts = (
        (noisy, f"{noisy} typed within {NOISE_S * 1000:.0f} ms of output"),
        (unanswered, f"{unanswered} without output in {ANSWER_S:.0f} s"),
    )
    return ", ".join(text for count, text in texts if count)


def _between(before: Sums, now: Sums) -> float:
    return max(now.at_s - before.at_s, 1e-3)


def _cut(sums: Sums) -> str:
    return "of the first processes only: there are more than are looked at" if sums.cut else ""
