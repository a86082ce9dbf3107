"""A drag never piles up: one request under way, and only the newest place behind it."""

from termlab.client.dragging import Dragging
from termlab.model.borders import Border
from tests.client.recorder import Recorder

BORDER = Border(3, "row")


class Drag:
    def __init__(self) -> None:
        self.server = Recorder()
        self.dragging = Dragging(self.server)
        self.dragging.hold(BORDER, 40)

    def to(self, *places: int) -> list[str]:
        """Moves that came together; what was asked for."""
        for place in places:
            self.dragging.to(place)
        self.dragging.ask()
        return self.server.words()


def test_of_what_came_together_only_the_newest_is_asked_for() -> None:
    assert Drag().to(41, 42, 45) == ["move-border -t %3 -R 45"]


def test_nothing_more_is_asked_for_until_the_answer_and_then_the_newest() -> None:
    drag = Drag()
    assert drag.to(41) == ["move-border -t %3 -R 41"]
    assert [drag.to(place) for place in range(42, 99)] == [[]] * 57
    drag.dragging.replied(7, False)
    assert drag.server.words() == []
    drag.dragging.replied(1, False)
    assert drag.server.words() == ["move-border -t %3 -R 98"]
    drag.dragging.replied(2, False)
    assert drag.server.words() == []


def test_where_it_was_let_go_is_still_asked_for() -> None:
    drag = Drag()
    drag.to(41)
    drag.to(50)
    drag.dragging.go()
    drag.to(60)
    drag.dragging.replied(1, False)
    assert drag.server.words() == ["move-border -t %3 -R 50"]


def test_where_it_stands_already_is_not() -> None:
    drag = Drag()
    assert drag.to(40) == []
    assert drag.to(41) == ["move-border -t %3 -R 41"]
    drag.dragging.replied(1, False)
    assert drag.to(41) == []


def test_a_border_that_is_gone_is_dragged_no_further() -> None:
    drag = Drag()
    drag.to(41)
    drag.to(42)
    drag.dragging.replied(1, True)
    assert drag.to(43) == []


def test_one_below_a_pane_and_a_place_outside() -> None:
    drag = Drag()
    drag.dragging.hold(Border(4, "column"), 9)
    assert drag.to(-3) == ["move-border -t %4 -D 0"]
