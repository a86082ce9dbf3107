"""What is noted of a pane while a lab dock shows it: what its processes do, its silence, its keys.

A pane has one only then, one for all who look; the last to leave takes it away. It is told of each
key and each read. The one thing it does by itself is a look at the processes once the terminal has
been silent for `SILENCE_S` behind output or a key: from there on what they do is idle work.
"""

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from termlab.model.metrics import Missing
from termlab.server.loop import Loop, Timer
from termlab.server.meter import Meter

if TYPE_CHECKING:  # a server without a dock needs no probes
    from termlab.probes.tally import Sums

# The terminal is silent when it was for so long: a program's picture has no longer pauses.
SILENCE_S: Final = 0.25
# Percentiles are of the last so many keys: some minutes of typing.
MAX_KEYS: Final = 1000

Look = Callable[[float], "Sums | Missing"]


class Silence(NamedTuple):
    """How long the terminal has been silent, and what its processes did in that time."""

    s: float = 0.0
    cpu_s: float = 0.0
    switches: int = 0


class Gauge:
    """One pane's. ``look`` sums up what its processes have done; ``last_at`` is when it was last
    heard of by the loop's clock."""

    def __init__(self, look: Look, loop: Loop, last_at: float) -> None:
        self.watchers = 0
        self.silence = Silence()
        self.latencies_s: deque[float] = deque(maxlen=MAX_KEYS)
        self._look = look
        self._loop = loop
        self._last_at = last_at
        self._calm: Sums | None = None  # as it was when the terminal was silent, and has been since
        self._meter = Meter(loop.clock)
        self._timer: Timer | None = loop.call_at(last_at + SILENCE_S, self._silent)

    # The pane's part

    def typed(self, count: int) -> None:
        """``count`` bytes of input are about to be written."""
        self._meter.typed(count)
        self._stirred()

    def arrived(self) -> None:
        """A read brought output."""
        self._meter.arrived()
        self._stirred()

    def _stirred(self) -> None:
        """What the processes do from here on is not idle work, nor what they did since the last
        look: where in it the silence ended is not known."""
        self._last_at = self._loop.now
        self._calm = None
        if self._timer is None:
            self._timer = self._loop.call_at(self._last_at + SILENCE_S, self._silent)

    def _silent(self) -> None:
        """So long after the first of what stirred; what came behind it counts anew."""
        self._timer = None
        if self._loop.now < self._last_at + SILENCE_S:
            self._timer = self._loop.call_at(self._last_at + SILENCE_S, self._silent)
        else:
            self.read()

    # The watchers' part

    def read(self) -> "Sums | Missing":
        """The sums by now; where the terminal is silent, `silence` has grown with them."""
        sums = self._look(self._loop.clock())
        if isinstance(sums, Missing):
            self._calm = None
            return sums
        if self._calm is not None:
            self.silence = _longer(self.silence, self._calm, sums)
        self._calm = sums if sums.at_s >= self._last_at + SILENCE_S else None
        return sums

    def keys(self) -> Meter:
        """What was noted of keys: `latencies_s` here has those answered, the last ones."""
        self.latencies_s.extend(self._meter.latencies_s)
        self._meter.latencies_s.clear()
        return self._meter

    def close(self) -> None:
        """Nobody looks any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _longer(silence: Silence, calm: "Sums", now: "Sums") -> Silence:
    """``silence`` and what was done between two looks within it."""
    switches = 0
    if not isinstance(calm.switches, Missing) and not isinstance(now.switches, Missing):
        switches = now.switches - calm.switches
    return Silence(
        silence.s + now.at_s - calm.at_s,
        silence.cpu_s + now.cpu_s - calm.cpu_s,
        silence.switches + switches,
    )
