"""Gathering: what each part counts is told by its name; a reset takes off what was counted."""

import gc
import json
import weakref
from typing import Any

import pytest

from termlab.model.counted import Counted, Counter
from termlab.server.counters import CONNECTION, PANE, SERVER, Counters, Part
from tests.server.world import Stage


@pytest.fixture
def counters(stage: Stage) -> Counters:
    """Of a server with one pane, which one client shows."""
    stage.attach()
    stage.turn()
    return Counters(stage.server, lambda: 12.0)


def counter(thing: Counted, part: str, name: str) -> Counter:
    (found,) = [c for p in thing.parts if p.name == part for c in p.counters if c.name == name]
    return found


def pane(counters: Counters, part: str, name: str) -> Any:
    return counter(counters.gather().panes[0], part, name).value


def test_every_part_of_the_tables_is_told(counters: Counters) -> None:
    found = counters.gather()
    assert found.server is not None
    assert [each.name for each in found.server.parts] == [each.name for each in SERVER]
    assert [each.name for each in found.panes[0].parts] == [each.name for each in PANE]
    assert [each.name for each in found.connections[0].parts] == [each.name for each in CONNECTION]
    for table in (SERVER, PANE, CONNECTION):
        assert len({each.name for each in table}) == len(table)


def test_a_level_that_no_part_has_is_a_mistake_in_the_tables(counters: Counters) -> None:
    found = counters.gather()
    assert found.server is not None
    tables: tuple[tuple[tuple[Part[Any], ...], Counted], ...] = (
        (SERVER, found.server),
        (PANE, found.panes[0]),
        (CONNECTION, found.connections[0]),
    )
    for rows, thing in tables:
        for row, told in zip(rows, thing.parts, strict=True):
            if not told.missing:
                assert row.levels <= {each.name for each in told.counters}, row.name


def test_output_and_input_are_counted(stage: Stage, counters: Counters) -> None:
    stage.child_says(b"a" * 5000)
    stage.clients[0].type("keys")
    stage.turn()
    assert pane(counters, "ring", "written") == 5000
    assert pane(counters, "coalescer", "bytes") == 5000
    assert pane(counters, "emulator", "bytes_fed") == 5000
    assert pane(counters, "input", "bytes") == 4
    assert pane(counters, "output", "frames") >= 1


def test_what_a_stream_taught_is_told_and_is_no_count(stage: Stage, counters: Counters) -> None:
    for _ in range(80):
        stage.children[0].says(b"a" * 4000)
        stage.pass_time(0.001)
    counters.reset()
    assert pane(counters, "coalescer", "learned") == "bulk"
    assert pane(counters, "coalescer", "why").startswith("a wake-up brings ")
    assert pane(counters, "coalescer", "flush_bytes") == 32768
    assert pane(counters, "coalescer", "switches") == 0
    assert pane(counters, "ring", "fallbacks") == 0


def test_a_reset_takes_off_what_was_counted_and_no_level(stage: Stage, counters: Counters) -> None:
    stage.child_says(b"a" * 5000)
    counters.reset()
    assert pane(counters, "ring", "written") == 0
    assert pane(counters, "coalescer", "reads") == 0
    assert pane(counters, "ring", "capacity") > 0
    assert counters.gather().resets == 1
    stage.child_says(b"b" * 30)
    assert pane(counters, "ring", "written") == 30
    # What others read is whole.
    (shown,) = [pane for _, _, pane in stage.server.sessions.panes()]
    assert shown.ring.stats().written == 5030


def test_marks_begin_anew_with_a_reset(stage: Stage, counters: Counters) -> None:
    stage.child_says(b"a" * 5000)
    assert pane(counters, "ring", "high_water") >= 2048
    counters.reset()
    stage.child_says(b"b" * 30)
    assert pane(counters, "ring", "high_water") == 30


def test_what_comes_after_a_reset_counts_whole(stage: Stage, counters: Counters) -> None:
    counters.reset()
    stage.clients[0].run("split-window")
    stage.child_says(b"new", 1)
    second = counters.gather().panes[1]
    assert counter(second, "ring", "written").value == 3


def test_the_time_is_that_since_the_start_or_the_reset(stage: Stage, counters: Counters) -> None:
    stage.pass_time(5)
    assert counters.gather().at_s == 12.0
    assert counters.gather().counted_s == pytest.approx(5)
    counters.reset()
    stage.pass_time(2)
    assert counters.gather().counted_s == pytest.approx(2)


def test_a_server_that_listens_nowhere_says_so(counters: Counters) -> None:
    server = counters.gather().server
    assert server is not None
    (door,) = [each for each in server.parts if each.name == "listener"]
    assert "listens nowhere" in door.missing


def test_a_connection_tells_what_it_shows(stage: Stage, counters: Counters) -> None:
    stage.greet()
    stage.turn()
    shows, asks = counters.gather().connections
    assert (shows.id, shows.about) == ("#1", "shows 0")
    assert counter(shows, "screen", "frames").value == len(stage.clients[0].frames)
    (screen,) = [each for each in asks.parts if each.name == "screen"]
    assert (asks.about, "no session" in screen.missing) == ("asks", True)


def test_a_reset_keeps_nothing_alive(stage: Stage, counters: Counters) -> None:
    stage.clients[0].run("split-window")
    gone = weakref.ref([pane for _, _, pane in stage.server.sessions.panes()][1])
    counters.reset()
    stage.clients[0].run("kill-pane", "-t", "%1")
    stage.pass_time(1)
    gc.collect()
    assert gone() is None


def test_the_json_is_one_that_can_be_read(stage: Stage, counters: Counters) -> None:
    stage.clients[0].run("detach-client")  # it would be asked, and tells nothing
    told = json.loads(stage.greet().run("stats", "--json").text)
    assert told["panes"][0]["coalescer"]["reads"] == 0
    assert told["server"]["sessions"]["panes"] == 1
    assert told["server"]["loop"]["turns"] > 0
    assert told["server"]["missing"].keys() >= {"listener"}


def test_arenas_and_their_pool_are_told(stage: Stage, counters: Counters) -> None:
    stage.child_says(b"\x1b]2;a title\x07" + b"x" * 70)
    assert pane(counters, "persistent_arena", "used_bytes") >= len("a title")
    assert pane(counters, "temporary_arena", "used_bytes") >= 70
    assert pane(counters, "temporary_arena", "resets") >= 1
    assert pane(counters, "temporary_arena", "fallbacks") == 0
    stage.clients[0].run("split-window")
    stage.clients[0].run("kill-pane", "-t", "%1")
    stage.clients[0].run("split-window")
    server = counters.gather().server
    assert server is not None
    assert counter(server, "arena_pool", "hits").value == 2
    assert counter(server, "arenas", "temporary_bytes").value == 128 << 10
    counters.reset()
    assert pane(counters, "temporary_arena", "resets") == 0
    used = pane(counters, "temporary_arena", "used_bytes")
    assert pane(counters, "temporary_arena", "high_water_bytes") == used > 0
