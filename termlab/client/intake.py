"""The client's input from bytes to callbacks: parser, queue, sources and statistics, joined.

Bytes go in with the time they were read (`feed`), runs of events come out at the callbacks of their
source. A key alone goes straight there. What comes together is queued first, where motion may be
merged, and goes run by run, in order. Before `open` everything waits in the queue. While the queue
is full, bytes wait unparsed and `full` says that no more should be read: the kernel keeps the keys,
none is dropped or merged. Who would rather look than be called takes a batch with `poll`.

It reads nothing and arms no timer: whoever owns the terminal's descriptor calls it, in one step
from the descriptor.
"""

import time
from collections.abc import Callable, Sequence

from termlab.client.event_queue import EventQueue, View
from termlab.client.input import InputParser
from termlab.client.input_stats import Clock, InputStats
from termlab.client.sources import RESIZE, SOURCE_OF, Sources, runs
from termlab.model.geometry import Size
from termlab.model.input_counters import InputCounters
from termlab.model.keys import InputEvent, Mouse, TerminalReply


def _nothing(now: float) -> None: ...


def _unheard(replies: list[TerminalReply], now: float) -> None: ...


class Intake:
    """One terminal's. ``replied`` gets the terminal's answers at once; ``settled`` is called behind
    the last callback of what came together."""

    def __init__(self, parser: InputParser, clock: Clock = time.monotonic) -> None:
        self.sources = Sources()
        self.queue = EventQueue()
        self.replied: Callable[[list[TerminalReply], float], None] = _unheard
        self.settled: Callable[[float], None] = _nothing
        self.stats = InputStats(clock)
        self.refused = 0  # events that came already parsed, and found no room
        self._parser = parser
        self._clock = clock
        self._open = False
        self._unread = b""
        self._unread_at = 0.0

    # What comes

    def feed(self, data: bytes, now: float) -> None:
        """Bytes of the terminal, read at that time.

        A key alone is most of what comes, and finds its code out of the processor's caches: each
        call left out here is worth ten of one in a loop.
        """
        stats, queue = self.stats, self.queue
        stats.reads += 1
        stats.bytes += len(data)
        if self._unread or len(data) > queue.size - queue.waiting:
            self._overrun(data, now)
            return
        events = self._parser.feed(data, now)
        if len(events) == 1 and self._open and not queue.waiting:
            source = SOURCE_OF.get(type(events[0]))
            if source is not None:
                begin = self._clock()
                for callback in self.sources.handlers[source]:
                    callback(events, now)
                stats.handled_one(source, now, begin, self._clock())
                self.settled(now)
                return
        if events:
            self._take(events, now)

    def post(self, events: Sequence[InputEvent], now: float) -> None:
        """Events that somebody else has parsed. Beyond the queue's room they are refused."""
        room = self.queue.room
        if len(events) > room:
            self.queue.overruns += 1
            self.refused += len(events) - room
            events = events[:room]
        self._take(events, now)

    def resized(self, size: Size, now: float) -> None:
        """A signal told of another size; it waits for nothing."""
        self._call(RESIZE, (size,), (now,), now)

    def deadline(self) -> float | None:
        """When to call `expire`; what is not parsed yet may be what was waited for."""
        return None if self._unread else self._parser.deadline()

    def expire(self, now: float) -> None:
        """Nothing more came: an Escape alone is a key."""
        if not self._unread and (events := self._parser.expire(now)):
            self._take(events, now)

    @property
    def full(self) -> bool:
        """Whether no more should be read for now."""
        return bool(self._unread) or not self.queue.room

    # What goes

    def open(self, now: float) -> None:
        """From here on callbacks are called, for what has waited first."""
        self._open = True
        self.dispatch(now)
        self._catch_up()

    def poll(self, limit: int | None = None) -> View:
        """The oldest events, for who has not opened it: then `queue.consume` them."""
        self._catch_up()
        return self.queue.view(limit)

    def dispatch(self, now: float) -> None:
        """Hand everything that waits to the callbacks, run by run."""
        queue = self.queue
        if not len(queue):
            return
        view = queue.view()
        events, stamps, at = view[:], view.stamps(), 0
        for source, run in runs(events):
            queue.consume(len(run))  # first: what fails was handed out, what is behind it was not
            self._call(source, run, stamps[at : at + len(run)], now)
            at += len(run)
        self.settled(now)

    def _take(self, events: Sequence[InputEvent], now: float) -> None:
        replies: list[TerminalReply] = []
        kinds = set(map(type, events))
        if Mouse not in kinds and TerminalReply not in kinds and not self.queue.merge_repeats:
            self.queue.extend(events, now)
        else:
            for event in events:
                if isinstance(event, TerminalReply):
                    replies.append(event)
                elif not self.queue.push(event, now):
                    self.stats.merged(SOURCE_OF[type(event)])
        if replies:
            self.replied(replies, now)
        if self._open:
            self.dispatch(now)

    def _call(
        self,
        source: int,
        run: Sequence[InputEvent | Size],
        stamps: Sequence[float],
        now: float,
    ) -> None:
        begin = self._clock()
        for callback in self.sources.handlers[source]:
            callback(run, now)
        self.stats.handled(source, stamps, begin, self._clock())

    def _overrun(self, data: bytes, now: float) -> None:
        """More came than there is room for."""
        self.queue.overruns += 1
        if not self._unread:
            self._unread_at = now
        self._unread += data
        self._catch_up()

    def _catch_up(self) -> None:
        """Parse what was not, as far as there is room; each part before the next."""
        while self._unread and (room := self.queue.room):
            part, self._unread = self._unread[:room], self._unread[room:]
            self._take(self._parser.feed(part, self._unread_at), self._unread_at)

    def configure(self, queue_events: int, merge_motion: bool, merge_repeats: bool) -> None:
        """From here on the queue is full at so many events, and merges this."""
        queue = self.queue
        queue.merge_motion, queue.merge_repeats = merge_motion, merge_repeats
        if queue_events != queue.size:
            queue.resize(queue_events)

    # What it has counted

    def counters(self) -> InputCounters:
        """Since the beginning, or the last `reset`."""
        queue = self.queue
        return self.stats.counters(queue.overruns, self.refused, queue.high_water, queue.size)

    def reset(self) -> None:
        """Count anew."""
        self.stats.reset()
        self.queue.overruns = self.queue.high_water = self.refused = 0
