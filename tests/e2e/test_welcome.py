"""What the first program of a cold start finds: the terminal's own colours, keys typed ahead."""

import sys
from typing import Final

import pytest

if sys.platform != "win32":
    from tests.e2e.session import OwnServer
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]

# Asks for the background at once, as editors do to choose their colours.
ASKS: Final = """
import os, select, sys, termios, tty
tty.setraw(0)
os.write(1, b"\\033]11;?\\033\\\\")
said = os.read(0, 64) if select.select([0], [], [], 20)[0] else b"nothing"
os.write(1, b"told " + said.strip(b"\\033\\\\") + b".")
os.read(0, 1)
"""


@pytest.mark.parametrize("attempt", range(3))
def test_the_first_program_is_told_the_terminals_colours(own: OwnServer, attempt: int) -> None:
    outer = own.open("new", "--", sys.executable, "-I", "-c", ASKS)
    outer.wait_for(r"told \]11;rgb:0000/0000/0000")


def test_what_is_typed_ahead_reaches_the_first_shell(own: OwnServer) -> None:
    outer = own.open("new", "--", "/bin/sh", "-c", "read line; echo got $line; read line")
    outer.type("typed ahead\r")
    outer.wait_for("got typed ahead")
    own.placed(outer)
