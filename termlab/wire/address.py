"""Where a server listens: the socket's path from a name, its private directory, who may connect.

``TERMLAB_SOCKET`` or ``-L`` gives a name ("work") or, with a slash in it, a whole path. Names live
in ``$XDG_RUNTIME_DIR/termlab``, else ``/tmp/termlab-UID``, a directory of mode 0700 that must be
the user's own; on Windows in ``%LOCALAPPDATA%\\termlab\\run``: a profile is its user's alone.

A server listens there on a Unix socket, or, on Windows and where ``TERMLAB_WIRE=tcp``, over TCP
with a private file at that path (`wire.loopback`). Clients look at what lies there: the variable is
for whoever starts a server.

A client starts its server with this alone: no `typing`, `socket` or `contextlib`, 10 ms together.
"""

import os
import stat
import sys

from termlab.errors import ServerError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

DEFAULT_NAME = "default"
# sun_path holds 108 bytes on Linux and 104 on macOS, its final NUL included; Windows has paths of
# 260 characters, some of which the files beside this one add.
MAX_PATH_BYTES = 240 if sys.platform == "win32" else 103

# A starting server's last word to the client that waits for it: it listens; another one does that
# already; or, with the reason behind it, it can't.
READY = "ok"
OTHER = "running"
FAILED = "failed: "


def user_id() -> int:
    """The user's uid; 0 where there are none."""
    if sys.platform == "win32":
        return 0
    return os.getuid()


def runtime_directory(environment: "Mapping[str, str]") -> str:
    """The directory of all sockets of this user."""
    if sys.platform == "win32":
        return os.path.join(local_data(environment), "run")
    base = environment.get("XDG_RUNTIME_DIR", "")
    if base and os.path.isdir(base):
        return os.path.join(base, "termlab")
    return f"/tmp/termlab-{user_id()}"


def state_directory(environment: "Mapping[str, str]") -> str:
    """Where this user's logs and the like are kept."""
    if sys.platform == "win32":
        return local_data(environment)
    state = environment.get("XDG_STATE_HOME") or os.path.join(
        environment.get("HOME", "/"), ".local", "state"
    )
    return os.path.join(state, "termlab")


def local_data(environment: "Mapping[str, str]") -> str:
    """On Windows: the directory for what termlab keeps on this machine."""
    base = environment.get("LOCALAPPDATA") or os.path.join(
        environment.get("USERPROFILE") or os.path.expanduser("~"), "AppData", "Local"
    )
    return os.path.join(base, "termlab")


def wire(environment: "Mapping[str, str]") -> str:
    """Whether a server started here listens on "unix" or "tcp"; ``UsageError`` if on neither."""
    native = "tcp" if sys.platform == "win32" else "unix"
    chosen = environment.get("TERMLAB_WIRE") or native
    if chosen not in ("tcp", native):
        raise UsageError(
            f"TERMLAB_WIRE is {chosen!r}: leave it unset, or set it to tcp"
            + ("" if native == "tcp" else " or unix")
        )
    return chosen


def socket_path(name: str | None, environment: "Mapping[str, str]") -> str:
    """The path for ``-L NAME``, else ``TERMLAB_SOCKET``, else inside a pane its own server's,
    else the default's. Raises ``UsageError`` if no socket can have that path."""
    name = name or environment.get("TERMLAB_SOCKET") or environment.get("TERMLAB") or DEFAULT_NAME
    if "/" in name or (sys.platform == "win32" and ("\\" in name or ":" in name)):
        path = os.path.abspath(name)
    else:
        path = os.path.join(runtime_directory(environment), name)
    if "\0" in path or len(os.fsencode(path)) > MAX_PATH_BYTES:
        raise UsageError(
            f"the socket {path!r} can't be: give a name or path of at most "
            f"{MAX_PATH_BYTES} bytes with -L or TERMLAB_SOCKET"
        )
    return path


def private_directory(path: str) -> str:
    """Make ``path`` with mode 0700, or check that it is the user's own and nobody else's.

    Raises ``ServerError``: a directory others can write to would let them be our server. On
    Windows it must lie in the user's profile, whose rights it inherits.
    """
    try:
        os.makedirs(os.path.dirname(path) or "/", exist_ok=True)
        if not os.path.lexists(path):
            _make(path)
        info = os.lstat(path)
    except OSError as error:
        raise ServerError(f"the directory {path} can't be made: {error.strerror}") from error
    if not stat.S_ISDIR(info.st_mode):
        raise ServerError(f"{path} is not a directory: remove it, or choose a socket with -L")
    if sys.platform == "win32":
        if not in_profile(path, os.environ):
            raise ServerError(
                f"{path} is not in your profile, so others may read it: choose a name, or a path "
                "in your profile, with -L or TERMLAB_SOCKET"
            )
        return path
    if info.st_uid != user_id() or info.st_mode & 0o077:
        raise ServerError(
            f"{path} must belong to you alone (mode 0700): remove it or run "
            f"`chmod 700 {path}`, or choose a socket with -L"
        )
    return path


def in_profile(path: str, environment: "Mapping[str, str]") -> bool:
    """Whether ``path`` really lies, links and junctions followed, where Windows keeps what is the
    user's alone."""
    real = os.path.normcase(os.path.realpath(path))
    for name in ("LOCALAPPDATA", "USERPROFILE"):
        if environment.get(name):
            home = os.path.normcase(os.path.realpath(environment[name]))
            if real.startswith(home.rstrip(os.sep) + os.sep):
                return True
    return False


def _make(path: str) -> None:
    try:
        os.mkdir(path, 0o700)
    except FileExistsError:
        return  # by another client, just now


def peer_uid(stream: "socket.socket") -> int:
    """The uid at the other end of a Unix socket, as the kernel says. Raises ``ServerError``."""
    import socket
    import struct

    try:
        if sys.platform == "linux":
            data = stream.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
            return int(struct.unpack("3i", data)[1])
        if sys.platform == "darwin":
            # struct xucred of sys/ucred.h: version, uid, …; level 0 is SOL_LOCAL, 1 LOCAL_PEERCRED.
            return int(struct.unpack_from("2I", stream.getsockopt(0, 1, 76))[1])
    except OSError as error:
        raise ServerError(f"the user of a connection can't be told: {error.strerror}") from error
    raise ServerError(f"the user of a connection can't be told on {sys.platform}")


def peer_pid(fd: int) -> int:
    """The process at the other end of the Unix socket ``fd``, as the kernel says; 0 where it does
    not, as of a connection over TCP. Of a process that has gone the number may be another's."""
    import socket
    import struct

    if sys.platform == "linux":
        try:
            with socket.socket(fileno=os.dup(fd)) as stream:
                data = stream.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
                return int(struct.unpack("3i", data)[0])
        except OSError:
            return 0
    return 0
