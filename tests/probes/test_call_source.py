"""What all ways of counting share."""

from termlab.model.figure import Missing
from termlab.probes.call_source import READS, WRITES, CallSum, Launch, small


def test_a_plain_start_changes_nothing_and_counts_nothing() -> None:
    launch = Launch()
    assert launch.words(("ls", "-l")) == ("ls", "-l")
    assert launch.run(lambda: 7) == 7
    assert isinstance(launch.source(1), Missing)
    launch.cancel()


def test_small_ones_are_summed_over_the_calls_asked_for() -> None:
    sums = {"read": CallSum(9, small=4), "readv": CallSum(2, small=1), "open": CallSum(5, small=5)}
    assert small(sums, READS) == 5
    assert small(sums, WRITES) == 0


def test_where_one_is_not_known_the_sum_is_not() -> None:
    assert small({"read": CallSum(9)}, READS) is None
