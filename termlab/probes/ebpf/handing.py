"""How the programs get into the hands of a server that may not load them itself.

A privileged helper, which a person starts through sudo, listens on an abstract socket whose name
has that person's number. It reads nothing: who connects and is that person gets three maps and what
keeps the programs attached, as descriptors; they go when the last of these is closed. Both sides
ask the kernel who the other is: a stranger gets nothing, and is not believed.
"""

import os
import socket
import struct
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Final

from termlab.probes.ebpf.map_layout import Maps
from termlab.probes.ebpf.tracer import Tracer

assert sys.platform == "linux" or sys.platform == "darwin"

# The maps' layout: a server and a helper of different ones don't understand each other.
GREETING: Final = b"termlab probes 1"
LINKS: Final = 5
_MAPS: Final = len(Maps._fields)
_ANSWER_S: Final = 2.0
_ROOT: Final = 0
_CREDENTIALS: Final = struct.Struct("=iII")

Load = Callable[[], tuple[Maps, tuple[int, ...]]]


def address(uid: int) -> str:
    """Where the helper for a user listens: in no directory, so nobody can put anything there."""
    return f"\0termlab-probes-{uid}"


def peer_uid(connection: socket.socket) -> int:
    """Who is at the other end, by the kernel's word."""
    if sys.platform != "linux":
        raise OSError("this system does not tell who is at the other end")
    packed = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    return int(_CREDENTIALS.unpack(packed)[1])


def listen(uid: int) -> socket.socket:
    """The helper's socket for a user. Raises ``OSError`` where there is one already."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        listener.bind(address(uid))
        listener.listen(8)
    except OSError:
        listener.close()
        raise
    return listener


def serve_one(listener: socket.socket, uid: int, load: Load) -> str:
    """Wait for one who connects and hand over: in words, what came of it. Raises as ``load``."""
    connection, _ = listener.accept()
    with connection:
        who = peer_uid(connection)
        if who != uid:
            return f"user {who} was refused: this helper serves user {uid} only"
        connection.settimeout(_ANSWER_S)
        maps, links = load()
        try:
            socket.send_fds(connection, [GREETING], [*maps, *links])
        except OSError as error:
            return f"a server went away: {error.strerror}"
        finally:
            for fd in (*maps, *links):
                os.close(fd)
    return "a server has the programs"


def ask(uid: int, helpers_uid: int = _ROOT) -> Tracer:
    """A tracer of the helper's for this user. Raises ``OSError`` where none listens, and
    ``LookupError`` where what answers is no helper."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:
        connection.settimeout(_ANSWER_S)
        connection.connect(address(uid))
        if peer_uid(connection) != helpers_uid:
            raise LookupError("what listens in the probe helper's place is not root's: not used")
        # A program that another thread starts at this moment must not get them.
        flags = getattr(socket, "MSG_CMSG_CLOEXEC", 0)
        greeting, fds, _, _ = socket.recv_fds(connection, len(GREETING) + 1, _MAPS + LINKS, flags)
    return _adopted(greeting, fds)


def _adopted(greeting: bytes, fds: Sequence[int]) -> Tracer:
    with ExitStack() as made:
        for fd in fds:
            made.callback(os.close, fd)
            os.set_inheritable(fd, False)
        if not greeting:
            raise LookupError("the probe helper could not load its programs: see what it says")
        if greeting != GREETING or len(fds) != _MAPS + LINKS:
            raise LookupError(
                "the probe helper is of another version of termlab: end it and start this one's"
            )
        made.pop_all()
    return Tracer(Maps(*fds[:_MAPS]), tuple(fds[_MAPS:]))
