"""How full something is, as a bar."""

import pytest

from termlab.ui.dock.gauge import gauge


@pytest.mark.parametrize(
    ("share", "bar"),
    [
        (0.0, "░░░░"),
        (0.25, "█░░░"),
        (0.5, "██░░"),
        (0.40625, "█▋░░"),
        (1.0, "████"),
        (1.5, "████"),
        (-1.0, "░░░░"),
    ],
)
def test_it_fills_from_the_left(share: float, bar: str) -> None:
    assert gauge(share, 4) == bar


def test_a_little_shows_and_almost_all_is_not_all() -> None:
    assert gauge(1e-6, 4) == "▏░░░"
    assert gauge(1 - 1e-6, 4) == "███▉"


def test_it_is_as_wide_as_it_is_told() -> None:
    assert [len(gauge(0.37, cols)) for cols in range(-1, 6)] == [0, 0, 1, 2, 3, 4, 5]
