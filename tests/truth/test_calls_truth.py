"""What is told of system calls against a program whose calls are known, by each tier."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from termlab.model.calls import CallCount
from termlab.model.figure import Amount, Missing
from termlab.model.run import Run
from termlab.probes.ebpf.counting import EbpfCalls, attached, launched
from termlab.probes.ebpf.tracer import Tracer
from termlab.probes.perf_counter import PerfLaunch
from termlab.probes.perf_counter import attached as attached_by_perf
from termlab.probes.syscall_ladder import load_tracer, perf_reason

if sys.platform != "linux":
    pytest.skip("only Linux lets a program count others' calls", allow_module_level=True)
else:
    from tests.truth.counted_run import counted_run
    from tests.truth.ordinary import HELPED_UID, ROOT, as_ordinary
    from tests.truth.programs_made import compiled, open_directory

assert sys.platform != "win32"

pytestmark = pytest.mark.slow

# What `calls` calls, and nothing else in it: 8 threads, 50 children, one program.
EXACT = {"getppid": 16_000, "preadv": 4000, "pwritev": 4000, "chroot": 800, "getpgid": 150}
BEHIND_EXEC = {"getsid": 1000}
NAMED = EXACT | BEHIND_EXEC
# 4 workers, 50 children, the one that becomes another program, and the program itself.
PROCESSES = 56


@pytest.fixture(scope="module")
def calls() -> Iterator[str]:
    with open_directory() as directory:
        yield compiled("calls", directory)


@pytest.fixture
def tracer() -> Iterator[Tracer]:
    found = load_tracer()
    if isinstance(found, Missing):
        pytest.skip(found.reason)
    yield found
    found.close()


def perf() -> PerfLaunch:
    try:
        return PerfLaunch()
    except OSError as error:
        pytest.skip(perf_reason(error))


def named(run: Run) -> dict[str, CallCount]:
    assert not isinstance(run.table, Missing), run.table
    return {call.name: call for call in run.table.calls}


def counts_of(source: EbpfCalls) -> dict[str, int]:
    found = source.read().by_name
    return {name: found[name].calls for name in NAMED if name in found}


def assert_named_exactly(run: Run) -> None:
    found = named(run)
    assert {name: found[name].count for name in NAMED} == NAMED
    assert found["chroot"].errors == EXACT["chroot"]
    assert all(found[name].errors == 0 for name in NAMED if name != "chroot")
    assert not isinstance(run.table, Missing)
    # Its own readers of 3 bytes; what the loader reads is larger.
    assert run.table.small_reads is not None
    assert EXACT["preadv"] <= run.table.small_reads <= EXACT["preadv"] + 60
    assert run.table.small_writes == EXACT["pwritev"] + 1  # 8 bytes to the gate


def test_ebpf_is_exact_over_processes_threads_children_and_an_exec_by_a_thread(
    calls: str, tracer: Tracer
) -> None:
    launch = launched(tracer)
    assert not isinstance(launch, Missing)
    process = launch.run(lambda: subprocess.Popen([calls]))
    source = launch.source(process.pid)
    assert process.wait() == 0
    sums = source.read()
    assert not isinstance(sums, Missing)
    assert {name: sums.by_name[name].calls for name in NAMED} == NAMED
    assert sums.by_name["chroot"].errors == 800
    assert sums.by_name["preadv"].small == sums.by_name["pwritev"].small == 4000
    assert sums.started == PROCESSES
    source.close()


def test_of_a_running_tree_all_threads_are_found(calls: str, tracer: Tracer) -> None:
    process = subprocess.Popen([calls, "wait"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    source = attached(tracer, process.pid)
    assert isinstance(source, EbpfCalls)
    process.communicate(b"\n")
    assert counts_of(source) == NAMED
    source.close()


def test_perf_and_ebpf_of_one_run_have_the_same_total(calls: str, tracer: Tracer) -> None:
    outer, inner = perf(), launched(tracer)
    assert not isinstance(inner, Missing)
    process = outer.run(lambda: inner.run(lambda: subprocess.Popen([calls])))
    by_perf, by_ebpf = outer.source(process.pid), inner.source(process.pid)
    assert process.wait() == 0
    one, other = by_perf.read(), by_ebpf.read()
    assert not isinstance(one, Missing)
    assert not isinstance(other, Missing)
    assert one.total == other.total > sum(NAMED.values())
    assert one.by_name == {}
    by_perf.close()
    by_ebpf.close()


def test_perf_of_a_running_tree_has_what_is_called_from_then_on(calls: str) -> None:
    perf().cancel()
    process = subprocess.Popen([calls, "wait"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    source = attached_by_perf(process.pid)
    process.communicate(b"\n")
    total = source.read().total
    # Besides the named: forks, waits, ends and the start of one program.
    assert sum(NAMED.values()) < total < sum(NAMED.values()) + 1000
    source.close()


def test_a_run_by_ebpf_is_exact_from_the_first_instruction_on(calls: str, tracer: Tracer) -> None:
    run = counted_run("ebpf", calls)
    assert not isinstance(run.table, Missing)
    assert run.table.tier == "ebpf"
    assert_named_exactly(run)
    # The kernel's own accounts are of the same calls, and have up to 5 reads of the kernel's for
    # each program that it starts: here two.
    found = named(run)
    reads = sum(found[name].count for name in ("read", "pread64", "preadv") if name in found)
    assert isinstance(run.figures.read_calls, Amount)
    assert 0 <= run.figures.read_calls.value - reads <= 2 * 5


@pytest.mark.parametrize("ordinary", [False, True], ids=["as root", "as an ordinary user"])
def test_a_run_by_strace_is_exact(calls: str, ordinary: bool) -> None:
    run = counted_run("strace", calls, by=as_ordinary() if ordinary else ())
    if isinstance(run.table, Missing):
        pytest.skip(run.table.reason)
    assert run.table.tier == "strace"
    assert_named_exactly(run)


@pytest.mark.parametrize("ordinary", [False, True], ids=["as root", "as an ordinary user"])
def test_accounting_has_reads_and_writes_and_names_what_it_can_not_tell(
    calls: str, ordinary: bool
) -> None:
    run = counted_run("accounting", calls, by=as_ordinary() if ordinary else ())
    assert isinstance(run.figures.read_calls, Amount)
    # The gate's 8 and the loaders' come to those known.
    assert 4008 <= run.figures.read_calls.value <= 4100
    assert isinstance(run.figures.write_calls, Amount)
    assert 4001 <= run.figures.write_calls.value <= 4010
    assert isinstance(run.table, Missing)
    assert isinstance(run.figures.calls, Missing)
    assert isinstance(run.figures.small_reads, Missing)


def test_an_ordinary_user_without_a_helper_gets_reasons_and_no_zeros(calls: str) -> None:
    run = counted_run("ebpf", calls, by=as_ordinary())
    assert isinstance(run.table, Missing)
    assert "sudo termlab probe-helper" in run.table.reason
    for name in ("calls", "call_time_s", "call_errors", "small_reads", "idle_calls_per_s"):
        assert isinstance(getattr(run.figures, name), Missing), name


def test_an_ordinary_user_with_the_helper_counts_exactly(calls: str, tracer: Tracer) -> None:
    by = as_ordinary(HELPED_UID)
    helper = subprocess.Popen(
        [sys.executable, "-m", "termlab", "probe-helper"],
        cwd=ROOT,
        env=os.environ | {"SUDO_UID": str(HELPED_UID)},
        stdout=subprocess.PIPE,
    )
    try:
        assert helper.stdout is not None
        assert b"serving user %d" % HELPED_UID in helper.stdout.readline()
        assert_named_exactly(counted_run("ebpf", calls, by=by))
        assert helper.stdout.readline() == b"probe-helper: a server has the programs\n"
    finally:
        helper.terminate()
        helper.communicate()
