"""Starting a server with `subprocess`: for Windows, where there is no ``posix_spawn``.

It answers on its stdout. What it has to say is over with its verdict, not with the end of the pipe:
in a virtual environment Python is started by a launcher that holds the pipe for as long as the
server lives. Nothing here is Windows' alone but the flags, so it runs, and is tested, anywhere.
"""

import subprocess
import sys
import threading
from typing import IO, Final

from termlab.errors import ServerError
from termlab.wire.address import FAILED, OTHER, READY

# What a failing start may say.
MAX_SAID_BYTES: Final = 64 * 1024
_LINE_BYTES: Final = 4096
# One that has said why it can't ends at once.
_END_S: Final = 5.0
_STDOUT: Final = "1"


class Child:
    """A server that starts. `said` is called once, then `ended` or `kill` if it failed."""

    def __init__(self, process: subprocess.Popen[bytes], pipe: IO[bytes]) -> None:
        self._process = process
        self._said = b""
        # A pipe can't be waited for on Windows but by a thread that reads it.
        self._reader = threading.Thread(target=self._read, args=(pipe,), daemon=True)
        self._reader.start()

    def said(self, timeout_s: float) -> str | None:
        """All it said, its verdict last; None if that takes too long."""
        self._reader.join(timeout_s)
        if self._reader.is_alive():
            return None
        text = self._said.decode("utf-8", "replace").replace("\r\n", "\n")
        if text.rstrip("\n").rpartition("\n")[2] == READY:
            # It is on its own from here on; else Python would warn of a child that still runs.
            self._process.returncode = 0
        return text

    def ended(self) -> str:
        """How it ended, for a message; it has said its last word."""
        try:
            code = self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self.kill()
            return "it did not end by itself"
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def _read(self, pipe: IO[bytes]) -> None:
        with pipe:
            while line := pipe.readline(_LINE_BYTES):
                self._said = (self._said + line)[-MAX_SAID_BYTES:]
                if _is_verdict(line):
                    return


def spawn(path: str) -> Child:
    """Start a server for ``path``. Raises ``ServerError``."""
    # -P: the directory the client runs in must not be where the server imports from.
    argv = [sys.executable, "-P", "-m", "termlab.server.daemon", path, _STDOUT]
    try:
        process = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            creationflags=_flags(),
        )
    except OSError as error:
        raise ServerError(
            f"no server can be started with {sys.executable}: {error.strerror}"
        ) from error
    assert process.stdout is not None
    return Child(process, process.stdout)


def _flags() -> int:
    """A console of its own that nobody sees: the end of the client's, and Ctrl-C in it, are not the
    server's. With none at all (DETACHED_PROCESS) the launcher of a virtual environment, and what
    programs start, would open windows."""
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    return 0


def _is_verdict(line: bytes) -> bool:
    word = line.rstrip(b"\r\n").decode("utf-8", "replace")
    return word in (READY, OTHER) or word.startswith(FAILED)
