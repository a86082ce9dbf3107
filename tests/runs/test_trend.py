"""One figure over the runs of a name."""

import sys
from pathlib import Path

import pytest

from termlab.errors import UsageError
from termlab.model.figure import Amount, Missing
from termlab.model.packed import titled
from termlab.runs.store import Store
from termlab.runs.trend import (
    NO_CHART,
    Point,
    figure_row,
    points,
    trend_chart,
    trend_documents,
    trend_table,
)
from tests.runs.made import profile, run

WALL = figure_row("wall_s")
THREE = (
    Point(1, 1_700_000_000.0, (1.0, 1.2, 1.1)),
    Point(4, 1_700_000_100.0, (2.2,)),
    Point(9, 1_700_000_200.0, (1.1,)),
)


def test_a_figure_that_is_none_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="no figure 'key_p95': did you mean key_p95_ms"):
        figure_row("key_p95")


def test_runs_of_the_name_that_have_it_in_order(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "data" / "runs.db"), clock=lambda: 5.0)
    for name, wall in (("a", 1.0), ("b", 9.0), ("a", None), ("a", 2.0)):
        figure = Missing("why") if wall is None else Amount(wall)
        store.add(titled(profile(run(wall_s=figure)), name, ()))
    assert points(store, "a", WALL) == (Point(1, 5.0, (1.0,)), Point(4, 5.0, (2.0,)))


def test_the_table_tells_middle_ends_and_change() -> None:
    lines = [line.split() for line in trend_table(THREE, WALL).splitlines()]
    assert lines[1][3:] == ["1.100", "s", "1.000", "s", "1.200", "s", "3"]
    assert lines[2][3:] == ["2.200", "s", "2.200", "s", "2.200", "s", "1", "+100.0", "%"]
    assert lines[3][-2:] == ["-50.0", "%"]


def test_a_change_from_zero_is_no_share() -> None:
    text = trend_table((Point(1, 0.0, (0.0,)), Point(2, 0.0, (3.0,))), WALL)
    assert "%" not in text


@pytest.mark.parametrize("cols", [40, 80, 200])
def test_the_chart_has_the_runs_numbers_and_fits(cols: int) -> None:
    text = trend_chart(THREE, WALL, "nightly", cols)
    lines = text.splitlines()
    assert lines[0].startswith("nightly: wall time, s (the command")
    assert max(map(len, lines)) <= cols
    assert "\x1b" not in text
    assert text.count("●") == 3
    assert lines[-2].split() == ["1", "4", "9"]


def test_many_runs_and_equal_ones_are_charted_too() -> None:
    many = tuple(Point(number, 0.0, (5.0,)) for number in range(1, 301))
    lines = trend_chart(many, WALL, "t", 80).splitlines()
    assert lines[-2].split()[0] == "1"
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize(
    ("name", "value", "unit", "tick"),
    [
        ("wall_s", 0.05, "ms", "50"),
        ("wall_s", 5.0, "s", "5"),
        ("memory_peak_bytes", 3.0 * 2**20, "MiB", "3"),
        ("output_bytes_per_s", 2048.0, "KiB/s", "2"),
        ("idle_wakeups_per_s", 4.0, "a second", "4"),
        ("key_p95_ms", 7.0, "ms", "7"),
    ],
)
def test_the_chart_is_in_a_unit_that_can_be_read(
    name: str, value: float, unit: str, tick: str
) -> None:
    found = (Point(1, 0.0, (value,)), Point(2, 0.0, (value,)))
    lines = trend_chart(found, figure_row(name), "n", 100).splitlines()
    assert f", {unit} (" in lines[0]
    assert any(line.startswith((f"{tick}.00┤", f"{tick}┤", f"{tick}.0┤")) for line in lines)


def test_without_the_library_it_says_which_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "plotext", None)
    assert trend_chart(THREE, WALL, "t", 80) == NO_CHART
    assert "termlab[report]" in NO_CHART


def test_programs_get_every_value() -> None:
    assert trend_documents(THREE)[0] == {
        "run": 1,
        "saved_at_s": 1_700_000_000.0,
        "median": 1.1,
        "min": 1.0,
        "max": 1.2,
        "values": (1.0, 1.2, 1.1),
    }
