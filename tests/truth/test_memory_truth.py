"""Memory against programs that know what they take: a leak of a known rate, and none."""

import sys

import pytest

from termlab.model.figure import Missing

if sys.platform != "win32":
    from tests.truth.programs_made import Records, compiled, measured, open_directory

assert sys.platform != "win32"

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="measured as Linux tells it"),
    pytest.mark.slow,
]

PARTS = "activity,memory"


def test_a_known_leak_is_measured_within_a_twentieth_by_an_ordinary_user() -> None:
    with open_directory() as directory:
        leak, out = compiled("leak", directory), directory / "records"
        found = measured(PARTS, leak, str(out), "3.4", "20000", "10", ordinary=True)
        truth = Records(out, unit=1.0)
    first, last = truth.all[0], truth.all[-1]
    known = (last.done - first.done) / (last.at_s - first.at_s)
    assert found.amount("memory_slope_bytes_per_s") == pytest.approx(known, rel=0.05)
    assert found.amount("pss_peak_bytes") > last.done * 0.4
    assert found.amount("minor_faults") == pytest.approx((last.done + (1 << 20)) / 4096, rel=0.2)
    assert found.amount("major_faults") >= 0


def test_a_program_that_takes_memory_once_does_not_grow(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    directory = tmp_path_factory.mktemp("leak")
    out = directory / "records"
    found = measured(PARTS, compiled("leak", directory), str(out), "3.4", "0", "10")
    assert found.amount("memory_slope_bytes_per_s") == 0


def test_of_a_short_run_no_growth_is_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    directory = tmp_path_factory.mktemp("leak")
    out = directory / "records"
    found = measured(PARTS, compiled("leak", directory), str(out), "1", "20000", "10")
    assert isinstance(found.figures["memory_slope_bytes_per_s"], Missing)
