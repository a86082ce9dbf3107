"""Layout trees as people make them, for the tests of the tree and of its editing."""

from hypothesis import strategies as st

from termlab.errors import UsageError
from termlab.model.geometry import Rect
from termlab.model.layout import Leaf, Node, arrange, panes_of
from termlab.model.layout_edit import Direction, split_pane

DIRECTIONS: tuple[Direction, ...] = ("left", "right", "up", "down")


def grown(steps: list[tuple[int, Direction, int]], cols: int = 120, rows: int = 60) -> Node:
    """A tree made as a person makes one: by splitting panes that exist."""
    node: Node = Leaf(0)
    for new, (pick, direction, percent) in enumerate(steps, 1):
        target = list(panes_of(node))[pick % new]
        try:
            node = split_pane(
                node, target, new, direction, percent, arrange(node, cols, rows, target).panes
            )
        except UsageError:
            node = split_pane(node, target, new, direction, 50, {target: Rect(0, 0, 99, 99)})
    return node


trees = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=99),
        st.sampled_from(DIRECTIONS),
        st.integers(min_value=1, max_value=99),
    ),
    max_size=12,
).map(grown)
sides = st.integers(min_value=1, max_value=300)
