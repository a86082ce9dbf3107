"""Tests of `e2e.outer` on real programs."""

import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

if sys.platform != "win32":
    from termlab.model.geometry import Size
    from tests.e2e.outer import PLAIN, OuterTerminal
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = pytest.mark.slow

BASH = ["bash", "--norc", "--noprofile", "-i"]


def program(name: str) -> str:
    return shutil.which(name) or pytest.skip(f"{name} is not installed")


def python(source: str) -> list[str]:
    return [sys.executable, "-I", "-c", source]


def test_a_shell_shows_its_prompt_what_is_typed_and_the_answer() -> None:
    with OuterTerminal(BASH) as outer:
        outer.wait_for(r"^\$")
        outer.type("echo $((6*7))\r")
        assert outer.wait_for(r"^42\n\$")[:3] == ["$ echo $((6*7))", "42", "$"]
        assert (outer.cursor().x, outer.cursor().y) == (2, 2)
        assert b"42\r\n" in outer.raw


def test_a_predicate_over_the_screen_can_be_waited_for() -> None:
    with OuterTerminal(BASH) as outer:
        outer.type("seq 100\r")
        screen = outer.wait_for(lambda rows: rows[22] == "100" and rows[23] == "$")
        assert screen[:2] == ["78", "79"]


def test_what_does_not_come_fails_with_the_screen() -> None:
    with (
        OuterTerminal(["sh", "-c", "echo here; read x"]) as outer,
        pytest.raises(AssertionError, match=r"(?s)no 'nowhere' in 0.2 s.*\|here"),
    ):
        outer.wait_for("nowhere", timeout_s=0.2)


def test_a_program_that_ends_first_fails_with_the_screen() -> None:
    with (
        OuterTerminal(["echo", "bye"]) as outer,
        pytest.raises(AssertionError, match=r"(?s)the program ended without 'hello'.*\|bye"),
    ):
        outer.wait_for("hello")


def test_the_exit_status_comes_with_the_last_output() -> None:
    with OuterTerminal(["sh", "-c", "seq 1000; exit 9"]) as outer:
        assert outer.wait_exit() == 9
        assert outer.screen()[22] == "1000"


def test_a_program_that_does_not_end_fails() -> None:
    with (
        OuterTerminal(["cat"]) as outer,
        pytest.raises(AssertionError, match=r"still running after 0\.1 s"),
    ):
        outer.wait_exit(timeout_s=0.1)


def test_a_program_that_ignores_the_hang_up_is_killed() -> None:
    source = "trap '' HUP TERM; echo up; while :; do sleep 100 & wait; done"
    with OuterTerminal(["sh", "-c", source]) as outer:
        outer.wait_for("up")
        outer.close()
        with pytest.raises(ProcessLookupError):
            os.kill(outer.pid, 0)


def test_quiet_is_waited_for() -> None:
    with OuterTerminal(["sh", "-c", "seq 5000; read x"]) as outer:
        assert outer.wait_quiet(200)[22] == "5000"


def test_queries_are_answered_as_by_a_terminal() -> None:
    source = "stty raw -echo; printf '\\033[3;5H\\033[6n'; head -c 6 | od -An -c; sleep 100"
    with OuterTerminal(["sh", "-c", source]) as outer:
        outer.wait_for(r"033 +\[ +3 +; +5 +R")


def test_a_paused_terminal_stops_the_program_until_it_reads_again() -> None:
    with OuterTerminal(["sh", "-c", "read x; yes | head -c 1000000; echo; echo done"]) as outer:
        outer.pause()
        outer.type("\r")
        assert outer.raw_bytes == 0
        outer.resume()
        outer.wait_for("^done")
        assert outer.raw_bytes > 1_000_000


def test_more_than_a_terminal_holds_can_be_typed() -> None:
    with OuterTerminal(["sh", "-c", "stty raw -echo; echo go; head -c 300000 | wc -c"]) as outer:
        outer.wait_for("go")
        outer.type(b"x" * 300_000)
        outer.wait_for("300000")


def test_a_screen_held_by_the_program_is_not_looked_at() -> None:
    source = "printf '\\033[?2026hhalf'; read x; printf ' whole\\033[?2026l'; read x"
    with OuterTerminal(["sh", "-c", source]) as outer:
        with pytest.raises(AssertionError, match="no 'half' in"):
            outer.wait_for("half", timeout_s=0.2)
        outer.type("\r")
        outer.wait_for("whole")


def test_vim_edits_a_file(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    # By its name: a long path would have vim ask for Enter.
    vim = [program("vim"), "-u", "NONE", "-i", "NONE", file.name]
    with OuterTerminal(vim, directory=str(tmp_path)) as outer:
        outer.wait_for(r"^~")
        outer.type("ihello\x1b")
        outer.wait_for("^hello")
        outer.type(":wq\r")
        assert outer.wait_exit() == 0
    assert file.read_text() == "hello\n"


def test_vim_fills_a_resized_screen() -> None:
    with OuterTerminal([program("vim"), "-u", "NONE", "-i", "NONE"]) as outer:
        outer.wait_for(r"^~")
        outer.resize(Size(100, 40))
        assert len(outer.wait_for(lambda rows: len(rows) == 40 and rows[38] == "~")) == 40


def test_less_pages_and_searches(tmp_path: Path) -> None:
    file = tmp_path / "numbers"
    file.write_text("".join(f"line {number}\n" for number in range(1000)))
    with OuterTerminal([program("less"), str(file)]) as outer:
        outer.wait_for(r"^line 22$")
        outer.type(" ")
        outer.wait_for(r"^line 45$")
        outer.type("/line 700\r")
        outer.wait_for(lambda rows: rows[0] == "line 700")
        outer.type("q")
        assert outer.wait_exit() == 0


def test_htop_shows_its_bars_and_ends() -> None:
    with OuterTerminal([program("htop")], size=Size(100, 30)) as outer:
        outer.wait_for(r"PID.*USER")
        outer.wait_for(r"F10\s*Quit")
        outer.type("q")
        assert outer.wait_exit() == 0


def test_a_curses_program_places_its_text() -> None:
    source = """
import curses
def main(screen):
    screen.addstr(5, 10, "at ten, five", curses.A_BOLD)
    screen.refresh()
    screen.getkey()
curses.wrapper(main)
"""
    with OuterTerminal(python(source)) as outer:
        screen = outer.wait_for("at ten")
        assert screen[5] == " " * 10 + "at ten, five"
        assert outer.cells()[5][10].text == "a"
        assert outer.cells()[5][10].flags == {"bold"}
        outer.type("x")
        assert outer.wait_exit() == 0


def test_the_environment_is_the_one_asked_for() -> None:
    with OuterTerminal(["sh", "-c", "echo $COLOUR; pwd"], env=PLAIN | {"COLOUR": "red"}) as outer:
        outer.wait_exit()
        assert outer.screen()[:2] == ["red", "/"]


def test_ctrl_c_ends_the_program_in_front() -> None:
    with OuterTerminal(["sh", "-c", "echo up; exec cat"]) as outer:
        outer.wait_for("up")
        outer.type("\x03")
        assert outer.wait_exit() == -signal.SIGINT
