"""What could not be judged, as lines for a person."""

from termlab.model.figure import Missing
from termlab.runs.unjudged_text import unjudged_lines
from tests.runs.judged import NOT_HERE, blank, run, unseen


def test_rules_of_one_reason_stand_together() -> None:
    lines = unjudged_lines(blank())
    assert lines[:2] == ["", "not judged"]
    assert "  busy-wait, failing-calls, fork-storm: system calls were not counted" in lines
    assert NOT_HERE.reason in " ".join(line.strip() for line in lines)
    assert max(map(len, lines)) <= 100


def test_where_all_was_judged_there_is_nothing_to_say() -> None:
    assert unjudged_lines(run()) == []


def test_of_a_long_reason_the_first_half_is_told() -> None:
    long = run(keys=40, bursts=Missing("no probe; tried this; tried that"), full_clears=900)
    assert "tried" not in " ".join(unjudged_lines(long))
    assert unjudged_lines(long)


def test_control_characters_don_t_act() -> None:
    lines = unjudged_lines(run(bursts=Missing("\x1b[2J"), full_clears=900))
    assert "?[2J" in "".join(lines)
    assert "\x1b" not in "".join(lines)


def test_where_calls_have_no_names_that_is_said() -> None:
    assert unjudged_lines(unseen(run()))[2:] == [f"  failing-calls, fork-storm: {NOT_HERE.reason}"]
