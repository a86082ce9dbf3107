"""Counters as a person reads them: lists of all, or a line of what came since."""

import re

from termlab.model.counted import Counted, Counter, PartCounters, Snapshot, Value
from termlab.model.figure import Missing
from termlab.server.counter_text import changes, heading, table


def pane(number: int = 0, about: str = "bash", **parts: dict[str, Value]) -> Counted:
    return Counted(
        f"%{number}",
        about,
        tuple(
            PartCounters(name, tuple(Counter(each, value) for each, value in values.items()))
            for name, values in parts.items()
        ),
    )


def snapshot(*panes: Counted, counted_s: float = 5.0, resets: int = 0) -> Snapshot:
    return Snapshot(0.0, counted_s, resets, None, panes, ())


def line(text: str, word: str) -> str:
    return next(each for each in text.splitlines() if word in each)


def test_values_have_the_units_that_their_names_end_with() -> None:
    text = table(snapshot(pane(ring={"high_water_bytes": 2048, "full": 1234, "wait_ms": 1.5})))
    assert line(text, "high_water_bytes").endswith("2.0 KiB")
    assert line(text, "full").endswith("1,234")
    assert line(text, "wait_ms").endswith("1.50 ms")


def test_a_rate_is_no_time() -> None:
    text = table(snapshot(pane(coalescer={"wakes_per_s": 6009.687})))
    assert line(text, "wakes_per_s").endswith(" 6,009.7")


def test_a_level_is_marked_and_what_is_missing_says_why() -> None:
    part = PartCounters("ring", (Counter("capacity_bytes", 10, True), Counter("x", Missing("no"))))
    text = table(snapshot(Counted("%0", "sh", (part, PartCounters("arena", (), "they are off")))))
    assert line(text, "capacity_bytes").endswith("10 bytes =")
    assert line(text, " x ").endswith("not available: no")
    assert line(text, "arena").split(maxsplit=1) == ["arena", "not available: they are off"]


def test_words_and_choices_are_told_as_they_are() -> None:
    text = table(snapshot(pane(coalescer={"auto": True, "learned": "bulk\x1b[m"})))
    assert line(text, "auto").endswith("yes")
    assert line(text, "learned").endswith("bulk?[m")


def test_since_when_it_is_counted() -> None:
    assert "over 5.000 s, since the server began" in table(snapshot())
    assert "over 1 min 5 s, since the last `stats --reset`" in table(
        snapshot(counted_s=65, resets=1)
    )
    assert "over 2 h 1 min" in table(snapshot(counted_s=7263))


def test_a_line_tells_what_came_since() -> None:
    before = pane(coalescer={"bytes": 100, "reads": 1}, ring={"high_water": 90})
    now = pane(coalescer={"bytes": 2148, "reads": 4}, ring={"high_water": 95})
    told = changes(snapshot(before), snapshot(now))
    assert re.split(" {2,}", told.strip())[1:5] == ["bash", "2.0 KiB", "3", "0"]
    assert told.endswith("95 bytes\n")


def test_flushes_are_added_up_over_their_reasons() -> None:
    now = pane(coalescer={"flushes_key": 2, "flushes_size": 3, "bytes": 1})
    columns = changes(snapshot(), snapshot(now)).split()
    assert columns[columns.index("bash") + 4] == "5"


def test_a_pane_that_counted_nothing_has_no_line() -> None:
    same, busy = pane(0, ring={"full": 1}), pane(1, ring={"full": 1})
    told = changes(snapshot(same, busy), snapshot(same, pane(1, ring={"full": 2})))
    assert len(told.splitlines()) == 1
    assert " %1 " in told


def test_after_a_reset_what_there_is_has_come_since() -> None:
    before, now = pane(coalescer={"bytes": 100}), pane(coalescer={"bytes": 10})
    assert " 10 bytes " in changes(snapshot(before), snapshot(now))


def test_a_pane_that_has_gone_is_told_once() -> None:
    assert changes(snapshot(pane(4)), snapshot()).endswith(" %4    has ended\n")


def test_the_columns_stand_under_their_heading() -> None:
    told = changes(snapshot(), snapshot(pane(0, "sleep", coalescer={"bytes": 1})))
    assert len(told) == len(heading())
    assert told.index("%0") == heading().index("PANE")
    assert told.index("sleep") == heading().index("COMMAND")
