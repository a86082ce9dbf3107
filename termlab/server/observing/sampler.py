"""How a run goes, as samples in the order of time: dense at its start, four a second, fewer later.

A sample is a look at the pane's processes. What they take together is bounded: no more than a two
hundredth of the time, and no more samples than are kept, however long it lasts.
"""

from collections.abc import Callable
from time import thread_time
from typing import Final

from termlab.model.figure import Missing
from termlab.model.timeline import MAX_SAMPLES, Sample
from termlab.probes.tally import Sums
from termlab.server.loop import Loop, Timer
from termlab.server.observing.observation import Observation, Reading

# So long after the start the first, for a program that lives no longer than that has no course.
FIRST_S: Final = 0.02
EVERY_S: Final = 0.25
# Until then by a quarter of the age, so that a short run has a course as well,
GROWS: Final = 0.25
# and from some minutes on by this share: an hour has 3,700 samples.
LATER: Final = 0.001
COST_FACTOR: Final = 200
# Rates over less say nothing.
MIN_S: Final = 0.005


def interval_s(age_s: float, cost_s: float) -> float:
    """How long after a sample that took ``cost_s`` the next is due."""
    dense = min(max(age_s * GROWS, FIRST_S), EVERY_S)
    return max(dense, age_s * LATER, cost_s * COST_FACTOR)


class Sampler:
    """Of one run that began at ``began_at``, from ``first`` on; `close` ends it. ``also`` is called
    with each look; ``spent`` tells the CPU time of this thread: a wait is no cost."""

    def __init__(
        self,
        observation: Observation,
        loop: Loop,
        first: Reading,
        began_at: float,
        also: Callable[[], object] = lambda: None,
        spent: Callable[[], float] = thread_time,
    ) -> None:
        self._observation = observation
        self._loop = loop
        self._also = also
        self._spent = spent
        self._began_at = began_at
        self._before = first
        self._unseen_s = first.at_s - began_at
        self._samples: list[Sample] = []
        self._apart_s = 0.0  # what is at least between two that are kept
        self._timer: Timer | None = loop.call_at(first.at_s + FIRST_S, self._due)

    @property
    def samples(self) -> tuple[Sample, ...]:
        """Those so far, behind one that says nothing of the time before the first look."""
        return (Sample(self._unseen_s), *self._samples) if self._samples else ()

    def take(self, now: Reading) -> None:
        """A sample of a reading, of whoever asked for it."""
        if now.at_s - self._before.at_s < MIN_S:
            return
        before, self._before = self._before, now
        made = sample(before, now, self._began_at, self._observation.silent)
        if made is not None:
            self._samples.append(made)
        if len(self._samples) >= MAX_SAMPLES:  # and the one behind which they stand
            del self._samples[1::2]
            self._apart_s = max(self._apart_s * 2, EVERY_S)

    def close(self) -> None:
        """The run has ended."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _due(self) -> None:
        start, spent_s = self._loop.clock(), self._spent()
        now = self._observation.read()
        self.take(now)
        self._also()
        cost_s = self._spent() - spent_s
        if isinstance(now.sums, Missing):
            self._timer = None  # nothing is there any more to look at
            return
        wait_s = interval_s(start - self._began_at, cost_s)
        self._timer = self._loop.call_at(start + max(wait_s, self._apart_s), self._due)


def sample(before: Reading, now: Reading, began_at: float, idle: bool) -> Sample | None:
    """What is told of two readings; None where there is no process to tell of."""
    if not isinstance(before.sums, Sums) or not isinstance(now.sums, Sums):
        return None
    over_s = now.sums.at_s - before.sums.at_s
    if over_s < MIN_S:
        return None
    switches = None
    if not isinstance(now.sums.switches, Missing) and not isinstance(before.sums.switches, Missing):
        switches = (now.sums.switches - before.sums.switches) / over_s
    pss = now.memory.pss if now.memory is not None and now.memory.pss_age_s < over_s else None
    return Sample(
        at_s=now.at_s - began_at,
        cpu_percent=(now.sums.cpu_s - before.sums.cpu_s) / over_s * 100,
        rss_bytes=now.sums.rss_bytes or None,
        pss_bytes=None if pss is None or isinstance(pss, Missing) else pss.bytes,
        calls_per_s=_calls(before, now, over_s),
        wakeups_per_s=switches,
        output_bytes_per_s=(now.output_bytes - before.output_bytes) / (now.at_s - before.at_s),
        idle=idle,
    )


def _calls(before: Reading, now: Reading, over_s: float) -> float | None:
    """None while nothing counts them, or where that began between."""
    old, new = before.calls, now.calls
    if old is None or new is None:
        return None
    if isinstance(old.sums, Missing) or isinstance(new.sums, Missing):
        return None
    return (new.sums.total - old.sums.total) / over_s
