"""The door for clients: who connects is checked before a word is heard.

On a private Unix socket the kernel says whose a connection is; over TCP its greeting must prove it
(`wire.loopback`), and those that have not yet are few: for one more the oldest goes, so that none
can keep the user's own out by saying nothing.
"""

import contextlib
import os
import socket
import stat
import sys
from collections.abc import Callable
from typing import Final

from termlab.errors import ServerError
from termlab.server.journal import Journal
from termlab.server.loop import Loop
from termlab.server.poller import READ
from termlab.wire.address import peer_uid, private_directory, user_id
from termlab.wire.codec import from_client
from termlab.wire.link import Link
from termlab.wire.messages import FromClient

TYPE_CHECKING = False
if TYPE_CHECKING:
    from termlab.wire.loopback import Address

BACKLOG: Final = 64
MAX_CLIENTS: Final = 256
# Over TCP, those that have not proven whose they are. Each may hold one message of 1 MiB.
MAX_STRANGERS: Final = 16
RETRY_S: Final = 1.0


class Listener:
    """Accepts this user's connections and hands each on as a link."""

    def __init__(
        self,
        path: str,
        loop: Loop,
        journal: Journal,
        connected: Callable[[Link[FromClient]], None],
        tcp: bool = False,
    ) -> None:
        self.path = path
        self._loop = loop
        self._journal = journal
        self._connected = connected
        self._links: set[Link[FromClient]] = set()
        self._strangers: list[Link[FromClient]] = []
        self._address: Address | None = None
        if tcp:
            self._socket, self._address = listen_tcp(path)
        else:
            self._socket = listen(path)
        self._inode = os.stat(path).st_ino
        loop.watch(self._socket.fileno(), self._accept)

    def admit(self, link: Link[FromClient], token: str) -> str | None:
        """The proof for a client with the right token; None if it has not. Nothing is asked of one
        on a Unix socket."""
        if self._address is None:
            return ""
        from hmac import compare_digest

        if not compare_digest(token.encode(), self._address.token.encode()):
            return None
        if link in self._strangers:
            self._strangers.remove(link)
        return self._address.proof

    def _accept(self, events: int) -> None:
        try:
            stream, _ = self._socket.accept()
        except (BlockingIOError, ConnectionError):
            return  # it has gone again
        except OSError as error:
            self._journal.note(f"a connection could not be accepted: {error}")
            # Out of descriptors, most likely: to try at once would be to spin.
            loop, fd = self._loop, self._socket.fileno()
            loop.want(fd, 0)
            loop.call_at(loop.now + RETRY_S, lambda: loop.want(fd, READ))
            return
        self._links = {link for link in self._links if not link.closed}
        if why := self._refusal(stream):
            self._journal.stranger(f"refused a connection: {why}")
            stream.close()
            return
        link = Link(stream, from_client())
        if self._address is not None:
            self._add_stranger(link)
        self._links.add(link)
        self._connected(link)

    def _refusal(self, stream: socket.socket) -> str:
        if len(self._links) >= MAX_CLIENTS:
            return f"{len(self._links)} are open"
        if self._address is not None:
            return ""
        try:
            uid = peer_uid(stream)
        except ServerError as error:
            return str(error)
        return "" if uid == user_id() else f"it is of uid {uid}"

    def _add_stranger(self, link: Link[FromClient]) -> None:
        with contextlib.suppress(OSError):  # where it has gone already
            # A frame is written whole, and must not wait for the next.
            link.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._strangers = [each for each in self._strangers if not each.closed]
        if len(self._strangers) >= MAX_STRANGERS:
            self._journal.stranger(f"connection closed: {MAX_STRANGERS} have not greeted yet")
            self._strangers.pop(0).close()
        self._strangers.append(link)

    def close(self) -> None:
        """Take no more connections; the path goes, unless another server has it by now."""
        self._loop.unwatch(self._socket.fileno())
        self._socket.close()
        try:
            if os.stat(self.path).st_ino == self._inode:
                os.unlink(self.path)
        except OSError:
            pass  # somebody cleaned up before us
        for link in self._links:
            if not link.closed:
                link.flush()
                link.close()


def listen(path: str) -> socket.socket:
    """A listening socket at ``path`` with mode 0600; what was left there by a dead server goes.

    The caller holds the lock of this path. Raises ``ServerError``.
    """
    if sys.platform == "win32":
        raise ServerError("Python has no Unix sockets on Windows: listen over TCP")
    private_directory(os.path.dirname(path))
    _remove_old(path)
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        server.bind(path)
        os.chmod(path, 0o600)
        server.listen(BACKLOG)
    except OSError as error:
        server.close()
        raise ServerError(f"no server can listen at {path}: {error.strerror}") from error
    server.setblocking(False)
    return server


def listen_tcp(path: str) -> "tuple[socket.socket, Address]":
    """A socket that listens on this machine's own network, its address in a file at ``path``; what
    was left there by a dead server goes.

    The caller holds the lock of this path. Raises ``ServerError``.
    """
    from termlab.wire import loopback

    private_directory(os.path.dirname(path))
    _remove_old(path)
    return loopback.listen(path)


def _remove_old(path: str) -> None:
    """Only ever a socket or the address of a server: a mistaken path must not cost somebody a
    file."""
    if not os.path.lexists(path):
        return
    if not stat.S_ISSOCK(os.lstat(path).st_mode):
        from termlab.wire.loopback import read_address

        read_address(path)
    with contextlib.suppress(OSError):  # if it stays, listening says so
        os.unlink(path)
