"""The server's log: one line for an event, the traceback for a failure, in the state directory.

Written straight to a descriptor: `logging` would cost 8 ms of every cold start.
"""

import os
import sys
import time
from collections.abc import Mapping
from typing import Final

from termlab.wire.address import local_data, state_directory

# A log that grew past this is put aside when a server starts; one old one is kept.
MAX_BYTES: Final = 1 << 20
# A handler that fails for every byte of a flood must not fill the disk.
MAX_LINES: Final = 10_000


class Journal:
    """Opened once, for the server's life."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._lines = 0
        self._strangers = 0
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        if os.path.exists(path) and os.path.getsize(path) > MAX_BYTES:
            os.replace(path, f"{path}.old")
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        if sys.platform == "win32":
            flags |= os.O_BINARY | os.O_NOINHERIT
        else:
            flags |= os.O_NOFOLLOW | os.O_CLOEXEC
        self._fd = os.open(path, flags, 0o600)

    def fileno(self) -> int:
        return self._fd

    def note(self, text: str) -> None:
        """One line with the time."""
        self._lines += 1
        if self._lines > MAX_LINES:
            return
        if self._lines == MAX_LINES:
            text = "more lines than a log is for: nothing more is written"
        stamp = time.strftime("%Y-%m-%d %H:%M:%S")
        os.write(self._fd, f"{stamp} [{os.getpid()}] {text}\n".encode("utf-8", "backslashreplace"))

    def stranger(self, text: str) -> None:
        """Of a connection that did not prove whose it is: over TCP anybody on the machine can make
        them without end, so ever fewer are noted."""
        self._strangers += 1
        if self._strangers.bit_count() == 1:
            self.note(f"{text} ({self._strangers} such so far)")

    def failure(self, what: str, error: BaseException) -> None:
        """An unexpected error, with what was going on."""
        try:
            import traceback  # 2 ms, which a start without failures need not wait for

            told = "".join(traceback.format_exception(error))
        except OSError:  # a module is a file, and this process may open no more
            told = repr(error)
        self.note(f"{what} failed:\n{told}")


def journal_path(name: str, environment: Mapping[str, str]) -> str:
    """Where the server called ``name`` logs."""
    if sys.platform == "win32":
        return os.path.join(local_data(environment), "log", f"{os.path.basename(name)}.log")
    return os.path.join(state_directory(environment), f"{os.path.basename(name)}.log")
