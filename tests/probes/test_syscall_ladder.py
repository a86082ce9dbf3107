"""Which ways work is found by trying, and each that doesn't has a sentence."""

import errno
import sys
from pathlib import Path

import pytest

from termlab.model.calls import TIERS
from termlab.model.figure import Missing
from termlab.probes.syscall_ladder import (
    ebpf_reason,
    load_tracer,
    of_first_namespace,
    perf_reason,
    rungs,
)


def test_each_way_of_this_system_is_there_with_what_it_tells() -> None:
    found = {each.tier: each for each in rungs()}
    if sys.platform == "linux":
        assert list(found) == ["ebpf", "perf", "strace", "accounting"]
        assert found["accounting"].works
    else:
        assert list(found) == ["system"]
    for each in found.values():
        assert each.says.startswith(TIERS[each.tier])
        assert each.works or each.remedy


def test_a_tracer_is_there_or_a_reason_that_says_what_to_do() -> None:
    found = load_tracer()
    if isinstance(found, Missing):
        assert any(word in found.reason for word in ("probe-helper", "Linux", "--pid=host"))
    else:
        found.close()


def test_a_container_with_numbers_of_its_own_is_told_apart(tmp_path: Path) -> None:
    """Who were followed by such numbers would be other processes of the machine."""
    other = tmp_path / "pid"
    other.touch()
    assert not of_first_namespace(str(other))
    assert of_first_namespace(str(tmp_path / "none"))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EPERM, "no"), "CAP_BPF and CAP_PERFMON"),
        (FileNotFoundError(errno.ENOENT, "no"), "does not describe its records"),
        (OSError(errno.ENOSYS, "no"), "has no eBPF"),
        (OSError(errno.E2BIG, "Argument list too long"), "Argument list too long"),
        (LookupError("this kernel's file has no f_inode"), "f_inode"),
    ],
)
def test_a_refusal_to_load_means_something(error: Exception, said: str) -> None:
    assert said in ebpf_reason(error)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError(errno.ENOENT, "no", "/sys/kernel/tracing/x"), "not mounted"),
        (
            PermissionError(errno.EACCES, "no", "/sys/kernel/tracing/x"),
            "only root may read tracefs",
        ),
        (PermissionError(errno.EACCES, "no"), "CAP_PERFMON"),
        (OSError(errno.ENOSYS, "Function not implemented"), "Function not implemented"),
    ],
)
def test_a_refusal_of_the_counter_means_something(error: OSError, said: str) -> None:
    assert said in perf_reason(error)
