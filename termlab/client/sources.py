"""Who handles what a person does, by its source: keyboard, mouse, paste, focus, resize.

Callbacks for all panes get every event of their source as it arrives, in order, in runs: a run is
what came together and has one source. Which pane an event is for, only one of them can say, once
the key tables have spoken; for that pane it calls `deliver`, and a callback registered for the pane
has it instead of the usual way. Focus and another size are the terminal's own, of no pane.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from termlab.model.geometry import Size
from termlab.model.keys import Focus, InputEvent, Key, Mouse, Paste

KEYBOARD: Final = 0
MOUSE: Final = 1
PASTE: Final = 2
FOCUS: Final = 3
RESIZE: Final = 4
NAMES: Final = ("keyboard", "mouse", "paste", "focus", "resize")
# By the event's type, in one look-up. What a terminal answers to questions has no source.
SOURCE_OF: Final[dict[type, int]] = {
    Key: KEYBOARD,
    Mouse: MOUSE,
    Paste: PASTE,
    Focus: FOCUS,
    Size: RESIZE,
}
# In place of a pane's number.
ALL: Final = -1

Given = InputEvent | Size
# What came together, and the time. For a pane: whether that was all, so nobody else need do it.
Callback = Callable[[Sequence[Given], float], object]


class Sources:
    """See the module. A callback may register and unregister, itself too; it holds from the next
    run on."""

    def __init__(self) -> None:
        # Those for all panes by source, in their order; whoever calls them takes them from here.
        self.handlers: list[tuple[Callback, ...]] = [() for _ in NAMES]
        self._panes: dict[tuple[int, int], tuple[Callback, ...]] = {}

    def register(self, source: int, callback: Callback, pane: int = ALL) -> None:
        """Have ``callback`` called with what comes from ``source``, in all or for one pane, behind
        those that are registered already."""
        if pane == ALL:
            self.handlers[source] = (*self.handlers[source], callback)
        else:
            self._panes[source, pane] = (*self._panes.get((source, pane), ()), callback)

    def unregister(self, source: int, callback: Callback, pane: int = ALL) -> None:
        """No more; one that is not registered is none of ours."""
        if pane == ALL:
            self.handlers[source] = _without(self.handlers[source], callback)
            return
        left = _without(self._panes.get((source, pane), ()), callback)
        if left:
            self._panes[source, pane] = left
        else:
            self._panes.pop((source, pane), None)

    def deliver(self, source: int, pane: int, events: Sequence[Given], now: float) -> bool:
        """What is for ``pane``: whether somebody registered for it took it."""
        callbacks = self._panes.get((source, pane))
        if callbacks is None:
            return False
        return any([callback(events, now) for callback in callbacks])


def runs(events: Sequence[InputEvent]) -> Iterator[tuple[int, Sequence[InputEvent]]]:
    """``events`` cut where the source changes; those of no source are left out."""
    begin, count = 0, len(events)
    while begin < count:
        kind, end = type(events[begin]), begin + 1
        while end < count and type(events[end]) is kind:
            end += 1
        if (source := SOURCE_OF.get(kind)) is not None:
            yield source, events[begin:end]
        begin = end


def _without(callbacks: tuple[Callback, ...], gone: Callback) -> tuple[Callback, ...]:
    return tuple(each for each in callbacks if each != gone)
