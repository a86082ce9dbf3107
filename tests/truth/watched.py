"""One program on a real terminal, observed from its start to its end: what was measured, as JSON.

``python -m tests.truth.watched PART,PART ARGV…``, so that an ordinary user can be who measures.
"""

import signal
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import msgspec

from termlab.model.figure import Amount, Figure
from termlab.model.timeline import Sample
from termlab.model.wakers import Waker
from termlab.probes.tally import Sums
from termlab.server.observing.observation import Reading, observe
from termlab.server.observing.sampler import Sampler
from termlab.server.observing.seen_activity import activity_figures, wakers
from termlab.server.observing.seen_memory import memory_figures
from tests.server.world import World

if sys.platform != "win32":
    from termlab.backends.unix import UnixBackend

assert sys.platform != "win32"


class Watched(NamedTuple):
    """``began_s`` and ``ended_s`` are of the first and the last look, by CLOCK_MONOTONIC;
    ``whole_cpu_s`` is the kernel's account of the program, its end included."""

    figures: dict[str, Figure]
    began_s: float
    ended_s: float
    cpu_s: float
    idle_s: float
    wakers: tuple[Waker, ...]
    samples: tuple[Sample, ...]
    whole_cpu_s: float

    def amount(self, name: str) -> float:
        figure = self.figures[name]
        assert isinstance(figure, Amount), (name, figure)
        return figure.value


def watched(parts: frozenset[str], argv: tuple[str, ...]) -> Watched:
    """The program runs to its end."""
    reader, writer = socket.socketpair()
    for each in (reader, writer):
        each.setblocking(False)
    signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    with (
        tempfile.TemporaryDirectory() as directory,
        World(Path(directory), UnixBackend(), time.monotonic) as world,
    ):
        world.loop.watch(reader.fileno(), lambda events: _ended(reader, world))
        # The pane outlives its program, which ends unseen else.
        world.attach(argv=("sleep", "1000"))
        world.until(lambda: bool(world.server.attachments))
        world.clients[0].run("split-window", "--remain", "--", *argv)
        pane = world.server.attachments[0].focused()
        observation = observe(pane, world.loop, parts)  # type: ignore[arg-type]
        first, last = observation.read(), list[Reading]()
        sampler = Sampler(observation, world.loop, first, first.at_s)
        pane.pty.last_look = lambda pid: last.append(observation.read())
        world.until(lambda: bool(pane.ended))
        sampler.close()
        usage = pane.pty.usage()
        assert usage is not None
        figures = activity_figures(first, last[0], usage) | memory_figures(
            pane, first, last[0], usage
        )
        observation.leave(parts)  # type: ignore[arg-type]
        sums = last[0].sums
        assert isinstance(sums, Sums)
        found = Watched(
            figures,
            first.at_s,
            sums.at_s,
            sums.cpu_s,
            last[0].idle.s,
            wakers(first, last[0]),
            sampler.samples,
            usage.user_s + usage.system_s,
        )
        world.server.close()
        world.until(lambda: not world.server.departing)
        world.loop.unwatch(reader.fileno())
    return found


def _ended(reader: socket.socket, world: World) -> None:
    reader.recv(4096)
    world.server.children_ended()


if __name__ == "__main__":
    found = watched(frozenset(sys.argv[1].split(",")), tuple(sys.argv[2:]))
    sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
