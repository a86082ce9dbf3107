"""What all parts of an observation tell of one run, from its start to its end.

There are two ends: that of the processes, whose accounts go with them, is looked at before the
child is reaped; that of the terminal, whose last output may come behind it, when all of it is read.
"""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from termlab.backends.pty import ChildUsage
from termlab.model.calls import CallTable
from termlab.model.figure import Amount, Figure, Missing
from termlab.model.timeline import Sample
from termlab.model.trails import KeyTrail
from termlab.model.wakers import Waker
from termlab.server.loop import Loop
from termlab.server.observing.observation import Reading, observe
from termlab.server.observing.parts import PARTS
from termlab.server.observing.sampler import Sampler
from termlab.server.observing.seen_activity import activity_figures, wakers
from termlab.server.observing.seen_calls import call_figures, call_table
from termlab.server.observing.seen_keys import key_figures, run_trails, since
from termlab.server.observing.seen_memory import memory_figures
from termlab.server.observing.seen_output import output_figures
from termlab.server.observing.viewers import Viewers
from termlab.server.pane import Pane

UNCOUNTED: Final = Missing("system calls were not counted")
PROBES: Final = "of looks at the processes; a part of the CPU time above"


class Observed(NamedTuple):
    """What is a run's besides its own accounts. ``figures`` are by the names of `RunFigures`."""

    figures: dict[str, Figure]
    table: CallTable | Missing = UNCOUNTED
    wakers: tuple[Waker, ...] = ()
    trails: tuple[KeyTrail, ...] = ()
    samples: tuple[Sample, ...] = ()


class ObservedRun:
    """One run's. Made when its program starts; all parts are measured until `finish`."""

    def __init__(
        self, pane: Pane, loop: Loop, clients: Callable[[], Iterable[int]] = tuple
    ) -> None:
        self._pane = pane
        self._observation = observe(pane, loop, PARTS)
        self._first = self._observation.read()
        self._looked: Reading | None = None
        self._viewers = Viewers(clients)
        self._sampler = Sampler(
            self._observation, loop, self._first, pane.started_at, self._viewers.read
        )

    def processes_ended(self) -> None:
        """The child has ended and is not reaped: the last look at what it was."""
        self._looked = self._observation.read()
        self._sampler.take(self._looked)
        self._sampler.close()

    def finish(self, usage: ChildUsage | None = None) -> Observed:
        """All of the output is read, or nobody will: what there was. ``usage`` is the kernel's
        account of the processes, where it gave one."""
        self._sampler.close()
        if self._observation.keys is not None:
            self._observation.keys.finish()
        last = self._observation.read()
        looked = self._looked or last
        # Of the processes that look is the end; of the terminal there may be more by now.
        looked = looked._replace(keys=last.keys, output_bytes=last.output_bytes)
        observed = self._observed(self._first, looked, last, usage)
        self._observation.leave(PARTS)
        return observed

    def _observed(
        self, first: Reading, looked: Reading, last: Reading, usage: ChildUsage | None
    ) -> Observed:
        figures = activity_figures(first, looked, usage, self._pane.started_at)
        figures |= memory_figures(self._pane, first, looked, usage)
        keys = self._observation.keys
        trails = keys.trails[first.latency.trails if first.latency else 0 :] if keys else []
        figures |= key_figures(trails, since(last.latency, first.latency))
        figures |= output_figures(first, last)
        figures |= call_figures(first, looked)
        figures["probe_s"] = Amount(last.cost_s - first.cost_s, PROBES)
        figures["termlab_client_cpu_s"] = self._viewers.read()
        return Observed(
            figures,
            call_table(first, looked),
            wakers=wakers(first, looked),
            trails=run_trails(trails, first.at_s),
            samples=self._sampler.samples,
        )
