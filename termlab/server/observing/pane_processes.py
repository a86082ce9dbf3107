"""The processes of one pane, for who looks at them: none behind the program's end, when the number
may be another's, and none of a recording that plays."""

import sys
from functools import partial
from typing import TYPE_CHECKING, Final

from termlab.model.figure import Missing
from termlab.probes.tally import GONE, Edge, Sums, Tally

if sys.platform == "linux":
    from termlab.probes.process_tree import lives, look
else:
    from termlab.probes.process_tree_elsewhere import lives, look

if TYPE_CHECKING:
    from termlab.model.wakers import Waker
    from termlab.server.pane import Pane

RECORDING: Final = Missing("a recording plays in this pane: there is no process to look at")


class PaneProcesses:
    """See the module; what its methods say is the `Tally`'s."""

    def __init__(self, pane: "Pane") -> None:
        self._pane = pane
        self._tally = Tally(partial(look, pane.pty.pid), lives, look)

    @property
    def _there(self) -> bool:
        pane = self._pane  # who has closed is waited for by somebody else
        return bool(pane.pty.pid) and pane.exit_status is None and not pane.closed

    def look(self, now: float, silent: bool = False) -> Sums | Missing:
        if not self._pane.pty.pid:
            return RECORDING
        return self._tally.look(now, silent) if self._there else GONE

    def ready(self) -> None:
        # Only Linux keeps files open that tell of one process for ever.
        if sys.platform == "linux" and self._there:
            self._tally.ready()

    def edge(self) -> Edge | None:
        return self._tally.edge()

    def forget(self) -> None:
        self._tally.forget()

    def wakers(self) -> "tuple[Waker, ...]":
        return self._tally.wakers()
