"""A server on the pyte engine, as where the native one has no wheel: it works and says so."""

import sys

import pytest

if sys.platform != "win32":
    from termlab.model.geometry import Size
    from tests.e2e.session import PREFIX, OwnServer
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = pytest.mark.slow

SIZE = Size(80, 20)
LINES = 20_000


def test_a_session_works_and_its_status_line_names_the_engine(own: OwnServer) -> None:
    outer = own.open(size=SIZE, TERMLAB_ENGINE="pyte")
    outer.wait_for(r"^\$")
    outer.wait_for(r" degraded: pyte  lab$")
    outer.type(PREFIX + "%")
    outer.wait_for(r"│\$")
    outer.type(f"seq {LINES}; printf '\\033[31mred\\033[m\\n'\r")
    outer.wait_for(rf"│{LINES - 1}$")
    outer.wait_for(r"│red$")
    red = next(cell for row in outer.cells() for cell in row if cell.foreground == 1)
    assert red.text == "r"
    outer.resize(Size(60, 12))
    outer.wait_for(r" degraded: pyte$")  # no room for a dock
    outer.type("echo still-here\r")
    outer.wait_for(r"│still-here$")
    captured = own.ok("capture", "--scrollback", "-t", "%1").splitlines()
    assert "1" in captured
    assert str(LINES) in captured


def test_a_full_screen_program_comes_and_goes(own: OwnServer) -> None:
    outer = own.open(size=SIZE, TERMLAB_ENGINE="pyte")
    outer.wait_for(r"^\$")
    outer.type("seq 500 | less\r")
    outer.wait_for(r"^:$")
    outer.type("G")
    outer.wait_for(r"^500$")
    outer.type("q")
    screen = outer.wait_for(r"^\$ seq 500 \| less$")
    assert "500" not in screen
