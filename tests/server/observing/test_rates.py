"""What all figures made of two readings share."""

from termlab.probes.accounting import IoCounts
from termlab.probes.tally import Sums
from termlab.server.observing.rates import cut, elapsed


def sums(at_s: float, more: bool = False) -> Sums:
    return Sums(at_s, 1, 0.0, IoCounts(0, 0, 0, 0), 0, 0, 0, False, more)


def test_no_time_passes_without_a_little() -> None:
    assert elapsed(sums(1.0), sums(3.5)) == 2.5
    assert elapsed(sums(1.0), sums(1.0)) > 0


def test_a_tree_that_is_too_large_is_said_to_be() -> None:
    assert cut(sums(1.0)) == ""
    assert "first processes only" in cut(sums(1.0, more=True))
