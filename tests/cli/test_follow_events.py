"""`termlab events` as a process, against a server of its own."""

import json
import select
import signal
import subprocess
import sys

import pytest

if sys.platform != "win32":
    from tests.cli.conftest import Termlab

assert sys.platform != "win32"

pytestmark = pytest.mark.slow


def follow(termlab: Termlab, *words: str) -> subprocess.Popen[str]:
    """A follower that is told already: that it was, its first line shows."""
    process = termlab.start("events", *words)
    assert process.stdout is not None
    number = 0
    while not select.select([process.stdout], [], [], 0.3)[0]:
        number += 1
        termlab.ok("rename-session", "-t", "$0", f"name{number}")
    process.stdout.readline()
    return process


def test_events_are_lines_until_the_server_ends(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "-s", "work", "--", "cat")
    process = follow(termlab)
    termlab.ok("split", "--", "sh", "-c", "exit 3")
    assert process.stdout is not None
    told = [""]
    while " program-ended " not in told[-1]:
        told.append(process.stdout.readline())
        assert told[-1]
    termlab.ok("kill-server")
    with process:
        told += process.stdout.readlines()
        assert process.stderr is not None
        err = process.stderr.read()
    assert (process.returncode, err) == (0, "")
    lines = [line.split() for line in told[1:]]
    kinds = [line[1] for line in lines if line[1] not in ("session-renamed", "command-changed")]
    assert kinds == [
        "pane-opened",
        "program-ended",
        "pane-closed",
        "pane-closed",
        "window-closed",
        "session-closed",
    ]
    assert next(line for line in lines if line[1] == "program-ended")[-2:] == ["(exit", "3)"]


def test_json_is_an_object_a_line_of_the_kinds_asked_for(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "-s", "work", "--", "cat")
    process = follow(termlab, "--json", "bell", "session-renamed")
    termlab.ok("split", "--", "sh", "-c", r"printf '\a'; exec cat")
    assert process.stdout is not None
    while (event := json.loads(process.stdout.readline()))["kind"] == "session-renamed":
        assert event["session"].startswith("name")
    assert (event["kind"], event["pane"]) == ("bell", "%1")
    assert set(event) == {"kind", "at_s", "session", "window", "pane"}
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "")


def test_wrong_words_are_told_at_once(termlab: Termlab) -> None:
    code, out, err = termlab.run("events", "bell")
    assert (code, out) == (4, "")
    assert "no server running" in err
    termlab.ok("new", "-d", "--", "cat")
    code, out, err = termlab.run("events", "nonsense")
    assert (code, out) == (2, "")
    assert err.startswith("termlab: there is no event 'nonsense': choose from bell,")


def test_a_reader_that_goes_is_no_failure(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "-s", "work", "--", "cat")
    process = follow(termlab)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    while process.poll() is None:
        termlab.ok("rename-session", "-t", "$0", "again")
        termlab.ok("rename-session", "-t", "$0", "and-again")
    assert (process.returncode, process.stderr.read()) == (0, "")
    process.stderr.close()
