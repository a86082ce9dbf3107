"""Who paints the panes, as a dialogue: claims, rows, what is drawn, and what ends a claim."""

import sys

import pytest

from termlab.client.capabilities import TRUE_COLOUR, Capabilities
from termlab.model.geometry import Size
from termlab.model.layout import Leaf
from termlab.model.screen import Cursor
from termlab.model.state import State
from termlab.wire.guest import Claim, OuterSize, Output, Rows
from termlab.wire.messages import Frame, Message, PaneRows

if sys.platform != "win32":
    from termlab.client.claims import Claims
    from tests.client.test_display import PICTURE, SIZE, rows_of, shown, state_of
else:
    pytest.skip("there are no guests", allow_module_level=True)

assert sys.platform != "win32"

STATUS = " main  0:sh*"
BOTH = (1, 2)


class Table:
    """A screen with two panes and a guest that has just opened something."""

    def __init__(self) -> None:
        self.display, self.paper = shown()
        self._told: list[Message] = []
        self.claims = Claims(self.display, self._told.append)
        self._serial = 1
        self.claims.open()

    def told(self) -> list[Message]:
        """What the guest was told since the last call."""
        told = self._told[:]
        self._told.clear()
        return told

    def frame(self, *panes: PaneRows, state: State | None = None, epoch: int = 1) -> None:
        """From the server."""
        self._serial += 1
        frame = Frame(self._serial, epoch, panes, state)
        self.display.frame(frame)
        self.claims.frame(frame)

    def claim(
        self, number: int, panes: tuple[int, ...] = BOTH, epoch: int = 1, frame: bool = True
    ) -> list[Message]:
        self.claims.claim(Claim(number, epoch, panes, frame))
        return self.told()

    def draw(self, number: int, text: str, cursor: Cursor | None = None, epoch: int = 1) -> None:
        data = b"\x1b[1;1H\x1b[31m" + text.encode()
        self.claims.output(Output(number, epoch, data, cursor))


def claimed() -> Table:
    """With the claim of both panes in force, and its rows drawn."""
    table = Table()
    table.claim(1)
    table.claims.drawn()
    assert table.told() == []
    table.paper.take()
    return table


def changed(pane: int, row: bytes, cursor: Cursor | None = None) -> PaneRows:
    """What a guest is told of a pane's first row."""
    return PaneRows(pane, ((0, row),), cursor)


LEFT = PaneRows(1, ((0, b"$ left"), (1, b""), (2, b""), (3, b"")), Cursor(6, 0))
RIGHT = PaneRows(2, ((0, b"right"), (1, b""), (2, b""), (3, b"")), None)


def test_a_guest_learns_the_size_once_and_when_it_is_another() -> None:
    table = Table()
    assert table.told() == [OuterSize(SIZE)]
    table.claims.end()
    table.claims.open()
    assert table.told() == []
    table.display.resize(Size(20, 5))
    table.claims.open()
    assert table.told() == [OuterSize(Size(20, 5))]


def test_a_claim_is_answered_with_whole_screens_and_hides_the_cursor() -> None:
    table = Table()
    table.told()
    assert table.claim(1) == [Rows(1, 1, (LEFT, RIGHT))]
    assert table.paper.rows() == [*PICTURE, STATUS]
    assert not table.paper.engine.cursor().visible


def test_a_claim_of_a_pane_that_is_not_there_claims_nothing_of_it() -> None:
    table = claimed()
    assert table.claim(2, (1, 77)) == [Rows(2, 1, (LEFT, PaneRows(77, (), None)))]


def test_what_is_drawn_is_written_whole_with_a_plain_pen_and_the_cursor_behind_it() -> None:
    table = claimed()
    table.draw(1, "help", Cursor(2, 1, shape=5))
    assert table.paper.take().endswith(b"\x1b[31mhelp\x1b[m\x1b[5 q\x1b[2;3H\x1b[?25h")
    assert table.paper.rows()[0].startswith("help")
    assert table.paper.engine.cursor() == Cursor(2, 1, shape=5)
    table.display.capable(Capabilities(TRUE_COLOUR, True, True, True))
    table.draw(1, "HELP")
    data = table.paper.take()
    assert data.startswith(b"\x1b[?2026h\x1b[1;1H")
    assert data.endswith(b"\x1b[?2026l")
    assert not table.paper.engine.cursor().visible


def test_the_cursor_never_stands_in_the_status_row() -> None:
    table = claimed()
    table.draw(1, "help", Cursor(0, SIZE.rows - 1))
    assert not table.paper.engine.cursor().visible


def test_what_was_meant_for_another_claim_or_geometry_is_dropped() -> None:
    table = Table()
    table.draw(1, "early")
    table.claim(1)
    table.paper.take()
    table.draw(2, "other")
    table.draw(1, "old", epoch=0)
    assert table.paper.take() == b""
    table.claims.end()
    table.paper.take()
    table.draw(1, "late")
    assert table.paper.take() == b""


def test_rows_of_claimed_panes_are_the_guests_and_of_others_the_clients() -> None:
    table = Table()
    table.claim(1, (2,), frame=False)
    table.claims.drawn()
    table.paper.take()
    table.frame(changed(1, b"$ mine", Cursor(6, 0)), changed(2, b"yours"))
    assert table.paper.rows()[1].startswith("$ mine")
    assert "yours" not in "".join(table.paper.rows())
    assert table.told() == [Rows(1, 1, (changed(2, b"yours"),))]


def test_one_message_of_rows_is_under_way_and_the_next_has_the_newest_of_each() -> None:
    table = claimed()
    table.frame(changed(1, b"1", Cursor(1, 0)))
    assert table.told() == [Rows(1, 1, (changed(1, b"1", Cursor(1, 0)),))]
    for row in (b"2", b"3", b"4"):
        table.frame(changed(1, row, Cursor(1, 0)), PaneRows(2, ((2, row),), None))
    assert table.told() == []
    table.claims.drawn()
    newest = PaneRows(2, ((2, b"4"),), None)
    assert table.told() == [Rows(1, 1, (changed(1, b"4", Cursor(1, 0)), newest))]
    table.claims.drawn()
    assert table.told() == []
    assert table.paper.rows() == [*PICTURE, STATUS]


def test_a_cursor_that_moves_alone_is_told_too() -> None:
    table = claimed()
    table.frame(PaneRows(1, (), Cursor(3, 0)))
    assert table.told() == [Rows(1, 1, (PaneRows(1, (), Cursor(3, 0)),))]


def test_a_new_name_is_told_and_stands_in_the_status_row_but_not_around_the_panes() -> None:
    table = claimed()
    table.draw(1, "help")
    named = state_of(1, name="vim")
    table.frame(state=named)
    assert table.told() == [Rows(1, 1, (), named)]
    assert table.paper.rows()[0].startswith("help")
    assert table.paper.rows()[-1] == " main  0:vim*"


def test_the_end_of_a_claim_shows_what_panes_and_lines_are_by_then() -> None:
    table = claimed()
    for y in range(SIZE.rows):
        table.claims.output(Output(1, 1, b"\x1b[%d;1H\x1b[2Kjunk" % (y + 1)))
    table.frame(changed(1, b"$ later", Cursor(7, 0)))
    table.claims.end()
    assert table.paper.rows() == [*PICTURE[:1], "$ later        │right", *PICTURE[2:], STATUS]
    assert table.paper.engine.cursor() == Cursor(7, 1)
    table.frame(changed(1, b"$ again", Cursor(7, 0)))
    assert table.paper.rows()[1].startswith("$ again")


def test_a_claim_replaces_the_one_before() -> None:
    table = claimed()
    for y in range(SIZE.rows - 1):
        table.claims.output(Output(1, 1, b"\x1b[%d;1H\x1b[2Kjunk" % (y + 1)))
    table.claims.claim(Claim(2, 1, (2,), False))
    assert table.paper.rows()[1].startswith("$ left         │")
    assert table.paper.rows()[0] == PICTURE[0]
    table.draw(1, "old")
    assert table.paper.rows()[0] == PICTURE[0]
    assert table.told() == [Rows(2, 1, (RIGHT,))]


def test_a_new_geometry_ends_the_claim_and_the_guest_claims_anew() -> None:
    table = claimed()
    table.draw(1, "help")
    alone = state_of(2, tree=Leaf(1))
    whole = rows_of(1, b"$ alone", b"", b"", b"", b"", cursor=Cursor(7, 0))
    table.frame(whole, state=alone, epoch=2)
    assert table.paper.rows() == ["$ alone", "", "", "", "", STATUS]
    assert table.paper.engine.cursor() == Cursor(7, 0)
    assert table.told() == [Rows(1, 2, (), alone)]
    table.draw(1, "late")
    assert table.paper.rows()[0] == "$ alone"
    (answer,) = table.claim(2, (1,), epoch=2)
    assert isinstance(answer, Rows)
    assert (answer.number, answer.epoch, answer.state) == (2, 2, None)
    assert answer.panes[0].rows[0] == (0, b"$ alone")


def test_a_claim_that_crossed_a_new_geometry_is_answered_with_it() -> None:
    table = claimed()
    alone = state_of(2, tree=Leaf(1))
    table.frame(rows_of(1, b"$ alone"), state=alone, epoch=2)
    table.told()
    assert table.claim(2) == [Rows(2, 2, (), alone)]
    table.draw(2, "help", epoch=1)
    assert table.paper.rows()[0] == "$ alone"


def test_geometries_that_follow_each_other_wait_for_a_guest_that_is_slow() -> None:
    table = claimed()
    for epoch in range(2, 30):
        table.frame(rows_of(1, b"$"), state=state_of(epoch), epoch=epoch)
    (first,) = table.told()
    assert isinstance(first, Rows)
    assert first.epoch == 2
    assert table.claim(2, epoch=2) == [Rows(2, 29, (), state_of(29))]


def test_a_claim_between_a_new_size_and_its_geometry_waits_for_that() -> None:
    table = claimed()
    size = Size(20, 5)
    table.display.resize(size)
    table.claims.lost()
    assert table.claim(2) == []
    table.draw(2, "nowhere")
    table.frame(changed(1, b"old"))
    assert table.told() == []
    new = state_of(2, size, tree=Leaf(1))
    table.frame(rows_of(1, b"$"), state=new, epoch=2)
    assert table.told() == [OuterSize(size), Rows(2, 2, (), new)]


def test_a_frame_of_an_older_geometry_tells_the_guest_nothing() -> None:
    table = claimed()
    table.frame(changed(1, b"old"), epoch=0)
    assert table.told() == []
