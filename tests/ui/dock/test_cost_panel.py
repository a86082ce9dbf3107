"""termlab's own cost, as rows."""

import msgspec

from termlab.model.metrics import Amount
from termlab.model.vitals import Vitals
from termlab.ui.dock.cost_panel import cost_rows
from termlab.ui.dock.ink import width
from tests.ui.dock.figures import FIRST_LOOK, unknown, vitals


def texts(seen: Vitals, cols: int = 35) -> list[str]:
    return ["".join(part.text for part in row).rstrip() for row in cost_rows(seen, cols)]


def test_the_server_and_the_looking() -> None:
    assert texts(vitals()) == [" server 0.4 %       a look 0.83 ms"]


def test_a_figure_that_is_missing_has_its_reason() -> None:
    seen = msgspec.structs.replace(vitals(), server_cpu_percent=FIRST_LOOK)
    assert texts(seen) == [
        " server -           a look 0.83 ms",
        " server: rates need two looks, and",
        " this is the first",
    ]
    assert texts(unknown()) == [" rates need two looks, and this is", " the first"]


def test_a_server_that_costs_much_is_coloured() -> None:
    seen = msgspec.structs.replace(vitals(), server_cpu_percent=Amount(7.0))
    assert cost_rows(seen, 35)[0][1].role == "bad"


def test_it_can_be_of_any_width() -> None:
    for cols in range(40):
        for seen in (vitals(), unknown()):
            assert max(map(width, cost_rows(seen, cols))) <= cols
