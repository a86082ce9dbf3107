"""Starting a server with ``posix_spawn``; what a server may do wrong a script does in its place."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from termlab.errors import ServerError

if sys.platform != "win32":
    from termlab.client import start_posix
    from termlab.client.start_posix import Child, spawn
else:
    pytest.skip("there is no posix_spawn", allow_module_level=True)

assert sys.platform != "win32"

# Ends only a hang.
DEADLINE_S = 30.0


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Child]:
    """A shell script instead of a server."""
    program = tmp_path / "python"
    monkeypatch.setattr(sys, "executable", str(program))

    def start(script: str) -> Child:
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o700)
        return spawn("/nowhere/s")

    return start


def open_descriptors() -> int:
    return len(os.listdir("/dev/fd"))


def test_all_it_said_is_heard_to_the_end_of_the_pipe(run: Callable[[str], Child]) -> None:
    before = open_descriptors()
    child = run("echo one >&2; echo two >&2")
    assert child.said(DEADLINE_S) == "one\ntwo\n"
    assert child.ended() == "exit code 0"
    assert open_descriptors() == before


def test_it_is_told_the_path_and_a_descriptor_to_report_on(run: Callable[[str], Child]) -> None:
    child = run('echo "$4 $#" >&2; echo here >/dev/fd/$5')
    assert child.said(DEADLINE_S) == "/nowhere/s 5\nhere\n"
    child.ended()


def test_it_leads_a_session_of_its_own_and_has_no_terminal(run: Callable[[str], Child]) -> None:
    child = run("echo $$ >&2; ps -o sid= -p $$ >&2; [ -t 0 ] || [ -t 1 ] || echo none >&2")
    said = (child.said(DEADLINE_S) or "").split()
    child.ended()
    assert said[0] == said[1]
    assert said[2] == "none"


@pytest.mark.parametrize(
    ("script", "how"), [("exit 3", "exit code 3"), ("kill -9 $$", f"signal {signal.SIGKILL}")]
)
def test_how_it_ended_is_told(run: Callable[[str], Child], script: str, how: str) -> None:
    child = run(script)
    assert child.said(DEADLINE_S) == ""
    assert child.ended() == how


def test_one_that_says_nothing_is_ended(run: Callable[[str], Child]) -> None:
    before = open_descriptors()
    child = run("exec sleep 1000")
    assert child.said(0.05) is None
    child.kill()
    assert open_descriptors() == before
    with pytest.raises(ChildProcessError):
        os.wait()


def test_of_endless_talk_the_end_is_kept(run: Callable[[str], Child]) -> None:
    child = run("yes 2>/dev/null | head -c 200000 >&2; echo end >&2")
    said = child.said(DEADLINE_S)
    child.ended()
    assert said is not None
    assert len(said) == start_posix.MAX_SAID_BYTES
    assert said.endswith("y\nend\n")


def test_a_missing_interpreter_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    before = open_descriptors()
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(ServerError, match="can be started with /no/such/python: No such file"):
        spawn("/nowhere/s")
    assert open_descriptors() == before


@pytest.mark.parametrize("closed", ["0<&-", "0<&- 1>&-", "0<&- 1>&- 2>&-"])
def test_a_client_without_standard_descriptors_hears_it_too(tmp_path: Path, closed: str) -> None:
    said = tmp_path / "said"
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\necho fine >&2\n")
    program.chmod(0o700)
    script = (
        "import sys; from termlab.client.start_posix import spawn;"
        f"sys.executable = {str(program)!r};"
        f"text = spawn('/nowhere/s').said(30); open({str(said)!r}, 'w').write(str(text))"
    )
    command = f'exec "$0" -c "$1" {closed}'
    subprocess.run(["/bin/sh", "-c", command, sys.executable, script], check=True, timeout=60)
    assert said.read_text() == "fine\n"
