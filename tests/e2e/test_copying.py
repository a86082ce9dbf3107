"""Copying from the history and the screen: by keys, by search and by mouse, to the shell and to the
outer terminal."""

import base64
import sys

import pytest

if sys.platform != "win32":
    from tests.e2e.outer import OuterTerminal
    from tests.e2e.session import PREFIX, OwnServer, echoes
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]


def clipboard(outer: OuterTerminal, text: str) -> None:
    """Wait until the terminal was given ``text`` for its clipboard."""
    wanted = b"\x1b]52;c;" + base64.b64encode(text.encode()) + b"\x1b\\"
    outer.wait_for(lambda _: wanted in outer.raw)


def test_a_word_is_copied_by_keys_and_pasted(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type("echo alpha 'be''ta' gamma\r")
        outer.wait_for("^alpha beta gamma")
        outer.type(f"{PREFIX}[")
        outer.wait_for(r"0/0")
        outer.type("k0we")
        outer.wait_for(lambda _: outer.cursor().x == 9)
        outer.type("bvey")
        clipboard(outer, "beta")
        outer.wait_for(r"^\$$")
        outer.type(f"echo {PREFIX}]-{PREFIX}]\r")
        outer.wait_for("^beta-beta")
        assert own.ok("show-buffer") == "beta"


def test_a_search_through_twenty_thousand_lines(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type("seq 20000\r")
        outer.wait_for(r"^20000\n\$")
        outer.type(f"{PREFIX}[")
        outer.type("?1234")
        outer.wait_for(r"\?1234█")
        outer.type("5\r")
        outer.wait_for(r"\A12345\n12346\n")
        outer.wait_for(r" 1 hit ")
        assert "inverse" in outer.cells()[0][0].flags
        outer.type("Vy")
        clipboard(outer, "12345\n")
        outer.wait_for(r"^20000\n\$")
        echoes(outer, "typing")


def test_the_mouse_selects_and_copies(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type("clear; echo one two three\r")
        outer.wait_for(r"\Aone two three\n")
        outer.type("\x1b[<0;5;1M\x1b[<32;6;1M\x1b[<32;7;1M")
        outer.wait_for(lambda _: "inverse" in outer.cells()[0][4].flags)
        outer.type("\x1b[<0;7;1m")
        clipboard(outer, "two")
        outer.type("\x1b[<0;9;1M\x1b[<0;9;1m" * 2)
        clipboard(outer, "three")
        outer.wait_for(lambda _: outer.cursor().x == 2)
        outer.wait_quiet()
        echoes(outer, "typing")


def test_a_program_can_not_set_the_clipboard(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type("printf '\\033]52;c;ZXZpbA==\\033\\\\'; echo done\r")
        outer.wait_for("^done")
        assert b"ZXZpbA==\x1b" not in outer.raw
