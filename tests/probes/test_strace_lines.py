"""What strace says, summed up: whole lines, cut ones, and what no strace would say."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from termlab.probes.call_source import CallSum
from termlab.probes.strace_lines import MAX_LINE_BYTES, MAX_NAMES, StraceLines

SAID = b"""\
10 execve(0x1, 0x2, 0x3) = 0 <0.000300>
10 read(0x3, 0x7ffe, 0x40) = 0x40 <0.000010>
10 read(0x3, 0x7ffe, 0x40) = 0xf <0.000020>
10 read(0x3, 0x7ffe, 0x40) = 0 <0.000005>
10 openat(0xffffff9c, 0x55, 0, 0) = -1 ENOENT (No such file or directory) <0.000100>
10 clone(0x1200011, 0, 0, 0x7f0563e9ba10, 0) = 0xb <0.000200>
10 wait4(0xffffffff, 0, 0, 0 <unfinished ...>
11 getppid() = 0xa <0.000001>
11 exit_group(0) = ?
10 <... wait4 resumed>) = 0xb <1.500000>
11 +++ superseded by execve in pid 12 +++
10 exit_group(0) = ?
"""


def summed(*pieces: bytes) -> StraceLines:
    lines = StraceLines()
    for piece in pieces:
        lines.feed(piece)
    return lines


def test_calls_times_errors_and_little_moves() -> None:
    lines = summed(SAID)
    assert lines.strange == 0
    assert lines.total == 10
    assert lines.by_name() == {
        "execve": CallSum(1, 300_000, 0, 0),
        "read": CallSum(3, 35_000, 0, 1),
        "openat": CallSum(1, 100_000, 1, 0),
        "clone": CallSum(1, 200_000, 0, 1),
        "wait4": CallSum(1, 1_500_000_000, 0, 1),
        "getppid": CallSum(1, 1000, 0, 1),
        "exit_group": CallSum(2, 0, 0, 0),
    }


def test_a_call_counts_before_it_returns() -> None:
    lines = summed(b"10 poll(0x1, 0x1, 0 <unfinished ...>\n")
    assert lines.by_name() == {"poll": CallSum(1, 0, 0, 0)}


@given(st.lists(st.integers(0, len(SAID)), max_size=8))
def test_wherever_it_is_cut_it_is_the_same(cuts: list[int]) -> None:
    at = sorted({0, len(SAID), *cuts})
    pieces = [SAID[a:b] for a, b in pairwise(at)]
    assert summed(*pieces).by_name() == summed(SAID).by_name()


@given(st.binary(max_size=2000))
def test_whatever_comes_is_borne(data: bytes) -> None:
    lines = summed(data, b"\n", SAID)
    assert lines.by_name()["openat"].calls >= 1


def test_a_line_without_end_is_not_kept() -> None:
    lines = summed(*[b"x" * MAX_LINE_BYTES] * 10, b"\n", SAID)
    assert lines.strange == 1
    assert lines.total == 10


def test_names_without_end_are_not_kept() -> None:
    made = b"".join(b"1 call_%d(0) = 0 <0.000001>\n" % i for i in range(2 * MAX_NAMES))
    lines = summed(made)
    assert len(lines.by_name()) == lines.total == MAX_NAMES
    assert lines.strange == MAX_NAMES


def test_a_result_that_no_strace_writes_ends_nothing() -> None:
    assert summed(b"10 read(0x3) = 007 <0.000010>\n").by_name() == {
        "read": CallSum(1, 10_000, 0, 1)
    }
