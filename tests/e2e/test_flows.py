"""What people do with panes, windows and terminals, from the keys to the screen."""

import os
import signal
import sys

import pytest

if sys.platform != "win32":
    from termlab.model.geometry import Rect, Size
    from tests.e2e.outer import OuterTerminal
    from tests.e2e.pictures import cut, single_pane, wait_for_picture, wait_for_same, whole
    from tests.e2e.rest import settled
    from tests.e2e.session import PREFIX, OwnServer, echoes, ended
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]

LEFT, RIGHT, UP, DOWN = "\x1b[D", "\x1b[C", "\x1b[A", "\x1b[B"
PROMPT = r"^\$"
# Slow, and what the app shows then is held against it in `test_placements`.
GUEST_ONLY = pytest.mark.parametrize("placement", ["guest"], indirect=True)


def keys(outer: OuterTerminal, *after_prefix: str) -> None:
    for key in after_prefix:
        outer.type(PREFIX + key)


def titles(outer: OuterTerminal) -> int:
    """How many panes have a title on the screen."""
    return sum(row.count(" bash ") for row in outer.screen()[:-1])


def test_a_pane_splits_in_four_directions(own: OwnServer) -> None:
    with own.shell() as outer:
        echoes(outer, "middle")
        for number, key in enumerate('%"|_', 2):
            keys(outer, key)
            outer.wait_for(lambda _, number=number: titles(outer) == number)  # type: ignore[misc]
            echoes(outer, f"pane{number}")
        # Right of the first; below that; to its left; above that.
        settled(own, outer)
        screen = outer.screen()
        assert screen[1].startswith("$ echo")
        assert screen[1].count("│") == 1
        top = next(y for y, row in enumerate(screen) if "pane3" in row)
        new = next(y for y, row in enumerate(screen) if "pane5" in row)
        beside = next(row for row in screen if "pane4" in row)
        assert screen[new].index("pane5") < screen[top].index("pane3")
        assert beside.index("pane4") < len(beside) - 20


def test_focus_moves_by_key_and_by_click(own: OwnServer) -> None:
    with own.shell() as outer:
        keys(outer, "%")
        outer.wait_for(r"│\$")
        outer.wait_for(lambda _: outer.cursor().x > 40)
        keys(outer, LEFT)
        outer.wait_for(lambda _: outer.cursor().x == 2)
        keys(outer, "o")
        outer.wait_for(lambda _: outer.cursor().x > 40)
        outer.type("\x1b[<0;10;5M\x1b[<0;10;5m")
        outer.wait_for(lambda _: outer.cursor().x == 2)
        echoes(outer, "here")
        keys(outer, ";")
        outer.wait_for(lambda _: outer.cursor().x > 40)


def test_zoom_shows_one_pane_and_brings_the_others_back(own: OwnServer) -> None:
    with own.shell() as outer:
        keys(outer, "%")
        outer.wait_for(r"│\$")
        settled(own, outer)
        before = outer.cells()
        keys(outer, "z")
        outer.wait_for(r"^\$[^│]*$")
        outer.wait_for("Z")
        outer.wait_for(lambda rows: not any("│" in row for row in rows))
        keys(outer, "z")
        wait_for_picture(outer, cut(before, single_pane(outer)), single_pane(outer))


def test_keys_resize_a_pane_and_repeat_without_the_prefix(own: OwnServer) -> None:
    with own.shell() as outer:
        keys(outer, "%")
        screen = outer.wait_for(r"│\$")
        column = screen[5].index("│")
        outer.type(PREFIX + "\x1b[1;5D" + "\x1b[1;5D" * 4)
        outer.wait_for(lambda rows: rows[5].find("│") == column - 5)
        keys(outer, "\x1b[1;3C")
        outer.wait_for(lambda rows: rows[5].find("│") == column)
        outer.type("tput cols\r")
        outer.wait_for(rf"│{79 - column}$")


def test_closing_asks_first(own: OwnServer) -> None:
    with own.shell() as outer:
        keys(outer, "%")
        outer.wait_for(r"│\$")
        keys(outer, "x")
        outer.wait_for(r"\[y\]es")
        outer.type("n")
        outer.wait_for(r"0:bash")
        assert any("│" in row for row in outer.screen())
        keys(outer, "x")
        outer.wait_for(r"\[y\]es")
        outer.type("y")
        outer.wait_for(lambda rows: not any("│" in row for row in rows))
        echoes(outer, "left")


@GUEST_ONLY
def test_after_the_prefix_a_hint_line_shows_what_can_follow(own: OwnServer) -> None:
    with own.shell(Size(100, 24)) as outer:
        outer.type(PREFIX)
        outer.wait_for("% split right")
        outer.type("\x1b")
        outer.wait_for("0:bash")
        keys(outer, "y")
        outer.wait_for("y does nothing after the prefix")
        echoes(outer, "afterwards")


def test_help_is_drawn_by_the_guest_or_by_the_app_that_draws_all(own: OwnServer) -> None:
    with own.shell() as outer:
        echoes(outer, "before")
        keys(outer, "?")
        outer.wait_for("─ Keys ─")
        own.placed(outer)
        outer.type("q")
        outer.wait_for(r"\A\$.*\nbefore\n\$\n")
        echoes(outer, "behind")


def test_windows_open_change_and_close(own: OwnServer) -> None:
    with own.shell() as outer:
        echoes(outer, "zero")
        keys(outer, "c")
        outer.wait_for(r"1:bash\*")
        outer.wait_for(PROMPT)
        echoes(outer, "one")
        keys(outer, "p")
        outer.wait_for("^zero")
        keys(outer, "1")
        outer.wait_for("^one")
        keys(outer, "l")
        outer.wait_for("^zero")
        keys(outer, "n")
        outer.wait_for("^one")
        keys(outer, "&")
        outer.type("y")
        outer.wait_for("^zero")
        outer.wait_for(lambda rows: "1:bash" not in rows[-1])


def test_detach_and_attach_from_a_terminal_of_another_size(own: OwnServer) -> None:
    with own.shell() as outer:
        echoes(outer, "before")
        keys(outer, "d")
        assert outer.wait_exit() == 0
        outer.wait_for(r"\[detached")
        assert restored(outer)
    with own.open("attach", size=Size(60, 15)) as again:
        again.wait_for("^before")
        again.type("clear; tput cols; tput lines\r")
        again.wait_for(r"\A60\n14\n")
    with own.open("attach", size=Size(120, 40)) as larger:
        larger.type("clear; tput cols; tput lines\r")
        larger.wait_for(r"\A120\n39\n")


def restored(outer: OuterTerminal) -> bool:
    """Whether the terminal is as a shell wants it: main screen, visible cursor, cooked."""
    modes = outer.emulator.modes()
    return not modes.alternate and not modes.mouse and outer.cursor().visible


def test_killing_a_client_harms_nobody(own: OwnServer) -> None:
    with own.shell() as outer, own.open("attach") as other:
        other.wait_for(PROMPT)
        echoes(outer, "first")
        other.wait_for("^first")
        os.kill(outer.pid, signal.SIGKILL)
        outer.wait_exit()
        echoes(other, "second")
        with own.open("attach") as again:
            again.wait_for("^second")
            echoes(again, "third")
        echoes(other, "fourth")


def test_a_killed_shell_closes_its_pane_and_the_others_fill_its_place(own: OwnServer) -> None:
    with own.shell() as outer:
        keys(outer, "%")
        outer.wait_for(r"│\$")
        os.kill(own.pane_pids()[-1], signal.SIGKILL)
        outer.wait_for(lambda rows: not any("│" in row for row in rows))
        outer.type("clear; tput cols\r")
        outer.wait_for(r"\A80\n")


def test_the_end_of_the_last_shell_ends_everything(own: OwnServer) -> None:
    with own.shell() as outer:
        server = own.server_pid()
        outer.type("exit\r")
        assert outer.wait_exit() == 0
        outer.wait_for(r"^\[exited\]")
        assert restored(outer)
    assert ended(server)
    assert not os.path.exists(own.socket)


def test_a_killed_server_is_told_and_the_terminal_restored(own: OwnServer) -> None:
    with own.shell() as outer:
        os.kill(own.server_pid(), signal.SIGKILL)
        assert outer.wait_exit() == 4
        outer.wait_for("has gone")
        assert restored(outer)
    assert not own.await_end()
    with own.shell() as again:
        echoes(again, "anew")


def test_a_storm_of_resizes_ends_with_the_right_picture(own: OwnServer) -> None:
    with own.shell(Size(100, 30)) as outer:
        keys(outer, "%", '"')
        outer.wait_for(lambda _: titles(outer) == 3)
        echoes(outer, "calm")
        for number in range(100):
            outer.resize(Size(20 + (number * 37) % 120, 5 + (number * 11) % 40))
            if number % 10 == 0:
                outer.type(" ")
        for size in (Size(20, 5), Size(100, 30)):
            outer.resize(size)
            with own.open("attach", size=size) as fresh:
                fresh.wait_for("0:bash")
                wait_for_same(outer, whole(outer), fresh, whole(fresh))
        outer.type("\x15")
        echoes(outer, "again")


def test_a_pane_too_small_says_so(own: OwnServer) -> None:
    with own.shell() as outer:
        keys(outer, "%", '"', '"')
        outer.wait_for(lambda _: titles(outer) == 4)
        outer.resize(Size(20, 5))
        outer.wait_for("3 hidden")
        echoes(outer, "small")
        outer.resize(Size(80, 24))
        outer.wait_for(lambda _: titles(outer) == 4)


def test_scroll_back_by_keys_and_wheel(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type("seq 500\r")
        outer.wait_for(r"^500\n\$")
        keys(outer, "[")
        outer.type("\x1b[5~")
        outer.wait_for(r"\A457\n")
        outer.type("g")
        outer.wait_for(r"\A\$ seq 500\n1\n")
        outer.type("\x05\x05")
        outer.wait_for(r"\A2\n")
        outer.type("q")
        outer.wait_for(r"^500\n\$")
        outer.type("\x1b[<64;5;5M" * 2)
        outer.wait_for(r"\A473\n")
        outer.type("\x1b[<65;5;5M" * 2)
        outer.wait_for(r"^500\n\$")
        echoes(outer, "bottom")


def test_title_and_bell_reach_the_person(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type("printf '\\033]2;a name\\033\\\\'\r")
        outer.wait_for("a name +lab$")
        rung = outer.raw.count(b"\a")
        outer.type("printf '\\a'; echo rang\r")
        outer.wait_for("^rang")
        outer.wait_for(lambda _: outer.raw.count(b"\a") == rung + 1)


def test_held_output_is_shown_whole(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type("clear; printf '\\033[?2026hone'; printf ' two\\033[?2026l\\n'\r")
        outer.wait_for("^one two")
        # A program that never lets go is shown all the same.
        outer.type("clear; printf '\\033[?2026hheld\\n'; read x\r")
        outer.wait_for("^held")
        outer.type("\r")
        echoes(outer, "on")


def test_the_smaller_terminal_rules_and_the_larger_shows_dots(own: OwnServer) -> None:
    with own.shell(Size(90, 30)) as large:
        with own.open("attach", size=Size(60, 20)) as small:
            small.wait_for(PROMPT)
            screen = large.wait_for(lambda rows: rows[25].startswith("····"))
            assert screen[5][60:] == "·" * 30
            echoes(small, "both")
            large.wait_for("^both")
            keys(small, "d")
            assert small.wait_exit() == 0
        large.wait_for(lambda rows: not any("·" in row for row in rows))


def test_each_client_has_its_own_focus_and_scroll(own: OwnServer) -> None:
    with own.shell() as one, own.open("attach") as two:
        keys(one, "%")
        one.wait_for(r"│\$")
        two.wait_for(r"│\$")
        one.type("seq 100\r")
        one.wait_for(r"│100")
        keys(two, LEFT)
        two.wait_for(lambda _: two.cursor().x == 2)
        echoes(two, "leftside")
        one.wait_for(lambda _: one.cursor().x > 40)
        keys(one, "[")
        one.type("g")
        one.wait_for(r"│1\b")
        two.wait_for(r"│100\n.*│\$")
        one.type("q")
        one.wait_for(r"│100")
        edge = one.screen()[1].index("│")
        right = Rect(edge + 1, 1, 79 - edge, one.size.rows - 2)
        wait_for_same(one, right, two, right)
