"""Recordings played as if they were children: output comes when it is due, keys steer.

Space pauses and goes on, ``.`` shows the next output while paused, ``+`` and ``-`` double and halve
the speed, ``q`` and Ctrl-C end it. The size of the terminal changes nothing: a recording knows
only its own.

One thread for each recording sleeps until the next event, and without a limit while there is none.
It hands output over through a socket pair, blocking: what is not read yet is the socket's buffer
and one event, and the recording waits as a program would.
"""

import contextlib
import os
import socket
import stat
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO, Final, Protocol

from termlab.backends.playhead import Playhead
from termlab.backends.pty import (
    BYTES,
    LINE,
    PIXELS,
    USAGE,
    ChildUsage,
    Command,
    LineModes,
    Unread,
)
from termlab.backends.replay_keys import Control, ReplayKeys
from termlab.errors import PtyError, RecordingError, SpawnError
from termlab.model.geometry import Size, check_size
from termlab.model.recording import (
    EXIT,
    MAX_FILE_BYTES,
    MAX_LINE_BYTES,
    OUTPUT,
    Event,
    Header,
    Playing,
    exit_code,
    read_events,
    read_header,
    too_long,
)

# What is handed over and not read yet (Linux doubles it): a terminal holds some output, too.
HANDOVER_BYTES: Final = 64 * 1024
_MAX_NAME_CHARS: Final = 64
_HANGUP, _INTERRUPT = 1, 2
# The same numbers everywhere that has them: HUP, INT, QUIT, KILL, TERM. Others it ignores.
_ENDING: Final = frozenset({_HANGUP, _INTERRUPT, 3, 9, 15})
_MAX_SIGNAL: Final = 64
# What a recording that turns out to be broken ends with, after a line that says so.
_BROKEN: Final = 1
_FACTORS: Final[dict[Control, float]] = {"faster": 2.0, "slower": 0.5}


class Clock(Protocol):
    """Time, and waiting for it to pass."""

    def now(self) -> float: ...

    def wait(self, condition: threading.Condition, timeout_s: float | None) -> None:
        """Until ``condition`` is notified, at most so long."""


class RealClock:
    """The system's."""

    def now(self) -> float:
        return time.monotonic()

    def wait(self, condition: threading.Condition, timeout_s: float | None) -> None:
        condition.wait(timeout_s)


class Tape:
    """A recording to be played once: from memory, or from a file as it is read."""

    def __init__(self, name: str, header: Header, events: Iterable[Event]) -> None:
        self.name = "".join(char for char in name if char.isprintable())[:_MAX_NAME_CHARS]
        self.header = header
        self.events = iter(events)

    def check(self) -> Size:
        """Read it to its end: the size it was made on. Raises ``RecordingError``."""
        for _ in self.events:
            pass
        return self.header.size


def open_tape(path: str) -> Tape:
    """The recording in a file. Raises ``RecordingError`` if its first line is none's; what is
    wrong with later ones comes when they are read."""
    name = repr(path)
    lines = _lines(_open(path, name), name)
    header = read_header(next(lines, b""), name)
    return Tape(os.path.basename(path), header, read_events(lines, header, name))


class ReplayBackend:
    """Plays one tape, to one child."""

    name = "replay"

    def __init__(self, tape: Tape, playing: Playing | None = None, clock: Clock | None = None):
        self._tape = tape
        self._playing = playing or Playing()
        self._clock = clock or RealClock()

    def spawn(self, command: Command) -> "ReplayPty":
        """Start playing. Of the command only the size is looked at."""
        check_size(command.size)
        try:
            return ReplayPty(self._tape, self._playing, self._clock)
        except (OSError, RuntimeError) as error:
            raise SpawnError(
                f"can't play {self._tape.name!r}: {error}: close some panes first"
            ) from error


class ReplayPty:
    """A recording that plays. It is no process: ``pid`` is 0, and output is text as UTF-8."""

    pid = 0
    lacks = frozenset({PIXELS, BYTES, USAGE, LINE})

    def __init__(self, tape: Tape, playing: Playing, clock: Clock) -> None:
        self.last_look: Callable[[int], None] | None = None
        self._tape = tape
        self._clock = clock
        limit_s = playing.idle_limit_s
        limit_s = tape.header.idle_limit_s if limit_s is None else limit_s
        self._head = Playhead(playing._replace(idle_limit_s=limit_s))
        self._keys = ReplayKeys()
        self._status: int | None = None
        self._closed = False
        self._changed = threading.Condition()  # guards the playhead and the status
        self._ours, self._child = socket.socketpair()
        self._ours.setblocking(False)
        self._child.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, HANDOVER_BYTES)
        # A daemon: whoever ends does not wait for the end of a recording.
        thread = threading.Thread(target=self._play, name=f"replay {tape.name}", daemon=True)
        try:
            thread.start()
        except RuntimeError:
            self._ours.close()
            self._child.close()
            raise

    # The contract

    def fileno(self) -> int:
        return self._open().fileno()

    def readv(self, spans: Sequence[memoryview]) -> int | None:
        stream = self._open()
        total = 0
        for span in filter(len, spans):
            try:
                count = stream.recv_into(span)
            except BlockingIOError:
                return total or None
            except OSError:
                return total  # the other end has gone: that is the end
            total += count
            if count < len(span):
                return total
        return total or None

    def writev(self, buffers: Sequence[bytes | memoryview]) -> int:
        self._open()
        data = b"".join(buffers)
        for control in self._keys.read(data):
            self._steer(control)
        return len(data)

    def resize(self, size: Size) -> None:
        self._open()
        check_size(size)

    def signal(self, number: int) -> None:
        self._open()
        if not 0 <= number <= _MAX_SIGNAL:
            raise PtyError(f"can't send signal {number} to the recording: there is no such signal")
        if number in _ENDING:
            self._end(-number)

    def insist(self, number: int) -> bool:
        return False  # it plays no more

    def foreground(self) -> str:
        self._open()
        return self._tape.name

    def exit_status(self) -> int | None:
        return self._status

    def usage(self) -> ChildUsage | None:
        return None

    def line_modes(self) -> LineModes | None:
        return None

    def unread_input(self) -> Unread | None:
        return None

    def close(self) -> None:
        self._closed = True
        self._end(-_HANGUP)
        self._ours.close()

    def _open(self) -> socket.socket:
        if self._closed:
            raise PtyError(f"the terminal of {self._tape.name!r} is closed: play it again")
        return self._ours

    # In whichever thread

    def _steer(self, control: Control) -> None:
        if control == "quit":
            self._end(0)
        elif control == "interrupt":
            self._end(-_INTERRUPT)
        with self._changed:
            now = self._clock.now()
            if control == "toggle":
                self._head.toggle(now)
            elif control == "step":
                self._head.step()
            elif control in _FACTORS:
                self._head.change_speed(_FACTORS[control], now)
            self._changed.notify()

    def _end(self, status: int) -> None:
        """The first one's status counts; a thread that waits to be read is woken as well."""
        with self._changed:
            if self._status is None:
                self._status = status
            self._changed.notify()
        with contextlib.suppress(OSError):
            self._child.shutdown(socket.SHUT_RDWR)

    # In the thread

    def _play(self) -> None:
        status = 0
        try:
            for event in self._tape.events:
                if not self._reach(event):
                    break
                if event.code == OUTPUT:
                    self._child.sendall(event.data.encode(errors="replace"))
                elif event.code == EXIT:
                    status = exit_code(event)
        except RecordingError as error:
            status = _BROKEN
            self._say(f"\r\n{error}\r\n")
        except OSError:
            pass  # it was ended while it waited to be read
        finally:
            self._end(status)
            self._child.close()

    def _reach(self, event: Event) -> bool:
        """Sleep until it is due; False if the end comes first."""
        with self._changed:
            while self._status is None:
                wait_s = self._head.wait_s(event, self._clock.now())
                if wait_s == 0:
                    self._head.passed(event)
                    return True
                self._clock.wait(self._changed, wait_s)
        return False

    def _say(self, text: str) -> None:
        with contextlib.suppress(OSError):
            self._child.sendall(text.encode(errors="replace"))


def _open(path: str, name: str) -> BinaryIO:
    """A file to read, which a pipe or a device is not: they would make whoever reads wait."""
    try:
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        found = os.fstat(fd)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise RecordingError(f"can't play {name}: {why}: check the path") from error
    if stat.S_ISREG(found.st_mode) and found.st_size <= MAX_FILE_BYTES:
        return open(fd, "rb")
    os.close(fd)
    if stat.S_ISREG(found.st_mode):
        raise too_long(name)
    what = "a directory" if stat.S_ISDIR(found.st_mode) else "no regular file"
    raise RecordingError(f"can't play {name}: it is {what}: give a file `asciinema rec` made")


def _lines(file: BinaryIO, name: str) -> Iterator[bytes]:
    """Its lines; the file is closed behind the last, or with the generator."""
    left = MAX_FILE_BYTES
    with file:
        while line := _line(file, name):
            left -= len(line)
            if left < 0:  # it has grown since
                raise too_long(name)
            yield line


def _line(file: BinaryIO, name: str) -> bytes:
    try:
        return file.readline(MAX_LINE_BYTES + 1)
    except OSError as error:
        raise RecordingError(
            f"can't play {name}: {error.strerror} while it was read: try again"
        ) from error
