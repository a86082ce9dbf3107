"""The commands typed into the command prompt, oldest first: a private file all clients share.

One line each, appended with a single write, so that clients never tear each other's lines; each
reads it when its prompt opens. Where the file can't be read or written the history lasts as long as
the client. Bounded: `MAX_LINES` are kept, and a file that has grown well beyond them is written
anew, under a lock that appending takes as well.
"""

import contextlib
import os
import sys
from collections.abc import Iterator, Mapping
from typing import Final

from termlab.client.line_editor import MAX_CHARS, shown
from termlab.wire.address import state_directory

NAME: Final = "command-history"
MAX_LINES: Final = 500
# Beyond this it is cut to its newest lines: 500 of the longest lines that people type fit well.
MAX_BYTES: Final = 128 * 1024


class PromptHistory:
    """``path`` "" keeps it in memory alone."""

    def __init__(self, path: str = "") -> None:
        self._path = path
        self._own: list[str] = []  # what the file did not take

    def lines(self) -> list[str]:
        """Everything kept, the newest last; no line twice in a row."""
        return [*self._read(), *self._own][-MAX_LINES:]

    def add(self, line: str) -> None:
        """Keep a line, unless it is the newest already or begins with a blank, as in a shell."""
        line = shown(line)[:MAX_CHARS]
        if not line.strip() or line.startswith(" ") or self.lines()[-1:] == [line]:
            return
        if not self._path or not self._append(line):
            self._own = [*self._own, line][-MAX_LINES:]

    def _read(self) -> list[str]:
        if not self._path:
            return []
        try:
            with _opened(self._path, os.O_RDONLY) as file:
                size = os.fstat(file).st_size
                os.lseek(file, max(size - MAX_BYTES, 0), os.SEEK_SET)
                data = os.read(file, MAX_BYTES)
        except OSError:
            return []
        text = data.decode("utf-8", "replace")
        if size > MAX_BYTES:
            text = text.partition("\n")[2]  # the first is cut
        return [line for each in text.split("\n") if (line := shown(each)[:MAX_CHARS])]

    def _append(self, line: str) -> bool:
        """Whether the file took the line."""
        try:
            os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
            with _opened(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND) as file:
                locked = _lock(file)
                os.write(file, f"{line}\n".encode("utf-8", "replace"))
                if locked and os.fstat(file).st_size > 2 * MAX_BYTES:
                    kept = "".join(f"{each}\n" for each in self._read()[-MAX_LINES:])
                    os.ftruncate(file, 0)
                    os.write(file, kept.encode("utf-8", "replace"))
        except OSError:
            return False
        return True


def history_of(environment: Mapping[str, str]) -> PromptHistory:
    """The user's."""
    return PromptHistory(os.path.join(state_directory(environment), NAME))


@contextlib.contextmanager
def _opened(path: str, flags: int) -> Iterator[int]:
    """The file's descriptor: never through a link, and never one that opening would wait for."""
    if sys.platform == "win32":
        flags |= os.O_BINARY | os.O_NOINHERIT
    else:
        flags |= os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    file = os.open(path, flags, 0o600)
    try:
        yield file
    finally:
        os.close(file)


def _lock(file: int) -> bool:
    """Have the file to ourselves, unless somebody has it just now: a key's turn must not wait."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
