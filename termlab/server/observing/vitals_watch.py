"""When the vitals of the pane in front are looked at: once a second, or as often as the dock asks,
for a client that shows them.

One look may be under way: the next is due a second after it, and not before the client has said
that it may come. So a client that is stopped, or whose terminal takes no more, is measured for no
more, and with a hidden dock there is no timer at all.
"""

from collections.abc import Callable
from typing import Final

from termlab.model.lab import Lab
from termlab.server.loop import Loop, Timer
from termlab.server.observing.pane_vitals import PaneVitals
from termlab.server.observing.parts import PARTS
from termlab.server.observing.viewers import Viewers
from termlab.server.pane import Pane
from termlab.wire.messages import Message, VitalsUpdate

# Of a tree that takes long to look at: a look costs no more than this share of the time.
COST_FACTOR: Final = 200


class VitalsWatch:
    """One client's, from when its dock is shown until it is hidden or paused; ``tell`` sends."""

    def __init__(
        self, loop: Loop, tell: Callable[[Message], None], client_pid: Callable[[], int]
    ) -> None:
        self._loop = loop
        self._tell = tell
        self._client = Viewers(lambda: (client_pid(),))
        self._vitals: PaneVitals | None = None
        self._number = 0
        self._credit = True
        self._due_at = loop.now
        self._every_s = 1.0
        self._timer: Timer | None = None

    def follow(self, pane: Pane, lab: Lab) -> None:
        """The pane in front is this one, and the dock's open panels are these; another pane, and
        another panel, are looked at at once."""
        parts = frozenset(part for part in PARTS if part in lab.open)
        faster = 1 / lab.rate < self._every_s
        self._every_s = 1 / lab.rate
        if self._vitals is None or self._vitals.pane is not pane:
            self._leave()
            self._vitals = PaneVitals(pane, self._loop, parts, self._client)
        elif not self._vitals.want(parts) and not faster:
            return
        self._due_at = self._loop.now
        self._rearm()

    def seen(self, number: int) -> None:
        """The client has shown what came last."""
        if number == self._number:
            self._credit = True
            self._rearm()

    def close(self) -> None:
        """The dock is hidden, or the client has gone."""
        self._leave()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _leave(self) -> None:
        if self._vitals is not None:
            self._vitals.close()
            self._vitals = None

    def _rearm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._credit:
            self._timer = self._loop.call_at(max(self._due_at, self._loop.now), self._look)

    def _look(self) -> None:
        self._timer = None
        vitals = self._vitals
        if vitals is None or vitals.pane.closed:
            return  # the client is about to have another one in front
        start = self._loop.clock()
        found = vitals.look()
        cost_s = self._loop.clock() - start
        late = start > self._due_at + self._every_s
        rest_s = (
            cost_s * COST_FACTOR if self._number else 0.0
        )  # the first one imports what it needs
        self._due_at = (start if late else self._due_at) + max(self._every_s, rest_s)
        self._number += 1
        self._credit = False
        self._tell(VitalsUpdate(self._number, found))
