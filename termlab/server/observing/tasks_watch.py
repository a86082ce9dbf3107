"""Looking at all panes at once, for a client that has its task manager open: once a second, by
credit, from the moment it asks until it asks no more or has gone.

Every pane is observed while that lasts, for what the task manager shows and nothing else; a pane
that comes is looked at from the next look on, and nothing is kept of one that went.
"""

import time
from collections.abc import Callable
from typing import Final

from termlab.model.figure import Amount, Figure, Missing
from termlab.model.tasks import Task, Tasks
from termlab.model.vitals import Vitals
from termlab.server.loop import Loop, Timer
from termlab.server.observing.pane_processes import RECORDING
from termlab.server.observing.pane_vitals import SERVER_COST, PaneVitals
from termlab.server.observing.parts import Part
from termlab.server.observing.rates import FIRST
from termlab.server.pane import Pane
from termlab.server.sessions import Session, Sessions, Window
from termlab.wire.messages import Message, TasksAsked, TasksSeen, TasksUpdate

EVERY_S: Final = 1.0
# A person looks at it and at nothing else: all panes together may cost this part of the time.
COST_FACTOR: Final = 50
_PARTS: Final[frozenset[Part]] = frozenset(("activity", "memory", "latency"))


class _Looked:
    """One pane that is observed, and what it had written by the last look."""

    def __init__(self, pane: Pane, loop: Loop) -> None:
        self.vitals = PaneVitals(pane, loop, _PARTS)
        self._pane = pane
        self._written: int | None = None

    def written_per_s(self, interval_s: float) -> Figure:
        """The output since the last look."""
        before, self._written = self._written, self._pane.ring.stats().written
        if before is None or not interval_s:
            return FIRST
        return Amount((self._written - before) / interval_s)


class TasksWatch:
    """One client's; ``tell`` sends."""

    def __init__(self, loop: Loop, sessions: Sessions, tell: Callable[[Message], None]) -> None:
        self._loop = loop
        self._sessions = sessions
        self._tell = tell
        self._looked: dict[int, _Looked] = {}
        self._open = False
        self._number = 0
        self._credit = True
        self._due_at = 0.0
        self._before: tuple[float, float] | None = None  # the last look, and our CPU time by then
        self._timer: Timer | None = None

    def ask(self, message: TasksAsked) -> None:
        """Look from now on, at once first; or no more."""
        self.close()
        if message.open:
            self._open = self._credit = True
            self._due_at = self._loop.now
            self._rearm()

    def seen(self, message: TasksSeen) -> None:
        """The client has shown what came last."""
        if self._open and message.number == self._number:
            self._credit = True
            self._rearm()

    def close(self) -> None:
        """Nobody looks any more: nothing is measured for it."""
        self._open, self._before = False, None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        for each in self._looked.values():
            each.vitals.close()
        self._looked.clear()

    def _rearm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_at(max(self._due_at, self._loop.now), self._look)

    def _look(self) -> None:
        self._timer = None
        if not self._credit:
            return
        start = self._loop.clock()
        found = self._tasks(start)
        cost_s = self._loop.clock() - start
        late = start > self._due_at + EVERY_S
        rest_s = (
            cost_s * COST_FACTOR if self._number else 0.0
        )  # the first one imports what it needs
        self._due_at = (start if late else self._due_at) + max(EVERY_S, rest_s)
        self._number += 1
        self._credit = False
        self._tell(TasksUpdate(self._number, found))

    def _tasks(self, start: float) -> Tasks:
        """All there are, by now."""
        own_s, before = time.process_time(), self._before
        self._before = start, own_s
        interval_s = start - before[0] if before is not None else 0.0
        cost: Figure = FIRST
        if before is not None and interval_s:
            cost = Amount((own_s - before[1]) / interval_s * 100, SERVER_COST)
        panes = list(self._sessions.panes())
        self._forget({pane.id for _, _, pane in panes})
        tasks = tuple(self._task(*each, interval_s) for each in panes)
        return Tasks(tasks, interval_s, (self._loop.clock() - start) * 1000, cost)

    def _forget(self, there: set[int]) -> None:
        for pane in self._looked.keys() - there:
            self._looked.pop(pane).vitals.close()

    def _task(self, session: Session, window: Window, pane: Pane, interval_s: float) -> Task:
        why = _unseen(pane)
        name = f"{window.index}:{window.label()}"
        if why is not None:
            if pane.id in self._looked:
                self._looked.pop(pane.id).vitals.close()
            return Task(pane.id, session.name, name, pane.command, pane.ended, *(why,) * 7)
        looked = self._looked.get(pane.id)
        if looked is None:
            looked = self._looked[pane.id] = _Looked(pane, self._loop)
        found = looked.vitals.look()
        written = looked.written_per_s(interval_s)
        return Task(pane.id, session.name, name, pane.command, "", *_figures(found, written))


def _figures(found: Vitals, written: Figure) -> tuple[Figure, ...]:
    return (
        found.activity.processes,
        found.activity.cpu_percent,
        found.activity.idle_wakeups_per_s,
        found.storage.rss_bytes,
        found.storage.pss_bytes,
        written,
        found.latency.p95_ms,
    )


def _unseen(pane: Pane) -> Missing | None:
    """Why there is nothing to look at in a pane; None where there is."""
    if pane.ended:
        return Missing(f"its program has ended: {pane.ended}")
    return None if pane.pty.pid else RECORDING
