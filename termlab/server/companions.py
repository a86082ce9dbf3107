"""The tools that look into a program under measurement from beside it: who uses its CPU time
(`--flame`), who takes its memory (`--heap`). They are foreign programs; what one of them can't do
is a note, and the run is measured as ever.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

from termlab.model.figure import Missing
from termlab.model.geometry import Size
from termlab.model.profile_asked import ProfileAsked
from termlab.runs.reports.subject import FLAME, HEAP
from termlab.server.spawn import Program
from termlab.terminal.engine import make_emulator
from termlab.wire.messages import Place

if TYPE_CHECKING:
    from termlab.probes.flame import Flame
    from termlab.probes.heap import HeaptrackHeap, MemrayHeap


_ANY: Final = Size(80, 24)


class Brought(NamedTuple):
    """What they kept, by the names of attachments, and what a reader must know of it."""

    attachments: dict[str, bytes]
    notes: tuple[str, ...] = ()


class Companions:
    """Those of one run. `program` is what to start in the place of the command; `started` is to be
    told once it runs, and `finish` once it has ended."""

    def __init__(self, asked: ProfileAsked, argv: tuple[str, ...], place: Place) -> None:
        self._argv = argv
        self._variables = asked.environment
        self._counted = asked.tier or ""
        self._flame: Flame | Missing | None = None
        self._heap: MemrayHeap | HeaptrackHeap | Missing | None = None
        self._search = dict(asked.environment).get("PATH", place.environment.get("PATH", ""))
        self._python = False
        self._flamed = asked.flame
        self.wanted = asked.flame or asked.heap
        if self.wanted:
            self._plan(asked, place)

    def _plan(self, asked: ProfileAsked, place: Place) -> None:
        from termlab.probes.python_command import python_command

        self._python = python_command(self._argv, self._search, place.directory) is not None
        if asked.heap:
            from termlab.probes.heap import plan_heap

            self._heap = plan = plan_heap(self._argv, self._search, place.directory)
            if not isinstance(plan, Missing):
                self._argv = tuple(plan.argv)
                self._variables = (*self._variables, *plan.environment.items())

    def program(self, place: Place, directory: str = "") -> Program:
        """What to start, and at once: what is loaded when it runs already would be of its time."""
        make_emulator(_ANY, 0).close()
        return Program(
            place, self._argv, directory, variables=self._variables, counted=self._counted
        )

    def started(self, pid: int) -> None:
        """The command runs."""
        if self._flamed:
            from termlab.probes.flame import start_flame

            self._flame = start_flame(pid, self._python, self._search)

    @property
    def any(self) -> bool:
        """Whether `finish` has something to wait for: seconds, perhaps minutes."""
        return self._flame is not None or self._heap is not None

    def finish(self) -> Brought:
        """The command has ended: what they have. Blocks until they have it."""
        attachments: dict[str, bytes] = {}
        notes: list[str] = []
        for name, tool, what in ((FLAME, self._flame, "stacks"), (HEAP, self._heap, "memory")):
            if tool is None:
                continue
            found = tool if isinstance(tool, Missing) else tool.finish()
            if isinstance(found, Missing):
                notes.append(f"no {what} for a flame graph: {found.reason}")
            else:
                attachments[name] = found.data
                notes.append(found.note)
        return Brought(attachments, tuple(notes))
