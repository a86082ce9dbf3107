"""Lock files: one process holds one, and lets go of it by ending, whatever the way.

A server holds ``SOCKET.lock`` for life, so whether one lives the kernel says. The file stays; its
text names the process that had it last. ``flock`` on POSIX, on Windows one byte of the file far
behind its text, which stays readable so.
"""

import os
import sys

from termlab.wire.address import private_directory

# Windows alone: where the byte is, and how often a lock that is taken is asked for again. Nothing
# there wakes whoever waits; only servers that start at the same moment do.
_BYTE_AT = 1 << 20
_RETRY_S = 0.02


def life_lock(path: str) -> str:
    """The file whose lock a server at ``path`` holds for life."""
    return f"{path}.lock"


def open_lock(path: str) -> int:
    """The descriptor of a lock file, made if it is not there."""
    private_directory(os.path.dirname(path))
    return os.open(path, os.O_RDWR | os.O_CREAT | _flags(), 0o600)


def try_acquire(lock: int) -> bool:
    """Take the lock unless somebody else has it."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(lock, _BYTE_AT, os.SEEK_SET)
        try:
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
    return _flock(lock, shared=False)


def acquire(lock: int) -> None:
    """Take the lock, waiting as long as it takes."""
    if sys.platform == "win32":
        import time

        while not try_acquire(lock):
            time.sleep(_RETRY_S)
        return
    import fcntl

    fcntl.flock(lock, fcntl.LOCK_EX)


def acquire_within(lock: int, seconds: float) -> bool:
    """Take the lock as soon as it is free, unless that takes too long. In the main thread only."""
    if sys.platform == "win32":
        import time

        deadline = time.monotonic() + seconds
        while not (taken := try_acquire(lock)) and time.monotonic() < deadline:
            time.sleep(_RETRY_S)
        return taken
    import signal

    def expired(number: int, frame: object) -> None:
        raise TimeoutError

    old = signal.signal(signal.SIGALRM, expired)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        acquire(lock)
    except TimeoutError:
        return False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
    return True


def is_free(path: str) -> bool:
    """Whether a lock file is there and nobody holds it. Takes the lock for that moment; a server
    that starts just then waits for it."""
    try:
        lock = os.open(path, os.O_RDWR | _flags())
    except OSError:
        return False
    try:
        if sys.platform != "win32":
            return _flock(lock, shared=True)
        import msvcrt

        if free := try_acquire(lock):
            # At once: closing lets go of it only in Windows' own time.
            os.lseek(lock, _BYTE_AT, os.SEEK_SET)
            msvcrt.locking(lock, msvcrt.LK_UNLCK, 1)
        return free
    finally:
        os.close(lock)


def sign(lock: int) -> None:
    """Write this process's number into a lock it holds."""
    os.ftruncate(lock, 0)
    os.lseek(lock, 0, os.SEEK_SET)
    os.write(lock, f"{os.getpid()}\n".encode())


def signer(lock: int) -> str:
    """The process that had the lock last; "?" if none ever wrote its number."""
    os.lseek(lock, 0, os.SEEK_SET)
    return os.read(lock, 32).decode("ascii", "replace").strip() or "?"


def _flock(lock: int, shared: bool) -> bool:
    if sys.platform == "win32":
        raise NotImplementedError("there is no flock on Windows")
    import fcntl

    try:
        fcntl.flock(lock, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _flags() -> int:
    """Never inherited, never through a symlink, and on Windows no text mode."""
    if sys.platform == "win32":
        return os.O_BINARY | os.O_NOINHERIT
    return os.O_CLOEXEC | os.O_NOFOLLOW
