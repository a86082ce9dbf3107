"""What is told of two readings, whatever the tier could count."""

import pytest

from termlab.model.figure import Amount, Figure, Missing
from termlab.probes.accounting import IoCounts
from termlab.probes.call_source import CallSum, CallSums
from termlab.probes.tally import GONE, Sums
from termlab.server.observing.activity_watch import Idle
from termlab.server.observing.call_watch import CallsSeen
from termlab.server.observing.observation import Reading
from termlab.server.observing.rates import FIRST, UNSEEN
from termlab.server.observing.seen_activity import NEVER_SILENT, NOT_SILENT
from termlab.server.observing.seen_calls import (
    MAX_RATES,
    NO_KEYS,
    NO_KEYS_IN_RUN,
    NO_NAMES,
    call_figures,
    call_table,
    syscalls,
)

REFUSED = Missing("the kernel won't")


def reading(
    at_s: float, calls: CallsSeen | None, keys: int = 0, sums: "Sums | Missing | None" = None
) -> Reading:
    booked = Sums(at_s, 1, 0.0, IoCounts(10, 100, 20, 200), 0, 0, 0, False, False)
    return Reading(at_s, sums if sums is not None else booked, Idle(), keys=keys, calls=calls)


def seen(
    by_name: dict[str, CallSum],
    idle_s: float = 0.0,
    idle: dict[str, int] | None = None,
    whole: bool = False,
) -> CallsSeen:
    total = sum(each.calls for each in by_name.values())
    idle = idle or {}
    sums = CallSums("ebpf", "exact", total, by_name)
    return CallsSeen(sums, whole, idle_s, sum(idle.values()), idle)


def value(figure: Figure) -> float:
    assert isinstance(figure, Amount), figure
    return figure.value


def reason(figure: Figure) -> Missing:
    assert isinstance(figure, Missing), figure
    return figure


BEFORE = seen({"read": CallSum(100, 5_000_000, 1, 0), "write": CallSum(7, 1000, 0, 7)})
AFTER = seen(
    {
        "read": CallSum(300, 505_000_000, 3, 2),
        "write": CallSum(7, 1000, 0, 7),
        "poll": CallSum(50, None, None, None),
    },
    idle_s=1.0,
    idle={"read": 30},
)


# For the dock


def test_what_a_key_had_called_is_told_by_name_without_what_silence_had() -> None:
    first, second = syscalls(reading(10.0, BEFORE), reading(12.0, AFTER, keys=5)).calls
    assert (first.name, first.per_key) == ("read", 34)
    assert (second.name, second.per_key) == ("poll", 10)
    first, _ = syscalls(reading(10.0, BEFORE), reading(12.0, AFTER)).calls
    assert first.per_key is None


def test_rates_are_over_the_time_between_the_looks() -> None:
    told = syscalls(reading(10.0, BEFORE), reading(12.0, AFTER))
    assert (told.tier, told.accuracy) == ("ebpf", "exact")
    assert value(told.total_per_s) == 125
    assert value(told.idle_per_s) == 30
    first, second = told.calls
    assert (first.name, first.per_s, first.idle_per_s) == ("read", 100, 30)
    assert first.time_percent == pytest.approx(25.0)
    assert first.errors_per_s == 1
    assert (second.name, second.per_s, second.idle_per_s) == ("poll", 25, 0)
    assert second.time_percent is second.errors_per_s is None


def test_a_call_that_only_waits_is_told_with_its_time() -> None:
    before = seen({"read": CallSum(1, 0, 0, 0)})
    after = seen({"read": CallSum(1, 1_000_000_000, 0, 0)})
    (call,) = syscalls(reading(1.0, before), reading(2.0, after)).calls
    assert call.per_s == 0
    assert call.time_percent == pytest.approx(100.0)


def test_calls_a_key_are_those_outside_of_silence() -> None:
    told = syscalls(reading(10.0, BEFORE), reading(12.0, AFTER, keys=10))
    assert value(told.per_key) == 22
    assert reason(syscalls(reading(10.0, BEFORE), reading(12.0, AFTER)).per_key) is NO_KEYS


def test_without_silence_there_is_no_idle_rate() -> None:
    after = seen({"read": CallSum(200)})
    told = syscalls(reading(1.0, seen({})), reading(2.0, after))
    assert reason(told.idle_per_s) is NOT_SILENT
    assert told.calls[0].idle_per_s is None


def test_a_first_look_has_a_tier_and_no_rates() -> None:
    for before in (None, reading(1.0, CallsSeen(REFUSED)), reading(1.0, None)):
        told = syscalls(before, reading(2.0, AFTER))
        assert told.tier == "ebpf"
        assert reason(told.total_per_s) is FIRST
        assert told.calls == ()


def test_where_calls_can_not_be_counted_the_kernels_books_are_and_the_reason() -> None:
    told = syscalls(reading(1.0, CallsSeen(REFUSED)), reading(2.0, CallsSeen(REFUSED)))
    assert told.tier == "accounting"
    assert value(told.reads_per_s) == 0
    for figure in (told.total_per_s, told.idle_per_s, told.per_key):
        assert reason(figure) is REFUSED


def test_what_nobody_wants_or_has_ended_is_said_so() -> None:
    assert reason(syscalls(None, reading(2.0, None)).total_per_s) is UNSEEN
    ended = syscalls(reading(1.0, BEFORE), reading(2.0, AFTER, sums=GONE))
    assert reason(ended.total_per_s) is GONE
    assert reason(ended.reads_per_s) is GONE


def test_a_program_of_many_names_has_the_most_frequent_told() -> None:
    many = {f"call {i}": CallSum(i) for i in range(1, 2 * MAX_RATES + 1)}
    told = syscalls(reading(1.0, seen({})), reading(2.0, seen(many)))
    assert len(told.calls) == MAX_RATES
    assert told.calls[0].name == f"call {2 * MAX_RATES}"


# For a run


def test_a_table_is_of_the_time_between_the_readings() -> None:
    table = call_table(reading(10.0, BEFORE), reading(12.0, AFTER))
    assert not isinstance(table, Missing)
    assert table.total == 250
    assert [(call.name, call.count, call.errors, call.idle) for call in table.calls] == [
        ("read", 200, 2, 30),
        ("poll", 50, None, 0),
    ]


def test_one_that_was_counted_from_its_start_has_all() -> None:
    last = AFTER._replace(whole=True)
    table = call_table(reading(10.0, BEFORE), reading(12.0, last))
    assert not isinstance(table, Missing)
    assert table.total == 357


def test_figures_are_of_the_run() -> None:
    last = seen({"read": CallSum(300, 10**9, 3, 2), "write": CallSum(10, 10**9, 0, 9)}, whole=True)
    told = call_figures(reading(0.0, None), reading(12.0, last))
    assert value(told["calls"]) == 310
    assert value(told["call_time_s"]) == 2.0
    assert value(told["call_errors"]) == 3
    assert value(told["small_reads"]) == 2
    assert value(told["small_writes"]) == 9
    assert reason(told["idle_calls_per_s"]) is NEVER_SILENT
    assert reason(told["calls_per_key"]) is NO_KEYS_IN_RUN


def test_calls_a_key_begin_with_the_first_key() -> None:
    last = seen({"read": CallSum(310)}, 2.0, {"read": 60})._replace(typed_from=100, idle_from=50)
    told = call_figures(reading(0.0, seen({})), reading(12.0, last, keys=10))
    assert value(told["calls_per_key"]) == 20
    assert value(told["idle_calls_per_s"]) == 30


def test_a_total_without_names_is_no_zero_of_them() -> None:
    last = CallsSeen(CallSums("perf", "the total is exact", 42, {}), whole=True)
    told = call_figures(reading(0.0, None), reading(1.0, last))
    assert value(told["calls"]) == 42
    for name in ("call_time_s", "call_errors", "small_reads", "small_writes"):
        assert reason(told[name]) is NO_NAMES
    table = call_table(reading(0.0, None), reading(1.0, last))
    assert not isinstance(table, Missing)
    assert (table.total, table.calls, table.small_reads) == (42, (), None)


@pytest.mark.parametrize(("calls", "why"), [(CallsSeen(REFUSED), REFUSED), (None, UNSEEN)])
def test_without_counts_all_has_the_reason(calls: CallsSeen | None, why: Missing) -> None:
    told = call_figures(reading(0.0, calls), reading(1.0, calls))
    assert set(told.values()) == {why}
    assert call_table(reading(0.0, calls), reading(1.0, calls)) is why
