"""What the client's input cost and how long it took, in all and by source; cheap enough to stay on.

A latency is from the read that brought the bytes (when poll returned) to the return of the
callback that handled them. It goes into a histogram of fixed buckets, each 1/32 of its value wide
at most, so no event is kept and nothing allocated. hdrhistogram would keep the same figures:
importing it takes 13 ms, a tenth of a client's whole start, and a record 0.8 us where this takes
0.2.
"""

import time
from collections.abc import Callable, Sequence
from typing import Final

from termlab.client.sources import NAMES
from termlab.model.input_counters import InputCounters, SourceCounters

# Buckets an octave, as a power of two: 32 of them are 3 % apart.
_BITS: Final = 5
_STEPS: Final = 1 << _BITS
# Up to 2**36 ns, a minute: more is a stopped client, not a slow one.
_OCTAVES: Final = 36
_LAST: Final = (_OCTAVES - _BITS) * _STEPS + _STEPS - 1

Clock = Callable[[], float]


class Histogram:
    """Counts of nanoseconds in buckets of one width within an octave."""

    __slots__ = ("_buckets", "count", "max_ns", "total_ns")

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.count = self.total_ns = self.max_ns = 0
        self._buckets = [0] * (_LAST + 1)

    def record(self, ns: int, times: int = 1) -> None:
        """``times`` events took ``ns`` each."""
        if ns < 0:
            ns = 0
        self.count += times
        self.total_ns += ns * times
        if ns > self.max_ns:
            self.max_ns = ns
        shift = ns.bit_length() - _BITS - 1
        # Below 64 ns each value has a bucket of its own.
        index = (shift << _BITS) + (ns >> shift) if shift > 0 else ns
        self._buckets[index if index < _LAST else _LAST] += times

    def add(self, other: "Histogram") -> None:
        """All that another one has."""
        self.count += other.count
        self.total_ns += other.total_ns
        self.max_ns = max(self.max_ns, other.max_ns)
        for index, count in enumerate(other._buckets):
            self._buckets[index] += count

    @property
    def mean_ns(self) -> float:
        return self.total_ns / self.count if self.count else 0.0

    def percentile(self, percent: float) -> float:
        """The nanoseconds that so many of a hundred events did not exceed, to the bucket."""
        wanted = max(self.count * percent / 100, 1)
        passed = 0
        for index, count in enumerate(self._buckets):
            passed += count
            if count and passed >= wanted:
                return min(_middle(index), self.max_ns)
        return 0.0


def _middle(index: int) -> float:
    """Of a bucket's values."""
    if index < 2 * _STEPS:
        return float(index)
    shift = (index >> _BITS) - 1
    low = (index - (shift << _BITS)) << shift
    return low + ((1 << shift) - 1) / 2


class InputStats:
    """One client's. ``cpu`` is the CPU time of the process that does nothing but this; ``reads``
    and ``bytes`` whoever reads counts up."""

    def __init__(self, clock: Clock = time.monotonic, cpu: Clock = time.process_time) -> None:
        self._clock = clock
        self._cpu = cpu
        self._latency = [Histogram() for _ in NAMES]
        self.reset()

    def reset(self) -> None:
        """Count anew."""
        self._since = self._clock()
        self._cpu_since = self._cpu()
        self.reads = self.bytes = 0
        self._merged = [0] * len(NAMES)
        self._callback_s = [0.0] * len(NAMES)
        for histogram in self._latency:
            histogram.reset()

    def merged(self, source: int) -> None:
        """An event took the place of the one before it."""
        self._merged[source] += 1

    def handled_one(self, source: int, stamp: float, begin: float, end: float) -> None:
        """As `handled`, for what most reads bring."""
        self._callback_s[source] += end - begin
        self._latency[source].record(int((end - stamp) * 1e9))

    def handled(self, source: int, stamps: Sequence[float], begin: float, end: float) -> None:
        """Events read at ``stamps`` were handled by callbacks between ``begin`` and ``end``."""
        self._callback_s[source] += end - begin
        record = self._latency[source].record
        first = stamps[0]
        if first == stamps[-1]:  # in order: then all are
            record(int((end - first) * 1e9), len(stamps))
        else:
            for stamp in stamps:
                record(int((end - stamp) * 1e9))

    def counters(
        self, overruns: int, refused: int, high_water: int, queue_events: int
    ) -> InputCounters:
        """All of it, with what the queue has counted."""
        every = Histogram()
        for histogram in self._latency:
            every.add(histogram)
        return InputCounters(
            self._clock() - self._since,
            self.reads,
            self.bytes,
            every.count,
            sum(self._merged),
            overruns,
            refused,
            high_water,
            queue_events,
            (self._cpu() - self._cpu_since) * 1e3,
            sum(self._callback_s) * 1e3,
            *_microseconds(every),
            tuple(self._of(source) for source in range(len(NAMES))),
        )

    def _of(self, source: int) -> SourceCounters:
        histogram = self._latency[source]
        return SourceCounters(
            NAMES[source],
            histogram.count,
            self._merged[source],
            *_microseconds(histogram),
            self._callback_s[source] * 1e3,
        )


def _microseconds(histogram: Histogram) -> tuple[float, float, float, float]:
    """Mean, p95, p99 and the most."""
    told = (
        histogram.mean_ns,
        histogram.percentile(95),
        histogram.percentile(99),
        histogram.max_ns,
    )
    mean, p95, p99, most = (round(ns / 1e3, 2) for ns in told)
    return mean, p95, p99, most
