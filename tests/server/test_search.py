"""A search is done in slices, tells its hit first, and is gone when it is cancelled."""

import pytest

from termlab.server.motions import Spot
from termlab.server.pane import Pane
from termlab.server.pattern import pattern_of
from termlab.server.search import Search
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


def test_the_nearest_hit_comes_before_the_count(stage: Stage) -> None:
    pane, heard = filled(stage), Heard()
    search = started(stage, pane, "row 1", 2500, heard)
    stage.turn()
    assert heard.words == [Spot(1999, 0), "ended"]
    assert (search.hit, search.running, search.count) == (Spot(1999, 0), False, 1111)
    assert search.tally is not None
    assert search.tally.ordinal == 1111


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
    assert turns > 20
    assert stage.clock.now - slow >= 0.02
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


def test_what_was_searched_on_the_way_is_not_read_again_to_be_counted(stage: Stage) -> None:
    pane = filled(stage)
    read = Reading(pane)
    for text, backward, count in (("row 0", True, 1), ("row 4", False, 111), ("row 2", True, 1111)):
        read.rows = 0
        search = started(stage, pane, text, ROWS - 1, Heard(), backward)
        stage.turn(40)
        assert (search.running, search.count) == (False, count)
        assert read.rows < 1.5 * ROWS or not backward


class Reading:
    """How many rows were read as text."""

    def __init__(self, pane: Pane) -> None:
        self.rows = 0
        self._joined = pane.emulator.joined_at
        pane.emulator.joined_at = self._counted  # type: ignore[method-assign]

    def _counted(self, first: int, count: int) -> bytes:
        self.rows += count
        return self._joined(first, count)


@pytest.mark.parametrize(("typed", "batches"), [(0.0, 1), (-1.0, 8)])
def test_a_key_typed_into_a_pane_is_answered_first(
    stage: Stage, typed: float, batches: int
) -> None:
    pane, heard = filled(stage), Heard()
    read, now = Reading(pane), stage.loop.clock()
    Search(
        pane,
        stage.loop,
        pattern_of("nowhere", False),
        True,
        Spot(2999, 0),
        heard.found,
        heard.ended,
        typed_at=lambda: now + typed,
    )
    stage.loop.turn(wait=False)
    assert (read.rows <= 400) == (batches == 1)


def test_a_word_that_wraps_is_found_in_any_batch(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    pane = stage.server.sessions.all[0].current.panes[0]
    # Lines of seven rows, so that batches begin anywhere in them.
    pane.emulator.feed(memoryview((b"x" * 77 + b"needle" + b"y" * 400 + b"\r\n") * 400))
    last = 7 * 399
    for backward, begun, hit in (
        (True, 7 * 400, last),
        (False, last + 1, 0),
        (True, last, last - 7),
    ):
        heard = Heard()
        search = started(stage, pane, "needle", begun, heard, backward)
        stage.turn(60)
        assert heard.words[0] == Spot(hit, 77)
        assert (search.running, search.count) == (False, 400)
