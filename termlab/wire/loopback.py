"""The wire over TCP on 127.0.0.1: on Windows, which has no Unix sockets for Python; elsewhere where
``TERMLAB_WIRE=tcp`` says so, which does what Windows does.

Anybody on the machine can connect to a port, and listen at one that has become free. So at the
path of the socket lies a private file with the port and two secrets. A client sends the *token*
with its `Hello`, before which the server hears nothing; the server answers with the *proof* in its
`Welcome`, before which the client says nothing else. Both are new with each server.

A file may outlive its server, which was killed, and the port be somebody else's now. The file is
not believed then, for the server's lock is free. Should a stranger be reached even so, in the
moment when the next server has the lock and not yet replaced the file, it learns a token that
nobody takes any more, and no command, key or environment; nothing it says is shown.
"""

import os
import stat
import sys
from typing import Final, NamedTuple

from termlab.errors import ServerError
from termlab.wire.address import private_directory, user_id
from termlab.wire.lockfile import is_free, life_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    import socket

HOST: Final = "127.0.0.1"
SECRET_BYTES: Final = 32
BACKLOG: Final = 64
# A listening server's kernel answers at once, unless that many wait that nobody accepts.
CONNECT_S: Final = 5.0
# The first words of the file: only what says so is ever taken for one, or replaced.
_MAGIC: Final = "termlab-tcp 1"
_MAX_BYTES: Final = 256


class Address(NamedTuple):
    """Where a server listens, and what proves each side to the other."""

    port: int
    token: str
    proof: str


def read_address(path: str) -> Address | None:
    """What the file at ``path`` says; None if there is none.

    Raises ``ServerError`` for one that others could have written or read, or that says something
    else.
    """
    if os.path.islink(path):
        raise ServerError(
            f"no server can be at {path}: it is a symlink; remove it, or choose another path with "
            "-L or TERMLAB_SOCKET"
        )
    try:
        fd = os.open(path, os.O_RDONLY | _flags())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ServerError(
            f"the address of the server at {path} can't be read: {error.strerror}; remove it, or "
            "choose another path with -L or TERMLAB_SOCKET"
        ) from error
    try:
        info = os.fstat(fd)
        text = os.read(fd, _MAX_BYTES + 1) if stat.S_ISREG(info.st_mode) else b""
    finally:
        os.close(fd)
    if (address := _parsed(text)) is None:
        raise ServerError(
            f"no server can be at {path}: there is a file that is no socket and no address of a "
            "server; remove it, or choose another path with -L or TERMLAB_SOCKET"
        )
    _check_private(path, info)
    return address


def connect(path: str) -> tuple[int, Address] | None:
    """A connection's descriptor, and whose it is; None if no server lives there.

    Raises ``ServerError``.
    """
    import _socket

    if (address := read_address(path)) is None or is_free(life_lock(path)):
        return None
    stream = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
    try:
        stream.settimeout(CONNECT_S)
        stream.connect((HOST, address.port))
        stream.settimeout(None)
        # A key is a few bytes, and must not wait for more of them.
        stream.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
    except ConnectionRefusedError:
        stream.close()
        return None
    except OSError as error:
        stream.close()
        raise ServerError(
            f"the server at {path} can't be reached at {HOST}:{address.port}: "
            f"{error.strerror or error}; `termlab doctor` names its process and its log"
        ) from error
    return stream.detach(), address


def listen(path: str) -> "tuple[socket.socket, Address]":
    """Listen at a free port, and write it and fresh secrets to ``path``.

    The caller holds the lock of this path and has removed what lay there. Raises ``ServerError``.
    """
    import socket

    private_directory(os.path.dirname(path))
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            # Elsewhere a port that is listened at is nobody else's; there it must be asked for.
            server.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        server.bind((HOST, 0))
        server.listen(BACKLOG)
        server.setblocking(False)
        address = Address(server.getsockname()[1], _secret(), _secret())
        _write(path, address)
    except OSError as error:
        server.close()
        raise ServerError(
            f"no server can listen at {HOST} with its address in {path}: {error.strerror}"
        ) from error
    return server, address


def _secret() -> str:
    return os.urandom(SECRET_BYTES).hex()


def _write(path: str, address: Address) -> None:
    """Whole or not at all."""
    new = f"{path}.new"
    if os.path.lexists(new):
        os.unlink(new)  # of a server that was killed just then: ours is the lock
    fd = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _flags(), 0o600)
    try:
        os.write(fd, f"{_MAGIC} {address.port} {address.token} {address.proof}\n".encode())
    finally:
        os.close(fd)
    os.replace(new, path)


def _check_private(path: str, info: os.stat_result) -> None:
    # On Windows these say nothing; there the directory is in the user's profile.
    if sys.platform != "win32" and (info.st_uid != user_id() or info.st_mode & 0o077):
        raise ServerError(
            f"{path} must belong to you alone (mode 0600), for it holds the secret of your "
            f"server: run `chmod 600 {path}`, or remove it"
        )


def _parsed(text: bytes) -> Address | None:
    words = text.decode("ascii", "replace").removesuffix("\n").split(" ")
    if len(words) != 5 or " ".join(words[:2]) != _MAGIC or len(text) > _MAX_BYTES:
        return None
    port, token, proof = words[2:]
    whole = len(token) == len(proof) == 2 * SECRET_BYTES
    if not whole or not port.isdecimal() or not 0 < int(port) < 1 << 16:
        return None
    return Address(int(port), token, proof)


def _flags() -> int:
    """Never inherited, never through a symlink, never waiting for the other end of a pipe."""
    if sys.platform == "win32":
        return os.O_BINARY | os.O_NOINHERIT
    return os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
