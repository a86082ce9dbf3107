"""The keys typed into a pane while somebody looks, and the way of each: `model.trails.KeyTrail`.

Which output belongs to a key:

- Behind `NOISE_S` of quiet the first that comes. With the terminal's ECHO on that is the kernel's
  echo, not the program's answer, and is marked so.
- Among output only the thread that took the key can tell, where something stamps its calls
  (``stamps``); such a key is noisy, and its output is no latency. Without stamps there is, at most,
  when it was taken.
- A key typed while one waits belongs to that one. `ANSWER_S` later nothing is its answer any more.
- More bytes at once than a key has are a paste.

When the program took a key is told by the stamps, else by looking whether it is still unread: from
`FIRST_LOOK_S` on, each time after twice as long, as long as there is no output. Only then is there
a timer, and only then is the program's side of the terminal open, which hides its end.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from termlab.backends.pty import Unread
from termlab.errors import PtyError
from termlab.model.trails import KeyTrail, drawn
from termlab.server.loop import Loop, Timer
from termlab.server.observing.drawn_frames import DrawnFrames

if TYPE_CHECKING:
    from termlab.server.pane import Pane

# Output this short before a key makes what follows nobody's answer.
NOISE_S: Final = 0.05
ANSWER_S: Final = 1.0
# The longest a single key encodes to is about this; more at once is a paste.
KEY_BYTES: Final = 12
# A person types a hundred thousand keys in some hours; what comes then is counted only.
MAX_TRAILS: Final = 100_000
# The kernel hands a key over within this, nearly always: an earlier look can't tell.
FIRST_LOOK_S: Final = 0.001

# What was stamped from a number on: the next number, and of each (number, consumed, answered), in
# nanoseconds of the loop's clock; 0 for what has not happened.
Stamps = Callable[[int], tuple[int, Sequence[tuple[int, int, int]]]]


class KeySums(NamedTuple):
    """Since the watch began. ``trails`` were kept, ``echoes`` of them the kernel's. Without one are
    keys that were ``unanswered`` or typed among output (``noisy``: those with one are counted as
    well), and those of ``overflow``. ``unlooked`` were answered before they could be looked at,
    ``canonical`` in a line that was not ended, ``untold`` drawn by somebody who can't say when."""

    trails: int = 0
    noisy: int = 0
    unanswered: int = 0
    overflow: int = 0
    echoes: int = 0
    pastes: int = 0
    unlooked: int = 0
    canonical: int = 0
    untold: int = 0
    stamped: bool = False


class _Waiting:
    """A key without an answer yet."""

    __slots__ = ("at_s", "consumed_s", "echo", "first_stamp", "keys", "noisy", "stamps")

    def __init__(self, at_s: float, noisy: bool, echo: bool, stamps: Stamps | None) -> None:
        self.at_s = at_s
        self.noisy = noisy
        self.echo = echo
        self.stamps = stamps
        self.first_stamp = stamps(0)[0] if stamps is not None else 0  # no earlier one is its own
        self.keys = 1
        self.consumed_s: float | None = None


class KeyWatch:
    """One pane's. ``trails`` are those with an output or an answer, the oldest first; their
    ``at_s`` is the loop's clock's. ``stamps`` is asked at each key for what stamps by then."""

    def __init__(
        self, pane: "Pane", loop: Loop, stamps: Callable[[], Stamps | None] = lambda: None
    ) -> None:
        self.trails: list[KeyTrail] = []
        self._stamps = stamps
        self._stamped_any = False
        self._pane = pane
        self._loop = loop
        self._waiting: _Waiting | None = None
        self._output_at = float("-inf")
        self._came = 0  # bytes of output
        self._sums: dict[str, int] = dict.fromkeys(KeySums._fields[1:-1], 0)
        self._frames = DrawnFrames(loop.clock, self._drawn)
        self._unread: Unread | None = None
        self._timer: Timer | None = None
        self._pause_s = FIRST_LOOK_S

    # For the pane

    def typed(self, count: int) -> None:
        """``count`` bytes of input are about to be written."""
        now = self._loop.clock()
        self._give_up(now)
        if count > KEY_BYTES:
            self._sums["pastes"] += 1
        if not 0 < count <= KEY_BYTES:
            return
        if self._waiting is not None:
            self._waiting.keys += 1
            return
        self._wait(now, now - self._output_at < NOISE_S)

    def arrived(self, count: int) -> None:
        """A read brought ``count`` bytes of output."""
        now = self._loop.clock()
        self._came += count
        self._give_up(now)
        self._output_at = now
        waiting = self._waiting
        if waiting is None:
            return
        consumed_s, answered_s = self._stamped(waiting)
        if not waiting.noisy:
            if waiting.consumed_s is None and self._timer is not None:
                self._sums["unlooked"] += 1
            self._done(now, consumed_s, answered_s)
        elif answered_s is not None:
            self._done(answered_s, consumed_s, answered_s)

    def framed(self, client: int, serial: int) -> bool:
        """A frame shows the pane as it is: whether its word is waited for."""
        if self._pane.emulator.holding:
            return False
        return self._frames.framed(client, serial, self._came - self._pane.ring.waiting)

    def seen(self, client: int, serial: int, at_s: float | None) -> None:
        """That client has drawn that frame, ``at_s`` by its clock."""
        self._frames.seen(client, serial, at_s)

    # For who looks

    def edge(self, silent: bool) -> None:
        """The silence of the terminal begins, or ends."""

    def read(self) -> KeySums:
        """By now."""
        self._give_up(self._loop.clock())
        return KeySums(len(self.trails), **self._sums, stamped=self._stamped_any)

    def close(self) -> None:
        """Nobody looks any more."""
        self._stop_looking()

    def finish(self) -> None:
        """Nothing more comes: a key that waits has no answer."""
        self._give_up(float("inf"))

    # A key and its answer

    def _wait(self, now: float, noisy: bool) -> None:
        try:
            modes = self._pane.pty.line_modes()
        except PtyError:
            return  # it is closed: nobody will answer
        canonical = modes is not None and modes.canonical
        self._sums["noisy"] += noisy
        self._sums["canonical"] += canonical
        stamps = self._stamps()
        self._stamped_any |= stamps is not None
        look = stamps is None and modes is not None and not canonical
        if noisy and not look and stamps is None:
            return  # nothing can be told of it
        self._waiting = _Waiting(now, noisy, modes is not None and modes.echo, stamps)
        if look:
            self._pause_s = FIRST_LOOK_S
            self._timer = self._loop.call_at(now + FIRST_LOOK_S, self._look)

    def _give_up(self, now: float) -> None:
        """A key that waits too long has no answer; of one among output that was known before."""
        waiting = self._waiting
        if waiting is None or now - waiting.at_s <= ANSWER_S:
            return
        consumed_s, answered_s = self._stamped(waiting)
        if waiting.noisy and consumed_s is not None:
            self._done(answered_s, consumed_s, answered_s)
            return
        self._sums["unanswered"] += not waiting.noisy
        self._waiting = None
        self._stop_looking()

    def _done(
        self, output_s: float | None, consumed_s: float | None, answered_s: float | None
    ) -> None:
        """All is known of the key that waits."""
        waiting, self._waiting = self._waiting, None
        self._stop_looking()
        assert waiting is not None
        if len(self.trails) >= MAX_TRAILS:
            self._sums["overflow"] += 1
            return

        def behind(at_s: float | None) -> float | None:
            return None if at_s is None else max(at_s - waiting.at_s, 0.0) * 1000

        echo = waiting.echo and not waiting.noisy
        self._sums["echoes"] += echo
        if output_s is not None:
            self._frames.wait_for(len(self.trails), self._came)
        self.trails.append(
            KeyTrail(
                waiting.at_s,
                behind(output_s),
                behind(consumed_s),
                behind(answered_s),
                None,
                echo,
                waiting.keys,
                waiting.noisy,
            )
        )

    def _drawn(self, name: int, at_s: float | None) -> None:
        """The output of that trail stands on a terminal."""
        trail = self.trails[name]
        if at_s is None or at_s < trail.at_s:
            self._sums["untold"] += 1
        else:
            self.trails[name] = drawn(trail, (at_s - trail.at_s) * 1000)

    # When it was taken

    def _stamped(self, waiting: _Waiting) -> tuple[float | None, float | None]:
        """When it was consumed and answered, as far as that is known. A key of several bytes may be
        taken by as many reads, of which only the last is answered."""
        if waiting.stamps is None:
            return waiting.consumed_s, None
        found = waiting.stamps(waiting.first_stamp)[1]
        own = [(taken / 1e9, answered / 1e9) for _, taken, answered in found if taken]
        own = [each for each in own if each[0] >= waiting.at_s]
        answers = [answered_s for _, answered_s in own if answered_s]
        return own[0][0] if own else None, answers[0] if answers else None

    def _look(self) -> None:
        """Has the program read it?"""
        self._timer = None
        waiting, now = self._waiting, self._loop.clock()
        if waiting is None:
            return
        if self._unread is None:
            try:
                self._unread = self._pane.pty.unread_input()
            except PtyError:
                self._unread = None
            if self._unread is None:
                return
        unread = self._unread.count()
        if unread is None:
            self._stop_looking()
        elif unread == 0:
            waiting.consumed_s = now
            self._stop_looking()
            if waiting.noisy:
                self._done(None, now, None)
        elif now - waiting.at_s >= ANSWER_S:
            self._give_up(float("inf"))
        else:
            self._pause_s *= 2
            due = min(now + self._pause_s, waiting.at_s + ANSWER_S)
            self._timer = self._loop.call_at(due, self._look)

    def _stop_looking(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._unread is not None:
            self._unread.close()
            self._unread = None
