"""A termlab of one's own: real processes, a short socket path, nothing left behind."""

import contextlib
import os
import select
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil
import pytest

assert sys.platform != "win32"

LIMIT_S = 30


class Termlab:
    """The command line, with a server that only it knows."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.socket = directory / "s"
        kept = {name: value for name, value in os.environ.items() if "TERMLAB" not in name}
        self.environment = kept | {
            "TERMLAB_SOCKET": str(self.socket),
            "HOME": str(directory),
            "XDG_CONFIG_HOME": str(directory / "config"),
            "XDG_STATE_HOME": str(directory / "state"),
            "XDG_RUNTIME_DIR": str(directory),
            "SHELL": "/bin/sh",
            "PS1": "$ ",
        }

    def start(self, *words: str, extra: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        """Run a command without waiting for it."""
        return subprocess.Popen(
            [sys.executable, "-m", "termlab", *words],
            env=self.environment | dict(extra or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.directory,
        )

    def run(self, *words: str, extra: Mapping[str, str] | None = None) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        with self.start(*words, extra=extra) as process:
            out, err = process.communicate(timeout=LIMIT_S)
        return process.returncode, out, err

    def ok(self, *words: str, extra: Mapping[str, str] | None = None) -> str:
        """What a command that works prints."""
        code, out, err = self.run(*words, extra=extra)
        assert (code, err) == (0, "")
        return out

    def server_pid(self) -> int:
        """The process that holds the lock."""
        return int(Path(f"{self.socket}.lock").read_text())

    def wait_for_end(self) -> None:
        """Until the server's process has gone; it closes its socket a moment before."""
        for pid in self.servers():
            with contextlib.suppress(ProcessLookupError):
                watch = os.pidfd_open(pid)
                try:
                    assert select.select([watch], [], [], LIMIT_S)[0]
                finally:
                    os.close(watch)
        assert self.servers() == []

    def servers(self) -> list[int]:
        """Every process of the server of this socket, as the system's list has them."""
        # Not from `ps`, which cuts its lines where COLUMNS is set.
        found = []
        for process in psutil.process_iter(["cmdline"]):
            argv = process.info["cmdline"] or []
            if "termlab.server.daemon" in argv and str(self.socket) in argv:
                found.append(process.pid)
        return found


@pytest.fixture
def termlab() -> Iterator[Termlab]:
    # pytest's own directories are too deep for the path of a socket.
    directory = Path(tempfile.mkdtemp(prefix="tl-"))
    it = Termlab(directory)
    try:
        yield it
        it.run("kill-server")
        it.wait_for_end()
        assert not it.socket.exists()
    finally:
        shutil.rmtree(directory)
