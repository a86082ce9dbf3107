"""Copying from the history and the screen: by keys, by search and by mouse, to the shell and to the
outer terminal."""

import base64
import sys

import pytest

from termlab.model.geometry import Size

if sys.platform != "win32":
    from tests.e2e.outer import OuterTerminal
    from tests.e2e.rest import settled
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
        outer.wait_for(r" \?1234 .* 12/12")
        outer.wait_for(lambda _: outer.cursor().x == len(" ?1234"))
        outer.type("5\r")
        outer.wait_for(r"\A12345\n12346\n")
        outer.wait_for(r" hit 1/1")
        outer.wait_for(lambda _: "inverse" in outer.cells()[0][0].flags)
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
        settled(own, outer)
        echoes(outer, "typing")


def test_a_program_can_not_set_the_clipboard(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type("printf '\\033]52;c;ZXZpbA==\\033\\\\'; echo done\r")
        outer.wait_for("^done")
        assert b"ZXZpbA==\x1b" not in outer.raw


def test_a_search_moves_as_it_is_typed_and_back(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type("seq 2000\r")
        outer.wait_for(r"^2000\n\$")
        outer.type(f"{PREFIX}[?777")
        outer.wait_for(r"\A1777\n(?s:.*) 2/2")
        outer.type("x")
        outer.wait_for(r"^2000\n\$(?s:.*) not found")
        outer.type("\x7f\x7f")
        outer.wait_for(r"^1977\n(?s:.*) \?77 .* 38/38")
        outer.type("\x1b")
        outer.wait_for(r"^2000\n\$(?s:.*) 0/\d+ ")
        outer.type("q")
        outer.wait_for(r"^2000\n\$ *\n(?!.* 0/)")
        echoes(outer, "typing")


def test_an_expression_is_told_in_place_and_none_holds_the_server(own: OwnServer) -> None:
    with own.shell() as outer:
        evil = "a" * 60 + "b"
        outer.type(f"echo {evil}; seq 1000\r")
        outer.wait_for(r"^1000\n\$")
        outer.type(f"{PREFIX}[")
        outer.wait_for(r" 0/\d+ ")
        outer.type("\x1b?")
        outer.wait_for(r" regex \?")
        outer.type("(a+")
        outer.wait_for(r" regex \?\(a\+ .* missing \)")
        outer.type(")+$")
        outer.wait_for(r" regex \?\(a\+\)\+\$ .* not found")
        outer.type("|b$\r")
        outer.wait_for(rf"\A\$?.*{evil}(?s:.*) hit 1/1")
        outer.type("q")
        echoes(outer, "typing")


def test_a_word_that_wrapped_is_found_lit_and_copied(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type("clear; printf '%75s needles lie here' x\r")
        outer.wait_for(r"\A +x need\nles lie here\$")
        outer.type(f"{PREFIX}[?needles\r")
        outer.wait_for(r" hit 1/1")
        outer.wait_for(lambda _: "inverse" in outer.cells()[0][76].flags)
        lit = outer.cells()
        assert all("inverse" in lit[0][x].flags for x in range(76, 80))
        assert ["inverse" in lit[1][x].flags for x in range(4)] == [True, True, True, False]
        outer.type("vey")
        clipboard(outer, "needles")
        echoes(outer, "typing")


def test_a_drag_beyond_the_edge_scrolls_until_it_comes_back(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type("seq 300\r")
        outer.wait_for(r"^300\n\$")
        # From the row of 290 to the first row of the terminal, and held there.
        outer.type("\x1b[<0;4;13M\x1b[<32;4;9M\x1b[<32;1;1M")
        # Each step of its own, however many a look at the screen misses.
        outer.wait_for(lambda rows: rows[0].isdigit() and int(rows[0]) <= 270)
        outer.type("\x1b[<32;1;2M")
        settled(own, outer)
        top = int(outer.screen()[0])
        assert top <= 270
        outer.type("\x1b[<64;1;2M")
        outer.wait_for(rf"\A{top - 3}\n")
        outer.type("\x1b[<0;1;2m")
        wanted = "\n".join(str(n) for n in range(top - 2, 292))
        clipboard(outer, wanted)
        outer.wait_for(r"^300\n\$")
        echoes(outer, "typing")


def test_clicks_take_words_and_lines_and_alt_takes_the_mouse_back(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type("clear; printf '\\033[?1002h\\033[?1006h'; echo one two three; cat\r")
        outer.wait_for(r"\Aone two three\n")
        click = "\x1b[<8;5;1M\x1b[<8;5;1m"
        outer.type(click * 3)  # in one piece: the third counts only soon after the second
        clipboard(outer, "two")
        clipboard(outer, "one two three\n")
        outer.type("\x1b[<8;1;1M\x1b[<40;3;1M\x1b[<8;3;1m")
        clipboard(outer, "one")
        outer.type("\x1b[<0;5;1M")
        outer.wait_for(r"\^\[\[<0;5;1M")


def test_a_block_is_selected_in_a_small_terminal_and_resized(own: OwnServer) -> None:
    with own.shell(Size(20, 5)) as outer:
        outer.type("clear; seq 101 130\r")
        outer.wait_for(r"^130\n\$")
        outer.type(f"{PREFIX}[?12")
        outer.wait_for(r" \?12 +1\d/1")
        outer.resize(Size(40, 10))
        outer.wait_for(r" \?12 .* 1\d/1\d *\Z")
        outer.wait_for(lambda rows: "·" not in "".join(rows))  # the pane has its new size
        outer.type("\r0l\x16jly")
        clipboard(outer, "29\n30")
        echoes(outer, "typing")
