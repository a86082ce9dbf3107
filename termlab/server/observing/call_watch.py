"""The system calls of a pane's processes while somebody looks: in all, in silence, since a key.

It reads its source when it is asked, and at both edges of the terminal's silence: what is called in
between is idle work. What ended the silence is partly counted in it: a program calls before its
output is seen.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from termlab.model.figure import Missing

if TYPE_CHECKING:  # a server that observes nothing needs no probes
    from termlab.probes.call_source import CallSource, CallSums
    from termlab.probes.ebpf.tracer import Stamp

LOADING: Final = Missing("the probe is being loaded: figures come with the next look")
UNSEEN: Final = Missing("nobody looks any more")


class CallsSeen(NamedTuple):
    """By now. ``whole``: counted from the program's start. ``idle_s`` is silence of which is known
    what was called in it, ``idle`` that by name; ``typed_from`` and ``idle_from`` are the calls,
    and the idle ones among them, when the first key was typed, None before that."""

    sums: "CallSums | Missing"
    whole: bool = False
    idle_s: float = 0.0
    idle_total: int = 0
    idle: dict[str, int] = {}  # noqa: RUF012  a default that nobody writes to
    typed_from: int | None = None
    idle_from: int = 0


Stamps = Callable[[int], "tuple[int, list[Stamp]]"]


class Seat(Protocol):
    """Where the pane's calls are counted: `CallSeat` fulfils it, but for the pane."""

    whole: bool

    def open(self) -> "CallSource | Missing | None":
        """What counts; None: not yet, ask again."""

    def close(self) -> None:
        """Nobody counts any more."""


class CallWatch:
    """One pane's, which owns its seat. ``cost_s`` is what its looks have taken."""

    def __init__(self, seat: Seat, clock: Callable[[], float]) -> None:
        self.cost_s = 0.0
        self._seat = seat
        self._clock = clock
        self._source: CallSource | Missing | None = None
        self._seen = CallsSeen(LOADING, seat.whole)
        self._idle: dict[str, int] = {}
        self._silent = False
        self._calm: tuple[float, CallSums] | None = None  # as it was in this silence

    def edge(self, silent: bool) -> None:
        """The silence of the terminal begins, or ends."""
        self._silent = silent
        self.read()

    def typed(self) -> None:
        """A key is about to be written; the edge it may have been is over."""
        if self._seen.typed_from is None:
            sums = self.read().sums
            if not isinstance(sums, Missing):
                self._seen = self._seen._replace(
                    typed_from=sums.total, idle_from=self._seen.idle_total
                )

    def read(self) -> CallsSeen:
        """By now; where the terminal was silent since the last time, that has been idle."""
        start = self._clock()
        if self._source is None:
            self._source = self._seat.open()
        source = self._source
        sums: CallSums | Missing
        sums = source if isinstance(source, Missing) else source.read() if source else LOADING
        self._seen = self._seen._replace(sums=sums)
        if isinstance(sums, Missing):
            self._calm = None
        else:
            if self._calm is not None:
                self._rested(*self._calm, start, sums)
            self._calm = (start, sums) if self._silent else None
        self.cost_s += self._clock() - start
        return self._seen

    @property
    def stamps(self) -> "Stamps | None":
        """Tells reads of the terminal and their answers, from a number on, and the next number
        (see `probes.ebpf.tracer`); None where no stamps are made, or not yet."""
        return getattr(self._source, "stamps", None)

    def close(self) -> None:
        """Nobody looks any more."""
        self._seat.close()
        self._source = UNSEEN

    def _rested(self, since_s: float, before: "CallSums", now_s: float, now: "CallSums") -> None:
        """All that was called between these two was idle work."""
        for name, each in now.by_name.items():
            old = before.by_name.get(name)
            grown = each.calls - (old.calls if old is not None else 0)
            if grown:
                self._idle[name] = self._idle.get(name, 0) + grown
        self._seen = self._seen._replace(
            idle_s=self._seen.idle_s + now_s - since_s,
            idle_total=self._seen.idle_total + now.total - before.total,
            idle=dict(self._idle),
        )
