"""One line of a budget: what it says, and what is wrong in it."""

import pytest

from termlab.errors import UsageError
from termlab.model.metrics import FIGURES
from termlab.runs.limits import ALIASES, SERVER, parse_limit


@pytest.mark.parametrize(
    ("text", "name", "amount"),
    [
        ("idle.wakeups_per_s <= 1", "idle_wakeups_per_s", 1.0),
        ("idle_wakeups_per_s<=1", "idle_wakeups_per_s", 1.0),
        ("idle.wakeups_per_s <= 2.5 /s", "idle_wakeups_per_s", 2.5),
        ("memory.peak <= 100 MB", "memory_peak_bytes", 100e6),
        ("memory.peak < 64 MiB", "memory_peak_bytes", 64 * 2**20),
        ("wall <= 250 ms", "wall_s", 0.25),
        ("wall_s <= 2", "wall_s", 2.0),
        ("latency.p95 <= 5ms", "key_p95_ms", 5.0),
        ("latency.p99 <= 0.1 s", "key_p99_ms", 100.0),
        ("throughput >= 10 MB/s", "output_bytes_per_s", 10e6),
        ("idle.cpu_percent <= 0.5 %", "idle_cpu_percent", 0.5),
        ("syscalls <= 10_000", "calls", 10_000.0),
        ("memory.growth_per_s <= 1 kB/s", "memory_slope_bytes_per_s", 1000.0),
        ("connect_ms <= 500", "connect_ms", 500.0),
        ("memory_per_1000_connections <= 100 MB", "memory_per_1000_connections", 100e6),
    ],
)
def test_an_amount_is_in_the_unit_of_its_figure(text: str, name: str, amount: float) -> None:
    found = parse_limit(text)
    assert (found.row.name, found.relative) == (name, False)
    assert found.amount == pytest.approx(amount)


def test_a_share_is_of_the_baseline() -> None:
    found = parse_limit("throughput  >=  90%  of baseline, optional", 7)
    assert found.text == "throughput >= 90% of baseline, optional"
    assert (found.relative, found.optional, found.amount) == (True, True, 0.9)
    assert (found.sign, found.line) == (">=", 7)
    assert found.target(9e6) == ">= 8.6 MiB/s (90% of baseline)"
    assert parse_limit("syscalls <= 5").target(5) == "<= 5"


@pytest.mark.parametrize(
    ("sign", "holds"),
    [("<=", (True, True, False)), ("<", (True, False, False)), (">=", (False, True, True))],
)
def test_a_sign_says_which_side_holds(sign: str, holds: tuple[bool, ...]) -> None:
    limit = parse_limit(f"syscalls {sign} 5")
    assert tuple(limit.holds(value, 5) for value in (4, 5, 6)) == holds


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is no limit: write FIGURE <= AMOUNT"),
        ("wall", "is no limit"),
        ("wall = 5", "is no limit"),
        ("wall <= five", "is no limit"),
        ("wall <= 5 s of baseline line", "is no limit"),
        ("wall <= 5; rm -rf", "is no limit"),
        ("x" * 300 + " <= 1", "is no limit"),
        ("latency.p59 <= 5", "there is no figure 'latency.p59': did you mean latency.p9"),
        ("wal <= 5", "no figure 'wal': did you mean wall"),
        ("zzzz <= 5", "no figure 'zzzz': as throughput, wall"),
        ("wall <= 110%", "percent of what"),
        ("wall <= 1.1 of baseline", "in percent, as 110%"),
        ("wall <= 5 MB", "wall_s has no unit 'MB': write us, ms, s, min"),
        ("syscalls <= 5 MB", "calls has no unit 'MB': it is a number without one"),
        ("memory.peak <= 5 mb", "no unit 'mb': write B, bytes, kB"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_write(text: str, why: str) -> None:
    with pytest.raises(UsageError) as told:
        parse_limit(text)
    assert why in str(told.value)


def test_short_names_are_of_figures_and_hide_none() -> None:
    names = {row.name for row in FIGURES}
    assert set(ALIASES.values()) <= names
    assert not set(ALIASES) & (names | {row.name for row in SERVER})


@pytest.mark.parametrize("name", [row.name for row in (*FIGURES, *SERVER)])
def test_every_figure_can_have_a_limit(name: str) -> None:
    assert parse_limit(f"{name} <= 7").row.name == name
