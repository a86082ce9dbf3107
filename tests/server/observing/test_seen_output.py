"""Two readings of output as the dock's record and a run's figures."""

from termlab.model.figure import Amount, Figure, Missing
from termlab.model.metrics import RunFigures
from termlab.server.observing.activity_watch import Idle
from termlab.server.observing.observation import Reading
from termlab.server.observing.output_watch import OutputSums
from termlab.server.observing.rates import FIRST, UNSEEN
from termlab.server.observing.seen_output import (
    AT_ONCE,
    NO_COLOURS,
    NO_OUTPUT,
    NO_ROWS,
    output,
    output_figures,
)
from termlab.terminal.census import ByteCounts


def reading(at_s: float, sums: OutputSums | None) -> Reading:
    return Reading(at_s, None, Idle(), output=sums)


NOTHING = reading(10.0, OutputSums())
SOME = reading(
    12.0,
    OutputSums(
        ByteCounts(4000, 6, 4, 2, 100, 50, 10),
        reads=80,
        small_reads=20,
        busy_s=0.5,
        bursts=8,
        rows_touched=200,
        rows_unchanged=150,
        rows_scrolled=30,
    ),
)


def value(figure: Figure) -> float:
    assert isinstance(figure, Amount), figure
    return figure.value


def test_the_dock_has_rates_and_shares() -> None:
    found = output(NOTHING, SOME)
    assert [value(getattr(found, name)) for name in found.__struct_fields__] == [
        *(2000, 4, 500, 75, 2, 1, 3, 15, 50, 20, 50),
    ]


def test_at_first_and_where_nobody_asked_there_are_reasons() -> None:
    assert output(None, SOME).bytes_per_s == FIRST
    assert output(NOTHING, reading(11.0, None)).read_bytes == UNSEEN
    assert set(output_figures(NOTHING, reading(11.0, None)).values()) == {UNSEEN}


def test_without_output_there_is_no_share_of_it() -> None:
    found = output(NOTHING, reading(11.0, OutputSums()))
    assert value(found.bytes_per_s) == 0
    assert (found.burst_bytes, found.read_bytes) == (NO_OUTPUT, NO_OUTPUT)
    assert (found.rows_unchanged_percent, found.redundant_colours_percent) == (NO_ROWS, NO_COLOURS)


def test_a_run_has_sums_by_the_names_of_its_figures() -> None:
    found = output_figures(NOTHING, SOME)
    assert found.keys() <= set(RunFigures.__struct_fields__)
    assert value(found["output_bytes_per_s"]) == 8000
    assert value(found["burst_bytes"]) == 500
    assert value(found["full_clears_unsynced"]) == 2
    assert value(found["colour_changes_redundant"]) == 10
    assert value(found["pty_reads_small_percent"]) == 25
    assert value(found["rows_unchanged"]) == 150


def test_what_was_not_judged_is_said() -> None:
    fast = reading(11.0, OutputSums(ByteCounts(1000, cursor_moves=5, skimmed=900), reads=1))
    moves = output_figures(NOTHING, fast)["cursor_moves"]
    assert moves == Amount(5, "of 10 % of the output: the rest came too fast to be judged")


def test_output_of_one_read_has_no_speed() -> None:
    found = output_figures(NOTHING, reading(11.0, OutputSums(ByteCounts(5), reads=1, bursts=1)))
    assert found["output_bytes_per_s"] == AT_ONCE
    nothing = output_figures(NOTHING, NOTHING)
    assert nothing["output_bytes_per_s"] == NO_OUTPUT
    assert isinstance(nothing["pty_reads_small_percent"], Missing)
