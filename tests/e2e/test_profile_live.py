"""A profile on a terminal: the session with its dock, repeated runs, what is typed, who drew it."""

import json
import re
import sys

import pytest

from termlab.model.geometry import Size
from termlab.runs.store import Store

if sys.platform != "win32":
    from tests.e2e.session import PREFIX, OwnServer, program
    from tests.e2e.test_dock_drawn import shows
    from tests.e2e.test_profile import shown
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"
pytestmark = pytest.mark.slow

LARGE = Size(120, 40)


@pytest.fixture
def own(own: OwnServer) -> OwnServer:
    own.env["TERMLAB_DATA"] = str(own.directory / "data")
    return own


@pytest.mark.usefixtures("placement")
def test_the_session_opens_with_its_dock_and_keeps_it_over_a_detach(own: OwnServer) -> None:
    script = "stty size; echo begun; read line; echo done; exit 7"
    outer = own.open("profile", "--json", "out", "sh", "-c", script, size=LARGE)
    outer.wait_for(r"^begun")
    shows(outer, LARGE, "lab", "idle CPU", "termlab itself")
    outer.wait_for(r"^39 83")  # what the dock and the status row leave
    outer.type(f"{PREFIX}d")
    assert outer.wait_exit() == 0
    again = own.open("attach", size=LARGE)
    again.wait_for(r"^begun")
    shows(again, LARGE, "lab", "idle CPU", "termlab itself")
    again.type("x\r")
    assert again.wait_exit() == 0
    text = shown(again.raw)
    assert re.search(r"^profile of sh -c .*exit code 7", text, re.M | re.S)
    assert "kept as run 1\r\n" in text
    said = json.loads((own.directory / "out").read_text())["runs"][0]["figures"]
    assert [
        name for name, each in said.items() if each.get("reason") == "this was not measured"
    ] == []
    assert said["termlab_client_cpu_s"]["value"] > 0


def test_a_script_types_into_each_of_several_runs_one_behind_the_other(own: OwnServer) -> None:
    keys = own.directory / "edit.keys"
    keys.write_text('wait /^~/ 10s\ntype "ihi"\nkey Escape\ntype ":q!\\n"\n')
    words = ("profile", "-n", "2", "--warmup", "1", "--keys", str(keys), "--save", "edit")
    outer = own.open(*words, program("vim"), "-u", "NONE", "-i", "NONE", size=LARGE)
    outer.wait_for("warm-up 1 of 1")
    outer.wait_for("run 2 of 2")
    assert outer.wait_exit() == 0
    assert "2 runs: 2 x exit code 0" in shown(outer.raw)
    kept = Store(str(own.directory / "data" / "runs.db")).find("edit")
    assert (kept.repeats, kept.profile.cols) == (2, 83)


def test_what_is_typed_is_written_down_and_types_the_same_again(own: OwnServer) -> None:
    script = "echo begun; read line; echo got $line"
    outer = own.open("profile", "--record-keys", "typed.cast", "sh", "-c", script)
    outer.wait_for(r"^begun")
    outer.type("abc\r")
    assert outer.wait_exit() == 0
    again = ("profile", "--keys", "typed.cast", "--json", "out", "--record", "sh", "-c", script)
    own.ok(*again)
    cast = Store(str(own.directory / "data" / "runs.db")).attachment(2, "recording.cast")
    assert cast is not None
    assert b"got abc" in cast


def test_a_size_that_was_asked_for_stays_whatever_the_terminal_has(own: OwnServer) -> None:
    script = "stty size; read line; stty size"
    outer = own.open("profile", "--size", "50x10", "--record", "sh", "-c", script, size=LARGE)
    outer.wait_for(r"^10 50")
    outer.resize(Size(100, 30))
    outer.wait_for(lambda rows: len(rows) == 30)
    outer.type("\r")
    assert outer.wait_exit() == 0
    assert "terminal 50x10" in shown(outer.raw)
    cast = Store(str(own.directory / "data" / "runs.db")).attachment(1, "recording.cast")
    assert cast is not None
    assert cast.count(b"10 50") == 2


def test_the_exit_code_and_what_failed_come_over_the_wire(own: OwnServer) -> None:
    outer = own.open("profile", "--exit-code", "sh", "-c", "exit 9")
    assert outer.wait_exit() == 9
    assert "exit code 9" in shown(outer.raw)
    keys = own.directory / "wait.keys"
    keys.write_text("wait /never/ 200ms\n")
    outer = own.open("profile", "--keys", str(keys), "sh", "-c", "while read line; do :; done")
    assert outer.wait_exit() == 124
    text = " ".join(shown(outer.raw).split())
    assert "ended because its script could not go on" in text
    assert "wait.keys:1: /never/ did not appear within 0.2 s" in text


def test_a_session_that_is_killed_in_its_second_run_tells_of_the_first(own: OwnServer) -> None:
    keys = own.directory / "go.keys"
    keys.write_text("wait /begun/\npause 100ms\n")
    script = "test -e ran && { echo begun; exec cat; }; touch ran; echo begun"
    outer = own.open("profile", "-n", "3", "--keys", str(keys), "sh", "-c", script, size=LARGE)
    outer.wait_for(r"run 2 of 3")
    outer.wait_for(r"^begun")
    own.ok("kill-session")
    outer.wait_exit()
    text = shown(outer.raw)
    assert "2 runs: 1 x exit code 0, 1 x the command was still running" in " ".join(text.split())
