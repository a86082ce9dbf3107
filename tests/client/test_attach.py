"""A real client on a real terminal: shown, detached, killed, orphaned; the terminal is given back.

A shell around it says what a person's shell would find: the exit code and the terminal's settings.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform != "win32":
    from termlab.client.attach import Client
    from termlab.client.connection import Connection
    from termlab.client.signals import Signals
    from termlab.model.geometry import Size
    from termlab.wire.codec import encode, from_client
    from termlab.wire.link import Link
    from termlab.wire.messages import PROTOCOL, Attached, Bye, Frame, Message, Seen, Welcome
    from tests.client.recorder import OPTIONS
    from tests.client.test_display import Paper
    from tests.e2e.outer import PLAIN, OuterTerminal
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

ROOT = Path(__file__).parents[2]
TERMLAB = f"{sys.executable} -m termlab"
# The client's process number, its exit code, and whether the settings are as before.
SCRIPT = f"""
before=$(stty -g)
sh -c 'echo $$ > "$HOME/pid"; exec {TERMLAB} "$@"' - "$@"
echo "code $?"
[ "$before" = "$(stty -g)" ] && echo same || echo changed
read end
"""


class Home:
    """A termlab of one's own, in a directory short enough for the path of a socket."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        # Nobody is new here, or the first screen would greet them.
        (directory / "state" / "termlab").mkdir(mode=0o700, parents=True)
        (directory / "state" / "termlab" / "welcomed").touch()
        self.environment = {
            **PLAIN,
            "HOME": str(directory),
            "PYTHONPATH": str(ROOT),
            "SHELL": "/bin/sh",
            "TERMLAB_SOCKET": str(directory / "s"),
            "XDG_STATE_HOME": str(directory / "state"),
        }

    def terminal(self, *words: str, size: Size | None = None) -> OuterTerminal:
        """A terminal whose shell runs termlab."""
        argv = ["sh", "-c", SCRIPT, "sh", *words]
        return OuterTerminal(argv, size or Size(80, 24), self.environment, str(self.directory))

    def client(self) -> int:
        """The client's process."""
        return int((self.directory / "pid").read_text())

    def kill_server(self) -> None:
        subprocess.run(
            [*TERMLAB.split(), "kill-server"],
            env=self.environment,
            capture_output=True,
            timeout=20,
            check=False,
        )


@pytest.fixture
def home() -> Iterator[Home]:
    directory = Path(tempfile.mkdtemp(prefix="tl-"))
    made = Home(directory)
    try:
        yield made
    finally:
        made.kill_server()
        shutil.rmtree(directory, ignore_errors=True)


PROMPT = r"^\$"


def given_back(outer: OuterTerminal, code: int) -> None:
    """The shell has its terminal again, in every respect."""
    outer.wait_for(f"(?s)code {code}\n.*same")
    modes = outer.emulator.modes()
    assert not modes.alternate
    assert not modes.mouse
    assert not modes.focus
    assert not modes.bracketed_paste
    assert outer.cursor().visible
    assert outer.raw.rindex(b"\x1b[?7h") > outer.raw.rindex(b"\x1b[?7l")


class Room(Paper):
    """A terminal for the poll loop: nothing is typed on it."""

    def __init__(self, size: Size) -> None:
        super().__init__(size)
        self._ends = os.pipe()

    @property
    def erase(self) -> int:
        return 127

    @property
    def blocked(self) -> bool:
        return False

    def fileno(self) -> int:
        return self._ends[0]

    def close(self) -> None:
        for end in self._ends:
            os.close(end)
        self.engine.close()


def test_each_frame_is_a_credit_even_where_two_come_at_once() -> None:
    ours, theirs = socket.socketpair()
    said: tuple[Message, ...] = (
        Welcome(PROTOCOL, "", 1),
        Attached(1, OPTIONS),
        Frame(1, 0, ()),
        Frame(2, 0, ()),
        Bye("done"),
    )
    theirs.sendall(b"".join(map(encode, said)))
    room, signals, connection = Room(Size(20, 5)), Signals(), Connection(ours)
    try:
        Client(room, connection, signals).loop()
        heard = Link(theirs, from_client()).receive() or []
        assert [m.serial for m in heard if isinstance(m, Seen)] == [1, 2]
    finally:
        signals.close()
        connection.close()
        theirs.close()
        room.close()


@pytest.mark.slow
def test_a_shell_is_shown_and_lives_on_when_the_terminal_is_given_back(home: Home) -> None:
    with home.terminal() as outer:
        outer.wait_for(PROMPT)
        assert outer.emulator.modes().alternate
        assert outer.screen()[-1].startswith(" 0  0:sh*")
        outer.type("echo $((6*7))\r")
        outer.wait_for("^42$")
        outer.type("\x02d")
        outer.wait_for(r"^\[detached \(from session 0\)\]")
        given_back(outer, 0)
    with home.terminal("attach") as outer:
        outer.wait_for("^42$")


@pytest.mark.slow
def test_what_is_typed_while_the_server_starts_reaches_the_shell(home: Home) -> None:
    with home.terminal() as outer:
        outer.wait_for(lambda _: (home.directory / "pid").exists() or bool(outer.raw))
        outer.type("echo $((6*7))\r")
        outer.wait_for("^42$")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_ends_it_gives_the_terminal_back(home: Home, number: signal.Signals) -> None:
    with home.terminal() as outer:
        outer.wait_for(PROMPT)
        os.kill(home.client(), number)
        given_back(outer, 128 + number)


@pytest.mark.slow
def test_a_server_that_is_killed_is_told_of_and_the_terminal_given_back(home: Home) -> None:
    with home.terminal() as outer:
        outer.wait_for(PROMPT)
        outer.type("kill -9 $PPID\r")
        outer.wait_for("(?s)the server at .* has gone")
        given_back(outer, 4)


@pytest.mark.slow
def test_the_session_ends_with_its_last_shell(home: Home) -> None:
    with home.terminal() as outer:
        outer.wait_for(PROMPT)
        outer.type("exit\r")
        given_back(outer, 0)


@pytest.mark.slow
def test_attaching_to_nothing_says_so_and_changes_nothing(home: Home) -> None:
    with home.terminal("attach") as outer:
        outer.wait_for("no server running")
        outer.wait_for("(?s)code 4\n.*same")
        assert b"\x1b[?1049h" not in outer.raw


@pytest.mark.slow
def test_a_client_that_is_continued_takes_and_paints_the_terminal_anew(home: Home) -> None:
    with home.terminal() as outer:
        outer.wait_for(PROMPT)
        outer.wait_quiet()
        os.kill(home.client(), signal.SIGSTOP)
        outer.emulator.feed(memoryview(b"\x1b[?1049l\x1b[?7h\x1b[?1002l\x1b[H\x1b[2Jlost"))
        os.kill(home.client(), signal.SIGCONT)
        outer.wait_for(lambda rows: rows[0] == "$" and rows[-1].startswith(" 0  0:sh*"))
        assert outer.emulator.modes().alternate
        assert outer.cursor().visible
        assert outer.cursor().x == 2


@pytest.mark.slow
def test_another_size_is_another_picture(home: Home) -> None:
    with home.terminal() as outer:
        outer.wait_for(PROMPT)
        outer.resize(Size(60, 10))
        # A terminal that shrinks may keep its last rows: the old picture looks like the new one.
        outer.type("until [ \"$(stty size)\" = '9 60' ]; do :; done; stty size\r")
        outer.wait_for("^9 60$")
        outer.wait_for(lambda rows: rows[9].startswith(" 0  0:sh*"))


FLOOD = """
import os, select, tty
tty.setcbreak(0)
while not select.select([0], [], [], 0)[0]:
    os.write(1, b"x\\n" * 50)
print("got", os.read(0, 1)[0])
"""


@pytest.mark.slow
def test_escape_is_a_key_even_while_frames_never_cease(home: Home) -> None:
    (home.directory / "flood.py").write_text(FLOOD)
    with home.terminal() as outer:
        outer.wait_for(PROMPT)
        outer.type(f"{sys.executable} flood.py\r")
        outer.wait_for("(?m)^x$")
        outer.type("\x1b")
        outer.wait_for("^got 27$")
