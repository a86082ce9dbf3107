"""A foreign tool beside a measured program: found, started apart from the terminal, and ended.

It gets no terminal, no signals of the terminal's, and what it says goes into a file of its own. It
never outlives its owner's `end`.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Callable, Sequence
from typing import Final

_SAID_CHARS: Final = 300
_ASKED_S: Final = 5.0


def find_tool(name: str, search: str) -> str:
    """Its path: beside this Python, where a virtual environment has it, or on ``search``; "" if
    there is none."""
    beside = os.path.join(os.path.dirname(sys.executable), name)
    return beside if os.access(beside, os.X_OK) else shutil.which(name, path=search) or ""


class Tool:
    """One that runs. Raises ``OSError`` where it can't be started."""

    def __init__(self, argv: Sequence[str], directory: str) -> None:
        self._said = os.path.join(directory, "said")
        with open(self._said, "wb") as said:
            self._process = subprocess.Popen(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                cwd=directory,
            )
        # Also where its owner is forgotten, or this process ends.
        self._last = weakref.finalize(self, _kill, self._process)

    def end(self, patience_s: float) -> int:
        """Its exit code, once it has ended: by itself, interrupted, or killed."""
        for number, wait_s in ((0, patience_s), (signal.SIGINT, _ASKED_S), (signal.SIGTERM, 1.0)):
            if number:
                self._signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = self._process.wait(wait_s)
                self._last.detach()
                return code
        self._last()
        return self._process.wait()

    def _signal(self, number: int) -> None:
        _signal(self._process, number)

    def said(self) -> str:
        """The beginning of what it said, in one line."""
        try:
            with open(self._said, encoding="utf-8", errors="replace") as file:
                words = " ".join(file.read(1 << 16).split())
        except OSError:
            return ""
        shown = "".join(char for char in words if char.isprintable())
        return shown if len(shown) <= _SAID_CHARS else f"{shown[:_SAID_CHARS]}…"


def run_tool(argv: Sequence[str], directory: str, patience_s: float) -> tuple[int, str]:
    """A tool to its end: its exit code and what it said."""
    tool = Tool(argv, directory)
    code = tool.end(patience_s)
    return code, tool.said()


def private_directory(owner: object, prefix: str) -> tuple[str, Callable[[], object]]:
    """A directory for what ``owner``'s tools write, and what removes it: called with the last of
    them, or when the owner is forgotten, or this process ends."""
    directory = tempfile.mkdtemp(prefix=prefix)
    return directory, weakref.finalize(owner, shutil.rmtree, directory, ignore_errors=True)


def _signal(process: "subprocess.Popen[bytes]", number: int) -> None:
    """To it and what it has started."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, number)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    _signal(process, 9)
    process.wait()
