"""A search is done in slices, tells its hit first, and is gone when it is cancelled."""

import re

import pytest

from termlab.errors import UsageError
from termlab.server.cells import texts
from termlab.server.motions import Spot
from termlab.server.pane import Pane
from termlab.server.search import MAX_PATTERN_CHARS, Search, hits, pattern_of
from tests.server.world import Stage

ROWS = 3000


class Heard:
    """What a search told, in order."""

    def __init__(self) -> None:
        self.words: list[Spot | str] = []

    def found(self, spot: Spot) -> None:
        self.words.append(spot)

    def ended(self) -> None:
        self.words.append("ended")


def filled(stage: Stage) -> Pane:
    stage.attach()
    stage.turn()
    pane = stage.server.sessions.all[0].current.panes[0]
    pane.emulator.feed(memoryview(b"".join(b"row %d\r\n" % n for n in range(ROWS))))
    return pane


def started(
    stage: Stage, pane: Pane, text: str, row: int, heard: Heard, backward: bool = True
) -> Search:
    pattern = pattern_of(text, regex=False)
    spot = Spot(row, 0)
    return Search(pane, stage.loop, pattern, backward, spot, heard.found, heard.ended)


def test_hits_are_told_in_columns_of_cells() -> None:
    line = texts("漢字x漢".encode())
    assert hits(line, re.compile("漢")) == [(0, 1), (5, 6)]
    assert hits(line, re.compile("x漢")) == [(4, 6)]
    assert hits(line, re.compile("y*")) == []


def test_the_nearest_hit_comes_before_the_count(stage: Stage) -> None:
    pane, heard = filled(stage), Heard()
    search = started(stage, pane, "row 1", 2500, heard)
    stage.turn()
    assert heard.words == [Spot(1999, 0), "ended"]
    assert (search.hit, search.running, search.count) == (True, False, 1111)


def test_it_gives_way_after_a_millisecond(stage: Stage) -> None:
    pane, heard = filled(stage), Heard()
    search = started(stage, pane, "row 5", 2900, heard)
    slow = stage.clock.now
    turns = 0
    while search.running:
        # Each look at the clock is a millisecond after the last one.
        stage.loop.clock = lambda: stage.clock() + _later(stage)
        stage.loop.turn(wait=False)
        turns += 1
        assert turns < 1000
    stage.loop.clock = stage.clock
    assert turns > 50
    assert stage.clock.now - slow >= 0.05
    assert search.count == 111


def _later(stage: Stage) -> float:
    stage.clock.advance(0.001)
    return 0.0


def test_cancelled_it_tells_nobody(stage: Stage) -> None:
    pane, heard = filled(stage), Heard()
    search = started(stage, pane, "row", 2500, heard)
    search.cancel()
    stage.turn()
    assert heard.words == []
    assert not search.running


def test_it_ends_with_its_pane(stage: Stage) -> None:
    pane, heard = filled(stage), Heard()
    stage.attach()
    stage.turn()
    started(stage, pane, "row", 2500, heard)
    stage.server.kill_pane(pane)
    stage.turn()
    assert heard.words == []


def test_forward_comes_round_to_the_rows_before(stage: Stage) -> None:
    pane, heard = filled(stage), Heard()
    started(stage, pane, "row 17", 2500, heard, backward=False)
    stage.turn()
    assert heard.words[0] == Spot(17, 0)


def test_a_history_that_grew_and_was_trimmed_meanwhile_is_no_failure(stage: Stage) -> None:
    pane, heard = filled(stage), Heard()
    started(stage, pane, "row 5", 100, heard)
    for _ in range(40):
        pane.emulator.feed(memoryview(b"flood\r\n" * 20_000))
    stage.turn()
    assert heard.words == ["ended"]


@pytest.mark.parametrize("text", ["", "x" * (MAX_PATTERN_CHARS + 1)])
def test_what_can_not_be_searched_for_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="can't search"):
        pattern_of(text, regex=False)
