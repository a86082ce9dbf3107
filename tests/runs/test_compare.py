"""Two profiles: what is called different, what is not, and what is not held against anything."""

from random import Random
from typing import Any

import msgspec
import pytest

from termlab.model.calls import CallTable, Tier
from termlab.model.figure import Amount, Missing
from termlab.model.run import Profile, Run
from termlab.runs.compare import NOT_COMPARED, SAME, compare, judge
from tests.runs.made import MACHINE, profile, run
from tests.runs.noise import side


def changed(record: Any, **fields: object) -> Any:
    return msgspec.structs.replace(record, **fields)


def times(*values: float) -> Profile:
    return profile(*(run(wall_s=Amount(value)) for value in values))


def judged(name: str, a: tuple[float, ...], b: tuple[float, ...]) -> tuple[str, str]:
    found = judge({name: (a, b)})[name]
    return found.verdict, found.reason


TEN = (1.00, 0.98, 1.03, 0.97, 1.02, 1.005, 0.96, 1.04, 0.99, 1.01)
SLOWER = tuple(value * 1.1 + 0.0001 for value in TEN)


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ((100.0,), (100.0,), SAME),
        ((100.0,), (102.0,), SAME),
        ((100.0,), (103.0,), "worse"),
        ((100.0,), (97.0,), "better"),
        ((0.0,), (1.0,), "worse"),
        ((1.0,), (0.0,), "better"),
        ((1000.0, 1001.0, 1000.0), (1031.0, 1030.0, 1030.0), "worse"),
    ],
)
def test_counts_are_told_apart_from_one_run_on(
    a: tuple[float, ...], b: tuple[float, ...], verdict: str
) -> None:
    assert judged("calls", a, b)[0] == verdict


def test_a_count_that_varies_is_not_told_from_few_runs() -> None:
    verdict, reason = judged("calls", (100.0, 140.0, 110.0), (150.0, 160.0, 190.0))
    assert (verdict, reason) == (NOT_COMPARED, "not enough runs to tell: 3 of 10, for it varies")
    assert judged("calls", (100.0, 140.0, 110.0), (111.0, 100.0, 130.0))[0] == SAME


def test_a_count_that_varies_is_tested_over_ten_runs() -> None:
    a = tuple(100.0 + 5 * number for number in range(10))
    assert judged("calls", a, tuple(2 * value + 0.1 for value in a))[0] == "worse"
    assert judged("calls", a, tuple(value + 1.1 for value in a))[0] == SAME


def test_page_faults_differ_a_little_by_chance() -> None:
    assert judged("minor_faults", (100.0,), (130.0,))[0] == SAME
    assert judged("minor_faults", (1000.0,) * 3, (1090.0,) * 3)[0] == SAME
    assert judged("minor_faults", (1000.0,) * 3, (1110.0,) * 3)[0] == "worse"


def test_memory_is_held_to_ten_percent_from_three_runs_on() -> None:
    verdict, reason = judged("memory_peak_bytes", (1e8,), (1.3e8,))
    assert (verdict, reason) == (NOT_COMPARED, "not enough runs to tell: 1 of 3, for it varies")
    assert judged("memory_peak_bytes", (1e8,) * 3, (1.09e8,) * 3)[0] == SAME
    assert judged("memory_peak_bytes", (1e8,) * 3, (1.11e8,) * 3)[0] == "worse"


@pytest.mark.parametrize("runs", [1, 3, 9])
def test_times_are_not_told_from_fewer_than_ten_runs(runs: int) -> None:
    verdict, reason = judged("wall_s", TEN[:runs], SLOWER)
    assert verdict == NOT_COMPARED
    assert reason == f"not enough runs to tell: {runs} of 10, for it varies"


def test_times_of_ten_runs_are_told_apart_with_p_and_effect() -> None:
    found = judge({"wall_s": (TEN, SLOWER)})["wall_s"]
    assert found.verdict == "worse"
    assert found.p is not None
    assert found.p < 0.001
    assert found.effect == pytest.approx(1.0)
    assert judged("wall_s", SLOWER, TEN)[0] == "better"
    assert judged("output_bytes_per_s", TEN, SLOWER)[0] == "better"
    assert judged("wall_s", TEN, tuple(value * 1.001 for value in TEN))[0] == SAME


def test_a_difference_too_small_to_matter_is_none_however_sure() -> None:
    steady = tuple(1.0 + number / 1e4 for number in range(10))
    assert judged("wall_s", steady, tuple(value * 1.02 for value in steady))[0] == SAME
    assert judged("wall_s", steady, tuple(value * 1.04 for value in steady))[0] == "worse"
    tiny = tuple(value / 1e4 for value in TEN)  # a tenth of a millisecond
    assert judged("wall_s", tiny, tuple(2 * value for value in tiny))[0] == SAME


def test_what_is_the_same_in_every_run_asks_for_no_test_and_no_number_of_runs() -> None:
    found = judge({"wall_s": ((2.0,), (2.0,))})["wall_s"]
    assert (found.verdict, found.constant, found.p) == (SAME, True, None)


@pytest.mark.parametrize("runs", [1, 3, 10])
def test_two_equals_are_called_different_in_less_than_one_comparison_of_twenty(runs: int) -> None:
    chance, rounds = Random(20), 300
    alarms = 0
    for _ in range(rounds):
        a, b = side(chance, runs), side(chance, runs)
        found = judge({name: (a[name], b[name]) for name in a})
        alarms += any(each.verdict in ("better", "worse") for each in found.values())
    assert alarms / rounds < 0.05


@pytest.mark.parametrize("only", [("wall_s",), ("wall_s", "cpu_s", "cpu_user_s")])
def test_a_tenth_more_is_found_mostly_in_ten_runs_and_nearly_always_in_twenty(
    only: tuple[str, ...],
) -> None:
    chance, rounds = Random(21), 30
    found = {}
    for runs in (10, 20):
        hits = 0
        for _ in range(rounds):
            a, b = side(chance, runs), side(chance, runs, 1.1, only)
            verdicts = judge({name: (a[name], b[name]) for name in a})
            hits += verdicts["wall_s"].verdict == "worse"
        found[runs] = hits / rounds
    assert found[10] > 0.6
    assert found[20] > 0.95


def counted(tier: Tier | None, *values: float) -> Profile:
    table = Missing("not counted") if tier is None else CallTable(tier, "exact", 1)
    return profile(*(changed(run(wall_s=Amount(value)), table=table) for value in values))


@pytest.mark.parametrize(("one", "other"), [("ebpf", "strace"), ("ebpf", None), (None, "perf")])
def test_runs_of_different_tiers_are_never_held_against_each_other(
    one: Tier | None, other: Tier | None
) -> None:
    found = compare(counted(one, *TEN), counted(other, *SLOWER))
    assert "system calls were counted in different ways" in found.refused
    assert found.failed
    assert not found.worse
    assert {row.judgement.verdict for row in found.rows} == {""}


def test_runs_of_one_tier_are() -> None:
    found = compare(counted("ebpf", *TEN), counted("ebpf", *SLOWER))
    assert [row.name for row in found.worse] == ["wall_s"]
    assert found.failed


def test_a_side_that_mixes_tiers_is_not() -> None:
    mixed = profile(*counted("ebpf", 1.0).runs, *counted("strace", 1.0).runs)
    assert "ebpf and strace" in compare(mixed, mixed).refused


def test_interrupted_runs_do_not_count_and_that_is_said() -> None:
    cut = changed(run(wall_s=Amount(500.0)), interrupted=True)
    found = compare(profile(*times(*TEN).runs, cut), times(*TEN))
    assert "A: 1 interrupted runs are left out" in found.warnings
    assert not found.failed
    nothing = compare(profile(cut), times(1.0))
    assert nothing.refused == "A has no run that was finished"
    assert nothing.failed


def test_what_a_side_does_not_have_is_not_compared_with_its_reason() -> None:
    without = profile(run(calls=Missing("strace is not installed")))
    rows = {row.name: row for row in compare(times(1.0), without).rows}
    assert rows["calls"].judgement.verdict == NOT_COMPARED
    assert rows["calls"].judgement.reason == "B has none: strace is not installed"
    assert rows["calls"].b == Missing("strace is not installed")
    both = {row.name: row for row in compare(without, without).rows}
    assert both["calls"].judgement.reason == "neither has it: strace is not installed"


def test_no_difference_is_a_result() -> None:
    found = compare(times(*TEN), times(*TEN))
    assert not found.failed
    assert not found.better
    rows = {row.name: row for row in found.rows}
    assert rows["wall_s"].judgement.verdict == SAME
    assert rows["wall_s"].ratio is not None
    assert rows["wall_s"].ratio.ratio == 1.0


def test_outliers_are_named_by_the_place_of_their_run() -> None:
    rows = {row.name: row for row in compare(times(*TEN[:9], 1.5), times(*TEN)).rows}
    assert rows["wall_s"].outliers_a == (9,)
    assert rows["wall_s"].outliers_b == ()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"machine": changed(MACHINE, host="other")}, "different machines: box and other"),
        ({"machine": changed(MACHINE, kernel="7")}, "different kernels: 6.1 and 7"),
        ({"machine": changed(MACHINE, cpus=2)}, "different CPUs: 4 x A CPU and 2 x A CPU"),
        ({"cols": 100}, "different sizes of the terminal: 80x24 and 100x24"),
        ({"keys": "walk.keys"}, "different keys typed: none and walk.keys"),
        ({"notes": ("the battery was low",)}, "B: the battery was low"),
        ({"runs": (run(2),)}, "B: 1 of 1 runs ended with exit code 2"),
    ],
)
def test_what_stands_against_a_comparison_is_a_warning(
    fields: dict[str, object], said: str
) -> None:
    found = compare(profile(run()), changed(profile(run()), **fields))
    assert said in found.warnings


def test_times_that_differ_may_be_the_machine_s_where_runs_were_not_made_by_turns() -> None:
    def at(first: float, values: tuple[float, ...]) -> Profile:
        each = times(*values).runs
        return profile(*(changed(run, started_at_s=first + 2 * n) for n, run in enumerate(each)))

    def said(a: Profile, b: Profile) -> bool:
        return any("were not made by turns" in line for line in compare(a, b).warnings)

    assert said(at(100, TEN), at(200, SLOWER))
    assert said(at(200, TEN), at(100, SLOWER))
    assert not said(at(100, TEN), at(101, SLOWER))
    assert not said(at(100, TEN), at(200, TEN))


def test_times_of_runs_not_made_by_turns_are_compared_only_on_a_quiet_machine() -> None:
    def became(a: tuple[float, ...], b: tuple[float, ...], by_turns: bool) -> tuple[str, str]:
        found = judge({"wall_s": (a, b)}, by_turns=by_turns)["wall_s"]
        return found.verdict, found.reason.rpartition(":")[0]

    assert became(TEN, SLOWER, False) == ("worse", "")
    restless = tuple(1.0 + 0.3 * (number % 2) + number / 1000 for number in range(10))
    worse = tuple(2 * value for value in restless)
    assert became(restless, worse, True) == ("worse", "")
    assert became(restless, worse, False)[0] == NOT_COMPARED
    assert "it varied by 19 %" in became(restless, worse, False)[1]
    calm = tuple(1.0 + number / 500 for number in range(10))
    assert became(calm, tuple(1.2 * value for value in calm), False) == ("worse", "")
    drifting = tuple(1.0 + number / 100 for number in range(10))
    said = "not made by turns, and it varied with what else ran from run to run"
    assert became(drifting, tuple(1.2 * value for value in drifting), False) == (NOT_COMPARED, said)


@pytest.mark.parametrize("runs", [10])
def test_on_a_machine_that_drifts_two_equals_one_after_the_other_are_hardly_called_different(
    runs: int,
) -> None:
    chance, rounds, alarms = Random(22), 100, 0
    for _ in range(rounds):
        load, series = 1.0, []
        for _ in range(2 * runs):  # what else runs comes and goes, and stays for a while
            load = 1.0 + 0.8 * (load - 1.0) + chance.gauss(0, 0.15)
            series.append(abs(load) * (1 + chance.gauss(0, 0.02)))
        pair = {"wall_s": (tuple(series[:runs]), tuple(series[runs:]))}
        found = judge(pair, by_turns=False)["wall_s"]
        alarms += found.verdict in ("better", "worse")
    assert alarms / rounds < 0.05


def by_a_clock(calls: float) -> Run:
    return msgspec.structs.replace(run(calls=Amount(calls)), cut_short=True)


def test_counts_of_runs_that_a_clock_ended_are_not_told_from_one_run() -> None:
    rows = {r.name: r for r in compare(profile(by_a_clock(100)), profile(by_a_clock(150))).rows}
    assert rows["calls"].judgement.verdict == NOT_COMPARED


def test_nor_are_those_of_keys_typed_by_hand() -> None:
    one, other = profile(run(calls=Amount(100.0))), profile(run(calls=Amount(150.0)))
    rows = {row.name: row for row in compare(one, other).rows}
    assert rows["calls"].judgement.verdict == NOT_COMPARED
    script = (changed(one, keys="a.keys"), changed(other, keys="a.keys"))
    assert [row.name for row in compare(*script).worse] == ["calls"]
