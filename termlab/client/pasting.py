"""A paste on its way to a pane, and the keys typed behind it: in parts, each once one was taken.

What is queued names its pane, so that it arrives there whoever has the focus by then. Keys for
other panes don't wait here. C-c for the pane throws away what was not sent yet and goes behind
that, the bracket closed. All of a paste is read at once, however slowly its program takes it, or
C-c would still stand behind it in the terminal. Bounded: while it is full the terminal is not read;
when the pane's program turns out to be stuck then, the terminal is read again, so that the person
can leave, and what does not fit is refused with a message.
"""

from collections import deque
from collections.abc import Sequence
from typing import Final

from termlab.client.connection import Connection
from termlab.client.sources import KEYBOARD, Given, Sources
from termlab.model.keyname import is_interrupt
from termlab.model.keys import Key, Paste
from termlab.wire.messages import Keys, PasteData

# One part of a paste; the pane's queue holds two.
PART_BYTES: Final = 32 * 1024
# More than anybody pastes, and less than it costs anybody to have waiting for a moment.
MAX_WAITING_BYTES: Final = 32 << 20
# With so much waiting a person is told how to end it.
LONG_BYTES: Final = 1 << 20
# A program that takes nothing for so long is stuck.
STUCK_S: Final = 2.0
REFUSED: Final = "the program in the pane does not read: this was not sent to it"
LONG: Final = "a long paste is under way: C-c in its pane ends it"
ENDED: Final = "C-c ended the paste: its last {} bytes were not sent"


class Pasting:
    """One client's. ``message`` is what the person deserves to be told."""

    def __init__(self, connection: Connection, sources: Sources | None = None) -> None:
        self.message = ""
        self._connection = connection
        self._sources = sources or Sources()
        self._pane = -1
        self._under_way = False  # a part was sent and not taken yet
        self._open = False  # a part was sent, and the last one was not
        self._ended = False  # by C-c, before all of it had come
        self._told = False  # that it is a long one
        self._registered: int | None = None  # the pane whose keys wait here
        self._waiting: deque[PasteData | Key] = deque()
        self._waiting_bytes = 0
        self._took_at = 0.0
        self._stuck = False

    @property
    def full(self) -> bool:
        """Whether so much waits that no more should be read for now."""
        return self._waiting_bytes >= MAX_WAITING_BYTES and not self._stuck

    def deadline(self) -> float | None:
        """When the pane's program counts as stuck; None while nothing depends on it."""
        return self._took_at + STUCK_S if self.full else None

    def expire(self, now: float) -> None:
        if self.full and now >= self._took_at + STUCK_S:
            self._stuck = True

    def paste(self, paste: Paste, pane: int, now: float) -> None:
        """A part of a paste for ``pane``; what follows its first part goes where that went."""
        if paste.first:
            self._ended = False
        if self._ended or self._refuses():
            return
        if not self._waiting and not self._under_way:
            self._took_at = now
        if paste.first or self._pane < 0:
            self._pane = pane
        parts = [paste.data[i : i + PART_BYTES] for i in range(0, len(paste.data), PART_BYTES)]
        for i, part in enumerate(parts or [b""]):
            first = paste.first and i == 0
            last = paste.last and i == max(len(parts) - 1, 0)
            self._append(PasteData(part, first, last, self._pane))
        if self._waiting_bytes > LONG_BYTES and not self._told:
            self._told, self.message = True, LONG
        self._pump()

    def took(self, now: float) -> None:
        """The pane has taken the last part."""
        self._under_way = self._stuck = False
        self._took_at = now
        self._pump()

    def _append(self, part: PasteData) -> None:
        """Behind what waits; reads of a few KiB are made whole parts of, each of which is waited
        for."""
        self._waiting_bytes += len(part.data)
        last = self._waiting[-1] if self._waiting else None
        if isinstance(last, PasteData) and not (last.last or part.first):
            room = PART_BYTES - len(last.data)
            if len(part.data) <= room:
                whole = PasteData(last.data + part.data, last.first, part.last, part.pane)
                self._waiting[-1] = whole
                return
        self._waiting.append(part)

    # Keys of its pane

    def _type(self, keys: Sequence[Given], now: float) -> bool:
        """Keys behind the paste, for its pane."""
        for key in keys:
            if not isinstance(key, Key):
                continue
            if is_interrupt(key):
                self._end()
            elif self._refuses():
                continue
            self._waiting.append(key)
            self._waiting_bytes += 1
        self._pump()
        return True

    def _end(self) -> None:
        """What was not sent of the paste is not sent any more; the keys behind it are."""
        parts = [each for each in self._waiting if isinstance(each, PasteData)]
        if not parts:
            return
        self._ended = not parts[-1].last
        keys = [each for each in self._waiting if isinstance(each, Key)]
        self._waiting.clear()
        if self._open:
            self._waiting.append(PasteData(b"", False, True, self._pane))
        self._waiting.extend(keys)
        self._waiting_bytes = len(keys)
        unsent_bytes = sum(len(part.data) for part in parts)
        if unsent_bytes:  # or C-c came again, and only the bracket's end waits
            self.message = ENDED.format(f"{unsent_bytes:,}")

    def _refuses(self) -> bool:
        if not self._stuck or self._waiting_bytes < MAX_WAITING_BYTES:
            return False
        self.message = REFUSED
        return True

    # What goes

    def _pump(self) -> None:
        """Send what may go: keys, and one part of a paste."""
        keys: list[Key] = []
        while self._waiting and not self._under_way:
            event = self._waiting.popleft()
            if isinstance(event, Key):
                self._waiting_bytes -= 1
                keys.append(event)
                continue
            self._press(keys)
            keys = []
            self._waiting_bytes -= len(event.data)
            self._connection.send(event)
            self._under_way = True
            self._open = not event.last
        self._press(keys)
        self._told = self._told and bool(self._waiting)
        self._hold()

    def _press(self, keys: list[Key]) -> None:
        if keys:
            self._connection.send(Keys(tuple(keys), self._pane))

    def _hold(self) -> None:
        """Have the pane's keys as long as they must keep their place."""
        wanted = self._pane if self._under_way or self._waiting else None
        if wanted == self._registered:
            return
        if self._registered is not None:
            self._sources.unregister(KEYBOARD, self._type, self._registered)
        if wanted is not None:
            self._sources.register(KEYBOARD, self._type, wanted)
        self._registered = wanted
