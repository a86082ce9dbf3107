import sys

import pytest

if sys.platform == "linux":
    from termlab.scheduling.permission import may_schedule, why_not_nice, why_not_realtime
    from tests.scheduling.apart import as_root, in_a_process
else:
    pytest.skip("these are Linux's permissions", allow_module_level=True)

assert sys.platform == "linux"

REFUSED = PermissionError(1, "Operation not permitted")


@as_root
def test_nobody_hears_what_would_allow_it() -> None:
    def work() -> list[object]:
        return [may_schedule(), why_not_nice(-5, REFUSED), why_not_realtime(50, REFUSED)]

    may, nice, realtime = in_a_process(work, nobody=True)
    assert may is False
    assert "needs CAP_SYS_NICE, or RLIMIT_NICE 25 (it is 0)" in nice
    assert "`USER - nice -5` in /etc/security/limits.conf" in nice
    assert "needs CAP_SYS_NICE, or RLIMIT_RTPRIO 50 (it is 0)" in realtime
    assert "LimitRTPRIO=50" in realtime


@as_root
def test_who_may_all_hears_that_the_kernel_has_reasons_of_its_own() -> None:
    assert may_schedule()
    assert why_not_nice(-5, REFUSED) == "the kernel refused: Operation not permitted"
    assert "cpu.rt_runtime_us" in why_not_realtime(5, REFUSED)
