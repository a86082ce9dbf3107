"""What another process may ask of a running bridge: a new size. Both ends of that.

One line each way: ``SECRET resize COLS ROWS`` and ``SECRET ok`` or ``SECRET error WHY``. On a Unix
socket the kernel says whose a connection is and the secrets are ``-``; over TCP they are those of
`wire.loopback`, and a side that does not know its own is not heard.
"""

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final, NamedTuple

from termlab.errors import PtyError, ServerError, TargetError
from termlab.model.geometry import Size
from termlab.server.bridge.registry import looking, path_of
from termlab.server.loop import Loop, Timer
from termlab.server.poller import READ
from termlab.wire.address import peer_uid, user_id, wire

TYPE_CHECKING = False
if TYPE_CHECKING:
    import socket

NO_SECRET: Final = "-"
# Those that ask at the same time. For one more the oldest goes.
MAX_ASKERS: Final = 8
# How long one may take to ask: no process does it by hand.
ASK_S: Final = 2.0
# A bridge answers in its next turn, unless it is stopped.
ANSWER_S: Final = 5.0
# Where nobody can be let in, for there are no descriptors left, it is tried again so much later.
RETRY_S: Final = 1.0
_LINE_BYTES: Final = 512
_BACKLOG: Final = 64

Resize = Callable[[Size], None]


class Listening(NamedTuple):
    """A bridge's door: what it listens with, and what proves each side to the other. Whoever made
    it closes it, once."""

    fd: int
    tcp: bool
    token: str = NO_SECRET
    proof: str = NO_SECRET

    def close(self) -> None:
        if sys.platform == "win32":
            import socket

            socket.close(self.fd)
        else:
            os.close(self.fd)


def listen(path: str, environment: Mapping[str, str]) -> Listening:
    """Listen at ``path``, which the caller has claimed; what lay there goes."""
    with suppress(FileNotFoundError):
        os.unlink(path)
    if wire(environment) == "tcp":
        from termlab.wire import loopback

        stream, address = loopback.listen(path)
        return Listening(stream.detach(), True, address.token, address.proof)
    # The plain one of the C module: `socket` takes 4 ms to import; most bridges are never asked.
    import _socket

    if sys.platform == "win32":
        raise ServerError("Python has no Unix sockets on Windows: listen over TCP")
    door = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        door.bind(path)
        os.chmod(path, 0o600)
        door.listen(_BACKLOG)
        door.setblocking(False)
    except OSError as error:
        door.close()
        raise ServerError(f"bridge: can't listen at {path}: {error.strerror}") from error
    return Listening(door.detach(), False)


class Control:
    """The bridge's end. ``resize`` may raise ``PtyError``, whose text the asker gets."""

    def __init__(self, listening: Listening, loop: Loop, resize: Resize) -> None:
        self._listening = listening
        self._loop = loop
        self._resize = resize
        self._door: socket.socket | None = None
        self._askers: list[_Asker] = []
        self._retry: Timer | None = None
        loop.watch(listening.fd, self._accept)

    def close(self) -> None:
        """Hear nobody any more."""
        for asker in self._askers:
            asker.close()
        if self._retry is not None:
            self._retry.cancel()
        self._loop.unwatch(self._listening.fd)
        if self._door is not None:
            self._door.detach()  # it is the listener's

    def _accept(self, events: int) -> None:
        import socket

        if self._door is None:
            self._door = socket.socket(fileno=self._listening.fd)
            self._door.setblocking(False)
        try:
            stream, _ = self._door.accept()
        except (BlockingIOError, ConnectionError):
            return  # it has gone again
        except OSError:
            self._wait()
            return
        stream.setblocking(False)
        if not self._listening.tcp and not _ours(stream):
            stream.close()
            return
        self._askers = [asker for asker in self._askers if not asker.closed]
        if len(self._askers) >= MAX_ASKERS:
            self._askers.pop(0).close()
        self._askers.append(_Asker(stream, self._loop, self._answer))

    def _wait(self) -> None:
        """Out of descriptors, most likely: to try at once would be to spin."""
        loop, fd = self._loop, self._listening.fd
        loop.want(fd, 0)
        self._retry = loop.call_at(loop.now + RETRY_S, lambda: loop.want(fd, READ))

    def _answer(self, line: str) -> str:
        token, _, asked = line.partition(" ")
        from hmac import compare_digest

        if not compare_digest(token.encode(), self._listening.token.encode()):
            return ""
        words = asked.split(" ")
        numbers = [int(word) for word in words[1:] if word.isascii() and word.isdecimal()]
        if words[0] != "resize" or len(words) != 3 or len(numbers) != 2:
            return f"{self._listening.proof} error a bridge knows only `resize COLS ROWS`"
        try:
            self._resize(Size(*numbers))
        except PtyError as error:
            return f"{self._listening.proof} error {error}"
        return f"{self._listening.proof} ok"


class _Asker:
    """One connection: a line, its answer, the end."""

    def __init__(self, stream: "socket.socket", loop: Loop, answer: Callable[[str], str]) -> None:
        self.closed = False
        self._stream = stream
        self._loop = loop
        self._answer = answer
        self._said = b""
        self._timer: Timer = loop.call_at(loop.now + ASK_S, self.close)
        loop.watch(stream.fileno(), self._ready)

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            self._timer.cancel()
            self._loop.unwatch(self._stream.fileno())
            self._stream.close()

    def _ready(self, events: int) -> None:
        try:
            data = self._stream.recv(_LINE_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        self._said += data
        line, end, _ = self._said.partition(b"\n")
        if end and len(line) <= _LINE_BYTES:
            if answer := self._answer(line.decode("utf-8", "replace")):
                # A line fits into an empty buffer; who has gone gets none.
                with suppress(OSError):
                    self._stream.send(f"{answer}\n".encode())
            self.close()
        elif not data or len(self._said) > _LINE_BYTES:
            self.close()


def ask_resize(bridge_id: str, size: Size, environment: Mapping[str, str]) -> None:
    """Have the bridge of that ID resize its terminal.

    Raises ``TargetError`` if there is none, ``ServerError`` if it does not answer, ``PtyError`` if
    it can't."""
    path = path_of(bridge_id, environment)
    with looking(path) as there:
        reached = _connect(path) if there else None
    if reached is None:
        raise TargetError(
            f"bridge: there is no bridge {bridge_id!r}: start it with "
            f"`termlab bridge new {bridge_id} COLS ROWS CMD...`"
        )
    stream, token, proof = reached
    with stream:
        try:
            stream.sendall(f"{token} resize {size.cols} {size.rows}\n".encode())
            said = _line(stream)
        except OSError as error:
            raise ServerError(
                f"bridge: {bridge_id!r} did not answer: {error}: see whether it is stopped"
            ) from error
    secret, _, answer = said.partition(" ")
    kind, _, why = answer.partition(" ")
    if secret == proof and kind == "error":
        raise PtyError(f"bridge: {bridge_id!r}: {why}")
    if secret != proof or kind != "ok":
        raise ServerError(f"bridge: {bridge_id!r} did not answer: it has just ended")


def _connect(path: str) -> "tuple[socket.socket, str, str] | None":
    """A connection and the secrets; None if nobody listens there."""
    import socket

    if sys.platform == "win32" or not _is_socket(path):
        from termlab.wire import loopback

        reached = loopback.connect(path)
        if reached is None:
            return None
        stream = socket.socket(fileno=reached[0])
        stream.settimeout(ANSWER_S)
        return stream, reached[1].token, reached[1].proof
    stream = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    stream.settimeout(ANSWER_S)
    try:
        stream.connect(path)
    except (ConnectionRefusedError, FileNotFoundError):
        stream.close()
        return None
    except OSError as error:
        stream.close()
        raise ServerError(f"bridge: can't reach {path}: {error.strerror or error}") from error
    if not _ours(stream):
        stream.close()
        raise ServerError(f"bridge: {path} is another user's: remove it")
    return stream, NO_SECRET, NO_SECRET


def _line(stream: "socket.socket") -> str:
    said = b""
    while not said.endswith(b"\n") and len(said) <= _LINE_BYTES:
        data = stream.recv(_LINE_BYTES)
        if not data:
            break
        said += data
    return said.decode("utf-8", "replace").rstrip("\n")


def _is_socket(path: str) -> bool:
    import stat

    try:
        return stat.S_ISSOCK(os.lstat(path).st_mode)
    except OSError:
        return False


def _ours(stream: "socket.socket") -> bool:
    try:
        return peer_uid(stream) == user_id()
    except ServerError:
        return False
