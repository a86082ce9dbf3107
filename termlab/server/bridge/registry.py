"""Which bridges there are: an ID is a locked name in the user's private runtime directory.

``bridge/id-ID.lock`` is held for life, so whether an ID is in use the kernel says, and one whose
bridge was killed is free at once. Beside it lies what the bridge listens at for `control`. Both go
with the bridge; those of killed ones when the next one starts. Claiming, letting go and looking
happen one at a time, behind a lock on the directory itself, so that no file is taken for one that
somebody removes just then.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Final, NamedTuple

from termlab.errors import ServerError, UsageError
from termlab.wire.address import MAX_PATH_BYTES, private_directory, runtime_directory
from termlab.wire.lockfile import acquire_within, life_lock, open_lock, sign, signer, try_acquire

DIRECTORY: Final = "bridge"
MAX_ID_CHARS: Final = 32
_ID: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
# Keeps an ID from being a name that means something to the system (Windows' NUL, for one).
_PREFIX: Final = "id-"
# Everybody holds it for some file operations; only one that was stopped there needs longer.
_GATE_S: Final = 5.0


class Claim(NamedTuple):
    """An ID that is ours: where to listen for it, and the lock that says so."""

    path: str
    lock: int

    def release(self) -> None:
        """Leave nothing behind. For the one who claimed it, once."""
        with _gate(os.path.dirname(self.path)):
            with suppress(OSError):
                os.unlink(self.path)
            if sys.platform == "win32":
                os.close(self.lock)  # an open file can't be removed there
            with suppress(OSError):
                os.unlink(life_lock(self.path))
            if sys.platform != "win32":
                os.close(self.lock)


def check_id(text: str) -> str:
    """``text`` if it can be an ID: never a path, never an option."""
    if len(text) > MAX_ID_CHARS or not _ID.fullmatch(text):
        raise UsageError(
            f"bridge: {text!r} can't be an ID: give up to {MAX_ID_CHARS} letters, digits, "
            "'_', '.' and '-', the first a letter, a digit or '_'"
        )
    return text


def path_of(bridge_id: str, environment: Mapping[str, str]) -> str:
    """Where a bridge of that ID listens, if there is one. Raises ``UsageError``."""
    name = _PREFIX + check_id(bridge_id)
    path = os.path.join(runtime_directory(environment), DIRECTORY, name)
    if len(os.fsencode(path)) > MAX_PATH_BYTES:
        raise UsageError(
            f"bridge: the socket {path!r} would be longer than {MAX_PATH_BYTES} bytes: give a "
            "shorter ID, or a shorter XDG_RUNTIME_DIR"
        )
    return path


def claim(bridge_id: str, environment: Mapping[str, str]) -> Claim:
    """Take an ID, and remove what killed bridges left. Raises ``UsageError`` if it is in use."""
    path = path_of(bridge_id, environment)
    directory = os.path.dirname(path)
    private_directory(os.path.dirname(directory))
    private_directory(directory)
    with _gate(directory):
        if sys.platform != "win32":
            _sweep(directory)
        lock = open_lock(life_lock(path))
        if not try_acquire(lock):
            holder = signer(lock)
            os.close(lock)
            raise UsageError(
                f"bridge: the ID {bridge_id!r} is in use by process {holder}: give another, or "
                "end that one first"
            )
        sign(lock)
    return Claim(path, lock)


@contextmanager
def looking(path: str) -> Iterator[bool]:
    """While nobody claims or lets go of an ID: whether something is there at ``path``."""
    if not os.path.lexists(path):
        yield False
        return
    private_directory(os.path.dirname(path))
    with _gate(os.path.dirname(path)):
        yield os.path.lexists(path)


@contextmanager
def _gate(directory: str) -> Iterator[None]:
    if sys.platform == "win32":
        gate = open_lock(os.path.join(directory, "gate"))
    else:
        gate = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if not try_acquire(gate) and not acquire_within(gate, _GATE_S):
            raise ServerError(
                f"bridge: another process holds {directory} for more than {_GATE_S:g} s: see which "
                "termlab is stopped there, and continue or end it"
            )
        yield
    finally:
        os.close(gate)


def _sweep(directory: str) -> None:
    """Remove what bridges left that were killed: their locks are free. (On Windows, where an open
    file can't be removed, it stays until its ID is used again.)"""
    for name in os.listdir(directory):
        if not (name.startswith(_PREFIX) and name.endswith(".lock")):
            continue
        path = os.path.join(directory, name)
        with suppress(OSError):  # what can't be looked at stays
            lock = open_lock(path)
            try:
                if try_acquire(lock):
                    _forget(path)
            finally:
                os.close(lock)


def _forget(lock_path: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(lock_path.removesuffix(".lock"))
    os.unlink(lock_path)
