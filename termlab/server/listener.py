"""The door for clients: who connects is checked before a word is heard.

On a private Unix socket the kernel says whose a connection is; over TCP its greeting must prove it
(`wire.loopback`), and those that have not yet are few: for one more the oldest goes, so that none
can keep the user's own out by saying nothing.

Out of descriptors, those that wait to be accepted wait on: it is tried again once a second, and
nothing turns meanwhile.
"""

import contextlib
import os
import socket
import stat
import sys
from collections.abc import Callable
from typing import Final, NamedTuple

from termlab.errors import ServerError, WireError
from termlab.server.journal import Journal
from termlab.server.loop import Loop, Timer
from termlab.server.poller import READ
from termlab.wire.address import peer_uid, private_directory, user_id
from termlab.wire.codec import from_client
from termlab.wire.link import Link
from termlab.wire.messages import Bye, FromClient

TYPE_CHECKING = False
if TYPE_CHECKING:
    from termlab.wire.loopback import Address

# Connections of one moment; the kernel takes no more than its own limit. A client finds no room in
# it only where a thousand come at once.
BACKLOG: Final = 1024
MAX_CLIENTS: Final = 4096
# In one turn: those that are open are served in between.
ACCEPTED_AT_ONCE: Final = 16
# Over TCP, those that have not proven whose they are. Each may hold one message of 1 MiB.
MAX_STRANGERS: Final = 16
RETRY_S: Final = 1.0


class ListenerStats(NamedTuple):
    """``open`` now; since the start ``accepted``, ``refused`` of those, and how often a connection
    ``failed`` to be accepted, as when descriptors run out."""

    open: int
    accepted: int
    refused: int
    failed: int


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
        self._retry: Timer | None = None
        self._accepted = self._refused = self._failed = 0
        self._look_again_at = ACCEPTED_AT_ONCE  # so many links: closed ones are forgotten
        self._address: Address | None = None
        if tcp:
            self._socket, self._address = listen_tcp(path)
        else:
            self._socket = listen(path)
        try:
            self._inode = os.stat(path).st_ino
            loop.watch(self._socket.fileno(), self._accept)
        except BaseException:
            self._socket.close()
            _remove_old(path)
            raise

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
        for _ in range(ACCEPTED_AT_ONCE):
            try:
                stream, _ = self._socket.accept()
            except (BlockingIOError, ConnectionError):
                return  # it has gone again
            except OSError as error:
                self._wait(error)
                return
            self._accepted += 1
            self._forget_closed()
            if why := self._refusal(stream):
                self._refused += 1
                self._journal.stranger(f"refused a connection: {why}")
                stream.close()
            elif len(self._links) >= MAX_CLIENTS:
                self._refuse(Link(stream, from_client()))
            else:
                self._take(Link(stream, from_client()))

    def _take(self, link: Link[FromClient]) -> None:
        if self._address is not None:
            self._add_stranger(link)
        self._links.add(link)
        self._connected(link)

    def _wait(self, error: OSError) -> None:
        """Out of descriptors, most likely: to try at once would be to spin."""
        self._failed += 1
        self._journal.stranger(f"a connection could not be accepted: {error}")
        loop, fd = self._loop, self._socket.fileno()
        loop.want(fd, 0)
        self._retry = loop.call_at(loop.now + RETRY_S, lambda: loop.want(fd, READ))

    def _forget_closed(self) -> None:
        """Not for each that comes: of a thousand at once that would be a million looks."""
        if len(self._links) >= min(self._look_again_at, MAX_CLIENTS):
            self._links = {link for link in self._links if not link.closed}
            self._look_again_at = 2 * len(self._links) + ACCEPTED_AT_ONCE

    def _refuse(self, link: Link[FromClient]) -> None:
        """One too many; it is told."""
        self._refused += 1
        why = f"{len(self._links)} connections are open, as many as it takes"
        self._journal.stranger(f"refused a connection: {why}")
        said = f"the server refuses the connection: {why}; end some of them"
        with contextlib.suppress(WireError):
            link.send(Bye(said, ServerError.exit_code))
        link.close()

    def _refusal(self, stream: socket.socket) -> str:
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

    def stats(self) -> ListenerStats:
        self._links = {link for link in self._links if not link.closed}
        return ListenerStats(len(self._links), self._accepted, self._refused, self._failed)

    def close(self) -> None:
        """Take no more connections; the path goes, unless another server has it by now."""
        if self._retry is not None:
            self._retry.cancel()
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
    try:
        with contextlib.ExitStack() as made:
            server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            made.callback(server.close)
            server.bind(path)
            made.callback(_remove_old, path)
            os.chmod(path, 0o600)
            server.listen(BACKLOG)
            server.setblocking(False)
            made.pop_all()
    except OSError as error:
        raise ServerError(f"no server can listen at {path}: {error.strerror}") from error
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
