"""The door for clients: a private Unix socket; who connects is checked before a word is read."""

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
from termlab.wire.address import peer_uid, private_directory
from termlab.wire.codec import from_client
from termlab.wire.link import Link
from termlab.wire.messages import FromClient

assert sys.platform != "win32"

BACKLOG: Final = 64
MAX_CLIENTS: Final = 256
RETRY_S: Final = 1.0


class Listener:
    """Accepts this user's connections and hands each on as a link."""

    def __init__(
        self,
        path: str,
        loop: Loop,
        journal: Journal,
        connected: Callable[[Link[FromClient]], None],
    ) -> None:
        self.path = path
        self._loop = loop
        self._journal = journal
        self._connected = connected
        self._links: set[Link[FromClient]] = set()
        self._socket = listen(path)
        self._inode = os.stat(path).st_ino
        loop.watch(self._socket.fileno(), self._accept)

    def _accept(self, events: int) -> None:
        try:
            stream, _ = self._socket.accept()
        except OSError as error:
            self._journal.note(f"a connection could not be accepted: {error}")
            # Out of descriptors, most likely: to try at once would be to spin.
            loop, fd = self._loop, self._socket.fileno()
            loop.want(fd, 0)
            loop.call_at(loop.now + RETRY_S, lambda: loop.want(fd, READ))
            return
        self._links = {link for link in self._links if not link.closed}
        try:
            uid = peer_uid(stream)
        except ServerError as error:
            self._journal.note(str(error))
            stream.close()
            return
        if uid != os.getuid() or len(self._links) >= MAX_CLIENTS:
            self._journal.note(f"refused a connection of uid {uid}, {len(self._links)} are open")
            stream.close()
            return
        link = Link(stream, from_client())
        self._links.add(link)
        self._connected(link)

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


def _remove_old(path: str) -> None:
    """Only ever a socket: a mistaken path must not cost somebody a file."""
    if not os.path.lexists(path):
        return
    if not stat.S_ISSOCK(os.lstat(path).st_mode):
        raise ServerError(
            f"no server can listen at {path}: there is a file that is no socket; remove it, or "
            "choose another path with -L or TERMLAB_SOCKET"
        )
    with contextlib.suppress(OSError):  # if it stays, binding says so
        os.unlink(path)
