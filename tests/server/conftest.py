"""The worlds of the server's tests, as fixtures."""

import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.world import Stage, World

if sys.platform != "win32":
    from termlab.backends.unix import UnixBackend

    @pytest.fixture
    def world(tmp_path: Path) -> Iterator[World]:
        """Real programs on real PTYs, by the real clock; the ends of children wake the loop."""
        reader, writer = socket.socketpair()
        reader.setblocking(False)
        writer.setblocking(False)
        old_fd = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        old_handler = signal.signal(signal.SIGCHLD, lambda number, frame: None)
        try:
            with World(tmp_path, UnixBackend(), time.monotonic) as world:

                def ended(events: int) -> None:
                    reader.recv(4096)
                    world.server.children_ended()

                world.loop.watch(reader.fileno(), ended)
                yield world
                # All end here, and their last word is heard: no other test finds them.
                world.server.close()
                world.until(lambda: not world.server.departing)
                world.loop.unwatch(reader.fileno())
        finally:
            signal.set_wakeup_fd(old_fd)
            signal.signal(signal.SIGCHLD, old_handler)
            reader.close()
            writer.close()

else:

    @pytest.fixture
    def world() -> World:
        """There are no such programs."""
        return pytest.skip("there are no PTYs")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """Fakes all around the server."""
    with Stage(tmp_path) as world:
        yield world
