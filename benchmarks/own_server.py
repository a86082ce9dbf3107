"""A server of the benchmark's own, asked over one connection: a command costs no process."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from termlab.client.connection import Connection
from termlab.wire.address import READY
from termlab.wire.messages import Place

assert sys.platform != "win32"

WAIT_S: Final = 24 * 3600.0
END_S: Final = 20.0
LOOK_S: Final = 0.02


class OwnServer:
    """Leaving the block ends it. ``before`` are words that run it, as those of a shell that sets a
    limit first."""

    def __init__(self, before: Sequence[str] = ()) -> None:
        self._before = before
        self.directory = Path(tempfile.mkdtemp(prefix="tl-soak-", dir="/tmp"))
        self.path = str(self.directory / "run" / "s")
        self.environment = {
            "HOME": str(self.directory),
            "LANG": "C.UTF-8",
            "PATH": os.environ.get("PATH", os.defpath),
            "SHELL": "/bin/sh",
            "TERMLAB_CONFIG": str(self.directory / "config.toml"),
            "XDG_STATE_HOME": str(self.directory / "state"),
        }
        self._place = Place(str(self.directory), self.environment)

    def __enter__(self) -> Self:
        reader, writer = os.pipe()
        server = (sys.executable, "-P", "-m", "termlab.server.daemon")
        words = [*self._before, *server, self.path, str(writer)]
        self._process = subprocess.Popen(words, pass_fds=[writer], env=self.environment)
        os.close(writer)
        with open(reader) as pipe:
            said = pipe.read()
        if said.strip() != READY:
            raise RuntimeError(f"no server: {said}")
        self.pid = self._process.pid
        self._connection = Connection(self.connect())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._connection.close()
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self.directory, ignore_errors=True)

    def connect(self) -> socket.socket:
        """One connection more."""
        stream = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        stream.connect(self.path)
        return stream

    def ok(self, *words: str) -> str:
        """What a command says that works."""
        code, text = self._connection.call(words, self._place, WAIT_S)
        if code:
            raise RuntimeError(f"{words}: exit code {code}: {text}")
        return text

    # What the kernel knows of it

    def rss_bytes(self) -> int:
        pages = Path(f"/proc/{self.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def descriptors(self) -> int:
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def children(self) -> int:
        """Those that live, and those that nobody waited for."""
        tasks = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(len((task / "children").read_text().split()) for task in tasks)

    def settle(self, children: int) -> None:
        """Wait until no more of its children are there than that."""
        deadline = time.monotonic() + END_S
        while self.children() > children and time.monotonic() < deadline:
            time.sleep(LOOK_S)
