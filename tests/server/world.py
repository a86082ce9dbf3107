"""A server in the test's own process with clients on socket pairs; nothing happens but by turns."""

import os
import re
import socket
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

from termlab.backends.pty import Backend
from termlab.config.loader import load_defaults
from termlab.config.settings import ProbeOptions
from termlab.model.geometry import Size
from termlab.model.keys import Key
from termlab.model.records import msgspec
from termlab.model.state import State
from termlab.server.journal import Journal
from termlab.server.loop import Clock, Loop
from termlab.server.peer import Admit, Peer
from termlab.server.server import Server
from termlab.server.spawn import Spawner
from termlab.wire import codec
from termlab.wire.link import Link
from termlab.wire.messages import (
    PROTOCOL,
    Attach,
    Attached,
    Bye,
    Frame,
    FromServer,
    Hello,
    Keys,
    Message,
    Outer,
    Place,
    Reply,
    Request,
    Seen,
)
from tests.server.fakes import Clock as DrivenClock
from tests.server.fakes import ScriptedBackend, ScriptedPty

# Only ends a hang, far above what anything here takes on a busy machine.
DEADLINE_S: Final = 20.0
PLACE: Final = Place(
    "/",
    {
        "HOME": "/tmp",
        "LANG": "C.UTF-8",
        "PATH": os.environ.get("PATH", os.defpath),
        "PS1": "$ ",
        "SHELL": "/bin/sh",
    },
)
OUTER: Final = Outer(Size(80, 25))

M = TypeVar("M", bound=Message)


class World:
    """The server, its loop and its clients. ``backend`` and ``clock`` are real ones or fakes."""

    def __init__(self, directory: Path, backend: Backend, clock: Clock) -> None:
        self.failures: list[Exception] = []
        self.empty = False
        self.loop = Loop(self.failures.append, clock)
        self.journal = Journal(str(directory / "test.log"))
        # No test loads anything into the kernel but those of the probes.
        settings = msgspec.structs.replace(load_defaults(), probes=ProbeOptions("accounting"))
        spawner = Spawner(backend, settings, self.loop, "/run/test")
        self.server = Server(self.loop, settings, spawner, self._on_empty)
        self.clients: list[Client] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.server.close()
        for client in self.clients:
            client.link.close()
        self.turn(2)
        os.close(self.journal.fileno())
        if kind is None:
            assert self.failures == []

    def _on_empty(self) -> None:
        self.empty = True

    def turn(self, count: int = 8) -> None:
        """So many turns without waiting; all that was said by then has been heard."""
        for _ in range(count):
            self.loop.turn(wait=False)
            for client in self.clients:
                client.hear()

    def until(self, condition: Callable[[], bool]) -> int:
        """Turn until ``condition`` holds: how many turns it took. For the real clock."""
        late: list[bool] = []
        timer = self.loop.call_at(self.loop.clock() + DEADLINE_S, lambda: late.append(True))
        turns = 0
        while not condition():
            assert not late, "it did not happen before the deadline"
            self.loop.turn()
            turns += 1
            for client in self.clients:
                client.hear()
        timer.cancel()
        return turns

    def connect(self, admit: Admit = lambda token: "") -> "Client":
        """A connection that has said nothing yet."""
        ours, theirs = socket.socketpair()
        Peer(Link(ours, codec.from_client()), self.server, self.journal, admit)
        client = Client(self, theirs)
        self.clients.append(client)
        return client

    def greet(self) -> "Client":
        """A connection after its handshake."""
        client = self.connect()
        client.send(Hello(PROTOCOL, "test"))
        return client

    def attach(
        self,
        size: Size = OUTER.size,
        target: str = "",
        read_only: bool = False,
        argv: tuple[str, ...] = (),
        fresh: bool = False,
    ) -> "Client":
        """A client that shows a session; it is made if there is none."""
        client = self.greet()
        client.send(
            Attach(Outer(size), PLACE, target, True, argv=argv, read_only=read_only, fresh=fresh)
        )
        return client


class Client:
    """A client's end: what it was told, and the screen it would show."""

    def __init__(self, world: World, stream: socket.socket) -> None:
        self.link: Link[FromServer] = Link(stream, codec.from_server())
        self.inbox: list[object] = []
        self.acks = True
        self.state: State | None = None
        self.rows: dict[int, dict[int, bytes]] = {}
        self._world = world
        self._request = 0

    def send(self, message: Message) -> None:
        self.link.send(message)

    def hear(self) -> None:
        """Take what was sent; frames are shown and, unless told otherwise, answered."""
        while not self.link.closed and (messages := self.link.receive()):
            for message in messages:
                self.inbox.append(message)
                if isinstance(message, Frame):
                    self._show(message)

    def _show(self, frame: Frame) -> None:
        if frame.state is not None:
            if self.state is None or frame.state.epoch != self.state.epoch:
                self.rows.clear()
            self.state = frame.state
        for pane in frame.panes:
            self.rows.setdefault(pane.pane, {}).update(pane.rows)
        if self.acks:
            self.send(Seen(frame.serial))

    def got(self, kind: type[M]) -> list[M]:
        """The messages of one kind, oldest first."""
        return [message for message in self.inbox if isinstance(message, kind)]

    @property
    def frames(self) -> list[Frame]:
        return self.got(Frame)

    @property
    def attached(self) -> Attached:
        return self.got(Attached)[-1]

    @property
    def bye(self) -> Bye | None:
        """The last word, if it was said."""
        return next(iter(self.got(Bye)), None)

    def view(self) -> State:
        assert self.state is not None
        return self.state

    @property
    def focused(self) -> int:
        return self.view().view.active

    def text(self, pane: int | None = None) -> list[str]:
        """The rows of a pane, the focused one at first, as plain text."""
        rows = self.rows.get(self.focused if pane is None else pane, {})
        return [plain(rows[y]) for y in sorted(rows)]

    def shows(self, words: str, pane: int | None = None) -> bool:
        return self.state is not None and any(words in row for row in self.text(pane))

    def type(self, text: str) -> None:
        self.send(Keys(tuple(Key(letter, text=letter) for letter in text)))

    def press(self, *names: str) -> None:
        self.send(Keys(tuple(Key(name) for name in names)))

    def ask(self, *argv: str) -> "Answer":
        """Send a command; turns bring its answer."""
        self._request += 1
        self.send(Request(self._request, argv, PLACE if not self.got(Attached) else None))
        return Answer(self, self._request)

    def run(self, *argv: str) -> Reply:
        """A command that is answered at once, with its whole text."""
        answer = self.ask(*argv)
        self._world.turn()
        assert answer.done, f"{argv} was not answered"
        return answer.reply


class Answer:
    """The reply to one request, whole."""

    def __init__(self, client: Client, number: int) -> None:
        self._client = client
        self._number = number

    def _parts(self) -> list[Reply]:
        return [reply for reply in self._client.got(Reply) if reply.id == self._number]

    @property
    def done(self) -> bool:
        return bool(self._parts()) and not self._parts()[-1].more

    @property
    def reply(self) -> Reply:
        last = self._parts()[-1]
        return Reply(last.id, last.code, "".join(part.text for part in self._parts()))


class Stage(World):
    """A world of fakes: its clock is driven, its children speak by script."""

    def __init__(self, directory: Path) -> None:
        self.clock = DrivenClock()
        self.backend = ScriptedBackend()
        super().__init__(directory, self.backend, self.clock)

    @property
    def children(self) -> list[ScriptedPty]:
        return self.backend.started

    def pass_time(self, seconds: float) -> None:
        """Time goes by, and what is due happens."""
        self.clock.advance(seconds)
        self.turn()

    def child_says(self, data: bytes, child: int = 0) -> None:
        """A child writes, and it is shown: past every threshold."""
        for start in range(0, len(data), 2048):
            self.children[child].says(data[start : start + 2048])
            self.pass_time(0.05)
        self.pass_time(0.05)

    def child_ends(self, child: int = 0, status: int = 0) -> None:
        self.children[child].ends(status)
        self.server.children_ended()
        self.turn()


def plain(row: bytes) -> str:
    """A row's bytes as text: skipped cells are blanks, styles go."""
    text = re.sub(rb"\x1b\[(\d+)C", lambda found: b" " * int(found[1]), row)
    return re.sub(rb"\x1b\[[0-9;:]*[A-Za-z]", b"", text).decode().rstrip()
