"""`termlab batch` as a process: order, failures, several servers, and who waits for answers."""

import subprocess
import sys
from pathlib import Path

import pytest

from termlab.cli.batch import batch

if sys.platform != "win32":
    from tests.cli.conftest import Termlab

assert sys.platform != "win32"

pytestmark = pytest.mark.slow


def run(termlab: Termlab, text: str, *words: str) -> tuple[int, str, str]:
    file = termlab.directory / "lines"
    file.write_text(text)
    return termlab.run("batch", *words, str(file))


def test_lines_are_performed_in_order_over_one_connection(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "-s", "work", "-x", "40", "--", "cat")
    script = """
        # a pane, and something typed into it
        split -- cat            # the second
        send-text -t %1 'one  two'
        send-keys -t %1 Enter
        wait -t %1 --text 'one  two\\none  two' --timeout 20s

        capture -t %1
        display-message -t work done"""
    code, out, err = run(termlab, script)
    assert (code, err) == (0, "")
    assert out.split() == ["%1", "one", "two", "one", "two"]


def test_it_stops_at_what_fails_and_names_its_line(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "-s", "work", "--", "cat")
    code, out, err = run(termlab, "ls\n\nkill-pane -t %9\nkill-server\n")
    assert (code, len(out.splitlines())) == (3, 1)
    assert err.startswith("termlab: line 3: there is no pane %9")
    assert termlab.ok("ls")


def test_it_goes_on_where_that_is_asked(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "-s", "work", "--", "cat")
    code, out, err = run(termlab, "kill-pane -t %9\nls\nrename-session\n", "-k")
    assert (code, len(out.splitlines())) == (3, 1)
    assert [line.split(": ")[1] for line in err.splitlines()] == ["line 1", "line 3"]


def test_many_at_a_time_are_answered_in_the_order_of_their_lines(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "-s", "work", "--", "cat")
    script = "wait -t %0 --text marked --timeout 20s\nls\nsend-text -t %0 marked\nls\n"
    code, out, err = run(termlab, script, "-j", "4")
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == 2


def test_a_line_names_another_server_and_each_has_one_connection(termlab: Termlab) -> None:
    other = str(termlab.directory / "o")
    termlab.ok("new", "-d", "-s", "here", "--", "cat")
    termlab.ok("-L", other, "new", "-d", "-s", "there", "--", "cat")
    script = f"ls\n-L {other} ls\nls\n-L {other} stats --json\n-L {other} kill-server\n"
    code, out, err = run(termlab, script)
    assert (code, err) == (0, "")
    assert [line.split(":")[0] for line in out.splitlines()[:3]] == ["here", "there", "here"]
    assert '"requests": 2' in out


def test_each_answer_is_there_before_the_next_line_must_be(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "-s", "work", "--", "cat")
    with subprocess.Popen(
        [sys.executable, "-m", "termlab", "batch"],
        env=termlab.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for name in ("one", "two"):
            process.stdin.write(f"rename-session -t $0 {name}\nls\n")
            process.stdin.flush()
            assert process.stdout.readline().startswith(f"{name}: ")
        process.stdin.close()
        assert process.wait(30) == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nonsense\n", "line 1: there is no command 'nonsense'"),
        ("# one\ndoctor\n", "line 2: doctor does not run in the server"),
        ("scroll-up\n", "line 1: scroll-up does not run in the server"),
        ("ls 'open\n", "line 1: check the quotes"),
        ("-L x\n", "line 1: -L needs a server's name and a command"),
        ("ls " + "x" * (1 << 20) + "x", "a line is longer than 1048576 bytes"),
    ],
)
def test_a_line_that_can_not_be_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    file = tmp_path / "lines"
    file.write_text(text)
    assert batch("/nowhere/s", ["batch", str(file)]) == 2
    assert message in capsys.readouterr().err


def test_a_line_that_is_no_text_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "lines"
    file.write_bytes(b"ls \xff\n")
    assert batch("/nowhere/s", ["batch", str(file)]) == 2
    assert "line 1 is not UTF-8" in capsys.readouterr().err


def test_wrong_words_and_files_are_usage_errors(termlab: Termlab) -> None:
    assert termlab.run("batch", "-j", "0")[0] == 2
    code, _, err = termlab.run("batch", "/nowhere/lines")
    assert (code, err) == (
        2,
        "termlab: batch: /nowhere/lines can't be read: No such file or directory\n",
    )
