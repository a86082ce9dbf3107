"""Ways of handling a terminal's input, from how one would write it first to what the client does.

Each waits for a descriptor and calls callbacks that do next to nothing but note the source;
`input_path` times them.
"""

import os
import queue
import select
import selectors
import socket
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from termlab.client.connection import Connection
from termlab.client.input import InputParser
from termlab.client.intake import Intake
from termlab.client.replica import Replica
from termlab.client.router import Router
from termlab.client.sources import FOCUS, KEYBOARD, MOUSE, NAMES, PASTE, SOURCE_OF, Given, Sources
from termlab.config.loader import load_defaults
from termlab.model.keys import Focus, InputEvent, Key, Mouse, Paste
from termlab.model.layout import Leaf
from termlab.model.state import PaneInfo, State, WindowView
from termlab.server.configured import client_options

assert sys.platform != "win32"


class Way:
    """One way of handling input. ``sources`` gets, for each event handled, where it came from."""

    def __init__(self, fd: int, sources: list[int]) -> None:
        self.fd = fd
        self.sources = sources
        self.came = 0.0  # when read returned the first bytes of this turn
        self.poll = select.poll()
        self.poll.register(fd, select.POLLIN)
        self.ready: dict[int, Callable[[float], None]] = {fd: self.read}

    def turn(self, timeout_ms: float) -> float | None:
        """Wait and handle: when the waiting was over; None if nothing came."""
        found = self.poll.poll(timeout_ms)
        begin = time.perf_counter()
        for fd, _ in found:
            self.ready[fd](begin)
        return begin if found else None

    def read(self, now: float) -> None:
        raise NotImplementedError

    def take(self) -> bytes:
        """What there is."""
        data = os.read(self.fd, 65536)
        self.came = time.perf_counter()
        return data

    def drain(self) -> None:
        """Behind what is timed."""

    def close(self) -> None: ...

    def called(self, source: int) -> Callable[[Sequence[Given], float], None]:
        """A callback that does next to nothing."""
        mark = self.sources.append

        def callback(events: Sequence[Given], now: float) -> None:
            for _ in events:
                mark(source)

        return callback


class Forgetful(InputParser):
    """A parser that looks at every byte anew."""

    def _remember(self, data: bytes, events: list[InputEvent]) -> None: ...


class Bare(Way):
    """A read and one callback for it, which looks at nothing: what no way can be below."""

    def __init__(self, fd: int, sources: list[int]) -> None:
        super().__init__(fd, sources)
        self.callback = self.called(KEYBOARD)

    def read(self, now: float) -> None:
        self.take()
        self.callback((Key("a"),), now)


class Baseline(Way):
    """As one would write it first: a selector, small reads, events through a locked queue to a
    chain of questions what each is."""

    def __init__(self, fd: int, sources: list[int]) -> None:
        super().__init__(fd, sources)
        self.selector = selectors.DefaultSelector()
        self.selector.register(fd, selectors.EVENT_READ, self)
        self.parser = Forgetful()
        self.waiting: queue.Queue[tuple[InputEvent, float]] = queue.Queue(1024)

    def turn(self, timeout_ms: float) -> float | None:
        found = self.selector.select(timeout_ms / 1000)
        begin = time.perf_counter()
        for key, _ in found:
            key.data.read(begin)
        return begin if found else None

    def read(self, now: float) -> None:
        data, self.came = os.read(self.fd, 16), time.perf_counter()
        while data:
            for event in self.parser.feed(data, now):
                self.waiting.put((event, now))
            data = os.read(self.fd, 16) if select.select([self.fd], [], [], 0)[0] else b""
        while not self.waiting.empty():
            event, _ = self.waiting.get()
            if isinstance(event, Key):
                self.sources.append(KEYBOARD)
            elif isinstance(event, Mouse):
                self.sources.append(MOUSE)
            elif isinstance(event, Paste):
                self.sources.append(PASTE)
            elif isinstance(event, Focus):
                self.sources.append(FOCUS)

    def close(self) -> None:
        self.selector.close()


class Direct(Way):
    """The descriptor leads to its object, an event's type to its callbacks; nothing between."""

    parser_made: Callable[[], InputParser] = Forgetful

    def __init__(self, fd: int, sources: list[int]) -> None:
        super().__init__(fd, sources)
        self.parser = type(self).parser_made()
        self.by_source = Sources()
        for source in range(len(NAMES)):
            self.by_source.register(source, self.called(source))

    def read(self, now: float) -> None:
        for event in self.parser.feed(self.take(), now):
            for callback in self.by_source.handlers[SOURCE_OF[type(event)]]:
                callback((event,), now)


class Remembering(Direct):
    """Reads whose meaning is known are not parsed again."""

    parser_made = InputParser


class Library(Way):
    """`client.intake` as it is, statistics on."""

    def __init__(self, fd: int, sources: list[int]) -> None:
        super().__init__(fd, sources)
        self.intake = Intake(InputParser(), time.perf_counter)
        for source in range(len(NAMES)):
            self.intake.sources.register(source, self.called(source))
        self.intake.open(0.0)

    def read(self, now: float) -> None:
        self.intake.feed(self.take(), now)


class Batches(Way):
    """The same, every event queued and pulled in batches."""

    def __init__(self, fd: int, sources: list[int]) -> None:
        super().__init__(fd, sources)
        self.intake = Intake(InputParser(), time.perf_counter)
        self.handlers = [self.called(source) for source in range(len(NAMES))]

    def read(self, now: float) -> None:
        self.intake.feed(self.take(), now)
        while len(view := self.intake.poll(64)):
            for event in view:
                self.handlers[SOURCE_OF[type(event)]]((event,), now)
            self.intake.queue.consume(len(view))


class Whole(Library):
    """The client's own callbacks behind it: key tables, and the message in the server's socket."""

    def __init__(self, fd: int, sources: list[int]) -> None:
        super().__init__(fd, sources)
        mine, self.theirs = socket.socketpair()
        self.theirs.setblocking(False)
        self.connection = Connection(mine)
        replica = Replica()
        panes = (PaneInfo(1, "", ""),)
        replica.take(State(1, "main", (), WindowView(1, 80, 24, Leaf(1), 1, False, panes)))
        options = client_options(load_defaults())
        self.router = Router(self.connection, options, replica, sources=self.intake.sources)
        self.intake.settled = lambda now: self.router.settle()

    def drain(self) -> None:
        """What the server would do with it, at its own time."""
        with suppress(BlockingIOError):
            self.theirs.recv(1 << 20)
        self.router.took(0.0)

    def close(self) -> None:
        self.connection.close()
        self.theirs.close()
