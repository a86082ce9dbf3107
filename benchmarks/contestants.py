"""What is compared: a plain PTY, tmux and termlab, each started, attached and ended the same way.

termlab three times: as it is, the ui beside its client ("termlab"), the client with no ui
("no ui"), and the Textual app as the client ("stand-alone").

Every run has a directory of its own for homes, sockets and logs, and sockets of a name that occurs
nowhere else: all processes of a contestant are those with that name in their arguments.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from benchmarks.processes import run_ns
from benchmarks.terminal import COLS, ROWS, Terminal

SHELL: Final = ("/bin/sh", "-i")
NAMES: Final = ("plain", "tmux", "termlab", "no ui", "stand-alone")
# By the value of TERMLAB_UI.
PLACEMENTS: Final = {"termlab": "guest", "no ui": "none", "stand-alone": "standalone"}
GUEST: Final = b"termlab.ui.as_guest"
# All that was put off at the start is done when nothing has run for so long.
REST_S: Final = 0.4
ROOT: Final = Path(__file__).parent.parent
TIMEOUT_S: Final = 30.0


class Contestant:
    """One of them, at one time, in a directory of its own."""

    def __init__(self, name: str, directory: str) -> None:
        self.name = name
        # In the arguments of all its processes, and of nobody else's.
        self.tag = f"bench-{name.replace(' ', '-')}-{os.getpid()}"
        self.directory = directory
        # Nobody is new here, or the first screen would greet them.
        os.makedirs(f"{directory}/termlab", mode=0o700, exist_ok=True)
        Path(directory, "termlab", "welcomed").touch()
        self.environment = {
            "HOME": directory,
            "LANG": "C.UTF-8",
            "PATH": os.environ.get("PATH", os.defpath),
            "PS1": "$ ",
            "PYTHONPATH": str(ROOT),
            "SHELL": "/bin/sh",
            "TERM": "xterm-256color",
            "TERMLAB_UI": PLACEMENTS.get(name, ""),
            "TMUX_TMPDIR": directory,
            "XDG_RUNTIME_DIR": directory,
            "XDG_STATE_HOME": directory,
        }

    def command(self, *words: str) -> list[str]:
        """Its command line with ``words``."""
        if self.name == "tmux":
            return ["tmux", "-u", "-f", "/dev/null", "-L", self.tag, *words]
        return [sys.executable, "-m", "termlab", "-L", self.tag, *words]

    def run(self, *words: str) -> None:
        """One of its short commands."""
        subprocess.run(
            self.command(*words),
            env=self.environment,
            cwd=self.directory,
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=TIMEOUT_S,
        )

    def start(self, argv: Sequence[str] = SHELL) -> None:
        """Start a detached session of the size it will have when attached."""
        if self.name != "plain":
            size = ("-x", str(COLS), "-y", str(ROWS - 1))
            self.run("new-session", "-d", "-s", "x", *size, *argv)

    def split(self, argv: Sequence[str]) -> None:
        """Another pane to the right, without the focus."""
        if self.name != "plain":
            self.run("split-window", "-h", "-d", "-t", "x:", *argv)

    def attach(self) -> Terminal:
        """The outer terminal that shows the session; for the plain PTY the shell itself."""
        if self.name == "plain":
            return Terminal(SHELL, self.environment)
        words = ["attach-session", "-t", "x"] if self.name == "tmux" else ["attach", "-t", "x"]
        return Terminal(self.command(*words), self.environment)

    def cold(self) -> Terminal:
        """An outer terminal in which everything is started at once."""
        if self.name == "plain":
            return Terminal(SHELL, self.environment)
        return Terminal(self.command("new-session", "-s", "x", *SHELL), self.environment)

    def processes(self) -> list[int]:
        """Its server, clients and ui; for the plain PTY nobody's work but the kernel's."""
        return _tagged(self.tag)

    def rest(self, terminal: Terminal) -> list[int]:
        """Wait until the ui, if it has one, stands and nothing runs any more: its processes."""
        terminal.calm(REST_S)
        while True:
            pids = self.processes()
            before = run_ns(pids)
            terminal.calm(REST_S)
            if run_ns(pids) == before and pids == self.processes():
                return pids

    def end(self) -> None:
        """Whatever happened: nothing of it runs afterwards."""
        if self.name != "plain" and self.processes():
            with suppress(subprocess.SubprocessError):
                self.run("kill-server")
        if sys.platform != "win32":
            for pid in self.processes():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


def _tagged(tag: str) -> list[int]:
    """The processes with ``tag`` in their arguments, and the uis they started."""
    found, guests = [], []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and int(entry.name) != os.getpid():
            try:
                words = (entry / "cmdline").read_bytes()
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if tag.encode() in words:
                found.append(int(entry.name))
            elif GUEST in words:
                guests.append((parent, int(entry.name)))
    return sorted(found + [pid for parent, pid in guests if parent in found])


@contextmanager
def contestant(name: str) -> Iterator[Contestant]:
    """A contestant that is gone, with its files, when the block is left; a signal leaves it too."""
    signal.signal(signal.SIGTERM, _leave)
    with tempfile.TemporaryDirectory(prefix="tl-") as directory:
        one = Contestant(name, directory)
        try:
            yield one
        finally:
            one.end()


def _leave(number: int, frame: object) -> None:
    raise SystemExit(128 + number)


def present() -> list[str]:
    """Who can take part here; it is said who can't."""
    if shutil.which("tmux") is None:
        print("tmux is missing: `apt-get install tmux` to compare with it", file=sys.stderr)
        return [name for name in NAMES if name != "tmux"]
    return list(NAMES)
