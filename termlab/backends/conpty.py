"""PTYs on Windows: pywinpty makes the console, two threads move its text (see `console_pumps`).

What Windows lacks is declared in `ConPtyPty.lacks`. What else differs from a POSIX terminal:

- The console draws: what is read is its text for the screen the child made, never the child's own
  bytes. pywinpty reads it ahead in a thread of its own, as fast as the console gives it.
- A program's first word is the path it was found at: Windows takes the program from that word.
- Closing ends the child outright. Only the destructor of ``winpty.PTY`` closes a console, and it
  waits for the child with the whole process stopped: hence it must not run before the child ended.
"""

import contextlib
import os
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Protocol

from termlab.backends.console_pumps import Console, socket_pair, start_pumps
from termlab.backends.launch import start_failure
from termlab.backends.pty import (
    BYTES,
    LINE,
    PIXELS,
    SIGNALS,
    USAGE,
    ChildUsage,
    Command,
    LineModes,
    Unread,
)
from termlab.backends.windows_launch import command_line, environment_block
from termlab.errors import PtyError, SpawnError
from termlab.model.geometry import Size, check_size

# The signals that mean "end", by number: Windows has no names for two of them.
_HANGUP, _KILL, _TERMINATE = 1, 9, 15
# The exit code that Windows can't tell from "still running", and pywinpty does not either.
_STILL_ACTIVE: Final = 259
# What a shell says for a status it can't tell.
_STATUS_LOST: Final = 255


class Terminal(Console, Protocol):
    """``winpty.PTY``, as far as it is used."""

    @property
    def pid(self) -> int | None:
        """The child's process number."""

    @property
    def fd(self) -> int | None:
        """The child's process handle, which can be waited on."""

    def spawn(
        self,
        appname: str,
        cmdline: str | None = None,
        cwd: str | None = None,
        env: str | None = None,
    ) -> bool:
        """Start ``appname``, a blank and ``cmdline`` as one command line."""

    def set_size(self, cols: int, rows: int) -> None:
        """Tell the console its size."""

    def isalive(self) -> bool:
        """Whether the child runs."""

    def get_exitstatus(self) -> int | None:
        """Its exit code."""

    def cancel_io(self) -> bool:
        """End the reads and writes that wait; a failure if there is none."""


class _Backends(Protocol):
    @property
    def ConPTY(self) -> int:
        """The number of Windows' own consoles."""


class _MakeTerminal(Protocol):
    def __call__(self, cols: int, rows: int, backend: int | None = None) -> Terminal: ...


class Winpty(Protocol):
    """The package ``winpty``, as far as it is used."""

    @property
    def Backend(self) -> _Backends: ...
    @property
    def PTY(self) -> _MakeTerminal: ...
    @property
    def WinptyError(self) -> type[Exception]: ...


class ConPtyBackend:
    """Children on the consoles of this machine. ``winpty`` is the package, or one like it."""

    name = "conpty"

    def __init__(self, winpty: Winpty | None = None) -> None:
        self._winpty = winpty or _installed()

    def spawn(self, command: Command) -> "ConPtyPty":
        """Start it on a console of Windows' own, never on one that pywinpty imitates."""
        size = check_size(command.size)
        program, arguments = command_line(command)
        with contextlib.ExitStack() as undo, _start_failures(command, self._winpty.WinptyError):
            ours, theirs = socket_pair()
            undo.callback(ours.close)
            undo.callback(theirs.close)
            terminal = self._winpty.PTY(size.cols, size.rows, backend=self._winpty.Backend.ConPTY)
            block = environment_block(command.environment)
            terminal.spawn(program, cmdline=arguments, cwd=command.directory, env=block)
            pty = ConPtyPty(terminal, ours, self._winpty.WinptyError)
            undo.callback(pty.close)
            start_pumps(terminal, theirs, self._winpty.WinptyError, lambda: _wait(terminal))
            undo.pop_all()
        return pty


class ConPtyPty:
    """A child on a console, and the loop's end of the socket pair that leads to it."""

    lacks = frozenset({PIXELS, SIGNALS, BYTES, USAGE, LINE})

    def __init__(self, terminal: Terminal, ours: socket.socket, failure: type[Exception]) -> None:
        self.pid = terminal.pid or 0
        self.last_look: Callable[[int], None] | None = None
        # None once it is neither open nor has anything more to tell.
        self._terminal: Terminal | None = terminal
        self._socket = ours
        self._failure = failure
        self._status: int | None = None
        self._ended_by = 0
        self._closed = False

    def fileno(self) -> int:
        return self._open()[1].fileno()

    def readv(self, spans: Sequence[memoryview]) -> int | None:
        ours = self._open()[1]
        total = 0
        for span in filter(len, spans):
            try:
                count = ours.recv_into(span)
            except BlockingIOError:
                break
            except OSError as error:
                raise PtyError(f"can't read from the terminal of {self.pid}: {error}") from error
            total += count
            if count < len(span):
                # Nothing more waits, or its end does, which the next read tells.
                return total
        return total or None

    def writev(self, buffers: Sequence[bytes | memoryview]) -> int:
        ours = self._open()[1]
        total = 0
        for buffer in filter(len, buffers):
            try:
                count = ours.send(buffer)
            except BlockingIOError:
                break
            except OSError as error:
                raise PtyError(f"can't write to the terminal of {self.pid}: {error}") from error
            total += count
            if count < len(buffer):
                break
        return total

    def resize(self, size: Size) -> None:
        terminal = self._open()[0]
        check_size(size)
        # A console that has closed must not be resized: pywinpty would use what is freed.
        if self.exit_status() is not None:
            return
        try:
            terminal.set_size(size.cols, size.rows)
        except self._failure as error:
            raise PtyError(f"can't resize the terminal of {self.pid}: {error}") from error

    def signal(self, number: int) -> None:
        """End the child alone, for one of the numbers that mean that; there are no others."""
        self._open()
        if number not in (_HANGUP, _KILL, _TERMINATE):
            raise PtyError(
                f"can't send signal {number} to {self.pid}: on Windows a program can only be "
                f"ended: send {_TERMINATE}, or type Ctrl-C"
            )
        try:
            self._end(number)
        except OSError as error:
            raise PtyError(f"can't end {self.pid}: {error}") from error

    def insist(self, number: int) -> bool:
        return False  # closing has killed it

    def foreground(self) -> str:
        """Always "": a console does not tell which of its programs is in front."""
        self._open()
        return ""

    def exit_status(self) -> int | None:
        if self._status is None and self._terminal is not None:
            try:
                # In this order: a child may end between the two.
                code = None if self._terminal.isalive() else self._exit_code(self._terminal)
            except self._failure:
                code = _STATUS_LOST
            self._status = -self._ended_by if code == _KILL and self._ended_by else code
            self._let_go()
        return self._status

    def usage(self) -> ChildUsage | None:
        return None

    def line_modes(self) -> LineModes | None:
        return None

    def unread_input(self) -> Unread | None:
        return None

    def close(self) -> None:
        terminal = self._terminal
        if self._closed or terminal is None:
            return
        self._closed = True
        # Ends both threads, but for what they wait for within the console.
        self._socket.close()
        # The hang-up: see the module. Whom it can't end ends in its own time, and a thread then.
        with contextlib.suppress(OSError):
            self._end(_HANGUP)
        # A failure says that nothing waited.
        with contextlib.suppress(self._failure):
            terminal.cancel_io()
        self._let_go()

    def _open(self) -> tuple[Terminal, socket.socket]:
        if self._closed or self._terminal is None:
            raise PtyError(f"the terminal of process {self.pid} is closed: start a new one")
        return self._terminal, self._socket

    def _end(self, number: int) -> None:
        if self.exit_status() is None and self.pid:
            # The console holds the process's handle: its number belongs to no stranger. The 9 is
            # the exit code too; on Windows 1 would be Ctrl-Break.
            try:
                os.kill(self.pid, _KILL)
            except OSError:
                if self.exit_status() is None:
                    raise
            else:
                self._ended_by = number

    def _exit_code(self, terminal: Terminal) -> int:
        code = terminal.get_exitstatus()
        return _STILL_ACTIVE if code is None else code

    def _let_go(self) -> None:
        """Forget a console that is closed and has told its status: other programs on it are hung
        up when nobody has it any more."""
        if self._closed and self._status is not None:
            self._terminal = None


def _wait(terminal: Terminal) -> None:
    """Wait for the end of the child, in a thread: its handle is something to wait for."""
    # Loaded here: it costs 10 ms, and only the first end of a child needs it.
    from multiprocessing.connection import wait

    if terminal.fd is not None:
        wait([terminal.fd])


@contextlib.contextmanager
def _start_failures(command: Command, failure: type[Exception]) -> Iterator[None]:
    """Turn what a start may raise into a ``SpawnError``."""
    try:
        yield
    except failure as error:
        raise SpawnError(
            f"can't run {command.argv[0]!r}: {str(error).strip()}: check that it runs in a "
            "console of Windows"
        ) from error
    except RuntimeError as error:
        raise SpawnError(
            f"can't run {command.argv[0]!r}: {error}: close some panes first"
        ) from error
    except OSError as error:
        raise SpawnError(start_failure(command, error)) from error


def _installed() -> Winpty:
    """The real package. Loaded here, for only a server needs it."""
    if sys.platform == "win32":
        try:
            import winpty
        except ImportError as error:
            raise SpawnError(
                f"pywinpty can't be loaded: {error}: install it: `pip install 'pywinpty>=3'`"
            ) from error
        return winpty
    raise SpawnError("there are no Windows consoles here: use the backend 'unix'")
