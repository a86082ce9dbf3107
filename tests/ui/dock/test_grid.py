"""Labels and figures in columns."""

from termlab.ui.dock.grid import grid
from termlab.ui.dock.ink import Part, width

LINES = (
    ("", (Part("CPU", "dim"), Part("wakeups", "dim"))),
    ("3 processes", (Part("12 %"), Part("120/s", "warn"))),
    ("silent", (Part("0.4 %"),)),
)


def texts(cols: int) -> list[str]:
    return ["".join(part.text for part in row).rstrip() for row in grid(LINES, cols)]


def test_figures_are_right_aligned_under_each_other() -> None:
    assert texts(40) == [
        "                CPU  wakeups",
        " 3 processes   12 %    120/s",
        " silent       0.4 %",
    ]


def test_roles_are_kept() -> None:
    row = grid(LINES, 40)[1]
    assert [part.role for part in row if part.text.strip()] == ["dim", "plain", "warn"]


def test_what_has_no_room_is_left_out_from_the_right() -> None:
    assert texts(20)[1] == " 3 processes   12 %"
    assert texts(15)[1] == " 3 proce   12 %"
    assert texts(5)[1] == " 3 pr"


def test_it_is_never_wider_than_it_may_be() -> None:
    for cols in range(32):
        assert all(width(row) <= cols for row in grid(LINES, cols))


def test_no_lines() -> None:
    assert grid((), 10) == []
