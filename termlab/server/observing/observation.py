"""What is measured of one pane while somebody looks at it: the parts that somebody wants, no other.

A pane has one from the first who looks, for whatever reason (a dock, the task manager, a profile),
to the last who leaves. It is told of each key and each read. The one thing that it does by itself
is to tell its parts of the edges of silence; all else is done when somebody asks for a `Reading`.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TypeVar

from termlab.model.figure import Missing
from termlab.probes.shared_pages import pss
from termlab.server.loop import Loop
from termlab.server.observing.activity_watch import ActivityWatch, Idle
from termlab.server.observing.call_probes import PaneSeat
from termlab.server.observing.call_watch import CallsSeen, CallWatch
from termlab.server.observing.key_watch import KEY_BYTES, KeySums, KeyWatch, Stamps
from termlab.server.observing.memory_watch import MemorySeen, MemoryWatch
from termlab.server.observing.output_watch import OutputSums, OutputWatch
from termlab.server.observing.pane_processes import PaneProcesses
from termlab.server.observing.parts import PARTS, Part
from termlab.server.observing.silence import Silence

if TYPE_CHECKING:
    from termlab.model.wakers import Waker
    from termlab.probes.tally import Sums
    from termlab.server.pane import Pane

# Those that ask for the pane's processes.
_OF_PROCESSES: Final[frozenset[Part]] = frozenset(("syscalls", "activity", "memory"))


class Watch(Protocol):
    """One part. What it has to tell is asked of it by its own `read`."""

    def edge(self, silent: bool) -> None:
        """The silence of the terminal begins, or ends."""

    def close(self) -> None:
        """Nobody looks any more: nothing of it stays."""


W = TypeVar("W", bound=Watch)


class Reading(NamedTuple):
    """What has been measured by ``at_s`` (the loop's clock), as sums since the observation began: a
    look, or a run, is the difference of two. None: nobody wants that part."""

    at_s: float
    sums: "Sums | Missing | None"
    idle: Idle
    memory: MemorySeen | None = None
    wakers: "tuple[Waker, ...]" = ()
    keys: int = 0  # typed, pastes left out
    output_bytes: int = 0  # read from the terminal since the pane began
    cost_s: float = 0.0  # what the looks have taken, however many looked
    latency: KeySums | None = None
    output: OutputSums | None = None
    calls: CallsSeen | None = None


class Observation:
    """One pane's; `observe` makes and finds it."""

    def __init__(self, pane: "Pane", loop: Loop) -> None:
        self.pane = pane
        self._loop = loop
        self._wanted: Counter[Part] = Counter()
        self.activity: ActivityWatch | None = None
        self.keys: KeyWatch | None = None
        self.memory: MemoryWatch | None = None
        self.calls: CallWatch | None = None
        self.output: OutputWatch | None = None
        self._typed = 0
        self._silence = Silence(loop, pane.output_at, self._edge)

    # For who looks

    @property
    def watchers(self) -> int:
        """How many look, at whatever."""
        return max(self._wanted.values(), default=0)

    @property
    def silent(self) -> bool:
        """The terminal has been for 250 ms."""
        return self._silence.silent

    def want(self, parts: frozenset[Part]) -> None:
        """These are measured from here on, until as many have left them as wanted them."""
        self._wanted.update(parts)
        before = self._watches()
        self._settle()
        if self.silent:
            for each in self._watches():
                if each not in before:  # its silence begins here
                    each.edge(True)

    def leave(self, parts: frozenset[Part]) -> None:
        """Whoever wanted ``parts`` does no longer; without anybody the observation ends."""
        self._wanted.subtract(parts)
        self._wanted = +self._wanted
        self._settle()
        if not self._wanted:
            self._silence.close()
            if self.pane.observation is self:
                self.pane.observation = None

    def read(self) -> Reading:
        """By now."""
        activity, memory = self.activity, self.memory
        sums = activity.read() if activity is not None else None
        calls = self.calls.read() if self.calls is not None else None
        at_s = self._loop.clock()
        return Reading(
            at_s,
            sums,
            activity.idle if activity is not None else Idle(),
            # Dividing shared pages may take milliseconds: rates are of the time in front of it.
            memory.read(sums) if memory is not None else None,
            activity.wakers() if activity is not None else (),
            self._typed,
            self.pane.coalescer.stats().bytes,
            sum(each.cost_s for each in (activity, memory, self.calls) if each is not None),
            self.keys.read() if self.keys is not None else None,
            self.output.read() if self.output is not None else None,
            calls,
        )

    # For the pane

    def typed(self, count: int) -> None:
        """``count`` bytes of input are about to be written."""
        self._typed += 0 < count <= KEY_BYTES
        self._silence.stirred()
        if self.calls is not None:
            self.calls.typed()
        if self.keys is not None:
            self.keys.typed(count)  # last: what the others take is no part of the key's way

    def arrived(self, spans: Sequence[memoryview], count: int) -> None:
        """A read brought the first ``count`` bytes of ``spans``, which nobody has taken yet."""
        if self.keys is not None:
            self.keys.arrived(count)
        if self.output is not None:
            self.output.arrived(spans, count)
        self._silence.stirred()

    # The parts

    def _stamps(self) -> Stamps | None:
        """What stamps the way of a key, where the calls are counted by what can."""
        return self.calls.stamps if self.calls is not None else None

    def _watches(self) -> tuple[Watch, ...]:
        return tuple(
            each
            for each in (self.activity, self.keys, self.memory, self.output, self.calls)
            if each is not None
        )

    def _edge(self, silent: bool) -> None:
        for each in self._watches():
            each.edge(silent)

    def _settle(self) -> None:
        """Those that are wanted are there, and no other."""
        pane, loop, wanted = self.pane, self._loop, self._wanted.keys()
        self.activity = _kept(
            self.activity,
            bool(_OF_PROCESSES & wanted),
            lambda: ActivityWatch(PaneProcesses(pane), loop.clock),
        )
        self.calls = _kept(
            self.calls,
            "syscalls" in wanted,
            lambda: CallWatch(PaneSeat(pane, loop), loop.clock),
        )
        self.memory = _kept(self.memory, "memory" in wanted, lambda: MemoryWatch(pss, loop.clock))
        self.keys = _kept(
            self.keys, "latency" in wanted, lambda: KeyWatch(pane, loop, self._stamps)
        )
        self.output = _kept(self.output, "output" in wanted, lambda: OutputWatch(pane, loop.clock))


def observe(pane: "Pane", loop: Loop, parts: frozenset[Part] = PARTS) -> Observation:
    """Look at ``parts`` of a pane; `Observation.leave` them at the end."""
    if pane.observation is None:
        pane.observation = Observation(pane, loop)
    pane.observation.want(parts)
    return pane.observation


def _kept(watch: W | None, wanted: bool, make: Callable[[], W]) -> W | None:
    """The watch of a part, there as long as it is wanted."""
    if wanted:
        return watch or make()
    if watch is not None:
        watch.close()
    return None
