"""The programs are loaded whole, and nothing of them stays."""

import os
import platform
import sys

import pytest

from termlab.probes.ebpf import loading
from termlab.probes.ebpf.tracer import Tracer

if sys.platform != "linux":
    pytest.skip("only Linux has eBPF", allow_module_level=True)


def descriptors() -> set[str]:
    return set(os.listdir("/proc/self/fd"))


def test_closing_gives_back_all_that_loading_took() -> None:
    before = descriptors()
    try:
        tracer = loading.tracer()
    except OSError as error:
        pytest.skip(f"eBPF programs can't be loaded here: {error}")
    assert descriptors() > before
    tracer.close()
    assert descriptors() == before


def test_a_start_that_fails_leaves_nothing_open(
    tracer: Tracer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = descriptors()
    monkeypatch.setattr(platform, "machine", lambda: "aarch64")
    # The numbers of another machine's calls: refused at the first map.
    with pytest.raises(OSError, match=r".*"):
        loading.loaded()
    assert descriptors() == before


def test_another_machine_is_told_that_there_are_no_programs_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    with pytest.raises(LookupError, match="no eBPF programs are written for linux on riscv64"):
        loading.loaded()
