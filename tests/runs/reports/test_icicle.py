"""A flame graph, hung from its root."""

from collections import Counter

from termlab.runs.reports.folded import Stacks
from termlab.runs.reports.icicle import icicle
from tests.runs.reports.plotly_checked import checked


def drawn(stacks: Stacks) -> dict[str, int]:
    """Paths and their values, as the trace has them."""
    (trace,) = checked(icicle(stacks, "flame", "T", "S"))["data"]
    names = dict(zip(trace["ids"], trace["labels"], strict=True))
    parents = dict(zip(trace["ids"], trace["parents"], strict=True))

    def path(number: str) -> str:
        above = parents[number]
        return f"{path(above)}/{names[number]}" if above else names[number]

    return {path(n): v for n, v in zip(trace["ids"], trace["values"], strict=True)}


def test_each_part_is_as_wide_as_all_stacks_through_it() -> None:
    stacks: Stacks = Counter({("a", "b"): 3, ("a", "c"): 1, ("a",): 2})
    assert drawn(stacks) == {"all": 6, "all/a": 6, "all/a/b": 3, "all/a/c": 1}


def test_what_could_not_be_seen_is_left_out_and_parents_stay() -> None:
    stacks: Stacks = Counter({("wide",): 1_000_000, ("thin", "below"): 1})
    assert drawn(stacks) == {"all": 1_000_001, "all/wide": 1_000_000}


def test_there_is_a_limit_to_what_a_browser_is_given() -> None:
    stacks: Stacks = Counter({(f"{n % 1500}", *map(str, range(9))): 100 for n in range(1500)})
    assert len(drawn(stacks)) <= 3000


def test_a_name_is_text_and_no_stacks_are_no_chart() -> None:
    assert "all/&lt;b&gt;" in drawn(Counter({("<b>",): 1}))
    assert icicle(Counter(), "flame", "T", "S") is None
