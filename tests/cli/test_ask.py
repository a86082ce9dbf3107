"""Short commands, as processes against a server of their own."""

import json
import os
import re
import signal
import subprocess
import sys

import pytest

if sys.platform != "win32":
    from tests.cli.conftest import Termlab

assert sys.platform != "win32"

NO_SERVER = "no server running at {}: start one with `termlab`"


def test_a_session_is_made_listed_and_ended(termlab: Termlab) -> None:
    assert termlab.ok("new", "-d", "-s", "main", "--", "cat") == "main\n"
    assert termlab.ok("ls") == "main: 1 window [0:cat]\n"
    (session,) = json.loads(termlab.ok("ls", "--json"))
    assert (session["name"], session["clients"]) == ("main", 0)
    assert session["windows"][0]["panes"][0]["cols"] == 80
    assert termlab.ok("kill-session", "-t", "main") == ""


def test_what_is_typed_into_a_pane_is_on_its_screen(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "-x", "40", "-y", "5", "--", "cat")
    termlab.ok("send-text", "one two")
    termlab.ok("send-keys", "Left", "three", "Enter")
    termlab.ok("wait", "--text", "\none")
    # The terminal echoes Left as ^[[D; printed back, it moves the cursor.
    assert termlab.ok("capture").splitlines()[:2] == ["one two^[[Dthree", "one twthree"]


def test_capture_prints_colours_history_and_json(termlab: Termlab) -> None:
    script = r"seq 30; printf '\033[31mred\033[m'; exec cat"
    termlab.ok("new", "-d", "-y", "4", "--", "sh", "-c", script)
    termlab.ok("wait", "--text", "red")
    assert termlab.ok("capture") == "28\n29\n30\nred\n"
    assert "38;5;1mred" in termlab.ok("capture", "--ansi")
    assert termlab.ok("capture", "--scrollback").splitlines()[:2] == ["1", "2"]
    shown = json.loads(termlab.ok("capture", "--json"))
    assert (shown["lines"][-1], shown["cursor_x"], shown["cursor_y"]) == ("red", 3, 3)
    assert shown["history_rows"] == 27


def test_wait_ends_with_quiet_with_the_program_or_with_its_time(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "--", "cat")
    pane = termlab.ok("split", "--", "sh", "-c", "read line; exit 3").strip()
    assert json.loads(termlab.ok("wait", "--quiet", "10ms", "--json"))["reason"] == "quiet"
    code, _, err = termlab.run("wait", "-t", pane, "--text", "never", "--timeout", "50ms")
    assert (code, err) == (124, f"termlab: pane {pane} did not come to show 'never' in time\n")
    waiting = termlab.start("wait", "-t", pane, "--exit", "--json")
    termlab.ok("send-keys", "-t", pane, "Enter")
    out, _ = waiting.communicate(timeout=30)
    # The pane may be gone before the request for it came.
    assert waiting.returncode == 3 or json.loads(out)["exit_status"] == 3


def test_targets_by_id_and_by_place(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "-s", "a", "--", "cat")
    termlab.ok("new", "-d", "-s", "b", "--", "cat")
    window = termlab.ok("new-window", "-t", "b", "-n", "logs", "--", "cat").strip()
    pane = termlab.ok("split", "-t", "b:logs", "--", "cat").strip()
    for target in (pane, "b:logs.1", "b:1.1", window, "b"):
        assert json.loads(termlab.ok("capture", "--json", "-t", target))["pane"] == pane
    listing = json.loads(termlab.ok("ls", "--json"))
    assert json.loads(termlab.ok("capture", "--json", "-t", listing[0]["id"]))["pane"] == "%0"


def test_inside_a_pane_commands_act_on_it(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "-s", "here", "--", "cat")
    termlab.ok("new", "-d", "-s", "other", "--", "cat")
    inside = {"TERMLAB": str(termlab.socket), "TERMLAB_PANE": "%0"}
    assert json.loads(termlab.ok("capture", "--json", extra=inside))["pane"] == "%0"
    # A pane of another server is not meant, though the number is the same.
    elsewhere = inside | {"TERMLAB": "/tmp/other"}
    assert json.loads(termlab.ok("capture", "--json", extra=elsewhere))["pane"] == "%1"


@pytest.mark.slow
def test_programs_start_where_the_client_is_and_know_their_pane(termlab: Termlab) -> None:
    script = 'echo "$MARK $TERMLAB_PANE $PWD"; exec cat'
    termlab.ok("new", "-d", "-x", "200", "--", "sh", "-c", script, extra={"MARK": "äö"})
    termlab.ok("wait", "--text", "%")
    assert termlab.ok("capture").splitlines()[0] == f"äö %0 {termlab.directory}"
    away = termlab.ok("split", "-c", "/usr", "--", "sh", "-c", "pwd; exec cat").strip()
    termlab.ok("wait", "-t", away, "--text", "/")
    assert termlab.ok("capture", "-t", away).splitlines()[0] == "/usr"


@pytest.mark.parametrize("words", [["ls"], ["split"], ["kill-server"], ["wait", "--exit"]])
def test_without_a_server_none_is_started(termlab: Termlab, words: list[str]) -> None:
    code, out, err = termlab.run(*words)
    assert (code, out) == (4, "")
    assert err == f"termlab: {NO_SERVER.format(termlab.socket)}\n"
    assert termlab.servers() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["ls", "--jsn"], 2, "list-sessions: No such option '--jsn'"),
        (["split", "--direction", "north"], 2, "is not one of"),
        (["resize-pane", "-L", "much"], 2, "is not a valid integer"),
        (["resize-pane"], 2, "say which way with -L"),
        (["split", "--size", "0%"], 2, "give a share of the pane from 1% to 99%"),
        (["rename-session"], 2, "Missing argument 'NAME'"),
        (["rename-session", "a:b"], 2, "can't be a name"),
        (["new", "-d", "-s", "main"], 2, "there is a session 'main' already"),
        (["new", "-d", "-x", "0"], 2, "a terminal can't be 0x24 cells"),
        (["new", "-d", "--", "no-such-program"], 5, "there is no such program"),
        (["split", "-c", "/nowhere"], 5, "/nowhere"),
        (["capture", "-t", "%99"], 3, "there is no pane %99"),
        (["capture", "-t", "@99"], 3, "there is no window @99"),
        (["kill-session", "-t", "nobody"], 3, "there is no session 'nobody'"),
        (["select-window", "-t", "main:9"], 3, "there is no window '9'"),
        (["capture", "-t", "main:0.7"], 3, "there is no pane '7'"),
        (["wait"], 2, "with one of --text, --quiet or --exit"),
        (["wait", "--text", "("], 2, "is no regular expression"),
        (["wait", "--quiet", "soon"], 2, "'soon' is no time"),
        (["wait", "--text", "x", "--timeout", "0.05"], 124, "did not come to show 'x' in time"),
    ],
)
def test_what_cant_be_done_is_said_with_its_code(
    termlab: Termlab, words: list[str], code: int, message: str
) -> None:
    termlab.ok("new", "-d", "-s", "main", "--", "cat")
    got, out, err = termlab.run(*words)
    assert (got, out) == (code, "")
    assert err.startswith("termlab: ")
    assert err.count("\n") == 1
    assert message in err


@pytest.mark.parametrize("words", [["ls", "--jsn"], ["wait", "--timeout"], ["rename-session"]])
def test_wrong_words_are_told_before_the_missing_server(termlab: Termlab, words: list[str]) -> None:
    code, _, err = termlab.run(*words)
    assert code == 2
    assert "--help" in err


@pytest.mark.slow
def test_after_a_crash_ls_says_so_and_new_starts_again(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "--", "cat")
    os.kill(termlab.server_pid(), signal.SIGKILL)
    termlab.wait_for_end()
    assert termlab.socket.exists()
    code, _, err = termlab.run("ls")
    assert (code, err) == (4, f"termlab: {NO_SERVER.format(termlab.socket)}\n")
    termlab.ok("new", "-d", "-s", "again", "--", "cat")
    assert termlab.ok("ls").startswith("again: ")


@pytest.mark.slow
def test_a_stopped_server_is_named_and_not_waited_for_for_ever(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "--", "cat")
    pid = termlab.server_pid()
    os.kill(pid, signal.SIGSTOP)
    try:
        code, out, _ = termlab.run("doctor")
        assert code == 1
        assert re.search(rf"^NO server +process {pid} at", out, re.MULTILINE)
        assert "it may be stopped or stuck" in out
    finally:
        os.kill(pid, signal.SIGCONT)


@pytest.mark.slow
def test_five_at_once_start_one_server(termlab: Termlab) -> None:
    racing = [termlab.start("new", "-d", "-s", f"s{n}", "--", "cat") for n in range(5)]
    for n, process in enumerate(racing):
        assert process.communicate(timeout=30) == (f"s{n}\n", "")
    assert len(termlab.servers()) == 1
    assert len(termlab.ok("ls").splitlines()) == 5


@pytest.mark.slow
def test_kill_server_is_done_when_nothing_is_left(termlab: Termlab) -> None:
    for _ in range(3):
        termlab.ok("new", "-d", "--", "cat")
        termlab.ok("kill-server")
        assert not termlab.socket.exists()


@pytest.mark.slow
def test_sessions_that_end_at_once_take_no_other_with_them(termlab: Termlab) -> None:
    racing = [termlab.start("new", "-d", "--", "true") for _ in range(6)]
    for process in racing:
        out, err = process.communicate(timeout=30)
        assert (process.returncode, err) == (0, "")
        assert out.strip().isdecimal()


def test_a_failed_start_leaves_no_server(termlab: Termlab) -> None:
    code, _, _ = termlab.run("new", "-d", "--", "no-such-program")
    assert code == 5
    termlab.wait_for_end()


def test_a_file_that_is_no_socket_is_kept(termlab: Termlab) -> None:
    termlab.socket.write_text("precious")
    code, _, err = termlab.run("new", "-d")
    assert code == 4
    assert "there is a file that is no socket" in err
    assert termlab.socket.read_text() == "precious"
    termlab.socket.unlink()


def test_a_socket_among_others_files_is_refused(termlab: Termlab) -> None:
    termlab.directory.chmod(0o755)
    code, _, err = termlab.run("ls")
    assert code == 4
    assert "must belong to you alone" in err
    termlab.directory.chmod(0o700)


@pytest.mark.slow
def test_a_server_whose_socket_was_removed_is_named(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "--", "cat")
    pid = termlab.server_pid()
    termlab.socket.unlink()
    code, _, err = termlab.run("new", "-d", "--", "cat")
    assert code == 4
    assert f"end it, and all its sessions, with `kill {pid}`" in err
    os.kill(pid, signal.SIGTERM)
    termlab.wait_for_end()


def test_names_and_paths_pick_the_server(termlab: Termlab) -> None:
    termlab.ok("-L", "work", "new", "-d", "--", "cat")
    assert (termlab.directory / "termlab" / "work").is_socket()
    assert termlab.run("ls")[0] == 4
    assert termlab.ok("-Lwork", "ls").startswith("0: ")
    termlab.ok("-L", str(termlab.directory / "termlab" / "work"), "kill-server")


def test_ls_imports_neither_click_nor_the_engine(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "--", "cat")
    script = (
        "import sys; from termlab.cli.main import main; main(['ls']);"
        "print(sorted(n for n in sys.modules if n.split('.')[0] in"
        " ('click', 'asyncio', 'textual', 'cffi', 'tomllib', 'subprocess', 'logging')"
        " or n.startswith(('termlab.server', 'termlab.terminal', 'termlab.backends'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=termlab.environment, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
