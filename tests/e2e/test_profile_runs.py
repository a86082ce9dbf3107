"""Profiles of real programs without a screen: repeated, typed into, cut short, compared.

No sleeps: programs end by themselves, by their script, or by what the test sends them.
"""

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from termlab.model.recording import decode
from termlab.runs.store import Store

if sys.platform != "win32":
    from tests.e2e.session import TERMLAB, OwnServer, program
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"
pytestmark = pytest.mark.slow

# What a figure says that no part has filled in.
LEFT: Final = "this was not measured"
VIM = ("-u", "NONE", "-i", "NONE")
EDIT = """
wait /^~/ 10s
type "ihello"
key Escape
type ":q!\\n"
"""


def written(own: OwnServer, name: str, text: str) -> str:
    path = own.directory / name
    path.write_text(text)
    return str(path)


def document(own: OwnServer) -> Any:
    return json.loads((own.directory / "out").read_text())


def figures(own: OwnServer, run: int = 0) -> dict[str, float]:
    return {name: each["value"] for name, each in document(own)["runs"][run]["figures"].items()}


def store(own: OwnServer) -> Store:
    return Store(str(own.directory / "data" / "runs.db"))


@pytest.fixture
def own(own: OwnServer) -> OwnServer:
    own.env["TERMLAB_DATA"] = str(own.directory / "data")
    return own


def test_vim_types_the_same_in_each_of_several_runs(own: OwnServer) -> None:
    vim = program("vim")
    keys = written(own, "edit.keys", EDIT)
    words = (
        "profile",
        "-n",
        "3",
        "--warmup",
        "1",
        "--keys",
        keys,
        "--save",
        "edit",
        "--json",
        "out",
    )
    text = own.ok(*words, "--tag", "ci", vim, *VIM)
    assert "\n3 runs: 3 x exit code 0\n" in text
    assert "\n1 run to warm up thrown away, keys typed by " in text
    assert text.endswith("kept as run 1 (edit)\nas JSON in " + str(own.directory / "out") + "\n")
    assert {figures(own, run)["keys"] for run in range(3)} == {11}
    for run in document(own)["runs"]:
        assert {
            name for name, each in run["figures"].items() if each.get("reason") == LEFT
        } == set()
    kept = store(own).find("edit")
    assert (kept.repeats, kept.tags) == (3, ("ci",))
    assert kept.profile.warmup == 1


def test_less_is_paged_through_and_a_shell_is_typed_into(own: OwnServer) -> None:
    text = written(own, "text", "\n".join(f"line {n}" for n in range(500)))
    keys = written(own, "page.keys", "wait /line 0/\nkey Space 3\nwait /line 69$/\nkey q\n")
    own.ok("profile", "--keys", keys, "--json", "out", program("less"), text)
    assert figures(own)["keys"] == 4
    keys = written(own, "shell.keys", 'wait /[$#]/\ntype "echo $((6*7))\\n"\nwait /^42/\nkey C-d\n')
    own.ok("profile", "--keys", keys, "--json", "out", "bash", "--norc", "--noprofile", "-i")
    assert figures(own)["keys"] >= 14


def test_a_curses_program_answers_its_arrows(own: OwnServer) -> None:
    source = (
        "import curses\n"
        "def main(w):\n"
        "    y = 0\n"
        "    while True:\n"
        "        w.erase(); w.addstr(y, 0, f'row {y}'); w.refresh()\n"
        "        k = w.getch()\n"
        "        if k == ord('q'): return\n"
        "        y += (k == curses.KEY_DOWN) - (k == curses.KEY_UP)\n"
        "curses.wrapper(main)\n"
    )
    script = written(own, "rows.py", source)
    keys = written(own, "down.keys", "wait /row 0/\nkey Down 5\nwait /row 5/ 5s\nkey q\n")
    own.ok("profile", "--keys", keys, "--json", "out", sys.executable, "-I", script)
    assert figures(own)["keys"] == 6


def test_top_is_ended_after_its_time_and_that_is_no_error(own: OwnServer) -> None:
    text = own.ok("profile", "--duration", "1", "--exit-code", "--json", "out", program("top"))
    assert "\nended after 1 s, as was asked\n" in text
    assert 0.9 < figures(own)["wall_s"] < 10


@pytest.mark.parametrize(("script", "code"), [("exit 7", 7), ("kill -TERM $$", 143)])
def test_the_exit_code_may_be_the_commands(own: OwnServer, script: str, code: int) -> None:
    assert own.run("profile", "--exit-code", "sh", "-c", script)[0] == code


def test_a_step_that_never_comes_true_ends_the_run_and_keeps_what_was_measured(
    own: OwnServer,
) -> None:
    keys = written(own, "wait.keys", "wait /^ready/ 1s\nkey q\n")
    words = ("profile", "-n", "3", "--headless", "--keys", keys, "--json", "out")
    code, out, err = own.run(*words, "sh", "-c", "echo not yet; read line")
    assert code == 124
    why = f"{keys}:1: /^ready/ did not appear within 1 s; the last line on the screen was 'not yet'"
    assert err == f"termlab: profile: {why}\n"
    assert "\nended because its script could not go on\n" in out
    assert "kept as run 1\n" in out
    assert figures(own)["pty_bytes"] == len("not yet\r\n")


def test_a_program_that_ends_before_its_script_does_is_told(own: OwnServer) -> None:
    keys = written(own, "more.keys", "wait /begun/\nkey Enter 3\n")
    code, _, err = own.run("profile", "--keys", keys, "sh", "-c", "echo begun; read line")
    assert (code, err) == (124, f"termlab: profile: {keys}:2: the command had ended before it\n")


def test_ctrl_c_in_the_second_of_five_runs_keeps_both(own: OwnServer) -> None:
    fifo = own.directory / "fifo"
    script = f"test -e {fifo} && {{ echo > {fifo}; exec cat; }}; mkfifo {fifo}"
    process = subprocess.Popen(
        [*TERMLAB, "profile", "-n", "5", "--json", "out", "sh", "-c", script],
        env=own.env, cwd=own.directory, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    await_fifo(fifo)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")
    assert "2 runs, interrupted in run 2 of 5: 1 x exit code 0, 1 x ended by SIGINT\n" in out
    assert "the interrupted one is left out of the figures\n" in out
    runs = document(own)["runs"]
    assert [run["interrupted"] for run in runs] == [False, True]


def test_ctrl_c_while_it_warms_up_leaves_nothing_to_report(own: OwnServer) -> None:
    fifo = own.directory / "fifo"
    fifo_made = subprocess.run(["mkfifo", str(fifo)], check=True)
    assert fifo_made.returncode == 0
    process = subprocess.Popen(
        [*TERMLAB, "profile", "--warmup", "2", "sh", "-c", f"echo > {fifo}; exec cat"],
        env=own.env, cwd=own.directory, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    await_fifo(fifo)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")
    assert out.endswith("no run was finished: nothing was measured\n")


def await_fifo(fifo: Path) -> None:
    """Until it is there and somebody has written to it."""
    subprocess.run(
        ["sh", "-c", f"while ! test -p {fifo}; do :; done; read x < {fifo}"], check=True, timeout=30
    )


def test_two_commands_take_turns_and_are_compared(own: OwnServer) -> None:
    text = own.ok(
        *("profile", "-n", "2", "--vs", f"sh -c 'echo b >> {own.directory}/order; echo bbbb'"),
        *("sh", "-c", f"echo a >> {own.directory}/order; echo a"),
    )
    order = (own.directory / "order").read_text().split()
    assert len(order) == 6
    assert all(
        {first, second} == {"a", "b"} for first, second in zip(order[::2], order[1::2], strict=True)
    )
    assert "kept as run 1\nkept as run 2\n" in text
    assert re.search(r"^bytes from the terminal.* worse", text, re.M) or "worse: " in text
    assert [each.repeats for each in store(own).list()] == [2, 2]


def test_size_and_environment_are_what_was_asked(own: OwnServer) -> None:
    text = own.ok(
        *("profile", "--size", "101x33", "--env", "TERM=dumb", "--env", "X=a=b", "--record"),
        *("sh", "-c", "stty size; echo $TERM $X"),
    )
    assert "terminal 101x33" in text
    found = store(own).find("last")
    cast = store(own).attachment(found.id, "recording.cast")
    assert cast is not None
    recording = decode(cast, "it")
    assert "".join(each.data for each in recording.events) == "33 101\r\ndumb a=b\r\n"
    assert dict(found.profile.environment)["TERM"] == "dumb"


def test_nothing_is_recorded_unless_asked_for(own: OwnServer) -> None:
    own.ok("profile", "echo", "secret")
    assert store(own).attachment(1, "recording.cast") is None


def test_a_store_that_cannot_be_written_is_told_beside_the_report(own: OwnServer) -> None:
    own.env["TERMLAB_DATA"] = written(own, "file", "")
    code, out, err = own.run("profile", "true")
    assert code == 0
    assert out.startswith("profile of true\n")
    assert err.startswith("termlab: this run is not kept: ")


def test_a_budget_fails_with_a_table_and_a_file_for_the_server(own: OwnServer) -> None:
    budget = written(own, "budget.toml", 'limits = ["pty_bytes <= 3"]\n')
    words = ("profile", "--budget", budget, "--junit", "junit.xml", "--github", "echo")
    code, out, err = own.run(*words, "too long")
    assert (code, err) == (1, "")
    assert re.search(r"pty_bytes.* BROKEN", out)
    assert "::error file=" in out
    assert 'failures="1"' in (own.directory / "junit.xml").read_text()


def test_against_a_baseline_by_name(own: OwnServer) -> None:
    own.ok("profile", "--save", "base", "seq", "1000")
    code, out, _ = own.run("profile", "--baseline", "base", "--json", "out", "seq", "1000")
    assert "baseline" in out
    assert code in (0, 1)  # one run a side says little of speed; the budget says which
