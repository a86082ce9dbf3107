"""`termlab profile` as a process without a terminal: its report, its file, its failures."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.backends.child import python

if sys.platform != "win32":
    from tests.cli.conftest import Termlab

assert sys.platform != "win32"


def figures(path: Path, run: int = 0) -> dict[str, float | None]:
    """The values of one run, by name."""
    said = json.loads(path.read_text())["runs"][run]["figures"]
    return {name: figure["value"] for name, figure in said.items()}


def test_without_a_terminal_it_is_headless_and_starts_no_server(termlab: Termlab) -> None:
    text = termlab.ok("profile", "sh", "-c", "echo hello")
    assert text.startswith("profile of sh -c 'echo hello'\n")
    assert "\nexit code 0\n" in text
    assert "\nnot available\n" in text
    assert ": no keys were typed\n" in text
    assert text.endswith("kept as run 1\n")
    assert not termlab.socket.exists()
    assert not (termlab.directory / "state").exists()


def test_what_follows_the_commands_name_is_the_commands(termlab: Termlab) -> None:
    path = termlab.directory / "out"
    termlab.ok("profile", "--json", str(path), "sh", "-c", "printf %s $0 $1", "-n", "--json")
    assert json.loads(path.read_text())["command"][3:] == ["-n", "--json"]
    assert figures(path)["pty_bytes"] == len("-n--json")


@pytest.mark.parametrize(
    ("script", "ending"),
    [("exit 3", "exit code 3"), ("kill -9 $$", "ended by SIGKILL")],
)
def test_a_command_that_fails_is_reported_and_is_no_failure(
    termlab: Termlab, script: str, ending: str
) -> None:
    assert f"\n{ending}\n" in termlab.ok("profile", "sh", "-c", script)


def test_several_runs_are_summed_up_and_each_is_in_the_file(termlab: Termlab) -> None:
    path = termlab.directory / "out.json"
    text = termlab.ok(
        "profile", "-n", "5", "--headless", "--json", "out.json", "sh", "-c", "echo hello"
    )
    assert "\n5 runs: 5 x exit code 0\n" in text
    said = json.loads(path.read_text())
    assert len(said["runs"]) == 5
    assert said["summary"]["pty_bytes"] == {
        "unit": "bytes", "median": 7, "min": 7, "max": 7, "runs": 5,
    }  # fmt: skip
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the accounts are Linux's")
def test_calls_and_cpu_time_are_those_known_beforehand(termlab: Termlab) -> None:
    path = termlab.directory / "out"
    source = (
        "import os, time\n"
        "for _ in range(1000): os.write(1, b'0123456789')\n"
        "zero = os.open('/dev/zero', os.O_RDONLY)\n"
        "for _ in range(2000): os.read(zero, 100)\n"
        "while time.process_time() < 0.5: pass\n"
    )
    termlab.ok("profile", "--json", str(path), *python(source))
    found = figures(path)
    assert found["write_calls"] == 1000
    assert found["write_bytes"] == found["pty_bytes"] == 10_000
    assert 2000 < (found["read_calls"] or 0) < 2300
    # Its own clock says 0.5 at the end of the loop; start and end come on a busy machine dearer.
    assert 0.45 < (found["cpu_s"] or 0) < 0.75
    assert (found["wall_s"] or 0) >= 0.5


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ([], 2, "profile: Missing argument 'CMD...'"),
        (["--bogus", "true"], 2, "No such option '--bogus'"),
        (["-n", "0", "true"], 2, "profile: 0 runs can't be: give -n from 1 to 10000"),
        (["-n", "10001", "true"], 2, "profile: 10001 runs can't be"),
        (["-n", "many", "true"], 2, "is not a valid integer"),
        (["--json", "no/such", "touch", "ran"], 2, "there is no directory"),
        (["--json", "", "touch", "ran"], 2, "give the name of a file"),
        (["--json", "/", "touch", "ran"], 2, "it is there and is not a file"),
        (["no-such-program"], 5, "there is no such program"),
        (["-n", "3", "--headless", "no-such-program"], 5, "there is no such program"),
        ([""], 5, "can't run an empty command: name a program"),
    ],
)
def test_what_cannot_be_is_told_before_anything_runs(
    termlab: Termlab, words: list[str], code: int, message: str
) -> None:
    got, out, err = termlab.run("profile", *words)
    assert (got, out) == (code, "")
    assert message in err
    assert not (termlab.directory / "ran").exists()
    assert not termlab.socket.exists()


@pytest.mark.slow
def test_ctrl_c_gives_the_report_of_what_was_measured(termlab: Termlab) -> None:
    fifo = termlab.directory / "begun"
    os.mkfifo(fifo)
    process = termlab.start(
        "profile", "-n", "3", "--json", "out", "sh", "-c", f"echo hello; echo > {fifo}; read line"
    )
    fifo.read_text()  # it runs
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")
    assert "\nended by SIGINT, interrupted in run 1 of 3\n" in out
    said = json.loads((termlab.directory / "out").read_text())
    assert (said["interrupted"], len(said["runs"])) == (True, 1)


@pytest.mark.slow
def test_a_reader_that_has_gone_is_no_failure(termlab: Termlab) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "termlab", "profile", "true"],
        env=termlab.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_headless_has_the_person_s_settings_or_says_that_it_has_not(termlab: Termlab) -> None:
    path = termlab.directory / "config.toml"
    counts = []
    for text in (
        "flush_bytes = 4096\nflush_ms = 1000\n",
        "flush_bytes = 8388608\nflush_ms = 1000\n",
    ):
        path.write_text(text)
        named = {"TERMLAB_CONFIG": str(path)}
        termlab.ok("profile", "--headless", "--json", "out.json", "seq", "30000", extra=named)
        counts.append(figures(termlab.directory / "out.json")["flushes"])
    assert counts[1] is not None
    assert counts[0] is not None
    assert counts[1] < counts[0] / 2
    path.write_text("flush_ms = -1\n")
    code, out, err = termlab.run("profile", "--headless", "true", extra=named)
    assert (code, "wall time" in out) == (0, True)
    assert err.startswith("termlab: the defaults hold: config.toml:1: flush_ms can't be -1")
