"""The calls of one tree, told by strace while it runs: for who asks for it by name.

It stops the program at each call: one that calls all the time runs a hundred times slower, and
debuggers, sudo and strace itself don't work in it. What it writes comes through a pipe, whose
reader is to call `take` when it is readable; a full pipe stops strace, and with it the program, so
nothing is lost and nothing piles up.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
from typing import Final

from termlab.model.figure import Missing
from termlab.probes.call_source import CallSource, CallSums, Launch
from termlab.probes.strace_lines import OPTIONS, StraceLines
from termlab.probes.thread_tree import processes

assert sys.platform != "win32"

# So many bytes are read at a time: 0.4 ms of whoever reads.
READ_BYTES: Final = 16 * 1024
_PIPE_BYTES: Final = 1 << 20
_TRY_S: Final = 5.0
ACCURACY: Final = "exact, by strace, which slows the program down and makes its calls longer"
REFUSED: Final = Missing(
    "strace could not follow this program: the kernel lets nobody trace what is another user's, is "
    "traced already, or, where kernel.yama.ptrace_scope is not 0, was not started by strace"
)


def find() -> str:
    """Where strace is. Raises ``LookupError`` with what to do."""
    path = shutil.which("strace")
    if path is None:
        raise LookupError("strace is not installed: install the package of that name")
    return path


def check() -> None:
    """Try it on a program that does nothing. Raises ``LookupError``."""
    words = [find(), *OPTIONS, "-o", os.devnull, sys.executable, "-S", "-c", ""]
    try:
        done = subprocess.run(words, capture_output=True, timeout=_TRY_S, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise LookupError(f"strace can't be run: {error}") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()[:1]
        raise LookupError(f"strace may not trace here: {' '.join(said) or done.returncode}")


class StraceCalls:
    """What comes through the pipe. It is read until its end, also once nobody looks: a program
    whose tracer can't write would stand still."""

    def __init__(self, reader: int, process: "subprocess.Popen[bytes] | None" = None) -> None:
        self._reader = reader
        self._process = process  # that was attached, and is told to leave
        self._writer = -1  # held until strace has opened its own
        self._lines = StraceLines()
        os.set_blocking(reader, False)
        with contextlib.suppress(OSError):  # a limit of the machine: the pipe is smaller then
            fcntl.fcntl(reader, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)

    def hold(self, writer: int) -> None:
        """Keep the pipe's other end open until the first line comes."""
        self._writer = writer

    def fileno(self) -> int:
        """Readable when lines, or their end, wait; -1 behind the end."""
        return self._reader

    def take(self) -> bool:
        """Read some of what waits; False at the end."""
        if self._read() != 0:
            return True
        os.close(self._reader)
        self._reader = -1
        if self._process is not None:
            self._process.wait()  # it has closed its end as its last act but one
        return False

    def read(self) -> CallSums | Missing:
        """With all that strace has told by now, which it is behind with."""
        left = _PIPE_BYTES
        while left > 0 and (count := self._read()):
            left -= count
        refused = self._process is not None and bool(self._process.returncode)
        if refused and not self._lines.total:
            return REFUSED
        by_name = self._lines.by_name()
        accuracy = ACCURACY
        if self._lines.strange:
            accuracy += f"; {self._lines.strange} of its lines were not understood"
        return CallSums("strace", accuracy, self._lines.total, by_name)

    def close(self) -> None:
        """One that was attached leaves the program; one that began with it stays to its end."""
        self._let_go_of_writer()
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)

    def _read(self) -> int | None:
        """How many bytes came: 0 at the end, None where nothing waits."""
        if self._reader < 0:
            return 0
        try:
            data = os.read(self._reader, READ_BYTES)
        except BlockingIOError:
            return None
        self._let_go_of_writer()
        self._lines.feed(data)
        return len(data)

    def _let_go_of_writer(self) -> None:
        if self._writer >= 0:
            os.close(self._writer)
            self._writer = -1


class StraceLaunch(Launch):
    """A start below strace, which detaches from it: the program stays our own child."""

    def __init__(self) -> None:
        self._path = find()
        self._reader, self._writer = os.pipe()

    def words(self, argv: tuple[str, ...]) -> tuple[str, ...]:
        # Opened by its name in /proc: the child inherits no descriptor.
        output = f"/proc/{os.getpid()}/fd/{self._writer}"
        return (self._path, "-D", *OPTIONS, "-o", output, "--", *argv)

    def source(self, pid: int, terminal: int = -1) -> CallSource | Missing:
        calls = StraceCalls(self._reader)
        calls.hold(self._writer)
        return calls

    def cancel(self) -> None:
        os.close(self._reader)
        os.close(self._writer)


def attached(pid: int) -> StraceCalls:
    """The tree below ``pid``, which runs already, from here on. Raises ``LookupError``."""
    path = find()
    reader, writer = os.pipe()
    try:
        whom = [word for each in processes(pid) for word in ("-p", str(each))]
        words = [path, *OPTIONS, "-o", f"/dev/fd/{writer}", *whom]
        process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(writer,),
            start_new_session=True,
        )
    except OSError as error:
        os.close(reader)
        raise LookupError(f"strace can't be run: {error}") from error
    finally:
        os.close(writer)
    return StraceCalls(reader, process)
