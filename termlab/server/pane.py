"""A pane at work: its child, the ring and engine its output runs through, what waits for it.

Reads when the PTY is ready, feeds the engine when the coalescer says so, writes input at once. It
knows no client: whoever owns it is told when its screen may look different, and when it ended.
"""

from typing import Final, Protocol

from termlab.backends.pty import Pty
from termlab.errors import PtyError
from termlab.model.geometry import Size
from termlab.model.screen import Bell, Cursor, DirectoryChanged, TitleChanged
from termlab.server.loop import READ, WRITE, Loop, Timer
from termlab.terminal.coalescer import Coalescer, Thresholds
from termlab.terminal.emulator import Emulator
from termlab.terminal.feeder import Feeder, budget
from termlab.terminal.ring import Ring
from termlab.terminal.rows import RowCache

# A terminal that takes no input holds this much; then keys are refused, with a bell.
MAX_INPUT_BYTES: Final = 64 * 1024
# Synchronised output (mode 2026) may hold frames back for so long, as other terminals allow.
HOLD_S: Final = 0.15
# The program in front is looked up so long after output at the latest.
NAME_S: Final = 0.1
# The kernel hands out about 4 KiB a read: this many fill half a ring, then others have their turn.
MAX_READS: Final = 16


class Owner(Protocol):
    """Whom a pane tells what happened. All are called within the loop's turn."""

    def last_key(self) -> float:
        """When anybody last typed anything."""

    def pane_output(self, pane: "Pane", count: int) -> None:
        """``count`` bytes were interpreted and may be shown."""

    def pane_changed(self, pane: "Pane") -> None:
        """Its title, directory or command changed."""

    def pane_rang(self, pane: "Pane") -> None:
        """Its program rang the bell."""

    def pane_drained(self, pane: "Pane") -> None:
        """All queued input was taken."""

    def pane_ended(self, pane: "Pane") -> None:
        """Its child has ended and all its output was interpreted."""


class Pane:
    """See the module. ``exit_status`` is None while the child runs."""

    def __init__(
        self,
        number: int,
        pty: Pty,
        emulator: Emulator,
        loop: Loop,
        owner: Owner,
        ring_bytes: int,
        thresholds: Thresholds,
    ) -> None:
        self.id = number
        self.pty = pty
        self.emulator = emulator
        self.ring = Ring(ring_bytes)
        self.coalescer = Coalescer(thresholds)
        self.feeder = Feeder(self.ring, self.coalescer, emulator, loop.clock)
        self.cache = RowCache(emulator.size.rows)
        self.title = ""
        self.directory = ""
        self.command = pty.foreground()
        self.exit_status: int | None = None
        self.output_at = loop.now
        self.replies_refused = 0
        self.closed = False
        self._loop = loop
        self._owner = owner
        self._cursor = Cursor(0, 0)
        self._input: list[bytes] = []
        self._input_bytes = 0
        self._ended = False  # the child's output has
        self._flush_timer: Timer | None = None
        self._hold_timer: Timer | None = None
        self._name_timer: Timer | None = None
        self._fd = pty.fileno()
        loop.watch(self._fd, self._ready)

    # Output

    def _ready(self, events: int) -> None:
        if events & WRITE:
            self._write_queued()
        if events & READ and not self.closed:
            self._read()

    def _read(self) -> None:
        """Take what waits, within bounds, and feed the engine what is due."""
        now = self._loop.now
        for _ in range(MAX_READS):
            spans = self.ring.free_spans()
            if not spans:
                break
            count = self.pty.readv(spans)
            if count is None:
                break
            if count == 0:
                self._ended = True
                break
            self.ring.commit(count)
            self.coalescer.arrived(count, now)
        self._feed()

    def _feed(self) -> None:
        if self.closed:
            return
        self._disarm_flush()
        spend = budget(self._loop.now, self._owner.last_key())
        finishing = self._ended or self.exit_status is not None
        turn = self.feeder.finish if finishing else None
        fed = turn(spend) if turn else self.feeder.turn(self._loop.now, spend)
        if fed:
            self._interpreted(fed)
        if self.closed:
            return
        self._wait_for()
        if self.feeder.pending:
            self._loop.soon(self._feed)
        elif finishing:
            self._finish()
        elif (deadline := self.coalescer.deadline()) is not None:
            self._flush_timer = self._loop.call_at(deadline, self._feed)

    def _disarm_flush(self) -> None:
        if self._flush_timer is not None:
            self._flush_timer.cancel()
            self._flush_timer = None

    def _interpreted(self, count: int) -> None:
        """What the engine made of the bytes: replies, events, another picture."""
        self.output_at = self._loop.now
        if (replies := self.emulator.take_replies()) and not self.write(replies):
            self.replies_refused += 1
        for event in self.emulator.take_events():
            if isinstance(event, Bell):
                self._owner.pane_rang(self)
                continue
            if isinstance(event, TitleChanged):
                self.title = event.title
            elif isinstance(event, DirectoryChanged):
                self.directory = event.path
            self._owner.pane_changed(self)
        if self._name_timer is None:
            self._name_timer = self._loop.call_at(self._loop.now + NAME_S, self._look_up_command)
        if self.emulator.holding:
            if self._hold_timer is None:
                self._hold_timer = self._loop.call_at(self._loop.now + HOLD_S, self._release)
        else:
            if self._hold_timer is not None:
                self._hold_timer.cancel()
                self._hold_timer = None
            self._owner.pane_output(self, count)

    def _release(self) -> None:
        """The program held its output for too long: show what there is."""
        self._hold_timer = None
        if not self.closed:
            self.emulator.release_hold()
            self._owner.pane_output(self, 0)

    def _look_up_command(self) -> None:
        self._name_timer = None
        if self.closed:
            return
        name = self.pty.foreground()
        if name and name != self.command:
            self.command = name
            self._owner.pane_changed(self)

    def check_exit(self) -> None:
        """Ask whether the child has ended; if so, its last output is read before the owner hears.

        What a background process still holds the terminal for is not waited for.
        """
        if self.closed or self.exit_status is not None:
            return
        self.exit_status = self.pty.exit_status()
        if self.exit_status is not None:
            self._read()

    def _finish(self) -> None:
        """Nothing is left to feed: is there more to read, or is this the end?"""
        if self.exit_status is None:
            self._loop.unwatch(self._fd)  # the output ended before the child: its exit will tell
            self.check_exit()
        elif self._ended or not self._more():
            self._owner.pane_ended(self)
        else:
            self._loop.soon(self._read)

    def _more(self) -> bool:
        """Whether output of an ended child still waits in the kernel; it is taken into the ring."""
        spans = self.ring.free_spans()
        count = self.pty.readv(spans) if spans else 1
        if not count:
            return False
        if spans:
            self.ring.commit(count)
            self.coalescer.arrived(count, self._loop.now)
        return True

    # Input

    def write(self, data: bytes) -> bool:
        """Send input to the child, at once as far as it fits; False if it was refused whole."""
        if self.closed or not data:
            return not self.closed
        if self._input_bytes + len(data) > MAX_INPUT_BYTES:
            return False
        if not self._input:
            try:
                data = data[self.pty.writev([data]) :]
            except PtyError:
                return False
        if data:
            self._input.append(data)
            self._input_bytes += len(data)
            self._wait_for()
        return True

    def type(self, data: bytes) -> bool:
        """Send what a key or a paste is; its answer will be shown at once."""
        self.coalescer.key_sent(self._loop.now)
        return self.write(data)

    @property
    def input_waiting(self) -> int:
        """Bytes of input the child has not taken yet."""
        return self._input_bytes

    def _write_queued(self) -> None:
        try:
            taken = self.pty.writev(self._input)
        except PtyError:
            taken = self._input_bytes
        self._input_bytes -= taken
        while self._input and taken >= len(self._input[0]):
            taken -= len(self._input.pop(0))
        if taken:
            self._input[0] = self._input[0][taken:]
        if not self._input:
            self._wait_for()
            self._owner.pane_drained(self)

    def _wait_for(self) -> None:
        """Wait for output unless the ring is full, and for room while input is queued."""
        events = READ if self.ring.free and not self._ended else 0
        self._loop.want(self._fd, events | (WRITE if self._input else 0))

    # Screen

    def refresh(self) -> RowCache:
        """The rows as the engine has them now, unless the program holds its output."""
        if not self.emulator.holding:
            self.cache.update(self.emulator.changed_rows())
        return self.cache

    def cursor(self) -> Cursor:
        """The cursor that belongs to the rows of `refresh`."""
        if not self.emulator.holding:
            self._cursor = self.emulator.cursor()
        return self._cursor

    def resize(self, size: Size) -> None:
        """Reflow, and tell the child. The same size is no event for it."""
        old = self.emulator.size
        if old == size or self.closed:
            return
        self.emulator.resize(size)
        self.pty.resize(size)
        if old.rows != size.rows or old.cols != size.cols:
            self.cache.resize(size.rows)

    def close(self) -> None:
        """Let go of everything, last made first; may be called twice."""
        if self.closed:
            return
        self.closed = True
        for timer in (self._flush_timer, self._hold_timer, self._name_timer):
            if timer is not None:
                timer.cancel()
        self._loop.unwatch(self._fd)
        self.pty.close()
        self.emulator.close()
