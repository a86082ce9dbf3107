"""`termlab bridge` as whoever embeds it starts it: real processes, two plain streams, deadlines.

All that a test starts carries its runtime directory in the environment: so what is left is found.
"""

import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

from tests.backends.exit_watch import exited

assert sys.platform != "win32"

TERMLAB: Final = (sys.executable, "-P", "-m", "termlab")
# Only ends a hang.
LIMIT_S: Final = 20.0
READY: Final = b"READY"
# A terminal that changes no byte either way, and an echo on it.
RAW: Final = "stty raw -echo; printf READY; "
RAW_ECHO: Final = ("sh", "-c", RAW + "exec cat")


class Bridge:
    """One `termlab bridge new`, our ends of its streams, and what it said."""

    def __init__(
        self,
        directory: Path,
        words: Sequence[str],
        stdin: int = subprocess.PIPE,
        stdout: int = subprocess.PIPE,
        session: bool = False,
    ) -> None:
        self.process = subprocess.Popen(
            [*TERMLAB, "bridge", *words],
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.PIPE,
            env={**os.environ, "XDG_RUNTIME_DIR": str(directory)},
            start_new_session=session,
        )
        self.pid = self.process.pid
        self.seen = b""
        for end in (self.process.stdin, self.process.stdout):
            if end is not None:
                os.set_blocking(end.fileno(), False)

    def send(self, data: bytes) -> None:
        """All of it; reads nothing meanwhile."""
        view = memoryview(data)
        while view:
            assert self._ready(self._into, select.POLLOUT), f"{len(view)} bytes are not taken"
            view = view[os.write(self._into, view) :]

    def send_some(self, data: bytes) -> int:
        """What is taken before it takes no more for a while: how many bytes."""
        taken = 0
        while taken < len(data) and self._ready(self._into, select.POLLOUT, 0.5):
            taken += os.write(self._into, data[taken:])
        return taken

    def read_until(self, needle: bytes) -> bytes:
        """All output up to and with ``needle``."""
        while needle not in self.seen:
            data = self.read()
            assert data, f"ended without {needle!r}: {self.seen[-300:]!r} {self.complaint()!r}"
            self.seen += data
        head, found, self.seen = self.seen.partition(needle)
        return head + found

    def read(self) -> bytes:
        """What comes next; empty at the end."""
        assert self._ready(self._out, select.POLLIN), f"no output, after {self.seen[-300:]!r}"
        return os.read(self._out, 1 << 20)

    def read_to_end(self) -> bytes:
        while data := self.read():
            self.seen += data
        seen, self.seen = self.seen, b""
        return seen

    def end_input(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()

    def stop_reading(self) -> None:
        """For good, as an editor that died."""
        assert self.process.stdout is not None
        self.process.stdout.close()

    def code(self) -> int:
        """Its exit code, as the shell tells it: once it has ended."""
        status = self.process.wait(LIMIT_S)
        return status if status >= 0 else 128 - status

    def complaint(self) -> str:
        """What it said on stderr, once it has ended."""
        assert self.process.stderr is not None
        return self.process.stderr.read().decode() if exited(self.pid, LIMIT_S) else ""

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for end in (self.process.stdin, self.process.stdout, self.process.stderr):
            if end is not None:
                end.close()

    @property
    def _into(self) -> int:
        assert self.process.stdin is not None
        return self.process.stdin.fileno()

    @property
    def _out(self) -> int:
        assert self.process.stdout is not None
        return self.process.stdout.fileno()

    def _ready(self, fd: int, events: int, within_s: float = LIMIT_S) -> bool:
        poll = select.poll()
        poll.register(fd, events)
        return bool(poll.poll(within_s * 1000))


class Bridges:
    """The bridges of one test. Leaving the block ends them and checks that nothing is left."""

    def __init__(self) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="tl-b-", dir="/tmp"))
        self.registry = self.directory / "termlab" / "bridge"
        self._started: list[Bridge] = []

    def __enter__(self) -> "Bridges":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for bridge in self._started:
            bridge.close()
        left = self.await_end()
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        shutil.rmtree(self.directory)
        if error is None:
            assert not left

    def new(
        self,
        *argv: str,
        bridge_id: str = "b",
        cols: int = 80,
        rows: int = 24,
        stdin: int = subprocess.PIPE,
        stdout: int = subprocess.PIPE,
        session: bool = False,
    ) -> Bridge:
        """A bridge to ``argv``."""
        words = ["new", bridge_id, str(cols), str(rows), *argv]
        bridge = Bridge(self.directory, words, stdin, stdout, session)
        self._started.append(bridge)
        return bridge

    def echo(self) -> Bridge:
        """A bridge to a terminal that gives back every byte, ready."""
        bridge = self.new(*RAW_ECHO)
        bridge.read_until(READY)
        return bridge

    def ask(self, *words: str) -> tuple[int, str]:
        """Exit code and complaint of another `termlab bridge`."""
        done = subprocess.run(
            [*TERMLAB, "bridge", *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env={**os.environ, "XDG_RUNTIME_DIR": str(self.directory)},
            timeout=LIMIT_S,
        )
        assert done.stdout == ""
        return done.returncode, done.stderr

    def files(self) -> list[str]:
        """What is registered, or was left behind."""
        return sorted(os.listdir(self.registry)) if self.registry.exists() else []

    def processes(self) -> dict[int, str]:
        """Every process of these bridges, and its arguments."""
        mark = f"XDG_RUNTIME_DIR={self.directory}\0".encode()
        found = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal():
                try:
                    told = (entry / "environ").read_bytes()
                    args = (entry / "cmdline").read_bytes()
                except OSError:
                    continue  # it has ended, or is somebody else's
                if mark in told:
                    found[int(entry.name)] = args.replace(b"\0", b" ").decode(errors="replace")
        return found

    def await_end(self) -> dict[int, str]:
        """What still runs, once it had its time to end."""
        for pid in self.processes():
            exited(pid, LIMIT_S)
        return self.processes()
