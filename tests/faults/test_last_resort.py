"""A program that ignores the hang-up ends with its pane none the less, and the server after it."""

import os
import signal
import sys

import pytest

if sys.platform != "win32":
    from tests.backends.exit_watch import exited
    from tests.e2e.session import OwnServer
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = pytest.mark.slow

STUBBORN = "trap '' HUP TERM; echo up; while :; do sleep 1; done"
LIMIT_S = 20.0


def test_it_is_killed_when_it_was_asked_in_vain_and_the_server_ends_behind_it() -> None:
    with OwnServer() as own:
        own.ok("new", "-d", "-s", "stays", "--", "cat")
        own.ok("new", "-d", "-s", "goes", "--", "sh", "-c", STUBBORN)
        own.ok("wait", "-t", "goes", "--text", "up")
        pid, server = own.pane_pids()[-1], own.server_pid()
        own.ok("kill-session", "-t", "goes")
        assert own.ok("ls").startswith("stays")
        assert not exited(pid, 0)
        own.ok("kill-server")
        assert exited(server, LIMIT_S)
        assert exited(pid, 0)


def test_what_a_shell_left_running_on_purpose_stays() -> None:
    with OwnServer() as own:
        own.ok("new", "-d", "-s", "stays", "--", "cat")
        own.ok("new", "-d", "-s", "goes", "--", "bash", "--norc", "--noprofile", "-i")
        own.ok("send-text", "-t", "goes", "nohup sleep 300 >/dev/null 2>&1 & echo pid:$!")
        own.ok("send-keys", "-t", "goes", "Enter")
        own.ok("wait", "-t", "goes", "--text", r"^pid:\d+")
        pid = int(own.ok("capture", "-t", "goes").split("\npid:")[1].split()[0])
        shell = own.pane_pids()[-1]
        own.ok("kill-session", "-t", "goes")
        assert exited(shell, LIMIT_S)
        assert not exited(pid, 0)
        os.kill(pid, signal.SIGKILL)
