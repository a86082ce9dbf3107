"""The lab dock with real shells, in both placements: keys, mouse, sizes, detach and attach."""

import os
import signal
import sys
from collections.abc import Callable

import pytest

from termlab.model.dock import MIN_COLS, free_cols
from termlab.model.geometry import Size

if sys.platform != "win32":
    from tests.e2e.outer import OuterTerminal, Screen
    from tests.e2e.session import PREFIX, OwnServer, echoes
    from tests.e2e.test_mouse import click, mouse
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]

WIDE = Size(100, 24)
ASKED = 36
# A terminal that shrinks has cut the dock itself: only a program can tell what it was given.
TELLS_ITS_SIZE = (
    "import os, signal; "
    'tell = lambda *_: os.write(1, b"%dx%d\\n" % os.get_terminal_size()); '
    'signal.signal(signal.SIGWINCH, tell); os.write(1, b"waiting\\n"); '
    "[signal.pause() for _ in range(9)]"
)


def free(asked: int = ASKED, size: Size = WIDE) -> int:
    return free_cols(asked, size.cols, size.rows - 1)


def stands_at(x: int, rows: int = 23) -> Callable[[Screen], bool]:
    """Whether the dock's line stands in column ``x``, from 0, all the way down and nowhere else."""
    return lambda screen: all(row[x : x + 1] in "│┤" and row[x : x + 1] for row in screen[:rows])


def told_size(outer: OuterTerminal, cols: int, rows: int = 23) -> None:
    """Ask the program in the pane how large its terminal is."""
    outer.type("clear; stty size\r")
    outer.wait_for(rf"^{rows} {cols}\b")


def shown(own: OwnServer, size: Size = WIDE) -> OuterTerminal:
    outer = own.shell(size)
    outer.type(PREFIX + "P")
    outer.wait_for(stands_at(free(size=size), size.rows - 1))
    return outer


def gone(x: int) -> Callable[[Screen], bool]:
    return lambda screen: not any(row[x : x + 1] == "│" for row in screen)


def test_a_key_shows_it_and_the_programs_have_less_room_and_gives_it_back(own: OwnServer) -> None:
    with shown(own) as outer:
        told_size(outer, 63)
        outer.type(PREFIX + "P")
        outer.wait_for(gone(63))
        told_size(outer, 100)


def test_in_eighty_columns_it_is_as_wide_as_the_panes_can_spare(own: OwnServer) -> None:
    with shown(own, Size(80, 24)) as outer:
        told_size(outer, 43)
        echoes(outer, "beside")


def test_panes_side_by_side_share_what_is_left(own: OwnServer) -> None:
    with shown(own, Size(120, 24)) as outer:
        outer.type(PREFIX + "%")
        outer.wait_for(r"│\$")
        outer.type("clear; stty size\r")
        outer.wait_for(r"│22 41\b")
        outer.wait_for(stands_at(83))
        echoes(outer, "here")


def test_keys_and_commands_move_its_border(own: OwnServer) -> None:
    with shown(own) as outer:
        outer.type(PREFIX + "<")
        outer.wait_for(stands_at(free(40)))
        outer.type(PREFIX + ">>")
        outer.wait_for(stands_at(free(32)))
        told_size(outer, free(32))


def test_its_border_is_dragged_and_the_programs_follow(own: OwnServer) -> None:
    with shown(own) as outer:
        mouse(outer, 0, 64, 10)
        for x in range(64, 50, -1):
            mouse(outer, 32, x, 10)
        outer.wait_for(stands_at(50))
        mouse(outer, 32, 95, 10)
        mouse(outer, 0, 95, 10, "m")
        outer.wait_for(stands_at(99 - MIN_COLS))
        told_size(outer, 99 - MIN_COLS)


def test_a_drag_in_one_piece_ends_where_it_was_let_go(own: OwnServer) -> None:
    with shown(own) as outer:
        moves = "".join(f"\x1b[<32;{x};9M" for x in (*range(64, 90), *range(90, 55, -1)))
        outer.type(f"\x1b[<0;64;9M{moves}\x1b[<0;56;9m")
        outer.wait_for(stands_at(55))
        told_size(outer, 55)


def test_a_click_in_the_status_row_shows_it_and_hides_it(own: OwnServer) -> None:
    with own.shell(WIDE) as outer:
        rows = outer.wait_for(r" lab *\Z")
        x = rows[-1].rindex("lab") + 1
        click(outer, x, 24)
        outer.wait_for(stands_at(63))
        told_size(outer, 63)
        click(outer, x, 24)
        outer.wait_for(gone(63))
        told_size(outer, 100)


def test_detach_and_attach_keep_it(own: OwnServer) -> None:
    with shown(own) as outer:
        outer.type(PREFIX + "<")
        outer.wait_for(stands_at(free(40)))
        outer.type(PREFIX + "d")
        assert outer.wait_exit() == 0
    with own.open("attach", size=WIDE) as again:
        again.wait_for(stands_at(free(40)))
        told_size(again, free(40))


def test_a_terminal_without_room_says_so_and_keeps_all_of_it(own: OwnServer) -> None:
    with own.shell(Size(60, 20)) as outer:
        outer.type(PREFIX + "P")
        outer.wait_for("no room for the lab dock: it needs 65 columns")
        told_size(outer, 60, 19)
    with own.open("attach", size=Size(20, 5)) as tiny:
        tiny.wait_for(r"^\$")
        tiny.type(PREFIX + "P")
        tiny.wait_for("no room for the la")
        echoes(tiny, "on")


def test_it_leaves_a_terminal_that_shrinks_and_comes_back_with_the_room(own: OwnServer) -> None:
    with shown(own) as outer:
        outer.type(f"clear; {sys.executable} -c '{TELLS_ITS_SIZE}'\r")
        outer.wait_for("^waiting")
        outer.resize(Size(50, 20))
        outer.wait_for(r"^50x19$")
        outer.wait_for(lambda rows: not any("│" in row for row in rows))
        outer.resize(Size(110, 24))
        outer.wait_for(r"^73x23 *│")
        outer.wait_for(stands_at(73))


def test_while_a_pane_floods_it_comes_and_goes(own: OwnServer) -> None:
    with own.shell(WIDE) as outer:
        outer.type("while :; do echo flood $((n=n+1)); done\r")
        outer.wait_for(r"^flood \d+")
        for _ in range(3):
            outer.type(PREFIX + "P")
            outer.wait_for(stands_at(63))
            outer.type(PREFIX + "P")
            outer.wait_for(gone(63))
        outer.type("\x03")
        outer.wait_for(r"^\$ *$")
        echoes(outer, "calm")


@pytest.mark.parametrize("placement", ["guest"], indirect=True)
def test_when_the_guest_dies_no_key_is_lost_and_its_place_stays(own: OwnServer) -> None:
    with shown(own) as outer:
        (guest,) = own.guests(outer.pid)
        outer.type("echo be")
        os.kill(guest, signal.SIGKILL)
        outer.type("fore''hand\r")
        outer.wait_for(r"^beforehand *│")
        outer.wait_for(stands_at(63))
        own.placed(outer)
        outer.type(PREFIX + "P")
        outer.wait_for(gone(63))
        echoes(outer, "after")
