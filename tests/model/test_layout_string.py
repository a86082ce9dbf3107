"""A layout is written as tmux writes it, and read back; what is none is told why."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.errors import UsageError
from termlab.model.layout import Axis, Leaf, Node, Split, arrange, least_size, panes_of
from termlab.model.layout_string import (
    MAX_CHARS,
    MAX_DEPTH,
    checksum,
    looks_like_layout,
    read_layout,
    write_layout,
)

# Written by tmux 3.3a: two panes side by side, the right one parted.
TMUX = "d67e,80x24,0,0{40x24,0,0,0,39x24,41,0[39x12,41,0,1,39x11,41,13,2]}"


def trees(panes: list[int]) -> st.SearchStrategy[Node]:
    """Any tree of these panes, no split along its parent's axis."""

    def parted(panes: list[int], axis: Axis) -> st.SearchStrategy[Node]:
        if len(panes) == 1:
            return st.just(Leaf(panes[0]))
        other: Axis = "column" if axis == "row" else "row"
        return (
            st.lists(st.integers(1, len(panes) - 1), min_size=1, unique=True)
            .map(lambda cuts: [0, *sorted(cuts), len(panes)])
            .flatmap(
                lambda at: st.tuples(
                    *(parted(panes[a:b], other) for a, b in pairwise(at)),
                ).flatmap(
                    lambda children: st.tuples(*(st.integers(1, 9) for _ in children)).map(
                        lambda weights: Split(axis, children, weights)
                    )
                )
            )
        )

    axes: tuple[Axis, Axis] = ("row", "column")
    return st.sampled_from(axes).flatmap(lambda axis: parted(panes, axis))


@given(st.integers(1, 7).flatmap(lambda n: trees(list(range(n)))), st.integers(1, 200))
def test_what_was_written_is_the_same_layout_read(tree: Node, more: int) -> None:
    panes = list(panes_of(tree))
    least_cols, least_rows = least_size(tree)
    cols, rows = least_cols + more, least_rows + 1 + more
    text = write_layout(tree, cols, rows)
    again = read_layout(text, panes)
    assert arrange(again, cols, rows, 0) == arrange(tree, cols, rows, 0)
    assert write_layout(again, cols, rows) == text


@given(st.integers(2, 7).flatmap(lambda n: trees(list(range(n)))))
def test_a_window_that_is_too_small_has_a_layout_all_the_same(tree: Node) -> None:
    panes = list(panes_of(tree))
    assert list(panes_of(read_layout(write_layout(tree, 1, 1), panes))) == panes


@given(st.text(max_size=60) | st.text("0123456789abcdef,x[]{}", max_size=60))
def test_whatever_is_given_is_a_layout_or_told(text: str) -> None:
    for word in (text, f"{checksum(text):04x},{text}"):
        told = ""
        try:
            tree = read_layout(word, [7])
        except UsageError as error:
            told = str(error)
        assert told.startswith("this layout can't be selected: ") or list(panes_of(tree)) == [7]


def test_one_of_tmux_is_read_and_written_the_same() -> None:
    tree = read_layout(TMUX, [0, 1, 2])
    assert tree == Split("row", (Leaf(0), Split("column", (Leaf(1), Leaf(2)), (12, 11))), (40, 39))
    # Above the panes here is the line of their titles.
    assert write_layout(tree, 80, 25) == TMUX


def test_panes_take_the_places_in_order_whatever_their_numbers_were() -> None:
    assert list(panes_of(read_layout(TMUX, [9, 4, 6]))) == [9, 4, 6]


def test_one_pane_is_a_layout() -> None:
    assert read_layout(write_layout(Leaf(3), 80, 24), [5]) == Leaf(5)


def test_a_split_along_its_parents_axis_is_part_of_it() -> None:
    body = "8x4,0,0{2x4,0,0,1,5x4,3,0{2x4,3,0,2,2x4,6,0,3}}"
    tree = read_layout(f"{checksum(body):04x},{body}", [1, 2, 3])
    assert tree == Split("row", (Leaf(1), Leaf(2), Leaf(3)), (2, 2, 2))


def summed(body: str) -> str:
    return f"{checksum(body):04x},{body}"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "does not begin with a checksum"),
        ("tiled", "does not begin with a checksum"),
        ("d67f" + TMUX[4:], "its checksum is d67f, but what follows has d67e"),
        (summed("80x24,0,0"), "at character 15 a pane's number, '{' or '[' is due, not its end"),
        (summed("80x24,0,0,1,2"), "at character 17 the end is due, not ',2'"),
        (summed("80x24,0,0{40x24,0,0,1"), "',' or '}' is due, not its end"),
        (summed("80x24,0,0{40x24,0,0,1]"), "',' or '}' is due, not ']'"),
        (summed("80x24,0,0{80x24,0,0,1}"), "one part only"),
        (summed("80x24,0,0{40x24,0,0,1,40x24,41,0,2}"), "80x24 don't fill it"),
        (summed("80x24,0,0[80x12,0,0,1,79x11,0,13,2]"), "80x24 don't fill it"),
        (summed("0x24,0,0,1"), "can't have 0x24"),
        (summed("99999x24,0,0,1"), "can't have 99999x24"),
        (summed("-1x24,0,0,1"), "a cell as 80x24,0,0 is due"),
        (summed("1x1,0,0{" * (MAX_DEPTH + 1)), "nested more than 50 deep"),
        ("x" * (MAX_CHARS + 1), "16385 characters"),
        (summed("80x24,0,0,1"), "it has 1 pane, but the window has 3 panes"),
    ],
)
def test_what_is_no_layout_is_told(text: str, why: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_layout(text, [0, 1, 2])
    assert why in str(caught.value)


def test_a_name_is_told_from_a_layout() -> None:
    assert looks_like_layout(TMUX)
    assert looks_like_layout("80x24,0,0,1")
    assert not looks_like_layout("main-vertical")
