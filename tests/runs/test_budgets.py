"""Budgets: what a file says, and which profile keeps it. Nothing passes unseen."""

from pathlib import Path

import msgspec
import pytest

from termlab.errors import UsageError
from termlab.model.calls import CallTable
from termlab.model.figure import Amount, Figure, Missing
from termlab.model.run import Profile
from termlab.runs.budgets import (
    DEFAULTS,
    MAX_BYTES,
    Budgets,
    check,
    check_figures,
    load,
    parse_budgets,
)
from tests.runs.made import profile, run, with_figures


def runs(count: int, **figures: Figure) -> Profile:
    return profile(*(with_figures(figures, 0) for _ in range(count)))


def became(limit: str, current: Profile, baseline: Profile | None = None) -> tuple[str, bool, str]:
    (outcome,) = check(current, baseline, parse_budgets(f"limits = ['{limit}']", "b")).outcomes
    return outcome.status, outcome.failed, outcome.reason


def test_a_file_is_read_with_the_line_of_each_limit(tmp_path: Path) -> None:
    path = tmp_path / "budget.toml"
    path.write_text(
        '# The budget.\nlimits = [\n  "wall <= 5 s",  # long\n\n'
        '  "throughput >= 90% of baseline",\n'
        '  "wall <= 5 s",\n]\n'
    )
    found = load(str(path))
    assert [(limit.row.name, limit.line) for limit in found.limits] == [
        ("wall_s", 3),
        ("output_bytes_per_s", 5),
        ("wall_s", 6),
    ]
    assert found.source == str(path)
    assert found.relative


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "limits = [\n'wall <= 5',\n'wal <= 5',\n'wall <= 5 MB']",
            ["b:3: there is no figure 'wal'", "b:4: 'wall <= 5 MB': wall_s has no unit"],
        ),
        ("limits = [\n'wall <= 5'\n'wall']", ["b:3: this is not TOML: "]),
        ("limits = []", ["b: write limits = ["]),
        ("", ["b: write limits = ["]),
        ("limits = 'wall <= 5'", ["b: write limits = ["]),
        ("limits = [5]", ["b: write limits = ["]),
        ("limits = ['wall <= 5']\nmore = 1", ["b:2: a budget has no 'more'"]),
        ("#" * (MAX_BYTES + 1), ["b: a budget has 262144 characters at most"]),
    ],
)
def test_a_mistake_is_told_by_file_and_line(text: str, said: list[str]) -> None:
    with pytest.raises(UsageError) as told:
        parse_budgets(text, "b")
    lines = str(told.value).splitlines()
    assert len(lines) == len(said)
    assert all(line.startswith(start) for line, start in zip(lines, said, strict=True))


def test_who_writes_a_limit_as_it_is_hears_how_a_file_has_it() -> None:
    with pytest.raises(UsageError, match=r"not TOML: .*: a budget is written as limits = \["):
        parse_budgets("latency.p95 <= 110% of baseline", "b")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be read: No such file"):
        load(str(tmp_path / "none"))
    (tmp_path / "latin").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="can't be read: 'utf-8' codec"):
        load(str(tmp_path / "latin"))
    with pytest.raises(UsageError, match="can't be read: embedded null"):
        load("a\0b")


def test_an_absolute_limit_is_held_to_the_median_of_the_runs() -> None:
    three = profile(*(run(wall_s=Amount(value)) for value in (1.0, 2.0, 9.0)))
    assert became("wall <= 2 s", three) == ("kept", False, "")
    assert became("wall < 2 s", three) == ("broken", True, "")
    assert became("wall >= 3 s", three) == ("broken", True, "")


def test_a_limit_to_the_baseline_is_a_share_of_its_median() -> None:
    before, same, slow = (runs(10, key_p95_ms=Amount(value)) for value in (5.0, 5.4, 5.6))
    limit = "latency.p95 <= 110% of baseline"
    assert became(limit, same, before) == ("kept", False, "")
    assert became(limit, slow, before) == ("broken", True, "")
    (outcome,) = check(slow, before, parse_budgets(f"limits = ['{limit}']", "b")).outcomes
    assert outcome.bound == pytest.approx(5.5)
    assert outcome.current == 5.6
    assert outcome.gap == pytest.approx(0.1 / 5.5)


def test_the_gap_is_below_zero_within_the_limit_whichever_side_that_is() -> None:
    def gap(limit: str, value: float) -> float | None:
        budgets = parse_budgets(f"limits = ['{limit}']", "b")
        return check(runs(1, calls=Amount(value)), None, budgets).outcomes[0].gap

    assert gap("syscalls <= 100", 150) == pytest.approx(0.5)
    assert gap("syscalls <= 100", 50) == pytest.approx(-0.5)
    assert gap("syscalls >= 100", 50) == pytest.approx(0.5)
    assert gap("syscalls >= 100", 150) == pytest.approx(-0.5)
    assert gap("syscalls <= 0", 1) is None


def test_what_was_not_measured_fails_with_its_reason_unless_it_is_optional() -> None:
    without = runs(1, key_p95_ms=Missing("no keys were typed"))
    limit = "latency.p95 <= 5 ms"
    assert became(limit, without) == ("not measured", True, "no keys were typed")
    assert became(f"{limit}, optional", without) == ("not measured", False, "no keys were typed")


def test_an_optional_limit_that_can_be_told_is_a_limit() -> None:
    assert became("syscalls <= 5, optional", runs(1, calls=Amount(6.0)))[:2] == ("broken", True)


def test_without_a_baseline_a_share_of_it_fails_and_says_so() -> None:
    found = became("latency.p95 <= 110% of baseline", runs(10))
    assert found == ("not told", True, "there is no baseline: name one with --baseline")


def test_a_baseline_without_the_figure_is_told() -> None:
    before = runs(10, key_p95_ms=Missing("no keys were typed"))
    found = became("latency.p95 <= 110% of baseline", runs(10), before)
    assert found == ("not told", True, "the baseline has none: no keys were typed")


def test_a_time_is_not_told_from_the_baseline_in_fewer_than_ten_runs_and_a_count_is() -> None:
    found = became("latency.p95 <= 110% of baseline", runs(3), runs(10))
    assert found == ("not told", True, "not enough runs to tell: 3 of 10, for it varies")
    assert became("syscalls <= 110% of baseline", runs(1), runs(1)) == ("kept", False, "")
    assert became("memory.peak <= 110% of baseline", runs(1), runs(1)) == ("kept", False, "")


def test_a_time_is_not_told_from_a_baseline_of_a_machine_that_was_not_quiet() -> None:
    def at(first: float) -> Profile:
        each = (run(wall_s=Amount(1 + n % 2)) for n in range(10))
        started = enumerate(each)
        return profile(*(msgspec.structs.replace(r, started_at_s=first + n) for n, r in started))

    limit = "wall <= 110% of baseline"
    status, failed, reason = became(limit, at(200), at(100))
    assert (status, failed) == ("not told", True)
    assert reason.startswith("not made by turns, and it varied by 49 % from run to run")
    assert became(limit, at(100), at(100)) == ("kept", False, "")


def test_a_baseline_of_another_tier_is_never_held_against() -> None:
    table = CallTable("ebpf", "exact", 1)
    counted = profile(*(msgspec.structs.replace(run(), table=table) for _ in range(10)))
    status, failed, reason = became("syscalls <= 110% of baseline", counted, runs(10))
    assert (status, failed) == ("not told", True)
    assert "counted in different ways (not counted in A, ebpf in B)" in reason
    assert became("syscalls <= 1000", counted, runs(10)) == ("kept", False, "")


def test_interrupted_runs_count_for_nothing() -> None:
    cut = profile(run(interrupted=True))
    assert became("wall <= 5 s", cut) == ("not measured", True, "no run was finished")
    found = became("syscalls <= 110% of baseline", runs(1), cut)
    assert found == ("not told", True, "the baseline has none: no run was finished")


def test_figures_of_other_than_runs_are_checked_too() -> None:
    limits = "limits = ['connect_ms <= 500', 'memory_per_1000_connections <= 100 MB']"
    figures: dict[str, Figure] = {"connect_ms": Amount(600.0)}
    figures |= {"memory_per_1000_connections": Missing("why")}
    report = check_figures(figures, parse_budgets(limits, "b"))
    assert [(each.status, each.reason) for each in report.failed] == [
        ("broken", ""),
        ("not measured", "why"),
    ]
    assert check_figures({}, parse_budgets(limits, "b")).failed[0].status == "not measured"


def test_a_figure_of_the_server_is_none_of_a_run() -> None:
    found = became("connect_ms <= 500", runs(1))
    assert found == ("not measured", True, "it is no figure of a run")


def test_by_default_throughput_and_latency_are_held_to_the_baseline_where_measured() -> None:
    assert [limit.text for limit in DEFAULTS] == [
        "throughput >= 90% of baseline, optional",
        "latency.p95 <= 110% of baseline, optional",
    ]
    silent = runs(10, key_p95_ms=Missing("no keys were typed"))
    report = check(silent, silent, Budgets())
    assert [outcome.status for outcome in report.outcomes] == ["kept", "not measured"]
    assert report.failed == ()
    slow = runs(10, output_bytes_per_s=Amount(10.0))
    assert [o.limit.row.name for o in check(slow, silent, Budgets()).failed] == [
        "output_bytes_per_s"
    ]
