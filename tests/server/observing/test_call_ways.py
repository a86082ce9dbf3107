"""The best way that works is taken, and of those that don't the reasons are told."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from termlab.model.figure import Missing
from termlab.probes.ebpf.sharing import SharedTracer
from termlab.probes.ebpf.tracer import Tracer

if sys.platform != "linux":
    pytest.skip("only Linux has several ways", allow_module_level=True)
else:
    from termlab.probes import perf_counter, strace_calls
    from termlab.server.observing.call_ways import WITH_STRACE, attached, launched

assert sys.platform != "win32"

REFUSED = Missing("the kernel loads none")


def shared(found: Tracer | Missing) -> SharedTracer:
    made = SharedTracer(lambda: found)
    made.enter()
    made.now()
    return made


@pytest.fixture
def program() -> Iterator[int]:
    process = subprocess.Popen(["cat"], stdin=subprocess.PIPE)
    yield process.pid
    process.communicate()


@pytest.fixture
def no_perf(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(perf_counter, "event_id", refuse)


def reason(found: object) -> str:
    assert isinstance(found, Missing), found
    return found.reason


def test_where_nothing_may_count_each_way_says_why_and_strace_is_named(
    no_perf: None, program: int
) -> None:
    said = f"{REFUSED.reason}; the kernel permits this counter only to who has CAP_PERFMON; "
    assert reason(launched("auto", shared(REFUSED))) == said + WITH_STRACE
    assert reason(attached("auto", shared(REFUSED), program, -1)) == said + WITH_STRACE


def test_a_way_asked_for_by_name_is_the_only_one_tried(no_perf: None, program: int) -> None:
    assert reason(launched("ebpf", shared(REFUSED))) == REFUSED.reason
    assert "CAP_PERFMON" in reason(attached("perf", None, program, -1))


@pytest.mark.parametrize("choice", ["off", "accounting"])
def test_what_is_switched_off_is_said_so(choice: str, program: int) -> None:
    assert choice in reason(launched(choice, None))
    assert choice in reason(attached(choice, None, program, -1))


def test_while_the_kernel_is_at_it_the_answer_is_not_yet(program: int) -> None:
    assert attached("auto", SharedTracer(lambda: REFUSED), program, -1) is None


def test_without_strace_asking_for_it_says_so(
    monkeypatch: pytest.MonkeyPatch, program: int
) -> None:
    def nowhere() -> str:
        raise LookupError("strace is not installed")

    monkeypatch.setattr(strace_calls, "find", nowhere)
    assert reason(launched("strace", None)) == "strace is not installed"
    assert reason(attached("strace", None, program, -1)) == "strace is not installed"


def test_a_choice_that_counts_none_is_told_as_what_it_is() -> None:
    assert "[probes] syscalls = 'off'" in reason(launched("off", None))
    chosen = reason(launched("accounting", None))
    assert "--syscalls" in chosen
    assert "only reads and writes" in chosen
