"""What is said of a search."""

from termlab.server.hunt import Hunt
from termlab.server.motions import Spot
from termlab.server.pane import Pane
from termlab.server.pattern import MAX_LINE_CHARS, STEPS, pattern_of
from termlab.server.search import Search
from tests.server.world import Stage


def filled(stage: Stage, text: bytes) -> Pane:
    stage.attach()
    stage.turn()
    pane = stage.server.sessions.all[0].current.panes[0]
    pane.emulator.feed(memoryview(text))
    return pane


def hunting(stage: Stage, pane: Pane, text: str, row: int, regex: bool = False) -> Hunt:
    hunt = Hunt()
    hunt.backward, hunt.pattern = True, pattern_of(text, regex)
    hunt.search = Search(
        pane, stage.loop, hunt.pattern, True, Spot(row, 0), lambda spot: None, lambda: None
    )
    return hunt


def test_nothing_is_said_before_anything_is_looked_for() -> None:
    hunt = Hunt()
    hunt.still()
    assert hunt.note == ""
    hunt.forget("missing )")
    assert hunt.note == "missing )"


def test_it_is_said_how_far_the_search_is(stage: Stage) -> None:
    pane = filled(stage, b"row\r\n" * 20_000)
    hunt = hunting(stage, pane, "row", 10_000)
    notes = [hunt.note]
    while hunt.search is not None and hunt.search.running:
        # Each look at the clock is a millisecond after the last one.
        stage.loop.clock = lambda: stage.clock() + _later(stage)
        stage.loop.turn(wait=False)
        notes.append(hunt.note)
    stage.loop.clock = stage.clock
    assert notes[0] == "searching"
    assert notes[-1] == "hit 10000/20000"
    assert any(note.endswith("+ hits") for note in notes)


def _later(stage: Stage) -> float:
    stage.clock.advance(0.001)
    return 0.0


def test_what_is_not_there_and_what_was_found_around_the_end_is_said(stage: Stage) -> None:
    pane = filled(stage, b"one\r\ntwo\r\n")
    for text, said in (("three", "not found"), ("two", "hit 1/1, from the end")):
        hunt = hunting(stage, pane, text, 0)
        stage.turn()
        assert hunt.note == said


def test_a_line_that_is_too_long_for_the_expression_is_said(stage: Stage) -> None:
    pane = filled(stage, b"x" * 4000 + b"\r\nZy\r\n")
    hunt = hunting(stage, pane, "(?:.{1,50}){1,2}Z|Z", 55, regex=True)
    stage.turn()
    pattern = hunt.pattern
    assert pattern is not None
    assert pattern.limit < 4000
    assert hunt.note == f"hit 1/1, lines cut at {pattern.limit}"
    assert STEPS // pattern.limit < STEPS // 500
    assert pattern.limit < MAX_LINE_CHARS


def test_a_search_that_was_stopped_has_not_found_nothing(stage: Stage) -> None:
    pane = filled(stage, b"row\r\n" * 20_000)
    hunt = hunting(stage, pane, "nowhere", 10_000)
    hunt.still()
    assert hunt.note == ""
