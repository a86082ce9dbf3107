"""The client's end of a connection: greeting, requests by number, whole replies.

On top of `Link`, driven two ways: by the attached client's poll loop (`send`, `request`,
`receive`), or blocking, for a short command (`call`). Knows nothing of panes or terminals.
"""

import select
import socket
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from termlab.errors import ServerError, UsageError, WireError
from termlab.version import VERSION
from termlab.wire.codec import MAX_FROM_CLIENT, Unreadable, from_server
from termlab.wire.link import Link
from termlab.wire.messages import (
    PROTOCOL,
    Bye,
    FromServer,
    Hello,
    Message,
    Notice,
    Ping,
    Place,
    Pong,
    Reply,
    Request,
    Subscribe,
    Welcome,
)

if TYPE_CHECKING:
    from termlab.wire.loopback import Address

# What the server does for a command takes milliseconds; a machine that swaps may take longer.
ANSWER_S: Final = 20.0
# The longest reply is the history of a pane, 16 MiB of cells with colours and attributes.
MAX_REPLY_CHARS: Final = 256 << 20
# What msgpack and the message around the words take.
_ROOM_BYTES: Final = 4096

Clock = Callable[[], float]


class Connection:
    """Greets and owns the stream. ``any_protocol``: a server of another one will do. ``asks``: a
    request follows at once, and the greeting goes with it.

    ``address``, where the stream is TCP: each side proves itself first, which is waited for. Raises
    ``ServerError`` then, and closes the stream, if that is not the server of this address.
    """

    def __init__(
        self,
        stream: socket.socket,
        *,
        any_protocol: bool = False,
        asks: bool = False,
        address: "Address | None" = None,
        greeting_s: float = ANSWER_S,
        clock: Clock = time.monotonic,
    ) -> None:
        self.welcome: Welcome | None = None
        self._address = address
        self._link = Link(stream, from_server())
        self._any_protocol = any_protocol
        self._last_request = 0
        self._awaited: set[int] = set()  # requests that were not answered yet
        self._parts: dict[int, list[str]] = {}
        self._parts_chars = 0
        self._link.send_buffered(Hello(PROTOCOL, VERSION, address.token if address else ""))
        if address is not None:
            self._prove(greeting_s, clock)
        elif not asks:
            self._link.flush()

    def fileno(self) -> int:
        return self._link.fileno()

    @property
    def blocked(self) -> bool:
        """Whether something waits for room in the socket; `receive` sends it."""
        return self._link.queued_bytes > 0

    def send(self, message: Message) -> None:
        """Now, or as soon as the socket takes it; that the server has gone `receive` tells."""
        try:
            self._link.send(message)
        except UnicodeEncodeError as error:
            raise UsageError(f"{error.object!r} is not valid UTF-8: give it as text") from error

    def request(self, argv: tuple[str, ...], place: Place | None) -> int:
        """Ask for a command: the number its `Reply` will have."""
        words = [*argv, *(() if place is None else (n + v for n, v in place.environment.items()))]
        length = sum(len(word.encode("utf-8", "surrogatepass")) for word in words)
        if length > MAX_FROM_CLIENT - _ROOM_BYTES:
            raise UsageError(
                f"{argv[0]}: its words and environment take {length} bytes, more than the "
                f"{MAX_FROM_CLIENT} of one message: send a long text in parts"
            )
        number = self._next()
        self.send(Request(number, argv, place))
        return number

    def subscribe(self, topics: tuple[str, ...]) -> int:
        """Ask to be told of these topics: the number its `Reply` will have. What is published on
        them follows that, among what else arrives."""
        number = self._next()
        self.send(Subscribe(number, topics))
        return number

    def _next(self) -> int:
        self._last_request += 1
        self._awaited.add(self._last_request)
        return self._last_request

    def receive(self) -> list[FromServer] | None:
        """What has arrived, after one read, each reply whole; None once the server has gone.

        Raises ``ServerError`` when the two don't understand each other.
        """
        self._link.flush()
        messages = self._link.receive()
        if messages is None:
            return None
        return [whole for each in messages if (whole := self._whole(each)) is not None]

    def usable(self) -> bool:
        """Whether the server is still there, as far as it said; what came meanwhile is let go."""
        while not self._link.closed and _ready(self._link.socket, False, 0):
            self.receive()
        return not self._link.closed

    def rest(self) -> None:
        """This process will be stopped: a server over a network is not to take it for dead."""
        if self._address is not None:
            self.send(Pong(resting=True))

    def expect(self, size: int) -> None:
        """What comes next will have about so many bytes."""
        self._link.expect(size)

    def close(self) -> None:
        self._link.close()

    def _whole(self, message: FromServer | Unreadable) -> FromServer | None:
        """The message as it is handed out; None while more of it is to come."""
        if isinstance(message, Unreadable):
            return Notice(f"the server said what this version can't read: {message.why}", True)
        if isinstance(message, Welcome):
            self._greeted(message)
        if isinstance(message, Ping):
            self.send(Pong())
            return None
        if not isinstance(message, Reply):
            return message
        if message.id not in self._awaited:
            self.close()
            raise ServerError(
                f"the server answered request {message.id}, which was not asked: the connection "
                "was closed; try again"
            )
        parts = self._parts.setdefault(message.id, [])
        parts.append(message.text)
        self._parts_chars += len(message.text)
        if self._parts_chars > MAX_REPLY_CHARS:
            self.close()
            raise ServerError(f"the server's answer is longer than {MAX_REPLY_CHARS} characters")
        if message.more:
            return None
        del self._parts[message.id]
        self._awaited.remove(message.id)
        text = "".join(parts)
        self._parts_chars -= len(text)
        return Reply(message.id, message.code, text)

    def _prove(self, timeout_s: float, clock: Clock) -> None:
        """Wait for the server's proof, before which it is told nothing."""
        deadline = clock() + timeout_s
        try:
            while self.welcome is None:
                self._wait("greeting", deadline, timeout_s, clock)
                if (messages := self._link.receive()) is None:
                    raise _gone("greeting")
                for message in messages:
                    self._first(message)
        except WireError as error:
            raise self._stranger() from error
        except ServerError:
            self.close()
            raise

    def _first(self, message: FromServer | Unreadable) -> None:
        """What a stranger says is not shown, nor kept."""
        if isinstance(message, Bye):
            raise ServerError("the server took this client for a stranger: try again")
        if not isinstance(message, Welcome):
            raise self._stranger()
        self._greeted(message)

    def _stranger(self) -> ServerError:
        self.close()
        port = self._address.port if self._address else 0
        return ServerError(
            f"what listens at port {port} is not your server: try again; if it stays, end your "
            "server, whose process and log `termlab doctor` names"
        )

    def _greeted(self, welcome: Welcome) -> None:
        if self._address is not None and not _same(welcome.proof, self._address.proof):
            raise self._stranger()
        self.welcome = welcome
        if welcome.protocol != PROTOCOL and not self._any_protocol:
            self.close()
            raise ServerError(
                f"the server (process {welcome.pid}) is termlab {welcome.version} with protocol "
                f"{welcome.protocol}, this is {VERSION} with {PROTOCOL}: use that version, or "
                "end the server and its sessions with `termlab kill-server`"
            )

    # Blocking

    def call(
        self,
        argv: tuple[str, ...],
        place: Place | None,
        timeout_s: float | None = ANSWER_S,
        clock: Clock = time.monotonic,
    ) -> tuple[int, str]:
        """Ask and wait for the answer: its exit code and text. None waits for ever.

        Raises ``ServerError``; `welcome` is None then if the server never came to the request.
        """
        deadline = None if timeout_s is None else clock() + timeout_s
        number = self.request(argv, place)
        while True:
            self._wait(argv[0], deadline, timeout_s, clock)
            for message in self._received(argv[0]):
                if isinstance(message, Reply) and message.id == number:
                    return message.code, message.text
                if isinstance(message, Bye) or (isinstance(message, Notice) and message.error):
                    raise ServerError(f"{argv[0]}: {message.text}")

    def listen(self, what: str) -> list[FromServer] | None:
        """What arrives next, however long that takes; None once the server has gone."""
        self._wait(what, None, None, time.monotonic)
        return self.receive()

    def wait_closed(self, timeout_s: float, clock: Clock = time.monotonic) -> None:
        """Until the server has closed the connection. Raises ``ServerError``."""
        deadline = clock() + timeout_s
        while not self._link.closed:
            self._wait("kill-server", deadline, timeout_s, clock)
            self.receive()

    def _received(self, what: str) -> list[FromServer]:
        messages = self.receive()
        if messages is None:
            raise _gone(what)
        return messages

    def _wait(
        self, what: str, deadline: float | None, timeout_s: float | None, clock: Clock
    ) -> None:
        """Until the socket has something, or takes something that waits."""
        self._link.flush()
        left = None if deadline is None else max(deadline - clock(), 0)
        if not _ready(self._link.socket, self.blocked, left):
            pid = f" (process {self.welcome.pid})" if self.welcome else ""
            self.close()
            raise ServerError(
                f"{what}: the server{pid} gave no answer in {timeout_s:g} s: it may be stopped "
                "or stuck; `termlab doctor` names its process and its log"
            )


def _same(one: str, other: str) -> bool:
    """In a time that tells nothing."""
    from hmac import compare_digest

    return compare_digest(one.encode(), other.encode())


def _gone(what: str) -> ServerError:
    return ServerError(
        f"{what}: the server went away before it answered: `termlab doctor` names its log"
    )


def _ready(stream: socket.socket, writing: bool, timeout_s: float | None) -> bool:
    """Whether something came, the end included, or there is room to write, in time."""
    if sys.platform == "win32":
        return any(select.select([stream], [stream] if writing else [], [], timeout_s))
    poll = select.poll()
    poll.register(stream, select.POLLIN | (select.POLLOUT if writing else 0))
    return bool(poll.poll(None if timeout_s is None else timeout_s * 1000))
