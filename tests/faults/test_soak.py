"""Panes opened and closed, and work done in them, leave nothing behind: a short soak.

`TERMLAB_SOAK_MINUTES=60` makes it the long one, of 1,000 panes and rounds of real work for so long.
"""

import os
import sys

import pytest

if sys.platform != "win32":
    from benchmarks.soak import Scale, Wrong, check, soak
    from tests.faults.conftest import Panes
    from tests.faults.held import held, resident_bytes
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = pytest.mark.slow

MINUTES = float(os.environ.get("TERMLAB_SOAK_MINUTES", "0"))
COUNT = 1000 if MINUTES else 60
# So many fill every cache there is; from there on memory is flat.
WARM = 20
SLACK_BYTES = 4 << 20
SCALE = Scale() if MINUTES else Scale(500, 1, 5, 1_000, 50, 10)


def test_panes_without_end_leave_the_counts_equal_and_memory_flat(panes: Panes) -> None:
    for _ in range(WARM):
        panes.once()
    before, memory = held(), resident_bytes()
    for number in range(COUNT):
        panes.once()
        if number % 50 == 0:
            assert held() == before, number
    assert held() == before
    assert resident_bytes() - memory < SLACK_BYTES


def test_work_in_panes_ends_with_the_right_screens_and_leaves_nothing() -> None:
    took, left = soak(SCALE, MINUTES)
    check(left)
    assert all(len(each) == len(left) >= 2 for each in took.values())


def test_what_stays_or_grows_is_found() -> None:
    from benchmarks.soak import Left

    flat = Left(25 << 20, 11, 1)
    check([flat, flat, flat])
    for other in (flat._replace(descriptors=12), flat._replace(children=2)):
        with pytest.raises(Wrong, match="stayed"):
            check([flat, flat, other])
    with pytest.raises(Wrong, match="grew"):
        check([flat, flat, flat._replace(rss_bytes=64 << 20)])
