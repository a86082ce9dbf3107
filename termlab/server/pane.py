"""A pane at work: its child, the ring and engine its output runs through, what waits for it.

Reads when the PTY is ready, feeds the engine when the coalescer says so, writes input at once. It
knows no client: whoever owns it is told when its screen may look different, and when it ended.
"""

from typing import TYPE_CHECKING, Final

from termlab.backends.pty import Pty
from termlab.errors import PtyError
from termlab.model.geometry import Size
from termlab.model.screen import MOUSE_OFF, Bell, Cursor, DirectoryChanged, TitleChanged
from termlab.server.loop import Loop, Timer
from termlab.server.meter import Meter
from termlab.server.pane_owner import Owner
from termlab.server.picture import Picture
from termlab.server.poller import READ, WRITE
from termlab.server.remains import how_ended
from termlab.server.rest import Rest
from termlab.server.stdin import Stdin
from termlab.terminal.feeder import Feeder
from termlab.terminal.flushing import Thresholds
from termlab.terminal.pane_arenas import PaneArenas, heap_arenas
from termlab.terminal.rows import RowCache

if TYPE_CHECKING:
    from termlab.server.observing.call_probes import CallProbes
    from termlab.server.observing.call_seat import CallSeat
    from termlab.server.observing.observation import Observation
    from termlab.server.pouring import Pouring
    from termlab.server.tape import Tape
    from termlab.terminal.lines import Lines

# The program in front is looked up so long after output at the latest.
NAME_S: Final = 0.1
# What the kernel may hold of a child that has ended is 64 KiB and some pages: what comes beyond
# this is somebody's who outlives it, and would keep the pane for ever.
MAX_LAST_BYTES: Final = 256 * 1024


class Pane:
    """See the module. ``exit_status`` is None while the child runs. ``remain``: the owner is to
    keep it when that ends; ``made_for``: the least size its output needs, if that is known."""

    exit_status: int | None = None
    ended = ""  # how the child did, once the pane outlives it
    closed = False
    frames = 0  # that showed it, to all clients
    replies_refused = 0
    meter: Meter | None = None  # while it is profiled
    tape: "Tape | None" = None  # while somebody wants it recorded
    observation: "Observation | None" = None  # while somebody looks at what it does
    call_probes: "CallProbes | None" = None  # what counts system calls, for who observes
    call_seat: "CallSeat | None" = None  # where they are counted, until somebody observes
    pouring: "tuple[Pouring, ...]" = ()  # pastes of the server's that wait for it to take more
    _last_bytes = 0  # read after the child's exit
    _output_ended = False

    def __init__(
        self,
        number: int,
        pty: Pty,
        feeder: Feeder,
        loop: Loop,
        owner: Owner,
        remain: bool = False,
        made_for: Size | None = None,
        arenas: PaneArenas | None = None,
    ) -> None:
        self.id = number
        self.remain = remain
        self.made_for = made_for
        self.pty = pty
        self.feeder = feeder
        self.emulator = feeder.emulator
        self.ring = feeder.ring
        self.coalescer = feeder.coalescer
        self._picture = Picture(feeder, loop, lambda count: owner.pane_output(self, count))
        self.arenas = arenas or heap_arenas()
        self.command = pty.foreground()
        self.mouse, self.kitty = MOUSE_OFF, 0  # how its program wants mouse and keys
        self._rest = Rest(feeder.emulator, loop, self.arenas)
        self.started_at = loop.clock()  # when its program began
        self._loop = loop
        self._owner = owner
        self.stdin = Stdin(pty)
        self._full = False  # the ring is: the child is not read
        self._resting = False  # nor is it until the flush timer, for the coalescer said so
        self._looking = self._feeding = False  # a call of that name follows in this turn
        self._flush_timer: Timer | None = None
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
        """Take what one read brings, and feed the engine what is due.

        One only: the kernel needs time of its own for each 4 KiB. Asking for more at once waits
        for it, while other panes could be served: 47 MB/s with 16 reads a turn, 57 with one.
        """
        self._take()
        if not self._feeding:  # else this turn's budget is spent there
            self._feed()

    def _take(self) -> bool:
        """One read into the ring: whether it brought anything."""
        spans = self.ring.free_spans()
        try:
            count = self.pty.readv(spans) if spans else None
        except PtyError:
            count = 0  # it will never bring anything again
        if not count:
            self._output_ended = self._output_ended or count == 0
            return False
        self.ring.commit(count)
        self.coalescer.arrived(count, self._loop.now)
        if self.meter is not None:
            self.meter.arrived()
        if self.tape is not None:
            self.tape.came(spans, count, self._loop.now)
        if self.observation is not None:
            self.observation.arrived(spans, count)
        if self.exit_status is not None:
            self._last_bytes += count
            self._output_ended = self._output_ended or self._last_bytes > MAX_LAST_BYTES
        return True

    def _feed_soon(self) -> None:
        """Once a turn, whoever asks: two would spend two budgets, and each ask for two more."""
        if not self._feeding:
            self._feeding = True
            self._loop.soon(self._feed)

    def _feed(self) -> None:
        self._feeding = False
        if self.closed or self.ended:
            return
        if self._flush_timer is not None:
            self._flush_timer.cancel()
            self._flush_timer = None
        if self._resting:
            self._catch_up()
        finishing = self._output_ended or self.exit_status is not None
        turn = self.feeder.finish if finishing else self.feeder.turn
        fed = turn(self._loop.now, self._owner.last_key)
        if fed:
            self._interpreted(fed)
        if self.closed:
            return
        if self._full or self._output_ended or not self.ring.free:
            self._wait_for()
        if self.feeder.pending or self._resting:
            self._feed_soon()
        elif finishing:
            self._finish()
        elif (deadline := self.coalescer.deadline()) is not None:
            self._feed_later(deadline)

    def _feed_later(self, deadline: float) -> None:
        """At ``deadline`` at the latest. Where many little reads are expected until then, they
        rest: one will bring it all."""
        until = self.coalescer.rest(self._loop.now)
        if until is not None:
            self._resting = True
            self._wait_for()
        due = deadline if until is None else until
        self._flush_timer = self._loop.call_at(due, self._feed)

    def _catch_up(self) -> None:
        """The rest is over: read what came in it, up to what is fed at once."""
        while self.ring.free and self.ring.waiting < self.coalescer.thresholds.flush_bytes:
            if not self._take():
                self._read_again()
                return

    def _read_again(self) -> None:
        self._resting = False
        self.coalescer.rested()
        self._wait_for()

    def _interpreted(self, count: int) -> None:
        """What the engine made of the bytes: replies, events, another picture."""
        self._rest.output_at = self._loop.now
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
        if (lines := self.lines) is not None and lines.take_finished():
            self._owner.pane_changed(self)
        if (lines := self.lines) is not None and (path := lines.take_move()):
            self.directory = path
            self._owner.pane_changed(self)
        if self._name_timer is None:
            self._name_timer = self._loop.call_at(self._loop.now + NAME_S, self._look_up_command)
        self._picture.fed(count)
        if not self._looking:
            self._looking = True
            self._loop.soon(self._look_at_modes)  # behind the frame, which must not wait for it

    def _look_at_modes(self) -> None:
        self._looking = False
        if self.closed or self.ended:
            return
        modes = self.emulator.modes()
        if (modes.mouse, modes.kitty) != (self.mouse, self.kitty):
            self.mouse, self.kitty = modes.mouse, modes.kitty
            self._owner.pane_output(self, 0)

    def _look_up_command(self) -> None:
        self._name_timer = None
        if self.closed:
            return
        name = self.pty.foreground()
        if name and name != self.command:
            self.command = name
            self._owner.pane_changed(self)
        self._rest.consider()

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
        elif self._output_ended or not self._take():
            try:
                if self.meter is not None:
                    self.meter.finish()
            finally:
                self._owner.pane_ended(self)
        else:
            self._feed_soon()

    def retune(self, thresholds: Thresholds) -> None:
        """Its output goes on by these from here on, what waits already too."""
        self.coalescer.configure(thresholds)
        if not self.closed and not self.ended:
            self._feed_soon()

    # Input

    def write(self, data: bytes) -> bool:
        """Send input to the child, at once as far as it fits; False if it was refused whole."""
        gone = self.closed or bool(self.ended)
        if gone or not data:
            return not gone
        taken = self.stdin.write(data)
        if self.stdin.waiting:
            self._wait_for()
        return taken

    def type(self, data: bytes) -> bool:
        """Send what a key or a paste is; its answer will be shown at once."""
        self.coalescer.key_sent(self._loop.now)
        if self._resting:
            self._read_again()
        if self.tape is not None:
            self.tape.typed(data, self._loop.now)
        if self.observation is not None:
            self.observation.typed(len(data))
        return self.write(data)

    @property
    def output_at(self) -> float:
        """When anything was last interpreted, by the loop's clock."""
        return self._rest.output_at

    def read_through(self) -> None:
        """Somebody has read the history: it takes little memory again once the pane is quiet."""
        self._rest.again()

    @property
    def input_waiting(self) -> int:
        """Bytes of input the child has not taken yet."""
        return self.stdin.waiting

    def _write_queued(self) -> None:
        self.stdin.flush()
        if not self.stdin.waiting:
            self._wait_for()
            self._owner.pane_drained(self)

    def _wait_for(self) -> None:
        """Wait for output unless the ring is full or reads rest, and for room while input is
        queued."""
        self._full = not self.ring.free
        events = 0 if self._full or self._output_ended or self._resting else READ
        self._loop.want(self._fd, events | (WRITE if self.stdin.waiting else 0))

    # What its program calls itself, and where it says it is

    @property
    def lines(self) -> "Lines | None":
        """What its shell has told of its lines; None if it never did."""
        return self.feeder.lines

    @property
    def title(self) -> str:
        return self.arenas.title.text()

    @title.setter
    def title(self, title: str) -> None:
        self.arenas.title.set(title.encode("utf-8", "replace"))

    @property
    def directory(self) -> str:
        return self.arenas.directory.text()

    @directory.setter
    def directory(self, path: str) -> None:
        self.arenas.directory.set(path.encode("utf-8", "replace"))

    # Screen

    def refresh(self) -> RowCache:
        """The rows to show now."""
        return self._picture.rows()

    def cursor(self) -> Cursor:
        """The cursor that belongs to the rows of `refresh`."""
        cursor = self._picture.cursor()
        return Cursor(cursor.x, cursor.y, False, cursor.shape) if self.ended else cursor

    def resize(self, size: Size) -> None:
        """Reflow, and tell the child. The same size is no event for it."""
        old = self.emulator.size
        if old == size or self.closed:
            return
        if (lines := self.lines) is not None:
            lines.before_resize(size.cols)
        self.emulator.resize(size)
        if lines is not None:
            lines.resized()
        if not self.ended:
            self.pty.resize(size)
        if old.rows != size.rows or old.cols != size.cols:
            self._picture.resize(size.rows)

    def outlive(self) -> None:
        """The child has ended, its owner was told, and the screen stays: all else goes."""
        if self.closed or self.ended or self.exit_status is None:
            return
        self.ended = how_ended(self.exit_status)
        self.mouse = MOUSE_OFF
        self.kitty = 0
        self._let_go()
        self.ring.close()
        self._rest.consider()

    def close(self) -> None:
        """Let go of everything, last made first; may be called twice."""
        if self.closed:
            return
        if self.meter is not None:
            self.meter.finish()  # while there is something to ask
        self.closed = True
        if self.call_seat is not None:
            self.call_seat.close()
        self._rest.close()
        self._picture.close()
        if not self.ended:  # else its descriptor may be another pane's by now
            self._let_go()
        self.emulator.close()
        self.arenas.close()
        self.ring.close()

    def _let_go(self) -> None:
        """Of the terminal."""
        for timer in (self._flush_timer, self._name_timer):
            if timer is not None:
                timer.cancel()
        self._loop.unwatch(self._fd)
        self.pty.close()
