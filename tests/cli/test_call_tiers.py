"""The ways to count calls, as `doctor` prints them."""

import sys

from termlab.cli.call_tiers import call_findings
from termlab.cli.doctor import _is_advice


def test_each_way_is_a_line_that_says_what_would_make_it_work() -> None:
    found = call_findings()
    names = [each.name for each in found]
    if sys.platform == "linux":
        assert names == [f"syscalls.{tier}" for tier in ("ebpf", "perf", "strace", "accounting")]
    for each in found:
        assert each.detail
        assert each.works or each.why


def test_none_of_them_makes_doctor_fail() -> None:
    assert all(_is_advice(each.name) for each in call_findings())
