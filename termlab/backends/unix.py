"""PTYs on Linux and macOS: ptyprocess forks, everything after the fork is done here.

ptyprocess's own object is never made. It would read and write blocking, sleep while it closes
(0.1 s and more, also when garbage is collected), and write a size without pixels over ours. And
an error in its child outside ``preexec_fn`` (an impossible size, a missing directory, a NUL byte)
would return into this code as a second server. Hence: `launch` refuses what can be refused before
the fork, and the child's whole work, `_become`, runs as ``preexec_fn``.
"""

import errno
import fcntl
import mmap
import os
import resource
import signal
import struct
import sys
import termios
from collections.abc import Callable, Sequence
from typing import NamedTuple, NoReturn

from ptyprocess import PtyProcess

from termlab.backends.launch import directory_failure, environment_bytes, resolve, start_failure
from termlab.backends.pty import ChildUsage, Command, LineModes, Unread
from termlab.errors import PtyError, SpawnError
from termlab.model.geometry import Size, check_size

if sys.platform != "win32":
    from termlab.backends.line import line_modes, unread_input

assert sys.platform != "win32"

# The most buffers one readv or writev takes (POSIX promises 16, Linux and macOS have 1024).
IOV_MAX = max(os.sysconf("SC_IOV_MAX"), 16)
# Erasing in line mode takes whole UTF-8 characters. The same bit on Linux and macOS; termios
# has no name for it.
_IUTF8 = 0x4000
_IFLAG = 0
_MAX_PIXELS = 0xFFFF  # struct winsize holds 16 bits
_MAX_NAME_CHARS = 64
_COMM_CHARS = 15  # where Linux cuts the name of a process
# What a shell says for a status it can't tell: another part of the process reaped the child.
_STATUS_LOST = 255
_ORPHANED = 127
# By function, of ptyprocess and of Python's pty: what they open and don't close if they fail.
_LEFT_OPEN = {
    "spawn": ("exec_err_pipe_read", "exec_err_pipe_write"),
    "fork": ("master_fd", "slave_fd"),
}
# What the child used before it became the program: CPU seconds (user, system), resident bytes,
# voluntary switches, page faults (minor, major).
_BEFORE = struct.Struct("ddqqqq")
# ru_maxrss is in KiB on Linux and in bytes on macOS.
_MAXRSS_BYTES = 1 if sys.platform == "darwin" else 1024
_RESETTABLE = sorted(signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP})


class UnixBackend:
    """Children on the PTYs of this machine."""

    name = "unix"

    def __init__(self, descriptors: tuple[int, int] | None = None) -> None:
        # How many a program may open, soft and hard, where that is not this process's own limit.
        self._descriptors = descriptors

    def spawn(self, command: Command) -> "UnixPty":
        """Start it. Waits for the child's exec, so that a failure to start is raised here."""
        check_size(command.size)
        path = resolve(command)
        plan = _Plan(
            command,
            path,
            environment_bytes(command.environment),
            _winsize(command.size),
            os.getpid(),
            self._descriptors,
            mmap.mmap(-1, _BEFORE.size),
        )
        started = _Started()
        # Until the child has its own dispositions, a signal would run this process's handlers
        # in it, and write to this process's wake-up descriptor.
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, _RESETTABLE)
        try:
            _fork(plan, started)
        except ChildProcessError as error:
            raise SpawnError(str(error)) from error
        except OSError as error:
            raise SpawnError(start_failure(command, error)) from error
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        return UnixPty(started.pid, started.fd, _Before(*_BEFORE.unpack_from(plan.before)))


class UnixPty:
    """A child and the master side of its terminal, which this object alone owns."""

    lacks: frozenset[str] = frozenset()

    def __init__(self, pid: int, fd: int, before: "_Before") -> None:
        self.pid = pid
        self.last_look: Callable[[int], None] | None = None
        self._before = before
        self._usage: ChildUsage | None = None
        self._fd = fd
        self._status: int | None = None
        os.set_inheritable(fd, False)
        os.set_blocking(fd, False)

    def fileno(self) -> int:
        return self._open()

    def readv(self, spans: Sequence[memoryview]) -> int | None:
        fd = self._open()
        try:
            count = os.readv(fd, spans[:IOV_MAX])
        except BlockingIOError:
            return None
        except OSError as error:
            # How Linux says that no process has the terminal open any more.
            if error.errno == errno.EIO:
                return 0
            raise PtyError(f"can't read from the terminal of {self.pid}: {error}") from error
        # Without room a read takes 0 bytes, which is not the end.
        return None if count == 0 and not any(map(len, spans)) else count

    def writev(self, buffers: Sequence[bytes | memoryview]) -> int:
        fd = self._open()
        try:
            return os.writev(fd, buffers[:IOV_MAX])
        except BlockingIOError:
            return 0
        except OSError as error:
            # Nobody will ever read it; keeping it would have the writer try for ever.
            if error.errno == errno.EIO:
                return sum(map(len, buffers))
            raise PtyError(f"can't write to the terminal of {self.pid}: {error}") from error

    def resize(self, size: Size) -> None:
        fd = self._open()
        packed = _winsize(check_size(size))
        try:
            fcntl.ioctl(fd, termios.TIOCSWINSZ, packed)
        except OSError as error:
            raise PtyError(f"can't resize the terminal of {self.pid}: {error}") from error

    def signal(self, number: int) -> None:
        self._open()
        # Once reaped, its number may belong to a stranger.
        if self.exit_status() is not None:
            return
        try:
            os.killpg(self.pid, number)
        except ProcessLookupError:
            return
        except OSError as error:
            raise PtyError(f"can't send signal {number} to {self.pid}: {error}") from error

    def insist(self, number: int) -> bool:
        # Until it is reaped, its number is nobody else's.
        if self.exit_status() is not None:
            return False
        os.kill(self.pid, number)
        return True

    def foreground(self) -> str:
        fd = self._open()
        try:
            group = os.tcgetpgrp(fd)
        except OSError:
            return ""
        return _process_name(group) if group > 0 else ""

    def exit_status(self) -> int | None:
        if self._status is None:
            self._look()
            try:
                pid, status, used = os.wait4(self.pid, os.WNOHANG)
            except ChildProcessError:
                self._status = _STATUS_LOST
            else:
                if pid:
                    self._status = os.waitstatus_to_exitcode(status)
                    self._usage = _usage(used, self._before)
        return self._status

    def usage(self) -> ChildUsage | None:
        return self._usage

    def line_modes(self) -> LineModes | None:
        return line_modes(self._open())

    def unread_input(self) -> Unread | None:
        return unread_input(self._open())

    def _look(self) -> None:
        """Have the accounts of a child that has ended read before they go with it."""
        # Only there are such accounts (and this call on all supported versions).
        if sys.platform == "linux" and self.last_look is not None:
            flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
            try:
                ended = os.waitid(os.P_PID, self.pid, flags)
            except ChildProcessError:
                return
            if ended is not None:
                look, self.last_look = self.last_look, None
                look(self.pid)

    def close(self) -> None:
        # The kernel sends the hang-up when the last descriptor of a master is closed.
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)

    def _open(self) -> int:
        if self._fd < 0:
            raise PtyError(f"the terminal of process {self.pid} is closed: start a new one")
        return self._fd


class _Plan(NamedTuple):
    """All that the child needs, made before the fork."""

    command: Command
    path: str
    environment: dict[bytes, bytes]
    winsize: bytes
    parent: int
    descriptors: tuple[int, int] | None
    before: mmap.mmap  # shared with the child, which writes `_BEFORE` there


class _Before(NamedTuple):
    """What a child had used when it became the program: this process's copy costs some ms."""

    user_s: float
    system_s: float
    peak_bytes: int
    wakeups: int
    minor_faults: int
    major_faults: int


def _usage(used: resource.struct_rusage, before: _Before) -> ChildUsage:
    return ChildUsage(
        max(used.ru_utime - before.user_s, 0.0),
        max(used.ru_stime - before.system_s, 0.0),
        used.ru_maxrss * _MAXRSS_BYTES,
        before.peak_bytes,
        max(used.ru_nvcsw - before.wakeups, 0),
        max(used.ru_minflt - before.minor_faults, 0),
        max(used.ru_majflt - before.major_faults, 0),
    )


class _Started:
    """What ``PtyProcess.spawn`` fills in place of its own object: two numbers, no behaviour."""

    def __init__(self) -> None:
        self.pid = 0
        self.fd = -1

    def __call__(self, pid: int, fd: int) -> "_Started":
        """Its ``cls(pid, fd)``."""
        self.pid, self.fd = pid, fd
        return self

    def setwinsize(self, rows: int, cols: int) -> None:
        """Not done: ptyprocess calls it when the child already runs, and without pixels."""

    def discard(self) -> None:
        """End a child that did not become the program. It is about to exit: this is short."""
        if self.fd >= 0:
            os.close(self.fd)
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


def _fork(plan: _Plan, started: _Started) -> None:
    parent = os.getpid()
    size = plan.command.size
    try:
        PtyProcess.spawn.__func__(
            started,
            [plan.path],
            preexec_fn=lambda: _become(plan),
            dimensions=(size.rows, size.cols),
        )
    except BaseException as error:
        if os.getpid() != parent:
            os._exit(127)
        if not started.pid:
            _close_left_open(error)
        started.discard()
        raise


def _close_left_open(error: BaseException) -> None:
    """There is no child, out of PTYs, descriptors or processes: ptyprocess leaves open the pipe for
    a child's failure, and `pty.fork` the terminal. Only their own frames know the numbers."""
    at = error.__traceback__
    while at is not None:
        local = at.tb_frame.f_locals
        for name in _LEFT_OPEN.get(at.tb_frame.f_code.co_name, ()):
            if name in local:
                os.close(local[name])
        at = at.tb_next


def _become(plan: _Plan) -> NoReturn:
    """In the child: turn into the program, with its own name, signals, terminal and directory.

    What it raises crosses ptyprocess's pipe as the name of a built-in class and a text: hence
    the one class and the finished messages.
    """
    for number in _RESETTABLE:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    if os.getppid() != plan.parent:
        # Killed before this was on the terminal, whose hang-up would else have ended it.
        os._exit(_ORPHANED)
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, plan.winsize)
        attributes = termios.tcgetattr(0)
        attributes[_IFLAG] |= _IUTF8
        termios.tcsetattr(0, termios.TCSANOW, attributes)
        try:
            os.chdir(plan.command.directory)
        except OSError as error:
            raise ChildProcessError(directory_failure(plan.command, error)) from error
        if plan.descriptors is not None:
            resource.setrlimit(resource.RLIMIT_NOFILE, plan.descriptors)
        used = resource.getrusage(resource.RUSAGE_SELF)
        peak = used.ru_maxrss * _MAXRSS_BYTES
        _BEFORE.pack_into(
            plan.before,
            0,
            used.ru_utime,
            used.ru_stime,
            peak,
            used.ru_nvcsw,
            used.ru_minflt,
            used.ru_majflt,
        )
        os.execve(plan.path, plan.command.argv, plan.environment)
    except ChildProcessError:
        raise
    except (OSError, ValueError, termios.error) as error:
        raise ChildProcessError(start_failure(plan.command, error)) from error


def _winsize(size: Size) -> bytes:
    """``struct winsize``. Pixels that don't fit are given as unknown, not as a wrong number."""
    fits = 0 <= size.xpixel <= _MAX_PIXELS and 0 <= size.ypixel <= _MAX_PIXELS
    xpixel, ypixel = (size.xpixel, size.ypixel) if fits else (0, 0)
    return struct.pack("HHHH", size.rows, size.cols, xpixel, ypixel)


def _process_name(pid: int) -> str:
    """The name of a process for a title: the child chose it, so it is cut and made printable."""
    if sys.platform != "linux":
        return ""
    comm = _first_word(f"/proc/{pid}/comm", b"\n")
    if len(comm.encode()) >= _COMM_CHARS:
        whole = os.path.basename(_first_word(f"/proc/{pid}/cmdline", b"\0"))
        comm = whole if whole.startswith(comm) else comm
    return "".join(char for char in comm if char.isprintable())[:_MAX_NAME_CHARS]


def _first_word(path: str, end: bytes) -> str:
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read(4096).partition(end)[0].decode(errors="replace")
    except OSError:
        return ""
