"""The mouse on the frame, with the bytes a terminal sends, in both placements."""

import re
import sys
from collections.abc import Callable

import pytest

from termlab.model.geometry import Size

if sys.platform != "win32":
    from tests.e2e.outer import OuterTerminal, Screen
    from tests.e2e.rest import settled
    from tests.e2e.session import PREFIX, OwnServer, echoes
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]

WIDE = Size(100, 24)
# The row of the status, counted as terminals count.
STATUS_Y = 24


def mouse(outer: OuterTerminal, button: int, x: int, y: int, end: str = "M") -> None:
    """One report, in cells from 1."""
    outer.type(f"\x1b[<{button};{x};{y}{end}")


def click(outer: OuterTerminal, x: int, y: int) -> None:
    mouse(outer, 0, x, y)
    mouse(outer, 0, x, y, "m")


def column(rows: Screen) -> int:
    """Where the separator between the first row's panes stands, from 1; 0 without one."""
    return rows[0].find("┬") + 1


def separator_at(x: int) -> Callable[[Screen], bool]:
    return lambda rows: column(rows) == x


def split(outer: OuterTerminal, key: str = "%") -> int:
    """Two shells: where the separator stands, if they are beside each other."""
    outer.type(PREFIX + key)
    rows = outer.wait_for(r"│\$" if key == "%" else r"\A─.*\n\$(.|\n)*\n─.*\n\$")
    return column(rows)


def test_a_click_on_a_name_shows_its_window_and_the_wheel_the_next(own: OwnServer) -> None:
    with own.shell() as outer:
        echoes(outer, "first")
        outer.type(PREFIX + "c")
        rows = outer.wait_for(r"1:bash\*")
        x = rows[-1].index("0:bash") + 3
        click(outer, x, STATUS_Y)
        outer.wait_for(r"0:bash\*")
        outer.wait_for("^first")
        mouse(outer, 65, 70, STATUS_Y)
        outer.wait_for(r"1:bash\*")
        mouse(outer, 64, 70, STATUS_Y)
        outer.wait_for(r"0:bash\*")
        echoes(outer, "still")


def test_a_click_on_a_title_focuses_its_pane(own: OwnServer) -> None:
    with own.shell() as outer:
        split(outer)
        outer.wait_for(lambda _: outer.cursor().x > 40)
        click(outer, 5, 1)
        outer.wait_for(lambda _: outer.cursor().x == 2)
        echoes(outer, "here")


def test_a_separator_follows_the_mouse_and_the_programs_their_size(own: OwnServer) -> None:
    with own.shell(WIDE) as outer:
        stood = split(outer)
        outer.type("echo " + "w" * 60 + "\r")
        outer.wait_for(r"│w+\n")
        mouse(outer, 0, stood, 10)
        for x in range(stood, 31, -1):
            mouse(outer, 32, x, 10)
            if not x % 5:
                outer.wait_for(separator_at(x))
        # Lines reflow while the button is held: 60 letters have room on one row now.
        outer.wait_for(rf"│{'w' * 60}( |$)")
        mouse(outer, 32, 30, 10)
        mouse(outer, 0, 30, 10, "m")
        outer.wait_for(separator_at(30))
        mouse(outer, 35, 50, 10)
        outer.type("clear; stty size\r")
        outer.wait_for(r"│22 70")
        settled(own, outer)
        assert column(outer.screen()) == 30
        assert own.ok("ls", "--json").count('"cols": 29') == 1


def test_a_drag_in_one_piece_ends_where_it_was_let_go(own: OwnServer) -> None:
    with own.shell(WIDE) as outer:
        stood = split(outer)
        moves = "".join(f"\x1b[<32;{x};9M" for x in (*range(stood, 95), *range(95, 20, -1)))
        outer.type(f"\x1b[<0;{stood};9M{moves}\x1b[<0;21;9mecho af''ter\r")
        outer.wait_for("│after")
        outer.wait_for(separator_at(21))


def test_the_line_of_titles_between_two_panes_is_dragged(own: OwnServer) -> None:
    with own.shell() as outer:
        split(outer, '"')
        settled(own, outer)
        rows = outer.screen()
        y = next(i for i in range(2, 22) if rows[i].startswith("─")) + 1
        mouse(outer, 0, 30, y)
        mouse(outer, 32, 30, 6)
        outer.wait_for(lambda rows: rows[5].startswith("─"))
        mouse(outer, 0, 30, 6, "m")


def test_a_double_click_on_a_separator_shares_evenly(own: OwnServer) -> None:
    with own.shell() as outer:
        stood = split(outer)
        own.ok("resize-pane", "-R", "20")
        rows = outer.wait_for(lambda rows: column(rows) not in (0, stood))
        moved = column(rows)
        outer.type(f"\x1b[<0;{moved};9M\x1b[<0;{moved};9m" * 2)
        outer.wait_for(lambda rows: abs(column(rows) - stood) <= 1)


def test_a_program_that_asks_for_the_mouse_has_it_in_its_pane(own: OwnServer) -> None:
    with own.shell(WIDE) as outer:
        stood = split(outer)
        outer.type("printf '\\033[?1000h\\033[?1006h'; echo as''ked; cat -v\r")
        outer.wait_for("│asked")
        mouse(outer, 0, stood + 5, 4)
        outer.wait_for(re.escape("^[[<0;5;3M"))
        mouse(outer, 0, stood + 5, 4, "m")
        mouse(outer, 0, stood, 9)
        mouse(outer, 32, 40, 9)
        outer.wait_for(separator_at(40))
        mouse(outer, 0, 40, 9, "m")
        settled(own, outer)
        assert "".join(outer.screen()).count("[<") <= 2


def test_who_may_only_look_moves_no_border(own: OwnServer) -> None:
    with own.shell() as outer:
        stood = split(outer)
        with own.open("attach", "--read-only") as looker:
            looker.wait_for("┬")
            mouse(looker, 0, stood, 9)
            mouse(looker, 32, 20, 9)
            mouse(looker, 0, 20, 9, "m")
            echoes(outer, "beside")
            looker.wait_for("beside")
            assert column(looker.screen()) == column(outer.screen()) == stood


def test_with_help_open_the_mouse_is_its(own: OwnServer) -> None:
    with own.shell() as outer:
        stood = split(outer)
        outer.type(PREFIX + "?")
        outer.wait_for("─ Keys ─")
        mouse(outer, 0, stood, 9)
        mouse(outer, 32, 20, 9)
        mouse(outer, 0, 20, 9, "m")
        outer.type("q")
        outer.wait_for(lambda rows: column(rows) > 0)
        echoes(outer, "behind")
        assert column(outer.screen()) == stood
