"""Input events between the parser and who handles them: a ring of fixed size, in order.

It refuses nothing it was promised room for: whoever fills it asks for `room` first and leaves what
has none unread, so the kernel keeps it, and counts that here as an overrun. Motion of the mouse
that nobody has looked at yet gives way to newer motion right behind it (``merge_motion``), and a
key's repeat to the next one of the same key (``merge_repeats``); nothing else is ever merged.
"""

from collections.abc import Iterator, Sequence
from typing import Final, cast, overload

from termlab.model.keys import MOTION, REPEAT, InputEvent, Key, Mouse

# One read of a terminal brings at most 4095 bytes, so at most so many keys.
QUEUE_EVENTS: Final = 4096
# What one sequence may become that was held until now: text that a single one types.
SLACK_EVENTS: Final = 128


class View(Sequence[InputEvent]):
    """The oldest events of a queue, in place, with ``stamps``: good until the next `consume`."""

    __slots__ = ("_begin", "_count", "_events", "_stamps")

    def __init__(
        self, events: list[InputEvent | None], stamps: list[float], begin: int, count: int
    ) -> None:
        self._events = events
        self._stamps = stamps
        self._begin = begin
        self._count = count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> InputEvent: ...
    @overload
    def __getitem__(self, index: slice) -> list[InputEvent]: ...

    def __getitem__(self, index: int | slice) -> InputEvent | list[InputEvent]:
        if isinstance(index, slice):
            return self._all()[index]
        event = self._events[self._at(index)]
        assert event is not None
        return event

    def __iter__(self) -> Iterator[InputEvent]:
        return iter(self._all())

    def stamp(self, index: int) -> float:
        """When the bytes of an event were read, by the monotonic clock."""
        return self._stamps[self._at(index)]

    def stamps(self) -> list[float]:
        """All of them."""
        begin, end = self._begin, self._begin + self._count
        return self._stamps[begin:end] + self._stamps[: max(end - len(self._stamps), 0)]

    def _all(self) -> list[InputEvent]:
        begin, end = self._begin, self._begin + self._count
        held = self._events[begin:end] + self._events[: max(end - len(self._events), 0)]
        return cast("list[InputEvent]", held)

    def _at(self, index: int) -> int:
        if index < 0:
            index += self._count
        if not 0 <= index < self._count:
            raise IndexError(f"event {index} of a view of {self._count}")
        return (self._begin + index) % len(self._events)


class EventQueue:
    """See the module. ``size`` events count as full; a little more has room (`SLACK_EVENTS`)."""

    merge_motion = True
    merge_repeats = False

    def __init__(self, size: int = QUEUE_EVENTS) -> None:
        self.size = size
        self.merged = 0
        self.overruns = 0
        self.high_water = 0
        self._events: list[InputEvent | None] = [None] * (size + SLACK_EVENTS)
        self._stamps = [0.0] * (size + SLACK_EVENTS)
        self._begin = 0
        self.waiting = 0  # events

    def __len__(self) -> int:
        return self.waiting

    def resize(self, size: int) -> None:
        """Be full at another number of events; what waits stays, even if it is more."""
        kept, stamps = self.view()[:], self.view().stamps()
        slots = max(size, len(kept)) + SLACK_EVENTS
        self.size, self._begin = size, 0
        self._events = [*kept, *[None] * (slots - len(kept))]
        self._stamps = [*stamps, *[0.0] * (slots - len(stamps))]

    @property
    def room(self) -> int:
        """How many more bytes may be parsed for it."""
        return max(self.size - self.waiting, 0)

    def push(self, event: InputEvent, at: float) -> bool:
        """Behind all others, read ``at`` that time; False if it took the place of the last one."""
        events = self._events
        if self.waiting:
            last = (self._begin + self.waiting - 1) % len(events)
            if self._takes_place(events[last], event):
                events[last] = event  # its own stamp goes: what waits is as old as the oldest of it
                self.merged += 1
                return False
        if self.waiting == len(events):
            raise AssertionError("the queue was filled without a look at its room")
        place = (self._begin + self.waiting) % len(events)
        events[place] = event
        self._stamps[place] = at
        self.waiting += 1
        self.high_water = max(self.high_water, self.waiting)
        return True

    def extend(self, events: Sequence[InputEvent], at: float) -> None:
        """As `push` each: for events that take nobody's place."""
        count, begin = len(events), self._begin + self.waiting
        if begin + count > len(self._events):
            for event in events:
                self.push(event, at)
            return
        self._events[begin : begin + count] = events
        self._stamps[begin : begin + count] = [at] * count
        self.waiting += count
        self.high_water = max(self.high_water, self.waiting)

    def view(self, limit: int | None = None) -> View:
        """The oldest events, at most ``limit``: poll a batch, then `consume` it."""
        count = self.waiting if limit is None else min(limit, self.waiting)
        return View(self._events, self._stamps, self._begin, count)

    def consume(self, count: int) -> None:
        """The oldest ``count`` events are done with."""
        if not 0 <= count <= self.waiting:
            raise ValueError(f"{count} events of {self.waiting} can't be consumed")
        events, end = self._events, self._begin + count
        if end <= len(events):
            events[self._begin : end] = [None] * count
        else:
            for index in range(self._begin, end):
                events[index % len(events)] = None
        self.waiting -= count
        # Empty, it may as well begin at its beginning: what comes next stands in one piece.
        self._begin = end % len(events) if self.waiting else 0

    def _takes_place(self, last: InputEvent | None, event: InputEvent) -> bool:
        if isinstance(event, Mouse):
            return (
                self.merge_motion
                and event.action == MOTION
                and isinstance(last, Mouse)
                and (last.action, last.button, last.mods) == (MOTION, event.button, event.mods)
            )
        return (
            self.merge_repeats
            and isinstance(event, Key)
            and event.action == REPEAT
            and event == last
        )
