"""How the kernel runs the server, as its options ask; and what of that, or of its clients, the log
says: each thing that does not hold, once, however many clients come and options are read.
"""

from collections.abc import Callable, Iterable
from typing import Final

from termlab.model.schedule import Outcome, Schedule
from termlab.scheduling.dedicated import Dedicated
from termlab.server.spawn import Spawner

# Different lines: what one machine and a few logins can say. A client could make up others.
MAX_LINES: Final = 32
MAX_LINE_CHARS: Final = 500


class OwnSchedule:
    """``note`` writes a line; what ``spawner`` starts is run as the server was at first."""

    def __init__(self, spawner: Spawner, note: Callable[[str], object]) -> None:
        self.dedicated = Dedicated()
        spawner.apart = self.dedicated.apart
        self._note = note
        self._noted: set[str] = set()

    def take(self, asked: Schedule) -> None:
        """The configuration asks for this."""
        if self.dedicated.take(asked):
            self.hear("server", self.dedicated.outcomes)

    def hear(self, whose: str, outcomes: Iterable[Outcome]) -> None:
        """What came of the options of [``whose``]."""
        for each in outcomes:
            line = f"[{whose}] {each.line}"[:MAX_LINE_CHARS]
            if each.why and line not in self._noted and len(self._noted) < MAX_LINES:
                self._noted.add(line)
                self._note(line)
