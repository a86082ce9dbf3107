"""`stats --follow`, as a process: a line whenever something was counted, to the end of the pane."""

import json
import subprocess
import sys

if sys.platform != "win32":
    from tests.cli.conftest import LIMIT_S, Termlab

assert sys.platform != "win32"


def first_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def bytes_in(line: str) -> int:
    return int(json.loads(line)["panes"][0]["coalescer"]["bytes"])


def test_lines_come_as_the_pane_prints_and_end_with_it(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "-s", "keeps", "--", "cat")
    pane = termlab.ok("split", "-t", "keeps", "--", "cat").strip()
    follower = termlab.start("stats", "--follow", "--json", "-t", pane)
    before = bytes_in(first_line(follower))
    termlab.ok("send-text", "-t", pane, "12345")
    # What was typed may be told before its echo.
    while (after := bytes_in(first_line(follower))) < before + 5:
        continue
    assert after == before + 5
    termlab.ok("kill-pane", "-t", pane)
    _, err = follower.communicate(timeout=LIMIT_S)
    assert (follower.returncode, err) == (0, "")


def test_a_pane_that_is_not_there_is_told(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "--", "cat")
    code, out, err = termlab.run("stats", "--follow", "-t", "%9")
    assert (code, out) == (3, "")
    assert "%9" in err


def test_without_a_server_it_says_so(termlab: Termlab) -> None:
    code, _, err = termlab.run("stats", "--follow")
    assert (code, "no server running" in err) == (4, True)


def test_the_end_of_the_server_is_told(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "--", "cat")
    follower = termlab.start("stats", "--follow")
    assert first_line(follower).startswith("TIME")
    termlab.ok("kill-server")
    _, err = follower.communicate(timeout=LIMIT_S)
    assert (follower.returncode, "went away" in err) == (4, True)


def test_a_reader_that_goes_ends_it(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "--", "cat")
    follower = termlab.start("stats", "--follow")
    assert follower.stdout is not None
    follower.stdout.readline()
    follower.stdout.close()
    termlab.ok("send-text", "more")
    assert follower.wait(LIMIT_S) == 0
    follower.stderr.close() if follower.stderr else None


def test_it_brings_no_heavy_library_along(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "--", "cat")
    code = (
        "import sys; from termlab.cli.main import main; main(['stats', '--json']); "
        "import termlab.cli.follow; "
        "print(sorted({'click', 'asyncio', 'textual', 'pyghostty'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=termlab.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
