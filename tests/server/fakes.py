"""What stands in for the world in the server tests: a clock that is driven, scripted children."""

import socket
from collections.abc import Callable, Sequence

from termlab.backends.pty import ChildUsage, Command, LineModes
from termlab.errors import PtyError, SpawnError
from termlab.model.geometry import Size

# The kernel's buffer of a pair is made about this small, so that a "full" terminal is soon reached.
PAIR_BYTES = 4096


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


class ScriptedUnread:
    """What was typed into a scripted child and it has not taken."""

    def __init__(self, child: socket.socket) -> None:
        self._child = child
        self.closed = False

    def count(self) -> int:
        try:
            return len(self._child.recv(1 << 16, socket.MSG_PEEK))
        except BlockingIOError:
            return 0

    def close(self) -> None:
        self.closed = True


class ScriptedPty:
    """A child that says what the test has it say, behind a descriptor a loop can wait for."""

    lacks: frozenset[str] = frozenset()

    def __init__(self, pid: int, command: Command) -> None:
        self.pid = pid
        self.command = command
        self.sizes = [command.size]
        self.signals: list[int] = []
        self.name = command.argv[0]
        self.status: int | None = None
        self.reads = 0
        self.closed = False
        self.reaped = False  # its end was asked for and told
        self.broken = False  # reading fails
        self.endless = False  # somebody writes to the terminal faster than it can be read
        self.last_look: Callable[[int], None] | None = None
        self.used: ChildUsage | None = None
        self.modes: LineModes | None = None  # not told
        self.unread: list[ScriptedUnread] = []  # the looks at what it has not taken
        self._ours, self._child = socket.socketpair()
        for end in (self._ours, self._child):
            end.setblocking(False)
        self._ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, PAIR_BYTES)

    # The child's side

    def says(self, data: bytes) -> None:
        """The child writes, as far as its terminal takes it."""
        self._child.send(data)

    def takes(self) -> bytes:
        """The child reads all that was typed."""
        taken = b""
        try:
            while part := self._child.recv(1 << 20):
                taken += part
        except BlockingIOError:
            pass
        return taken

    def ends(self, status: int = 0) -> None:
        """The child exits."""
        self.status = status
        self._child.close()

    # The contract

    def fileno(self) -> int:
        return self._open().fileno()

    def readv(self, spans: Sequence[memoryview]) -> int | None:
        self.reads += 1
        if self.broken:
            raise PtyError("can't read")
        if self.endless:
            return sum(map(len, spans))
        try:
            return self._open().recv_into(spans[0])
        except BlockingIOError:
            return None
        except OSError:
            return 0

    def writev(self, buffers: Sequence[bytes | memoryview]) -> int:
        data = b"".join(buffers)
        try:
            return self._open().send(data)
        except BlockingIOError:
            return 0
        except OSError:
            return len(data)

    def resize(self, size: Size) -> None:
        self._open()
        self.sizes.append(size)

    def signal(self, number: int) -> None:
        self.signals.append(number)

    def insist(self, number: int) -> bool:
        if self.status is not None:
            return False
        self.signals.append(number)
        return True

    def foreground(self) -> str:
        self._open()
        return self.name

    def usage(self) -> ChildUsage | None:
        return self.used if self.status is not None else None

    def line_modes(self) -> LineModes | None:
        return self.modes

    def unread_input(self) -> ScriptedUnread | None:
        if self.modes is None:
            return None
        self.unread.append(ScriptedUnread(self._child))
        return self.unread[-1]

    def exit_status(self) -> int | None:
        if self.status is not None and self.last_look is not None:
            look, self.last_look = self.last_look, None
            look(self.pid)
        self.reaped = self.status is not None
        return self.status

    def close(self) -> None:
        self.closed = True
        self._ours.close()
        self._child.close()

    def _open(self) -> socket.socket:
        if self.closed:
            raise PtyError("closed")
        return self._ours


class ScriptedBackend:
    """Starts `ScriptedPty` children and keeps them by the order of their start."""

    name = "scripted"

    def __init__(self) -> None:
        self.started: list[ScriptedPty] = []

    def spawn(self, command: Command) -> ScriptedPty:
        if command.argv[0] == "nonesuch":
            raise SpawnError("can't run 'nonesuch': there is no such program")
        pty = ScriptedPty(100 + len(self.started), command)
        self.started.append(pty)
        return pty
