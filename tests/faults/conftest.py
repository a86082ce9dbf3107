"""A server in this process with real programs, whose children have all ended behind a test."""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform != "win32":
    from termlab.backends.unix import UnixBackend
    from tests.backends.exit_watch import exited
    from tests.faults.held import SELF, children
    from tests.server.world import DEADLINE_S, World
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"


class Panes(World):
    """Panes that run `cat`, one after the other; the first one stays."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory, UnixBackend(), time.monotonic)
        self.others = set(children(SELF))  # of whoever uses this process for its tests
        self.client = self.attach(argv=("cat",))
        self.until(lambda: bool(self.client.frames))
        self.once()  # libraries are loaded, tables made

    def once(self) -> None:
        """A pane is opened, works, and is closed."""
        assert self.client.run("split-window", "cat").code == 0
        self.client.type("echo")
        self.until(lambda: self.client.shows("echo"))
        self.client.run("kill-pane")
        self.reap(1)

    def reap(self, left: int) -> None:
        """Nobody tells of children here: wait for those that were hung up, and have them reaped."""
        gone = (
            set(children(SELF))
            - self.others
            - {p.pty.pid for _, _, p in self.server.sessions.panes()}
        )
        for pid in gone:
            assert exited(pid, DEADLINE_S)
        self.server.children_ended()
        assert len(set(children(SELF)) - self.others) <= left
        assert not self.server.departing


@pytest.fixture
def panes() -> Iterator[Panes]:
    with tempfile.TemporaryDirectory() as directory, Panes(Path(directory)) as panes:
        yield panes
        panes.server.close()
        panes.reap(0)
