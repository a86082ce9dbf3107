"""The command line's own words, its failures and its exit codes."""

import signal
import subprocess
import sys

import pytest

from termlab.cli.main import main
from termlab.version import VERSION

if sys.platform != "win32":
    from tests.cli.conftest import Termlab

assert sys.platform != "win32"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(words)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_it_tells_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "--version") == (0, f"termlab {VERSION}\n", "")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--colour"], "there is no option --colour: see `termlab --help`"),
        (["-L"], "-L needs a value"),
        (["-L", ""], "-L names no server"),
        (["-L", "x" * 200], "can't be: give a name or path of at most"),
        (["--nest", "attach"], "--nest comes after the command: `termlab attach --nest`"),
        (["splt"], "there is no command 'splt'. Did you mean `split`?"),
        (["detach-client"], "detach-client acts on an attached terminal: press its key there"),
        (["send-prefix"], "send-prefix acts on an attached terminal"),
    ],
)
def test_bad_usage_is_2_with_what_to_do(
    capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    code, out, err = said(capsys, *words)
    assert (code, out) == (2, "")
    assert err.startswith("termlab: ")
    assert message in err


def test_help_of_everything_and_of_one_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "--help")[1].startswith("Usage: termlab [-L NAME]")
    assert said(capsys, "split", "--help")[1].startswith("Usage: termlab split-window")


def test_python_m_termlab_is_the_same() -> None:
    done = subprocess.run([sys.executable, "-m", "termlab", "--version"], capture_output=True)
    assert (done.returncode, done.stdout.decode()) == (0, f"termlab {VERSION}\n")


@pytest.mark.slow
def test_ctrl_c_ends_a_wait_without_a_traceback(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "--", "cat")
    waiting = termlab.start("wait", "--text", "never")
    # The pane shows what is typed only once the server runs; the wait is at most behind it.
    termlab.ok("wait", "--quiet", "200ms")
    waiting.send_signal(signal.SIGINT)
    assert waiting.communicate(timeout=30) == ("", "")
    assert waiting.returncode == 130
