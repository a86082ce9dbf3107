"""`termlab batch`: commands from a file or stdin, one a line, without a process for each.

The answers are printed in the order of the lines, to stdout or, of what failed, to stderr with the
line's number. With ``-j`` so many are under way at a time on one connection, as long as their lines
name the same server (``-L NAME`` before the command); a line for another one waits for them.
Connections are kept, one for each server, and closed when no line needs them for a while.
"""

import os
import select
import shlex
import sys
import time
from collections.abc import Iterable, Iterator
from typing import IO, Final, NamedTuple

from termlab.cli.answer import print_text
from termlab.cli.ask import STARTS_PROGRAMS
from termlab.client.connection import Connection
from termlab.client.connections import Answered, Connections, Streams
from termlab.client.origin import origin
from termlab.client.start import begin
from termlab.commands.parse import parse
from termlab.commands.spelling import unknown_command
from termlab.commands.table import find
from termlab.errors import TermlabError, UsageError
from termlab.wire.address import socket_path
from termlab.wire.codec import MAX_FROM_CLIENT

MAX_JOBS: Final = 64
_READ_BYTES: Final = 64 * 1024


class Line(NamedTuple):
    """A command to perform, and where it stands."""

    number: int
    path: str
    words: tuple[str, ...]


def batch(path: str, words: list[str]) -> int:
    """Perform all lines: the exit code of the first that failed."""
    call = parse(words)
    jobs = call.number("jobs", 1)
    if not 1 <= jobs <= MAX_JOBS:
        raise UsageError(f"batch: {jobs} at a time can't be: give -j 1 to {MAX_JOBS}")
    pool = Connections(_connect)
    try:
        with _opened(call.text("file")) as file:
            lines = _lines(_texts(file.fileno(), pool), path)
            return _Run(path, pool, jobs, call.flag("keep_going")).all(lines)
    finally:
        pool.close()


def _connect(path: str) -> Connection:
    start = begin(path, start=False)
    return Connection(start.finish(), asks=True, address=start.address)


def _opened(file: str) -> IO[bytes]:
    try:
        return open(file or 0, "rb", buffering=0, closefd=bool(file))
    except OSError as error:
        raise UsageError(f"batch: {file} can't be read: {error.strerror}") from error


def _texts(fd: int, pool: Connections) -> Iterator[bytes]:
    """Each line as soon as it is there."""
    rest = b""
    while True:
        _await(fd, pool)
        if not (data := os.read(fd, _READ_BYTES)):
            break
        *whole, rest = (rest + data).split(b"\n")
        yield from whole
        if len(rest) > MAX_FROM_CLIENT:
            raise UsageError(f"batch: a line is longer than {MAX_FROM_CLIENT} bytes: cut it")
    if rest:
        yield rest


def _lines(texts: Iterable[bytes], path: str) -> Iterator[Line]:
    """Those with a command; ``#`` begins a comment. Raises ``UsageError`` for one that is none."""
    for number, text in enumerate(texts, 1):
        try:
            words = shlex.split(text.decode(), comments=True)
        except UnicodeDecodeError as error:
            raise UsageError(f"batch: line {number} is not UTF-8: save it as that") from error
        except ValueError as error:
            raise UsageError(f"batch: line {number}: check the quotes: {error}") from error
        if words:
            yield _line(number, words, path)


def _line(number: int, words: list[str], path: str) -> Line:
    if words[0] == "-L":
        if len(words) < 3:
            raise UsageError(f"batch: line {number}: -L needs a server's name and a command")
        path, words = socket_path(words[1], os.environ), words[2:]
    row = find(words[0])
    if row is None:
        raise UsageError(f"batch: line {number}: {unknown_command(words[0])}")
    if row.where != "server":
        raise UsageError(
            f"batch: line {number}: {row.name} does not run in the server: run it by itself"
        )
    return Line(number, path, tuple(words))


def _await(fd: int, pool: Connections) -> None:
    """Until there is more to read; connections that nobody needs meanwhile are closed."""
    if sys.platform == "win32":
        return  # only sockets can be waited for there: they are closed at the next line
    while (due := pool.deadline()) is not None:
        if select.select([fd], [], [], max(due - time.monotonic(), 0))[0]:
            return
        pool.expire()


class _Run:
    """One run through the lines."""

    def __init__(self, path: str, pool: Connections, jobs: int, keep_going: bool) -> None:
        self._pool = pool
        self._jobs = jobs
        self._keep_going = keep_going
        self._path = path
        self._streams: Streams | None = None
        self._done: dict[int, Answered] = {}  # by the line's number, not printed yet
        self._order: list[int] = []
        self.code = 0

    def all(self, lines: Iterator[Line]) -> int:
        try:
            for line in lines:
                self._begin(line)
                if self._failed:
                    break
            self._answered(0)
        except TermlabError as error:
            self.code = self.code or error.exit_code
            print(f"termlab: {error}", file=sys.stderr)
        return self.code

    @property
    def _failed(self) -> bool:
        return bool(self.code) and not self._keep_going

    def _begin(self, line: Line) -> None:
        """Have it under way, once there is room, and none is for another server."""
        if line.path != self._path:
            self._answered(0)
            if self._failed:
                return
        if not self._streams:
            self._path = line.path
            self._streams = Streams(self._pool.to(line.path))
        self._order.append(line.number)
        row = find(line.words[0])
        programs = row is not None and row.name in STARTS_PROGRAMS
        place = origin(line.path, os.environ, programs)
        self._streams.ask(line.number, line.words, place)
        self._answered(self._jobs - 1)

    def _answered(self, most: int) -> None:
        """Until at most so many are under way, or one has failed that is not to."""
        while self._streams is not None and len(self._streams) > most and not self._failed:
            self._answer(self._streams)

    def _answer(self, streams: Streams) -> None:
        """Take what is answered next, and print what is due by the order of the lines."""
        for answer in streams.answers("batch"):
            self._done[answer.key] = answer
        self._pool.used(self._path)
        while self._order and self._order[0] in self._done and not self._failed:
            self._print(self._done.pop(self._order.pop(0)))

    def _print(self, answer: Answered) -> None:
        if answer.code:
            self.code = self.code or answer.code
            print(f"termlab: line {answer.key}: {answer.text.rstrip()}", file=sys.stderr)
        else:
            print_text(answer.text)
