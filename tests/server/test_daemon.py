"""The server as a process of its own: it starts, serves, and is gone with its last session."""

import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from termlab.wire import codec
from termlab.wire.address import FAILED, OTHER, READY
from termlab.wire.link import Link
from termlab.wire.loopback import connect
from termlab.wire.messages import PROTOCOL, FromServer, Hello, Message, Reply, Request
from tests.backends.exit_watch import exited
from tests.server.world import PLACE

if sys.platform == "win32":
    pytest.skip("there is no such process", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = pytest.mark.slow

DEADLINE_S = 20.0


class Daemons:
    """Server processes on one socket path; all are gone at the end."""

    def __init__(self, directory: str, wire: str) -> None:
        self.wire = wire
        self.path = os.path.join(directory, "run", "socket")
        self.state = os.path.join(directory, "state")
        self.config = os.path.join(directory, "config.toml")
        self.started: list[subprocess.Popen[bytes]] = []

    def environment(self) -> dict[str, str]:
        """Nothing in it is the person's."""
        ours = {"HOME": os.path.dirname(self.state), "TERMLAB_CONFIG": self.config}
        return os.environ | ours | {"XDG_STATE_HOME": self.state, "TERMLAB_WIRE": self.wire}

    def start(self) -> str:
        """Start one: what it reports."""
        reader, writer = os.pipe()
        words = [sys.executable, "-m", "termlab.server.daemon", self.path, str(writer)]
        self.started.append(subprocess.Popen(words, pass_fds=[writer], env=self.environment()))
        os.close(writer)
        with open(reader) as pipe:
            assert select.select([pipe], [], [], DEADLINE_S)[0], "it reports nothing"
            return pipe.read().strip()

    def gone(self, number: int = 0) -> int:
        """The exit code of one that ends by itself."""
        process = self.started[number]
        assert process.poll() is not None or exited(process.pid, DEADLINE_S), "it still runs"
        return process.wait()

    def log(self) -> str:
        return Path(self.state, "termlab", "socket.log").read_text()

    def close(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.wait()


class Asker:
    """A blocking client."""

    def __init__(self, path: str) -> None:
        stream, token = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM), ""
        if os.path.isfile(path):
            stream.close()
            reached = connect(path)
            assert reached is not None
            stream, token = socket.socket(fileno=reached[0]), reached[1].token
        else:
            stream.connect(path)
        self.link: Link[FromServer] = Link(stream, codec.from_server())
        self.link.send(Hello(PROTOCOL, "test", token))

    def run(self, *argv: str) -> Reply:
        self.link.send(Request(1, argv, PLACE))
        while True:
            assert select.select([self.link.fileno()], [], [], DEADLINE_S)[0], "no answer"
            got: list[Message | codec.Unreadable] = list(self.link.receive() or [])
            for message in got:
                if isinstance(message, Reply):
                    return message


@pytest.fixture(params=["unix", "tcp"])
def daemons(request: pytest.FixtureRequest) -> Iterator[Daemons]:
    with tempfile.TemporaryDirectory() as directory:
        daemons = Daemons(directory, request.param)
        yield daemons
        daemons.close()


def test_it_serves_and_ends_with_its_last_session(daemons: Daemons) -> None:
    assert daemons.start() == READY
    asker = Asker(daemons.path)
    assert asker.run("new", "-d", "-s", "x").code == 0
    assert asker.run("ls").text.startswith("x: 1 window")
    assert asker.run("send-text", "-t", "x", "exit\n").code == 0
    assert daemons.gone() == 0
    assert not os.path.exists(daemons.path)
    asker.link.close()


def test_a_second_one_leaves_the_socket_to_the_first(daemons: Daemons) -> None:
    assert daemons.start() == READY
    assert daemons.start() == OTHER
    assert daemons.gone(1) == 0
    asker = Asker(daemons.path)
    assert asker.run("ls").code == 0
    asker.link.close()


def test_it_is_ended_by_command_even_without_a_session(daemons: Daemons) -> None:
    daemons.start()
    asker = Asker(daemons.path)
    assert asker.run("kill-server").code == 0
    assert daemons.gone() == 0
    asker.link.close()


def test_the_signal_to_end_ends_the_children_and_removes_the_socket(daemons: Daemons) -> None:
    daemons.start()
    asker = Asker(daemons.path)
    asker.run("new", "-d", "sleep", "1000")
    daemons.started[0].send_signal(signal.SIGTERM)
    assert daemons.gone() == 0
    assert not os.path.exists(daemons.path)
    assert "SIGTERM" in daemons.log()
    asker.link.close()


def test_what_a_killed_one_left_does_not_stop_the_next(daemons: Daemons) -> None:
    daemons.start()
    daemons.started[0].kill()
    daemons.gone()
    assert daemons.start() == READY


def test_a_directory_it_can_not_trust_is_said(daemons: Daemons) -> None:
    os.makedirs(os.path.dirname(daemons.path), mode=0o755)
    os.chmod(os.path.dirname(daemons.path), 0o755)
    report = daemons.start()
    assert report.startswith(FAILED)
    assert "0700" in report
    assert daemons.gone() == 4


def test_a_wire_that_is_none_is_said(daemons: Daemons) -> None:
    daemons.wire = "string"
    assert daemons.start().startswith(f"{FAILED}TERMLAB_WIRE is 'string'")
    assert daemons.gone() == 2


def test_it_may_report_on_its_stdout_and_leaves_that(daemons: Daemons) -> None:
    words = [sys.executable, "-m", "termlab.server.daemon", daemons.path, "1"]
    process = subprocess.Popen(
        words, env=daemons.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    daemons.started.append(process)
    assert process.stdout is not None
    # Its end too: nobody holds it any more while the server runs.
    assert process.stdout.read().decode().strip() == READY
    assert process.poll() is None
    process.stdout.close()


def test_a_configuration_that_can_not_be_used_is_in_the_log(daemons: Daemons) -> None:
    Path(daemons.config).write_text("mouse = 1\n")
    assert daemons.start() == READY
    assert "config.toml:1: mouse can't be 1: it is true or false" in daemons.log()
    assert daemons.config in daemons.log()
