"""A painter writes what the terminal can show, and says when it could show more by now."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.client.capabilities import TRUE_COLOUR, Capabilities
from termlab.client.painter import Painter
from termlab.client.reduce import Reducer
from termlab.model.geometry import Rect
from termlab.wire.messages import PaneRows

ROW = b"\x1b[0m\x1b[38;2;1;2;3m\x1b[4:3mword\x1b[0m"


def painting(found: Capabilities | None) -> Painter:
    painter = Painter()
    painter.place({1: Rect(0, 0, 20, 2)}, 20, 3)
    if found is not None:
        assert painter.capable(found) == (found[:4] != (TRUE_COLOUR, False, True, True))
    return painter


def drawn(painter: Painter, row: bytes = ROW) -> bytes:
    return painter.message(painter.pane(PaneRows(1, ((0, row),), None)))


@pytest.mark.parametrize("found", [None, Capabilities(TRUE_COLOUR, False, True, True)])
def test_a_terminal_that_shows_everything_gets_the_row_as_it_is(found: Capabilities | None) -> None:
    assert ROW in drawn(painting(found))


@pytest.mark.parametrize(
    ("found", "row"),
    [
        (Capabilities(256), b"\x1b[0m\x1b[38;5;16m\x1b[4mword\x1b[0m"),
        (Capabilities(16), b"\x1b[0m\x1b[30m\x1b[4mword\x1b[0m"),
        (Capabilities(TRUE_COLOUR), b"\x1b[0m\x1b[38;2;1;2;3m\x1b[4mword\x1b[0m"),
    ],
)
def test_one_that_lacks_something_gets_what_it_has(found: Capabilities, row: bytes) -> None:
    assert row in drawn(painting(found))


PARTS = ["0", "1", "4", "4:0", "4:3", "21", "31", "59", "97", "38;5;9", "48;5;200", "38;2;1;2;3"]
PARTS += ["38:5:7", "48:2::9:8:7", "58;5;3", "58:2::1:2:3", "48;2;0;0;0"]


@given(
    st.lists(st.lists(st.sampled_from(PARTS), min_size=1, max_size=3), max_size=4),
    st.sampled_from([(16, False, False), (256, True, False), (TRUE_COLOUR, False, False)]),
)
def test_whatever_can_be_reduced_is_from_the_first_row_on(
    pens: list[list[str]], shows: tuple[int, bool, bool]
) -> None:
    row = b"".join(b"\x1b[%bmx" % ";".join(pen).encode() for pen in pens) + b"\x1b[0m"
    lacking = painting(Capabilities(shows[0], False, *shows[1:]))
    assert drawn(lacking, row) == Reducer(*shows)(drawn(painting(None), row))


def test_it_says_when_what_stands_there_could_look_better() -> None:
    painter = painting(Capabilities(256))
    drawn(painter, b"\x1b[31mplain\x1b[0m")
    assert not painter.capable(Capabilities(TRUE_COLOUR))
    painter = painting(Capabilities(256))
    drawn(painter)
    assert not painter.capable(Capabilities(256, complete=True))
    assert painter.capable(Capabilities(TRUE_COLOUR, False, True, True))
    assert ROW in painter.message(painter.bare())


def test_what_is_drawn_over_the_panes_is_reduced_as_well() -> None:
    painter = painting(Capabilities(16))
    assert painter.message([b"\x1b[48;5;196mhelp"]).startswith(b"\x1b[101mhelp")
