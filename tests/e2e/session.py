"""A termlab of one's own, for flows: its server, its clients in real terminals, its leftovers.

Everything a test starts carries the path of its socket in the environment, which is how what is
left of it is found.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

import pytest

from termlab.model.geometry import Size
from tests.backends.exit_watch import exited

if sys.platform != "win32":
    from tests.e2e.outer import PLAIN, SIZE, TIMEOUT_S, OuterTerminal

assert sys.platform != "win32"

TERMLAB: Final = (sys.executable, "-P", "-m", "termlab")
BASH: Final = ("bash", "--norc", "--noprofile", "-i")
PREFIX: Final = "\x02"
# A person notices a twentieth of this; a machine of two busy cores may need all of it.
ECHO_S: Final = 4.0
# Ends only a hang.
COMMAND_S: Final = 30.0
# Who draws: the client with the app as its guest, or the app by itself (TERMLAB_UI).
PLACEMENTS: Final = ("guest", "standalone")
GUEST: Final = "termlab.ui.as_guest"
# How often to look whether a guest listens: it tells nobody but its client.
LOOK_MS: Final = 20.0
REST_S: Final = 2.0


class OwnServer:
    """Commands, clients and programs of one server. Leaving the block ends it and checks.

    ``placement`` is who draws in its terminals; "" leaves that to termlab.
    """

    def __init__(self, placement: str = "") -> None:
        self.placement = placement
        self.directory = Path(tempfile.mkdtemp(prefix="tl-", dir="/tmp"))
        self.socket = str(self.directory / "s")
        home = self.directory / "home"
        home.mkdir()
        # Nobody is new here, or each first screen would greet them.
        state = self.directory / "state" / "termlab"
        state.mkdir(mode=0o700, parents=True)
        (state / "welcomed").touch()
        (home / ".bashrc").write_text("PS1='$ '\nunset HISTFILE\n")
        self.program_env = PLAIN | {
            "COLORTERM": "truecolor",
            "HOME": str(home),
            "LESSHISTFILE": "-",
            "SHELL": "/bin/bash",
            "TERM_PROGRAM": "termlab",
        }
        self.env = self.program_env | {
            "TERMLAB_SOCKET": self.socket,
            "XDG_STATE_HOME": str(self.directory / "state"),
        }
        if placement:
            self.env["TERMLAB_UI"] = placement
        self._terminals: list[OuterTerminal] = []

    def __enter__(self) -> "OwnServer":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        try:
            self.close(check=error is None)
        finally:
            shutil.rmtree(self.directory, ignore_errors=True)

    # What a person does

    def open(self, *words: str, size: Size = SIZE, **env: str) -> OuterTerminal:
        """A terminal in which `termlab WORDS` runs."""
        return self._terminal((*TERMLAB, *words), size, self.env | env)

    def shell(self, size: Size = SIZE) -> OuterTerminal:
        """A client on the screen, a shell at its prompt in its only pane."""
        outer = self.open(size=size)
        outer.wait_for(r"^\$")
        if self.placement:
            self.placed(outer)
        return outer

    def placed(self, outer: OuterTerminal, client: int = 0) -> None:
        """Wait until ``client``, that of the terminal if it is the terminal's own program, draws as
        the placement says: with a guest that listens, or with none."""
        client = client or outer.pid
        deadline = time.monotonic() + TIMEOUT_S
        while self.placement == "guest" and not any(map(listens, self.guests(client))):
            outer.wait_quiet(LOOK_MS)
            assert time.monotonic() < deadline, self.processes()
        assert len(self.guests(client)) == (self.placement == "guest")
        if self.placement == "guest":
            self._told(outer, (client, *self.guests(client)))

    def _told(self, outer: OuterTerminal, pids: Sequence[int]) -> None:
        """Wait until the client has heard that its guest listens: both sleep, and nothing wakes
        them. Whose terminal does not rest has one that hears soon."""
        from tests.e2e.rest import AT_REST, seen

        deadline = time.monotonic() + REST_S
        before = [seen(pid) for pid in pids]
        while time.monotonic() < deadline:
            outer.wait_quiet(LOOK_MS)
            now = [seen(pid) for pid in pids]
            if now == before and all(each.state in AT_REST for each in now):
                return
            before = now

    def direct(self, argv: Sequence[str], size: Size) -> OuterTerminal:
        """The same program, in a terminal of its own."""
        return self._terminal(argv, size, self.program_env)

    def _terminal(self, argv: Sequence[str], size: Size, env: dict[str, str]) -> OuterTerminal:
        outer = OuterTerminal(argv, size, env, str(self.directory))
        self._terminals.append(outer)
        return outer

    def run(self, *words: str, **env: str) -> tuple[int, str, str]:
        """Exit code, stdout and stderr of a command without a terminal."""
        done = subprocess.run(
            [*TERMLAB, *words],
            env=self.env | env,
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=COMMAND_S,
        )
        return done.returncode, done.stdout, done.stderr

    def ok(self, *words: str) -> str:
        """What a command prints that works."""
        code, out, err = self.run(*words)
        assert (code, err) == (0, ""), (words, code, out, err)
        return out

    # What there is

    def server_pid(self) -> int:
        return int(Path(f"{self.socket}.lock").read_text())

    def pane_pids(self) -> list[int]:
        """The programs of the panes, oldest first: the server's children."""
        listing = subprocess.run(
            ["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True
        )
        pairs = [line.split() for line in listing.stdout.splitlines()]
        server = str(self.server_pid())
        return sorted(int(pid) for pid, parent in pairs if parent == server)

    def processes(self) -> dict[int, str]:
        """Every process that runs for this server or under it, and its arguments."""
        mark = self.socket.encode()
        found = {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdecimal():
                continue
            try:
                args = (entry / "cmdline").read_bytes()
                told = args + b"\0" + (entry / "environ").read_bytes()
            except OSError:
                continue  # it has ended, or is somebody else's
            if args and re.search(re.escape(mark) + rb"(\0|$)", told):
                found[int(entry.name)] = args.replace(b"\0", b" ").decode(errors="replace")
        return found

    def guests(self, client: int) -> list[int]:
        """The guest of an attached client, if it has one."""
        return [
            pid for pid, args in self.processes().items() if GUEST in args and parent(pid) == client
        ]

    # The end

    def close(self, check: bool = True) -> None:
        """End everything; ``check`` that nothing stays behind."""
        if os.path.exists(self.socket):
            self.run("kill-server")
        for outer in self._terminals:
            outer.close()
        left = self.await_end()
        for pid in left:
            _kill(pid)
        if check:
            assert not left
            assert not os.path.exists(self.socket)

    def await_end(self) -> dict[int, str]:
        """What still runs, once it had its time to end."""
        deadline = time.monotonic() + TIMEOUT_S
        for pid in self.processes():
            ended(pid, max(deadline - time.monotonic(), 0))
        return self.processes()


def echoes(outer: OuterTerminal, word: str, within_s: float = TIMEOUT_S) -> None:
    """What is typed into a shell is shown, and so are its answer and the next prompt."""
    outer.type(f"echo {word[:1]}''")
    outer.wait_for(rf"echo {word[:1]}'' *(│|$)", within_s)
    outer.type(f"{word[1:]}\r")
    outer.wait_for(rf"(^|│){word} *(│.*)?\n(.*│)?\$", within_s)


def parent(pid: int) -> int:
    """Who started a process; 0 once it has ended."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def listens(guest: int) -> bool:
    """Whether a guest is ready: it waits for its client, on the descriptor named last in its words,
    with the loop the app runs on."""
    proc = Path(f"/proc/{guest}")
    try:
        words = (proc / "cmdline").read_text().split("\0")
        sets = [info.read_text() for info in (proc / "fdinfo").iterdir()]
    except OSError:
        return False  # it has ended
    if len(words) < 2:
        return False  # it ends just now: nothing is left of its words
    return any(re.search(rf"^tfd: +{words[-2]} ", each, re.MULTILINE) for each in sets)


def ended(pid: int, timeout_s: float = TIMEOUT_S) -> bool:
    """Whether a process ended in time."""
    try:
        return exited(pid, timeout_s)
    except ProcessLookupError:
        return True


def _kill(pid: int) -> None:
    try:
        os.kill(pid, 9)
    except ProcessLookupError:
        return


def program(name: str) -> str:
    """The path of a program, or the test is skipped."""
    return shutil.which(name) or pytest.skip(f"{name} is not installed")
