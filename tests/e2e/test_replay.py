"""Recordings and ended commands as a person sees them: what stays on the screen, what closes it."""

import sys
from pathlib import Path

import pytest

if sys.platform != "win32":
    from termlab.model.geometry import Size
    from tests.e2e.session import PREFIX, OwnServer
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = pytest.mark.slow

RECORDINGS = Path(__file__).parents[1] / "recordings"
# Four outputs, of which the later ones come only when somebody makes them.
SLOW = """\
{"version": 3, "term": {"cols": 80, "rows": 24}}
[0.0, "o", "one"]
[3600, "o", " two"]
[3600, "o", " three"]
[3600, "o", " four"]
[0.0, "x", "3"]
"""


def test_a_recording_is_paused_stepped_through_and_ended(own: OwnServer) -> None:
    (own.directory / "slow.cast").write_text(SLOW)
    with own.open("replay", "slow.cast") as outer:
        outer.wait_for("^one$")
        outer.wait_for("0:slow.cast")
        outer.type(" .")
        outer.wait_for("^one two$")
        outer.type(".")
        outer.wait_for("^one two three$")
        outer.type("q")
        screen = outer.wait_for("exit 0 · Enter closes")
        assert screen[0].rstrip() == "one two three"
        outer.type("\r")
        assert outer.wait_exit() == 0


def test_a_recording_plays_to_its_end_with_its_exit_code(own: OwnServer) -> None:
    (own.directory / "slow.cast").write_text(SLOW)
    with own.open("replay", "--idle-limit", "0.1", "slow.cast") as outer:
        screen = outer.wait_for("exit 3 · Enter closes")
        assert screen[0].rstrip() == "one two three four"
        outer.type("q")
        assert outer.wait_exit() == 0


def test_a_recording_larger_than_the_terminal_says_so(own: OwnServer) -> None:
    file = str(RECORDINGS / "vim-edit.cast")
    with own.open("replay", "--speed", "0", file, size=Size(70, 20)) as outer:
        outer.wait_for("recorded on 80x24, shown on 70x19")


def test_a_pane_that_remains_keeps_its_screen_beside_others(own: OwnServer) -> None:
    with own.shell() as outer:
        pane = own.ok("split", "--remain", "--", "sh", "-c", "echo last words; kill -9 $$").strip()
        outer.wait_for(r" killed by SIGKILL (.|\n)*last words(.|\n)*killed by SIGKILL · Enter")
        assert own.ok("wait", "-t", pane, "--exit") == ""
        assert own.ok("capture", "-t", pane).startswith("last words\n")
        outer.type("x\x1b[A")
        outer.type(PREFIX + ";")
        outer.type("echo be''side\r")
        outer.wait_for("^beside")
        outer.type(PREFIX + ";\x04")
        outer.wait_for(lambda screen: "SIGKILL" not in "".join(screen))
        outer.type("echo al''one\r")
        outer.wait_for("^alone")
