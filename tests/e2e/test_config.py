"""A person's own configuration: mistakes at the start, and a reload under typing hands."""

import os
import signal
import sys
from pathlib import Path

import pytest

from termlab.model.screen import MOUSE_OFF
from tests.terminal.cells import Colour

if sys.platform != "win32":
    from tests.e2e.rest import settled
    from tests.e2e.session import PREFIX, OwnServer, echoes
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]


NORD = (0x43, 0x4C, 0x5E)
LATTE = (0xCC, 0xD0, 0xDA)


def config(own: OwnServer) -> Path:
    return own.directory / "home" / ".config" / "termlab" / "config.toml"


def log(own: OwnServer) -> str:
    return (own.directory / "state" / "termlab" / "s.log").read_text()


def write(own: OwnServer, text: str) -> None:
    """As editors do: beside it, and put in its place whole."""
    path = config(own)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".new").write_text(text)
    os.replace(path.with_suffix(".new"), path)


def test_a_bad_file_at_the_start_is_told_and_the_defaults_hold(own: OwnServer) -> None:
    write(own, 'prefix = "C-a"\nescape_ms = "no"\n')
    outer = own.open()
    outer.wait_for(r"the defaults hold: config\.toml:2: escape_ms can't be 'no'")
    code, _, err = own.run("config", "check")
    assert code == 2
    assert "config.toml:2: escape_ms" in err
    assert "config.toml:2: escape_ms can't be 'no'" in log(own)
    outer.type(f"{PREFIX}c")
    outer.wait_for("1:bash")


def test_a_reload_while_somebody_types_loses_no_key(own: OwnServer) -> None:
    outer = own.shell()
    write(own, 'prefix = "C-a"\n[keys.prefix]\n"Y" = "new-window"\n')
    text = "".join(chr(ord("a") + n % 26) for n in range(400))
    outer.type(f"clear; cat > typed\r{text[:200]}")
    outer.type(f"{PREFIX}r{text[200:]}\r\x04echo do''ne\r")
    outer.wait_for("^done")
    typed = next(own.directory.rglob("typed"))
    assert typed.read_text() == f"{text}\n"
    outer.type("\x01Y")
    outer.wait_for("1:bash")
    outer.type("\x02")  # it is the shell's again: one to the left
    echoes(outer, "hello")
    write(own, "prefix = 1\n")
    outer.type("\x01r")
    outer.wait_for("the settings stay: config.toml:1")


def test_sighup_has_the_server_read_it_again(own: OwnServer) -> None:
    outer = own.shell()
    write(own, 'prefix = "C-a"\n')
    os.kill(own.server_pid(), signal.SIGHUP)
    outer.wait_for("the configuration was read again")
    outer.type("\x01c")
    outer.wait_for("1:bash")


def test_a_file_that_changes_is_read_again_by_itself(own: OwnServer) -> None:
    outer = own.shell()
    write(own, 'prefix = "C-a"\n')  # its directory is new as well
    outer.wait_for("the configuration was read again")
    outer.type("\x01c")
    outer.wait_for("1:bash")
    write(own, 'prefix = "C-x"\nmouse = 1\n')
    outer.wait_for("the settings stay: config.toml:2: mouse can't be 1")
    assert "config.toml:2: mouse can't be 1" in log(own)
    outer.type("\x01c")  # what held goes on to hold
    outer.wait_for("2:bash")
    write(own, 'reload = "manual"\n')
    outer.wait_for("the configuration was read again")
    write(own, 'prefix = "C-a"\n')
    outer.type(f"{PREFIX}c")
    outer.wait_for("3:bash")
    assert own.ok("reload-config") == ""
    outer.type("\x01c")
    outer.wait_for("4:bash")


def test_keys_typed_throughout_twenty_reloads_arrive_in_order(own: OwnServer) -> None:
    outer = own.shell()
    text = "".join(chr(ord("a") + n % 26) for n in range(400))
    outer.type("clear; cat > typed\r")
    for number in range(20):
        # Each by itself: the file's own watch would make one of a burst.
        outer.type(text[number * 20 : number * 20 + 10])
        write(own, f"repeat_ms = {500 + number}\nescape_ms = {20 + number}\n")
        outer.type(text[number * 20 + 10 : number * 20 + 15])
        assert own.ok("reload-config") == ""
        outer.type(text[number * 20 + 15 : number * 20 + 20])
    outer.type("\r\x04echo do''ne\r")
    outer.wait_for("^done")
    typed = next(own.directory.rglob("typed"))
    assert typed.read_text() == f"{text}\n"
    assert log(own).count("the configuration was read again") >= 20


def test_segments_and_themes_come_with_a_reload_in_both_placements(own: OwnServer) -> None:
    outer = own.shell()
    outer.type(f"{PREFIX}%")
    outer.wait_for(r"│\$")
    settled(own, outer)
    before = outer.cells()

    def grounds() -> set[Colour]:
        return {cell.background for cell in outer.cells()[-1]}

    def lit() -> set[Colour]:
        return {row[39].foreground for row in outer.cells()[1:-1]}

    write(own, """theme = "nord"\n[status]\nleft = ["'on call'", "windows"]\nright = []\n""")
    outer.wait_for("read again")
    outer.wait_for("^ on call 0:bash")
    outer.wait_for(lambda screen: grounds() == {NORD} and lit() == {(0x88, 0xC0, 0xD0)})
    assert outer.cells()[-1][0].foreground == (0xD8, 0xDE, 0xE9)
    os.unlink(config(own))
    outer.wait_for("read again")
    outer.wait_for("^ 0  0:bash")
    outer.wait_for(lambda screen: outer.cells() == before)


def test_the_light_theme_is_worn_on_a_light_terminal(own: OwnServer) -> None:
    write(own, 'theme = "nord"\ntheme_light = "catppuccin-latte"\n')
    outer = own.shell()

    def grounds() -> set[Colour]:
        return {cell.background for cell in outer.cells()[-1][20:60]}

    outer.wait_for(lambda screen: grounds() == {NORD})  # it said that its ground is black
    outer.type("\x1b[?997;2n")  # a terminal that has turned light says so
    outer.wait_for(lambda screen: grounds() == {LATTE})
    outer.type("\x1b[?997;1n")
    outer.wait_for(lambda screen: grounds() == {NORD})
    echoes(outer, "hello")


def test_what_is_open_over_the_panes_wears_the_theme_too(own: OwnServer) -> None:
    outer = own.shell()
    write(own, 'theme = "nord"\n')
    outer.wait_for("read again")
    outer.type(f"{PREFIX}?")
    outer.wait_for("Keys")

    def borders() -> set[Colour]:
        return {row[0].foreground for row in outer.cells()[:-1]}

    outer.wait_for(lambda screen: borders() == {(0x88, 0xC0, 0xD0)})
    write(own, 'theme = "dracula"\n')  # while it is open
    outer.wait_for(lambda screen: borders() == {(0xBD, 0x93, 0xF9)})
    outer.type("q")
    outer.wait_for(r"^\$")
    echoes(outer, "hello")


def test_the_mouse_is_given_back_and_taken_again_with_a_reload(own: OwnServer) -> None:
    outer = own.shell()
    assert outer.emulator.modes().mouse != MOUSE_OFF
    write(own, "mouse = false\n")
    outer.wait_for(lambda screen: outer.emulator.modes().mouse == MOUSE_OFF)
    write(own, "mouse = true\n")
    outer.wait_for(lambda screen: outer.emulator.modes().mouse != MOUSE_OFF)
    outer.type("\x02d")
    outer.wait_exit()
    assert outer.emulator.modes().mouse == MOUSE_OFF
