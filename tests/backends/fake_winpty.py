"""A ``winpty`` package for this platform: pywinpty 3's behaviour over a real child on a real PTY.

What it keeps of the real one, as its sources show it:

- A thread of its own reads ahead, whether or not anybody calls `PTY.read`; that hands out whole
  what the thread read, as text without NULs, and blocks without the interpreter's lock.
- The output ends soon after the child, whoever else has the console. The end is one failure, or
  none (`PTY.ends_with_failure`), and after it every read is empty at once.
- `PTY.write` blocks while the console takes nothing. `PTY.cancel_io` ends the calls that wait, for
  good, and fails if there is none.
- ``appname`` and ``cmdline`` are one command line, and its first word is the program.
- The destructor closes the console, and waits for the child with the interpreter stopped: here it
  only notes in `stopped_for` that it would have.
"""

import codecs
import os
import queue
import select
import sys
import threading

from termlab.backends.pty import Command, Pty
from termlab.errors import SpawnError
from termlab.model.geometry import Size
from tests.backends.exit_watch import exit_descriptor
from tests.backends.windows_words import split_block, split_command_line

if sys.platform != "win32":
    from termlab.backends.unix import UnixBackend

assert sys.platform != "win32"

__version__ = "3.1.2"

_READ_BYTES = 32768
_WRITE_BYTES = 8192
# Far more than a kernel holds of a child that has ended; others may go on writing.
_LAST_READS = 64

# The children whose end a destructor would have waited for.
stopped_for: list[int] = []


class WinptyError(Exception):
    """Whatever Windows or the binding refused."""


class Backend:
    """Available PTY backends."""

    ConPTY = 0
    WinPTY = 1


class PTY:
    """One console and its child."""

    # Versions differ: the output's end is a failure first, or empty reads from the start.
    ends_with_failure = True

    def __init__(
        self,
        cols: int,
        rows: int,
        backend: int | None = None,
        mouse_mode: int = 0,
        timeout: int = 30000,
        agent_config: int = 4,
    ) -> None:
        _check_size(cols, rows)
        if backend != Backend.ConPTY:
            raise WinptyError("only the pseudo consoles of Windows are faithful here")
        self._size = Size(cols, rows)
        self._native: _Native | None = None

    def spawn(
        self,
        appname: str,
        cmdline: str | None = None,
        cwd: str | None = None,
        env: str | None = None,
    ) -> bool:
        argv = split_command_line(appname if cmdline is None else f"{appname} {cmdline}")
        # The binding puts one NUL behind it.
        environment = dict(os.environ) if env is None else split_block(env + "\0")
        command = Command(tuple(argv), cwd or os.getcwd(), environment, self._size)
        try:
            child = UnixBackend().spawn(command)
        except SpawnError as error:
            raise WinptyError(f"{error} (0x80070002)\r\n") from error
        self._native = _Native(child, self.ends_with_failure)
        return True

    def set_size(self, cols: int, rows: int) -> None:
        _check_size(cols, rows)
        if self._native is not None:
            self._native.child.resize(Size(cols, rows))

    def read(self, blocking: bool = False) -> str:
        return "" if self._native is None else self._native.read(blocking)

    def write(self, to_write: str) -> int:
        return 0 if self._native is None else self._native.write(to_write)

    def isalive(self) -> bool:
        return self._native is not None and self._native.status() is None

    def get_exitstatus(self) -> int | None:
        status = None if self._native is None else self._native.status()
        # 259 is how Windows says "still active"; who is killed with N ends with N.
        return None if status in (None, 259) else abs(status or 0)

    def iseof(self) -> bool:
        return self._native is not None and self._native.ended and self._native.output.empty()

    def cancel_io(self) -> bool:
        if self._native is None or not self._native.cancel():
            raise WinptyError("Element not found. (0x80070490)")
        return True

    @property
    def pid(self) -> int | None:
        return None if self._native is None else self._native.child.pid

    @property
    def fd(self) -> int | None:
        return None if self._native is None else self._native.handle

    def __del__(self) -> None:
        native = getattr(self, "_native", None)
        if native is not None:
            if native.status() is None:
                stopped_for.append(native.child.pid)
            native.close()


class _Native:
    """What the compiled part has: the console, its child, and the thread that reads ahead."""

    def __init__(self, child: Pty, ends_with_failure: bool) -> None:
        self.child = child
        self.output: queue.SimpleQueue[str | WinptyError | None] = queue.SimpleQueue()
        self.ended = False
        self._ends_with_failure = ends_with_failure
        self._watch = exit_descriptor(child.pid)
        self.handle = self._watch.__enter__()
        self._lock = threading.Lock()  # for what two threads may ask for at once
        self._status: int | None = None
        self._writing = False
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._cancelled, self._cancel = os.pipe()
        self._thread = threading.Thread(target=self._read_ahead, daemon=True)
        self._thread.start()

    def read(self, blocking: bool) -> str:
        try:
            item = self.output.get(blocking)
        except queue.Empty:
            return ""
        if item is None:
            self.output.put(None)
            return ""
        if isinstance(item, WinptyError):
            raise item
        return item

    def write(self, text: str) -> int:
        data = text.encode("utf-8", "replace")
        written = 0
        self._writing = True
        try:
            while written < len(data):
                if self.status() is not None:
                    raise WinptyError("The pipe is being closed. (0x800700E8)")
                watched = [self._cancelled, self.handle]
                if self._cancelled in select.select(watched, [self.child.fileno()], [])[0]:
                    raise WinptyError("The I/O operation has been aborted. (0x800703E3)")
                written += self.child.writev([data[written : written + _WRITE_BYTES]])
        finally:
            self._writing = False
        return written

    def status(self) -> int | None:
        with self._lock:
            if self._status is None:
                self._status = self.child.exit_status()
            return self._status

    def cancel(self) -> bool:
        if self.ended and not self._writing:
            return False
        # Stays readable: what is cancelled once is not taken up again.
        os.write(self._cancel, b"x")
        return True

    def close(self) -> None:
        self.cancel()
        self._thread.join()
        self._watch.__exit__(None, None, None)
        self.child.close()
        os.close(self._cancelled)
        os.close(self._cancel)

    def _read_ahead(self) -> None:
        while self._wait_for_output():
            pass
        self.ended = True
        if self._ends_with_failure:
            self.output.put(WinptyError("The pipe has been ended. (0x8007006D)"))
        self.output.put(None)

    def _wait_for_output(self) -> bool:
        """Hand over what comes next: whether there may be more."""
        watched = [self.child.fileno(), self.handle, self._cancelled]
        ready = select.select(watched, [], [])[0]
        if self._cancelled in ready:
            return False
        if self.handle not in ready:
            return self._take()
        # What the child wrote before it ended is all there now.
        for _ in range(_LAST_READS):
            if not self._take():
                break
        return False

    def _take(self) -> bool:
        buffer = bytearray(_READ_BYTES)
        count = self.child.readv([memoryview(buffer)])
        if count:
            self.output.put(self._decoder.decode(buffer[:count]).replace("\0", ""))
        return bool(count)


def _check_size(cols: int, rows: int) -> None:
    if cols <= 0 or rows <= 0:
        raise WinptyError(f"PTY cols and rows must be positive and non-zero. Got: ({cols}, {rows})")
