import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.errors import UsageError
from termlab.model.cpu_list import MAX_CPU, parse_cpus, spell_cpus


@given(st.sets(st.integers(0, MAX_CPU), max_size=40))
def test_what_is_spelled_is_read_as_the_same(cpus: set[int]) -> None:
    assert parse_cpus(spell_cpus(cpus)) == tuple(sorted(cpus))


@pytest.mark.parametrize(
    ("text", "cpus"),
    [
        ("", ()),
        ("  ", ()),
        ("3", (3,)),
        ("0-1\n", (0, 1)),
        ("4, 0 - 2,1", (0, 1, 2, 4)),
    ],
)
def test_the_kernels_way_of_writing_is_read(text: str, cpus: tuple[int, ...]) -> None:
    assert parse_cpus(text) == cpus


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0,", "'' is no CPU and no range"),
        ("a", "'a' is no CPU"),
        ("-1", "'-1' is no CPU"),
        ("1-2-3", "'1-2-3' is no CPU"),
        ("²", "is no CPU"),
        ("3-1", "'3-1' counts down: write 1-3"),
        ("0-8192", "CPUs have numbers from 0 to 8191"),
        ("9" * 5000, "CPUs have numbers from 0 to 8191"),
    ],
)
def test_what_is_none_says_so(text: str, said: str) -> None:
    with pytest.raises(UsageError) as failure:
        parse_cpus(text)
    assert said in str(failure.value)


def test_neighbours_become_a_range() -> None:
    assert spell_cpus([3, 0, 1, 2, 7, 2]) == "0-3,7"
    assert spell_cpus([]) == ""
